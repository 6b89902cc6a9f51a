"""A run of a page that the next one overtakes takes nothing of it away."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.helpers.app.page_program import PageProgram

TIMES = 3


@pytest.fixture(scope="module")
def program(tmp_path_factory: pytest.TempPathFactory) -> Iterator[PageProgram]:
    """A page on which the last moment of a run lasts."""
    slow = PageProgram("slow.py", tmp_path_factory.mktemp("slow"))
    slow.start()
    yield slow
    slow.kill()


@pytest.fixture
def origin(program: PageProgram) -> str:
    return program.origin


def test_a_press_at_the_end_of_a_run_counts(page: Page) -> None:
    page.goto("/app/")
    for number in range(1, TIMES + 1):
        page.get_by_label("Words").fill(f"word {number}")
        page.get_by_label("Words").press("Enter")
        expect(page.get_by_text(f"Heard 'word {number}'")).to_be_visible()
        page.get_by_role("button", name="Count").click()
        expect(page.get_by_text(f"Pressed {number} times")).to_be_visible()
