"""A piece of a page that runs again takes nothing away of what follows it."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.helpers.app.page_program import PageProgram, wait_until


@pytest.fixture(scope="module")
def program(tmp_path_factory: pytest.TempPathFactory) -> Iterator[PageProgram]:
    """A page of which the browser hears only when a piece of it has run again."""
    late = PageProgram("pieces.py", tmp_path_factory.mktemp("pieces"))
    late.start()
    yield late
    late.kill()


@pytest.fixture
def origin(program: PageProgram) -> str:
    return program.origin


@pytest.mark.parametrize("answered", ["First question", "Second question"])
def test_an_answer_given_before_the_page_is_told_of_takes_nothing_away(
    page: Page, program: PageProgram, answered: str
) -> None:
    page.goto("/app/")
    expect(page.get_by_role("button", name="Go on")).to_be_visible()
    kept_back = program.kept / "kept back"
    page.get_by_role("button", name="Draw it all").click()
    wait_until(kept_back.exists)
    page.locator("label").filter(has_text=answered).click()
    expect(page.get_by_text(f"{answered}: answered True")).to_be_visible()
    for question in ("First question", "Second question"):
        expect(page.get_by_role("checkbox", name=question)).to_be_visible()
    expect(page.get_by_role("button", name="Go on")).to_be_visible()
