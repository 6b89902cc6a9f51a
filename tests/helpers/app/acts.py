"""The acts on an alert, done in the app as somebody does them: open the form, fill it in, send it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, date, datetime
from io import BytesIO

from docx import Document
from playwright.sync_api import Page
from playwright.sync_api import TimeoutError as TookTooLong

from practice_alerts.domain.acts.act_rows import ACTS
from practice_alerts.domain.acts.permissions import Act
from practice_alerts.domain.dates import LONDON
from tests.helpers.app.screen_actions import AppPage
from tests.helpers.app.sign_in import settle

_PATIENCE = 30_000  # milliseconds
_TRIES = 10

CHECK = "Check before it is sent"
LOOKED_OVER = frozenset({Act.ESCALATE, Act.REFER})
"""The acts that show everything once more before they are done."""


def now() -> datetime:
    """In London, as the product's own clock has it."""
    return datetime.now(UTC).astimezone(LONDON)  # noqa: TID251 - as the product's


def today() -> date:
    return now().date()


def open_alert(somebody: AppPage, reference: str) -> None:
    somebody.page.goto(f"/app/alert?reference={reference}")
    somebody.heading(reference)


@contextmanager
def acting(somebody: AppPage, act: Act) -> Iterator[AppPage]:
    """Open the form of the act; what is filled in inside is then sent, and said to be done."""
    begin(somebody, act)
    yield somebody
    if act in LOOKED_OVER:
        somebody.press(CHECK)
        somebody.heading(CHECK)
    somebody.press(ACTS[act].button)
    somebody.says(ACTS[act].done.partition("{")[0].strip())


def begin(somebody: AppPage, act: Act) -> None:
    """Open the form of the act; what is rarely wanted closes again with the form before it.

    On a machine that is very busy the page is drawn anew beneath a press, which then comes to nothing: it is
    pressed again, as people do. That no press is lost is tried by test_pressed_at_once.
    """
    button = somebody.page.get_by_role("button", name=ACTS[act].title, exact=True)
    form = somebody.page.get_by_role("heading", name=ACTS[act].title).first
    for _ in range(_TRIES):
        with suppress(TookTooLong):
            offered(somebody, act)
            button.click(timeout=_PATIENCE / _TRIES)
            form.wait_for(timeout=_PATIENCE / _TRIES)
        settle(somebody.page)
        if form.is_visible():
            break
    somebody.heading(ACTS[act].title)


def offered(somebody: AppPage, act: Act) -> None:
    """Bring the act's button into sight, also where it is one of those that are rarely wanted."""
    button = somebody.page.get_by_role("button", name=ACTS[act].title, exact=True)
    more = somebody.page.locator("details").filter(has_text="More you can do")
    if not button.is_visible() and more.is_visible() and more.get_attribute("open") is None:
        more.locator("summary").click()
    button.wait_for()


def words_of(page: Page, address: str) -> str:
    """Everything that stands in the Word document at this address."""
    fetched = page.context.request.get(address)
    assert fetched.status == 200, fetched.status_text
    return words_in(fetched.body())


def words_in(body: bytes) -> str:
    word = Document(BytesIO(body))
    cells = [cell.text for table in word.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(paragraph.text for paragraph in word.paragraphs), *cells])


def send_answer(page: Page, text: str, response: str) -> None:
    """Send an answer that gives no date, from the answer page that stands open."""
    page.get_by_label("Your answer", exact=True).fill(text)
    page.get_by_label(response, exact=True).check()
    page.get_by_role("button", name="Send the answer").click()
    page.get_by_role("heading", name="Your answer is sent").wait_for()
