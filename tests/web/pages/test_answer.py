"""The answer page and the documents, behind the real gate and on a real store."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import timedelta
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import httpx
import pytest
from docx import Document
from starlette.applications import Starlette
from starlette.middleware import Middleware

from practice_alerts.adapters.store.alerts import current_state, issued_documents
from practice_alerts.adapters.store.office import directory
from practice_alerts.casework.acts.close import close
from practice_alerts.casework.acts.escalate import escalate
from practice_alerts.casework.core.loaded_alert import Known
from practice_alerts.casework.directory.cover import duty_rota
from practice_alerts.casework.directory.cover.duty_rota import OnDuty
from practice_alerts.web.pages.answer import AnswerPages
from practice_alerts.web.pages.documents import DocumentPages
from practice_alerts.web.shell.gate import AccessGate
from practice_alerts.web.shell.html_pages import PlainPages
from practice_alerts.web.shell.origin import Home
from practice_alerts.web.shell.rate_limit import Limiter
from tests.helpers.alerts import act_answers
from tests.helpers.product.asgi_client import Asking
from tests.helpers.product.office import Desk, open_desk

HOSTILE = "<script>alert(1)</script> & {{ 7*7 }}"


@dataclass
class Counter:
    """The pages, one alert at Stage One, and who was sent a link."""

    desk: Desk
    found: Known
    mailed: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        office, home = self.desk.office, Home(self.desk.office.settings.base_url)
        pages = PlainPages(sample=False)
        answers = AnswerPages(office, pages, self.mailed.append, Limiter(3, 900.0, lambda: 0.0))
        self.home = home
        self.app = Starlette(
            routes=[*answers.routes(), *DocumentPages(office, pages).routes()],
            middleware=[Middleware(AccessGate, home, office.sign_in, pages.refusal)],
        )

    @property
    def address(self) -> str:
        with self.desk.office.database.reading() as tx:
            return f"/respond/{current_state.askings_of(tx, self.found.id)[0].id}"

    def visitor(self, who: str | None = None) -> Asking:
        asking = Asking(self.app, self.home.base_url)
        if who is not None:
            entered = self.desk.office.sign_in.use(self.desk.office.sign_in.issue_link(who))
            asking.cookies.set(self.home.cookie, getattr(entered, "session_token", ""))
        return asking

    def fill(self, who: str, **changes: str) -> httpx.Response:
        """Press "send" on a filled page that was shown just now."""
        typed = {
            "text": "It was done on Monday.",
            "response": "done",
            "promise_by": "",
            "task_owner": "",
            "press": "send",
            "seen": str(self.found.alert.version),
            "act_key": "this page",
        }
        return self.visitor(who).post(self.address, typed | changes)

    def refused(self, who: str, **changes: str) -> httpx.Response:
        """The page that says why it was not sent, loaded once and once more."""
        said, visitor = self.fill(who, **changes), self.visitor(who)
        first, again = visitor.shown(said), visitor.shown(said)
        assert _but_for_marks(first.text) == _but_for_marks(again.text)
        return again


def _but_for_marks(page: str) -> str:
    return re.sub(r'name="act_key" value="[^"]*"', "", page)


@pytest.fixture
def counter(tmp_path: Path) -> Iterator[Counter]:
    desk = open_desk(tmp_path / "data")
    yield Counter(desk, desk.raised("stage-1", concerns=HOSTILE))
    desk.office.database.close()


def test_without_a_session_the_address_shows_nothing_of_the_alert(counter: Counter) -> None:
    page = counter.visitor().get(counter.address)
    assert page.status_code == 200
    assert "Sign in to read it" in page.text
    for told in (counter.found.alert.reference, "Kit Muster", "Stage One", "alert(1)"):
        assert told not in page.text


@pytest.mark.parametrize(
    ("councils", "word"),
    [(("lambeth",), "practice alert"), (("northamptonshire",), "Escalation"), ((), "alert")],
)
def test_before_signing_in_the_word_is_the_councils_where_they_have_one(
    counter: Counter, councils: tuple[str, ...], word: str
) -> None:
    """The same for a page that exists and one that does not."""
    known = counter.desk.office.councils
    office = replace(
        counter.desk.office, councils={name: known[name] for name in councils or known}
    )
    pages = Counter(replace(counter.desk, office=office), counter.found)
    for address in (counter.address, "/respond/none-such"):
        page = pages.visitor().get(address)
        assert f"your answer is asked for: {word}." in page.text
        assert f"<title>Your answer is asked for: {word} " in page.text


def test_a_link_is_sent_for_a_page_that_exists_and_the_words_are_the_same(counter: Counter) -> None:
    real = counter.visitor().post(counter.address, {"press": "link"})
    made_up = counter.visitor().post("/respond/nothing-here", {"press": "link"})
    assert real.text == made_up.text
    assert counter.mailed == [counter.address.removeprefix("/respond/"), "nothing-here"]


def test_nobody_fills_a_mailbox(counter: Counter) -> None:
    for _ in range(10):
        counter.visitor().post(counter.address, {"press": "link"})
    assert len(counter.mailed) == 3


def test_what_was_typed_is_shown_as_text(counter: Counter) -> None:
    page = counter.visitor("manager").get(counter.address)
    assert "&lt;script&gt;alert(1)&lt;/script&gt; &amp; {{ 7*7 }}" in page.text
    assert (
        page.text.count("<script") == page.text.count('<script src="/static/keep.js" defer>') == 1
    )


@pytest.mark.parametrize("who", ["service", "elsewhere", "iro", "qa", "admin"])
def test_somebody_else_signed_in_finds_no_alert_there(counter: Counter, who: str) -> None:
    assert counter.visitor(who).get(counter.address).status_code == 404
    assert counter.fill(who).status_code == 404


def test_the_answer_is_sent_and_the_alert_shows_it(counter: Counter) -> None:
    answer = counter.fill("manager")
    assert (answer.status_code, answer.headers["location"]) == (303, counter.address + "/thanks")
    run = counter.desk.see("iro", counter.found).known.run
    assert [given.answer.text for given in run.answers] == ["It was done on Monday."]


def test_pressing_twice_sends_once(counter: Counter) -> None:
    assert [counter.fill("manager").status_code for _ in range(2)] == [303, 303]
    run = counter.desk.see("iro", counter.found).known.run
    assert len(run.answers) == 1


def test_save_for_later_keeps_it_and_sends_nothing(counter: Counter) -> None:
    kept = counter.fill("manager", press="keep", text="Half an answer")
    assert kept.headers["location"].endswith("?kept=yes")
    page = counter.visitor("manager").get(kept.headers["location"])
    assert "has not been sent yet" in page.text
    assert "Half an answer" in page.text
    assert counter.desk.see("iro", counter.found).known.run.answers == ()


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"text": " "}, "Your answer: fill this in"),
        ({"response": ""}, "Will it be done? Choose one"),
        ({"response": "will_be_done"}, "By when: give"),
        ({"response": "will_be_done", "promise_by": "2025-05-01"}, "today or a later day"),
        ({"response": "will_be_done", "promise_by": "31 June"}, "there is no such day as 31 June"),
        ({"task_owner": "x" * 400}, "Who does it: shorten it by 100 characters"),
    ],
)
def test_faults_are_said_at_the_top_and_at_the_field_and_nothing_is_lost(
    counter: Counter, changes: dict[str, str], says: str
) -> None:
    page = counter.refused("manager", **{"task_owner": "The team", **changes})
    assert page.status_code == 422
    assert page.text.count(says) == 2
    assert 'aria-invalid="true"' in page.text
    again = counter.visitor("manager").get(counter.address)
    assert (changes.get("task_owner") or "The team") in again.text


def test_what_is_typed_is_kept_as_one_types_and_no_page_is_sent_back(counter: Counter) -> None:
    kept = counter.fill("manager", press="typing", text="Half a sent")
    assert (kept.status_code, kept.text) == (204, "")
    assert "Half a sent" in counter.visitor("manager").get(counter.address).text
    assert counter.desk.see("iro", counter.found).known.run.answers == ()


def test_when_the_stage_has_moved_on_the_text_is_kept_and_shown(counter: Counter) -> None:
    address = counter.address
    climb = act_answers.climb("stage-2", "No answer came.")
    desk = counter.desk
    escalate(desk.office, counter.found.id, climb, desk.doing("iro", counter.found))
    typed = {"text": "Too late, but here", "response": "done", "press": "send", "seen": "2"}
    manager = counter.visitor("manager")
    page = manager.shown(manager.post(address, {**typed, "act_key": "late"}))
    assert page.status_code == 422
    assert "Your answer was not sent" in page.text
    assert "This alert has moved on" in page.text
    assert "Too late, but here" in page.text


def test_a_closed_alert_says_so_and_takes_no_answer(counter: Counter) -> None:
    desk = counter.desk
    ending = act_answers.ending("withdrawn", "Raised twice.")
    close(desk.office, counter.found.id, ending, desk.doing("iro", counter.found))
    page = counter.visitor("manager").get(counter.address)
    assert "This alert is closed" in page.text
    assert "Send the answer" not in page.text


def test_whom_to_ring_stands_on_the_page_while_somebody_is_on_duty(counter: Counter) -> None:
    desk = counter.desk
    said = "On duty for the reviewing service until Sunday 8 June 2025: Other_Iro Sample"
    assert "On duty" not in counter.visitor("manager").get(counter.address).text
    duty_rota.set_duty(desk.office, desk.actor("boss"), OnDuty("lambeth", "other_iro"))
    assert said in counter.visitor("manager").get(counter.address).text
    ending = act_answers.ending("withdrawn", "Raised twice.")
    close(desk.office, counter.found.id, ending, desk.doing("iro", counter.found))
    assert "On duty" not in counter.visitor("manager").get(counter.address).text


def test_whoever_stands_in_opens_the_same_page(counter: Counter) -> None:
    desk = counter.desk
    today = desk.office.today
    with desk.office.database.writing() as tx:
        directory.add_cover(tx, "manager", "elsewhere", today, today + timedelta(days=3))
    assert counter.visitor("elsewhere").get(counter.address).status_code == 200
    assert counter.fill("elsewhere").status_code == 303


def test_a_megabyte_is_refused_before_it_is_read_whole(counter: Counter) -> None:
    assert counter.fill("manager", text="x" * 1_000_000).status_code == 413


@pytest.mark.parametrize("who", ["iro", "manager", "boss"])
def test_the_document_is_handed_to_those_who_may_see_the_alert(counter: Counter, who: str) -> None:
    reference = counter.found.alert.reference
    answer = counter.visitor(who).get(f"/documents/{reference}.docx")
    assert answer.status_code == 200
    assert answer.headers["content-disposition"] == f'attachment; filename="{reference}.docx"'
    word = Document(BytesIO(answer.content))
    assert HOSTILE in [paragraph.text for paragraph in word.paragraphs]


@pytest.mark.parametrize("who", ["service", "elsewhere", "other_iro", "qa", "admin"])
@pytest.mark.parametrize("ending", ["", ".docx", ".pdf", ".zip", ".docx?as-of=2025-06-02"])
def test_nobody_else_learns_that_there_is_a_document(
    counter: Counter, who: str, ending: str
) -> None:
    reference = counter.found.alert.reference
    visitor = counter.visitor(who)
    real = visitor.get(f"/documents/{reference}{ending}")
    made_up = visitor.get(f"/documents/LAM-2025-9999{ending}")
    assert (real.status_code, real.text) == (404, made_up.text)


def test_read_on_the_screen_it_is_text(counter: Counter) -> None:
    page = counter.visitor("iro").get(f"/documents/{counter.found.alert.reference}")
    assert "&lt;script&gt;alert(1)" in page.text
    assert "<script" not in page.text


def test_everything_about_an_alert_comes_in_one_zip(counter: Counter) -> None:
    reference = counter.found.alert.reference
    answer = counter.visitor("iro").get(f"/documents/{reference}.zip")
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "application/zip"
    assert answer.headers["content-disposition"] == f'attachment; filename="{reference}.zip"'
    with ZipFile(BytesIO(answer.content)) as archive:
        assert len(archive.namelist()) == 3
        assert HOSTILE in archive.read(f"{reference}-file-note.txt").decode()


def with_program(counter: Counter, program: Path) -> Counter:
    settings = replace(counter.desk.office.settings, pdf_program=program)
    office = replace(counter.desk.office, settings=settings)
    return Counter(replace(counter.desk, office=office), counter.found)


def test_without_a_program_the_page_is_printed(counter: Counter) -> None:
    address = f"/documents/{counter.found.alert.reference}"
    page = counter.visitor("iro").get(address).text
    assert "print this page from your browser" in page
    assert f"{address}.pdf" not in page
    assert counter.visitor("iro").get(f"{address}.pdf").status_code == 404


@pytest.mark.office
def test_with_libreoffice_it_comes_as_pdf_and_lies_in_the_zip(
    counter: Counter, libreoffice: str
) -> None:
    made = with_program(counter, Path(libreoffice))
    reference = counter.found.alert.reference
    assert (
        f'href="/documents/{reference}.pdf"'
        in made.visitor("iro").get(f"/documents/{reference}").text
    )
    pdf = made.visitor("manager").get(f"/documents/{reference}.pdf")
    assert pdf.headers["content-type"] == "application/pdf"
    assert pdf.headers["content-disposition"] == f'attachment; filename="{reference}.pdf"'
    assert pdf.content.startswith(b"%PDF-")
    with ZipFile(BytesIO(made.visitor("iro").get(f"/documents/{reference}.zip").content)) as pack:
        assert pack.read(f"{reference}.pdf").startswith(b"%PDF-")
        assert not [name for name in pack.namelist() if name.endswith("no-pdf.txt")]


def test_where_the_program_fails_the_zip_says_so_and_holds_the_rest(
    counter: Counter, tmp_path: Path
) -> None:
    made = with_program(counter, tmp_path / "nothing")
    reference = counter.found.alert.reference
    pdf = made.visitor("iro").get(f"/documents/{reference}.pdf")
    assert (pdf.status_code, "cannot be started" in pdf.text) == (503, True)
    with ZipFile(BytesIO(made.visitor("iro").get(f"/documents/{reference}.zip").content)) as pack:
        assert "cannot be started" in pack.read(f"{reference}-no-pdf.txt").decode()
        assert f"{reference}.docx" in pack.namelist()


def test_a_download_is_recorded_with_whoever_took_it(counter: Counter) -> None:
    for ending in (".docx", ".zip"):
        counter.visitor("manager").get(f"/documents/{counter.found.alert.reference}{ending}")
    with counter.desk.office.database.reading() as tx:
        assert [one.person_id for one in issued_documents.of_alert(tx, counter.found.id)] == [
            "manager"
        ]


def test_the_document_as_it_stood_on_a_day_is_handed_out_under_that_day(counter: Counter) -> None:
    counter.desk.at("Wed 2025-06-04")
    counter.fill("manager")
    address = f"/documents/{counter.found.alert.reference}"
    visitor = counter.visitor("iro")
    answer = visitor.get(f"{address}.docx?as-of=2025-06-02")
    assert answer.headers["content-disposition"].endswith('-2025-06-02.docx"')
    assert "It was done on Monday." not in visitor.get(f"{address}?as-of=2025-06-02").text
    assert "It was done on Monday." in visitor.get(f"{address}?as-of=2025-06-04").text
    answer = visitor.get(f"{address}.zip?as-of=2025-06-02")
    assert answer.headers["content-disposition"].endswith('-2025-06-02.zip"')
    with ZipFile(BytesIO(answer.content)) as pack:
        assert len(pack.namelist()) == 3
        assert all("-2025-06-02." in name for name in pack.namelist())
        assert not any(b"It was done on Monday." in pack.read(name) for name in pack.namelist())


@pytest.mark.parametrize(
    ("day", "status", "says"),
    [
        ("yesterday", 400, "year, month and day"),
        ("", 400, "year, month and day"),
        ("2025-06-01", 404, "no document from before"),
    ],
)
@pytest.mark.parametrize("ending", ["", ".docx", ".zip"])
def test_a_day_without_a_document_is_told_plainly(
    counter: Counter, day: str, status: int, says: str, ending: str
) -> None:
    address = f"/documents/{counter.found.alert.reference}{ending}?as-of={day}"
    answer = counter.visitor("iro").get(address)
    assert answer.status_code == status
    assert says in answer.text


# ----------------------------------------------------------------------- the documents of later acts


def answered_at(counter: Counter) -> str:
    """The address of the document of the answer that was given just now."""
    counter.fill("manager")
    return f"/documents/{counter.found.alert.reference}/response-3"


@pytest.mark.parametrize("who", ["iro", "manager", "boss"])
def test_the_document_of_an_act_is_handed_to_those_who_may_see_the_alert(
    counter: Counter, who: str
) -> None:
    address = answered_at(counter)
    answer = counter.visitor(who).get(f"{address}.docx")
    assert answer.status_code == 200
    reference = counter.found.alert.reference
    named = f'attachment; filename="{reference}-response-3.docx"'
    assert answer.headers["content-disposition"] == named
    words = [one.text for one in Document(BytesIO(answer.content)).paragraphs]
    assert "It was done on Monday." in words
    with counter.desk.office.database.reading() as tx:
        recorded = [
            (one.person_id, one.form) for one in issued_documents.of_alert(tx, counter.found.id)
        ]
    assert recorded == [(who, "response")]


@pytest.mark.parametrize("ending", ["", ".docx"])
def test_nobody_else_learns_of_an_act(counter: Counter, ending: str) -> None:
    address = answered_at(counter)
    assert counter.visitor("elsewhere").get(f"{address}{ending}").status_code == 404
    assert counter.visitor().get(f"{address}{ending}").status_code in {303, 401}


@pytest.mark.parametrize("ending", ["", ".docx", ".docx?as-of=2025-06-02"])
@pytest.mark.parametrize("act", ["verdict-3", "response-2", "response-99", "note-1"])
def test_an_act_that_is_not_what_the_address_says_is_not_found(
    counter: Counter, act: str, ending: str
) -> None:
    start = answered_at(counter).rpartition("/")[0]
    refused = counter.visitor("iro").get(f"{start}/{act}{ending}")
    assert refused.status_code == 404
    assert "There is no document of such an act." in refused.text


def test_an_act_that_came_later_has_no_document_on_an_earlier_day(counter: Counter) -> None:
    counter.desk.at("Wed 2025-06-04")
    address, visitor = answered_at(counter), counter.visitor("iro")
    assert visitor.get(f"{address}.docx?as-of=2025-06-02").status_code == 404
    assert visitor.get(f"{address}?as-of=2025-06-04").status_code == 200


def test_the_documents_lead_to_one_another_and_keep_the_day(counter: Counter) -> None:
    address, visitor = answered_at(counter), counter.visitor("iro")
    start = f"/documents/{counter.found.alert.reference}"
    alert, act = visitor.get(start).text, visitor.get(f"{address}?as-of=2025-06-02").text
    assert f'href="{address}"' in alert
    assert "Answered at Stage One: It has been done, Monday 2 June 2025" in alert
    assert f'href="{start}?as-of=2025-06-02"' in act
    assert f'href="{address}.docx?as-of=2025-06-02"' in act
    assert f'href="{address}?' not in act
