"""Receipts and other steps recorded by whoever does them, answers awaited of each who is asked, and several who judge."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware

from practice_alerts.adapters.store.alerts import current_state
from practice_alerts.adapters.store.core import tables
from practice_alerts.adapters.store.office import directory
from practice_alerts.casework.acts import escalate, raise_alert
from practice_alerts.casework.acts.answer import asked as asked_view
from practice_alerts.casework.acts.by_act import VERBS
from practice_alerts.casework.core.loaded_alert import Known
from practice_alerts.casework.jobs.send_reminders import remind
from practice_alerts.casework.views.work_tray import tray
from practice_alerts.domain.acts.permissions import Act
from practice_alerts.domain.errors import BadAnswers, NotAllowed, NotFound
from practice_alerts.domain.standing.standings import Standing
from practice_alerts.domain.wording.history import told
from practice_alerts.web.pages.answer import AnswerPages
from practice_alerts.web.shell.gate import AccessGate
from practice_alerts.web.shell.html_pages import PlainPages
from practice_alerts.web.shell.origin import Home
from tests.helpers.alerts.filled_forms import climbing, wanted
from tests.helpers.product.asgi_client import Asking
from tests.helpers.product.office import Desk
from tests.helpers.stories.sampleford import sampleford

ROLES = {
    "head": {"title": "Head of Service"},
    "deputy": {"title": "Deputy Head"},
    "lead": {"title": "Lead Reviewer", "in_iro_service": True},
}
DAYS = "5 working days"
RECEIPT = {"id": "receipt", "what": "Receipt", "within": "1 working day"}
PLAN = {"id": "plan", "what": "Plan of the head", "by": "head", "within": "3 working days"}
TALK = {
    "id": "talk",
    "what": "Talk",
    "by": "raiser",
    "with": "team_manager",
    "within": "2 working days",
    "outcomes": ["settled", "not settled"],
}
NOTE = {"id": "note", "what": "Note of the talk", "by": "head", "if": "talk.not settled"}
MEETING = {
    "id": "meeting",
    "what": "Meeting",
    "chair": "head",
    "attend": ["raiser", "team_manager"],
}


@dataclass
class Story:
    desk: Desk
    found: Known

    def does(self, who: str, act: Act, **typed: Any) -> Known:
        self.found = VERBS[act](
            self.desk.office, self.found.id, typed, self.desk.doing(who, self.found)
        )
        return self.found

    def records(self, who: str, step: str, **typed: Any) -> Known:
        here = {"on": self.desk.office.today.isoformat(), "at": "08:30"}
        return self.does(who, Act.STEP, **{"step": step, **here, **typed})

    def answers(self, who: str, **typed: Any) -> Known:
        return self.does(who, Act.ANSWER, text="It is looked into.", response="other", **typed)

    def judges(self, who: str, verdict: str) -> Known:
        return self.does(who, Act.REVIEW_RESPONSE, verdict=verdict, reason=f"{who} says so.")

    def goes_on(self, **typed: Any) -> Known:
        climb = climbing(self.desk, self.found, "stage-2", "It goes on.", **typed)
        climb = replace(climb, asked=("head_2",))
        doing = self.desk.doing("iro", self.found)
        self.found = escalate.escalate(self.desk.office, self.found.id, climb, doing)
        return self.found

    def may_record(self, who: str) -> set[str]:
        actor = self.desk.actor(who)
        if not self.found.may(actor, Act.STEP):
            return set()
        return {one.key for one in self.found.rules.for_them(actor, self.found.alert)}

    def mails(self, *notices: str) -> set[str]:
        return {who for who, notice, _ in self.desk.mails() if notice in notices}

    def text_of(self, who: str, words: str) -> str:
        """The last e-mail to them with these words in its first line, on one line."""
        texts = [text for to, _, text in self.desk.mails() if to == who]
        found = [text for text in texts if words in text.partition("\n")[0]]
        return " ".join(found[-1].split())

    @property
    def history(self) -> str:
        return "\n".join(
            told(one.what, self.found.ladder)[0] for one in self.found.alert.happened if one.what
        )

    @property
    def sentence(self) -> str:
        return self.desk.see("iro", self.found).where.sentence

    def part(self, who: str) -> tuple[str, str]:
        """In which part of their tray it lies, and what it says there."""
        parts = tray(self.desk.office, self.desk.actor(who)).parts
        return next((one.id, line.where.sentence) for one in parts for line in one.lines)


def begun(
    folder: Path, *stages: dict[str, Any], asked: tuple[str, ...] = (), copied: tuple[str, ...] = ()
) -> Story:
    desk = sampleford(folder, *stages, {"answer": {"from": "head", "within": DAYS}}, roles=ROLES)
    raising = wanted(desk, "concern", "stage-1")
    raising = replace(raising, asked=asked or raising.asked, copied=copied)
    return Story(desk, raise_alert.raise_alert(desk.office, raising, desk.doing("iro")))


def answer_of(*posts: str) -> dict[str, Any]:
    return {"from": posts[0] if len(posts) == 1 else list(posts), "within": DAYS}


# -- who records a step ----------------------------------------------------------------------------


@pytest.mark.parametrize("receipt", [RECEIPT, {**RECEIPT, "by": "team_manager"}])
def test_a_receipt_is_recorded_by_whoever_is_asked_and_by_nobody_else_of_their_side(
    tmp_path: Path, receipt: dict[str, Any]
) -> None:
    story = begun(tmp_path, {"answer": answer_of("team_manager"), "steps": [receipt]})
    assert story.may_record("team_manager") == {"receipt"}
    for who in ("team_manager_2", "head", "head_2", "service_manager"):
        assert story.may_record(who) == set()
        with pytest.raises((NotAllowed, NotFound)):
            story.records(who, "receipt")
    story.desk.at("Tue 2025-06-03")
    story.records("team_manager", "receipt")
    assert "Took place on Tuesday 3 June 2025 at 08:30: Receipt" in story.history
    assert story.mails("step_recorded") == {"iro"}
    said = story.text_of("iro", "a step is recorded")
    assert "this is recorded: Receipt. It is for: Team Manager." in said
    assert story.may_record("team_manager") == set(), "what is recorded is the officer's to change"
    assert story.may_record("iro") == {"receipt"}


def test_the_raiser_records_it_on_their_behalf(tmp_path: Path) -> None:
    story = begun(tmp_path, {"answer": answer_of("team_manager"), "steps": [RECEIPT]})
    story.desk.at("Tue 2025-06-03")
    story.records("iro", "receipt")
    assert story.mails("step_recorded") == set()
    assert story.may_record("team_manager") == set()


def test_whoever_stands_in_for_the_doer_records_it_and_a_stranger_standing_in_for_nobody_does_not(
    tmp_path: Path,
) -> None:
    story = begun(tmp_path, {"answer": answer_of("team_manager"), "steps": [RECEIPT]})
    today = story.desk.office.today
    with story.desk.office.database.writing() as tx:
        directory.add_cover(tx, "team_manager", "head_2", today, today)
    assert story.may_record("head_2") == {"receipt"}
    assert story.may_record("head") == set()


def test_whoever_is_not_asked_for_the_answer_is_asked_for_their_step_with_a_page_of_their_own(
    tmp_path: Path,
) -> None:
    """Of two heads the raiser chooses one; nobody else of them reads or records."""
    steps = [RECEIPT, PLAN]
    story = begun(
        tmp_path, {"answer": answer_of("team_manager"), "steps": steps}, copied=("head_2",)
    )
    assert story.may_record("head_2") == {"plan"}
    assert story.may_record("team_manager") == {"receipt"}
    assert not story.desk.can_open("head", story.found)
    assert story.mails("copied") == set(), (
        "whoever has a step to do is not told that nothing is asked"
    )
    mail = story.text_of("head_2", "a step is asked for")
    assert "by Thursday 5 June 2025: Plan of the head. It is for: Head of Service." in mail
    (asking,) = re.findall(r"/respond/(\S+)", mail)
    with story.desk.office.database.reading() as tx:
        view = asked_view(story.desk.office, tx, "head_2", asking)
        assert [one.key for one, _ in view.steps] == ["plan"]
        assert not view.answers
    assert story.part("head_2") == (
        "to-answer",
        "Yours to record: plan of the head: by Thursday 5 June 2025.",
    )
    story.records("head_2", "plan", on="2025-06-02")
    assert story.part("head_2")[0] == "waiting"
    assert "Asked to see to: Plan of the head: the Head of Service" in story.history


def test_nobody_of_the_challenged_side_finds_a_step_unnecessary(tmp_path: Path) -> None:
    asks = {**PLAN, "ask": "Is a plan needed?"}
    story = begun(tmp_path, {"answer": answer_of("head"), "steps": [asks]}, asked=("head",))
    with pytest.raises(BadAnswers, match="records that it is not needed"):
        story.records("head", "plan", took_place="no")
    assert story.records("iro", "plan", took_place="no").run.done("plan")
    story.desk.office.database.close()


@pytest.mark.parametrize(("asked", "doers"), [("head_2", {"head_2"}), ("team_manager", set())])
def test_a_step_on_a_branch_is_asked_for_once_the_branch_opens(
    tmp_path: Path, asked: str, doers: set[str]
) -> None:
    """Whoever of the post has the alert already; of two who have not, it is asked for by hand."""
    post = asked.removesuffix("_2")
    story = begun(tmp_path, {"answer": answer_of(post), "steps": [TALK, NOTE]}, asked=(asked,))
    assert not story.found.run.doing
    assert story.may_record("iro") == {"talk"}, "nobody knows yet whether it opens"
    assert story.may_record(asked) == set()
    story.desk.at("Tue 2025-06-03")
    story.records("iro", "talk", outcome="not settled")
    every = story.found.rules.doers(story.found.alert).to_record()
    assert next(one.doers for one in every if one.key == "note") == doers
    assert [one.post for one in story.found.run.doing] == ["Head of Service"]
    asked_for_note = {who for who, _, text in story.desk.mails() if "Note of the talk" in text}
    assert asked_for_note == doers, "whoever is asked for the answer hears of their step as well"
    for who in ("head", "head_2", "team_manager", "team_manager_2"):
        assert story.may_record(who) == ({"note"} if who in doers else set())


def test_of_two_posts_of_which_one_does_a_step_nobody_is_written_to_unchosen(
    tmp_path: Path,
) -> None:
    """A group of which one is enough stays one place beside others who do the step, as it is in the file."""
    both = {**PLAN, "by": ["team_manager", {"any_of": ["deputy", "head"]}]}
    story = begun(tmp_path / "open", {"answer": answer_of("team_manager"), "steps": [both]})
    assert [one.name for one in story.found.run.sent.copied if not one.id] == [
        "Deputy Head or Head of Service"
    ]
    assert {who for who, _, _ in story.desk.mails()} == {"team_manager"}
    assert not story.desk.can_open("deputy", story.found)
    story.desk.office.database.close()
    met = {**both, "by": ["team_manager", {"any_of": ["team_manager", "head"]}]}
    story = begun(tmp_path / "met", {"answer": answer_of("team_manager"), "steps": [met]})
    assert story.found.run.sent.copied == ()


def test_a_step_of_the_reviewing_service_is_recorded_by_whoever_holds_its_post(
    tmp_path: Path,
) -> None:
    view = {"id": "view", "what": "View of the lead", "by": "lead"}
    story = begun(tmp_path, {"answer": answer_of("team_manager"), "steps": [view]})
    assert story.may_record("lead_2") == {"view"}
    assert story.may_record("team_manager") == set()
    for act in (Act.REVIEW_RESPONSE, Act.ESCALATE, Act.CLOSE):
        assert not story.found.may(story.desk.actor("lead_2"), act)
    story.desk.at("Tue 2025-06-03")
    story.records("lead_2", "view")
    assert story.mails("step_recorded") == {"iro"}


def test_two_steps_of_two_posts_are_reminded_of_each_to_its_own(tmp_path: Path) -> None:
    both = [{**RECEIPT, "within": "3 working days"}, PLAN]
    stage = {"answer": answer_of("team_manager"), "steps": both}
    story = begun(tmp_path, stage, copied=("head",))
    story.desk.at("Wed 2025-06-04")
    remind(story.desk.office)
    assert story.mails("step_soon") == {"team_manager", "head"}
    assert "Receipt. It is for: Team Manager." in story.text_of("team_manager", "a step is due by")
    of_head = story.text_of("head", "a step is due by")
    assert "Plan of the head. It is for: Head of Service." in of_head
    assert "Receipt" not in of_head
    story.records("head", "plan")
    story.desk.at("Fri 2025-06-06")
    remind(story.desk.office)
    assert story.mails("step_late") == {"team_manager"}
    late = story.text_of("iro", "a step is not recorded")
    assert "Receipt. It is for: Team Manager." in late


# -- what is asked of a step -----------------------------------------------------------------------


def asked_of(story: Story, who: str, key: str) -> dict[str, bool]:
    """The questions put of that step, and whether each has to be answered."""
    from practice_alerts.casework.acts.act_form import act_form, step_to_record
    from practice_alerts.domain.acts.step_form import form_of_step

    desk, found = story.desk, story.found
    with desk.office.database.reading() as tx:
        form = act_form(desk.office, tx, found, Act.STEP, desk.actor(who))
    chosen = step_to_record(found, desk.actor(who), key)
    return {
        one.id: one.required for one in form_of_step(form, chosen, found.files.procedure).fields()
    }


def test_the_form_asks_what_the_file_gives_the_step_and_nothing_else(tmp_path: Path) -> None:
    open_end = {**TALK, "id": "review", "what": "Review"}
    steps = [RECEIPT, TALK, NOTE, MEETING, open_end]
    story = begun(tmp_path, {"answer": answer_of("team_manager"), "steps": steps})
    always = {"step": True, "took_place": True, "on": True, "at": True, "text": False}
    assert asked_of(story, "iro", "receipt") == always
    assert asked_of(story, "iro", "talk") == {**always, "present": False, "outcome": True}
    assert asked_of(story, "iro", "review") == {**always, "present": False, "outcome": False}
    assert asked_of(story, "iro", "meeting") == {**always, "chair": False, "present": False}


def test_how_a_step_ended_has_to_be_said_where_another_hangs_on_it(tmp_path: Path) -> None:
    story = begun(tmp_path, {"steps": [TALK, NOTE]}, asked=("head",))
    story.desk.at("Tue 2025-06-03")
    with pytest.raises(BadAnswers, match="What was decided"):
        story.records("iro", "talk")
    assert story.records("iro", "talk", outcome="settled").run.done("talk")


# -- each of several who are asked -----------------------------------------------------------------

BOTH = ("team_manager", "service_manager")
TOGETHER = {"answer": answer_of(*BOTH)}


def test_it_stands_as_awaiting_until_each_has_answered(tmp_path: Path) -> None:
    story = begun(tmp_path, TOGETHER, asked=BOTH)
    story.desk.at("Tue 2025-06-03")
    story.answers("team_manager")
    assert story.desk.stands(story.found) is Standing.WAITING
    assert "waiting for Service Manager" in story.sentence
    assert "answered: Team Manager" in story.sentence
    assert story.mails("answered") == set()
    mail = story.text_of("iro", "one of several")
    assert "come from: Team Manager. Still awaited: Service Manager." in mail
    assert story.part("team_manager") == (
        "waiting",
        "Stage 1: answered. Still awaited: Service Manager.",
    )
    assert story.part("service_manager")[0] == "to-answer"
    story.answers("service_manager")
    assert story.desk.stands(story.found) is Standing.TO_REVIEW
    assert story.mails("answered") == {"iro"}


def test_reminders_and_lateness_are_of_whoever_has_not_answered(tmp_path: Path) -> None:
    story = begun(tmp_path, TOGETHER, asked=BOTH)
    story.desk.at("Tue 2025-06-03")
    story.answers("team_manager")
    story.desk.at("Fri 2025-06-06")
    remind(story.desk.office)
    assert story.mails("due_soon") == {"service_manager"}
    story.desk.at("Tue 2025-06-10")
    remind(story.desk.office)
    assert story.mails("overdue") == {"service_manager"}
    assert "Still awaited: Service Manager." in story.text_of("iro", "no answer")
    assert story.desk.stands(story.found) is Standing.NO_ANSWER
    assert "no answer from Service Manager; it was due Monday 9 June 2025" in story.sentence


def test_the_raiser_need_not_wait_for_the_other(tmp_path: Path) -> None:
    story = begun(tmp_path, TOGETHER, asked=BOTH)
    story.desk.at("Tue 2025-06-03")
    story.answers("team_manager")
    story.judges("iro", "not_satisfactory")
    assert story.desk.stands(story.found) is Standing.TO_ESCALATE
    story.desk.at("Wed 2025-06-04")
    story.answers("service_manager")
    assert story.desk.stands(story.found) is Standing.TO_REVIEW, "a late answer is still read"


def test_whoever_stands_in_for_both_answers_for_each_and_says_for_whom(tmp_path: Path) -> None:
    story = begun(tmp_path, TOGETHER, asked=BOTH)
    today = story.desk.office.today
    with story.desk.office.database.writing() as tx:
        for away in BOTH:
            directory.add_cover(tx, away, "head", today, today)
    with pytest.raises(BadAnswers, match="Whose answer is it"):
        story.answers("head")
    story.answers("head", whose="asked-2")
    assert [one.id for one in story.found.run.yet_to_answer] == ["team_manager"]
    story.answers("head")
    assert story.found.run.yet_to_answer == ()
    assert story.desk.stands(story.found) is Standing.TO_REVIEW


def test_one_of_a_team_answers_for_the_team_and_each_of_two_posts_for_itself(
    tmp_path: Path,
) -> None:
    roles = {**ROLES, "service": {"title": "Panel Service", "team": True}}
    stage = {"answer": answer_of("service", "team_manager")}
    desk = sampleford(tmp_path, stage, roles=roles)
    raising = replace(
        wanted(desk, "concern", "stage-1"), asked=("service", "service_2", "team_manager")
    )
    story = Story(desk, raise_alert.raise_alert(desk.office, raising, desk.doing("iro")))
    story.answers("service_2")
    assert [one.id for one in story.found.run.yet_to_answer] == ["team_manager"]
    story.answers("team_manager")
    assert story.found.run.yet_to_answer == ()


def test_one_of_several_of_which_one_is_asked_is_enough(tmp_path: Path) -> None:
    one = {"answer": {"from": {"any_of": list(BOTH)}, "within": DAYS}}
    story = begun(tmp_path, one, asked=("service_manager_2",))
    story.answers("service_manager_2")
    assert story.desk.stands(story.found) is Standing.TO_REVIEW


def test_what_is_counted_from_the_answer_starts_once_each_has_answered(tmp_path: Path) -> None:
    after = {"within": "2 working days", "counted_from": "answered"}
    story = begun(tmp_path, {**TOGETHER, "settle": after}, asked=BOTH)
    story.desk.at("Tue 2025-06-03")
    story.answers("team_manager")
    assert story.desk.see("iro", story.found).clocks.settle is None
    story.desk.at("Wed 2025-06-04")
    story.answers("service_manager")
    settle = story.desk.see("iro", story.found).clocks.settle
    assert settle is not None
    assert settle.by_day.isoformat() == "2025-06-06"


# -- several who judge -----------------------------------------------------------------------------

JUDGED = {"answer": answer_of("team_manager"), "judged_by": {"all_of": ["raiser", "lead"]}}


def test_the_other_voice_is_asked_by_e_mail_and_kept_beside_the_officers(tmp_path: Path) -> None:
    story = begun(tmp_path, JUDGED)
    story.answers("team_manager")
    assert story.mails("answered") == {"iro", "lead", "lead_2"}
    story.desk.at("Tue 2025-06-03")
    story.judges("iro", "put_right")
    assert story.desk.stands(story.found) is Standing.PUT_RIGHT, "no key takes it from the raiser"
    assert story.mails("judge_together") == {"lead", "lead_2"}
    story.judges("lead_2", "not_satisfactory")
    assert story.desk.stands(story.found) is Standing.PUT_RIGHT, "nobody undoes the officer's word"
    assert story.mails("voice_recorded") == {"iro"}
    assert "Lead Reviewer says otherwise: not satisfactory." in story.sentence
    assert "not satisfactory; otherwise than" in story.history
    found = story.does(
        "iro", Act.CLOSE, ending="put_right", what_changed="All of it.", changes=["safer"]
    )
    assert not found.alert.is_open


def test_where_steps_take_the_place_of_an_answer_the_other_voice_is_asked_once_all_are_done(
    tmp_path: Path,
) -> None:
    talk = {name: said for name, said in TALK.items() if name != "outcomes"}
    stage = {"steps": [talk], "judged_by": ["raiser", "lead"]}
    story = begun(tmp_path, stage)
    story.desk.at("Tue 2025-06-03")
    story.records("iro", "talk")
    assert story.mails("judge_together") == {"lead", "lead_2"}
    story.judges("lead", "put_right")
    assert story.desk.stands(story.found) is Standing.STEPS_DONE
    story.judges("iro", "put_right")
    assert story.desk.stands(story.found) is Standing.PUT_RIGHT


# -- a stage that was left -------------------------------------------------------------------------


def test_a_step_of_a_stage_that_was_left_is_recorded_as_done_late_and_opens_no_branch(
    tmp_path: Path,
) -> None:
    steps = [RECEIPT, TALK, NOTE]
    story = begun(tmp_path, {"answer": answer_of("team_manager"), "steps": steps})
    story.desk.at("Tue 2025-06-03")
    story.goes_on()
    assert story.may_record("iro") == {"stage-1.receipt", "stage-1.talk"}
    assert story.may_record("team_manager") == {"stage-1.receipt"}
    assert story.may_record("head") == set()
    story.desk.at("Wed 2025-06-04")
    story.records("team_manager", "stage-1.receipt")
    story.records("iro", "stage-1.talk", outcome="not settled")
    assert "Recorded late, once Stage 1 was left" in story.history
    assert story.may_record("iro") == set(), "the branch was not taken, and is not opened now"
    assert story.found.run.stage == "stage-2"
    assert not story.found.alert.runs[0].doing


# -- the page of the e-mail's link -----------------------------------------------------------------


@pytest.fixture
def page(tmp_path: Path) -> Iterator[tuple[Story, Asking, str]]:
    steps = [RECEIPT, {**MEETING, "ask": "Is a meeting needed?"}]
    story = begun(tmp_path, {"answer": answer_of(*BOTH), "steps": steps}, asked=BOTH)
    yield story, *answer_page(story, "team_manager")
    story.desk.office.database.close()


def answer_page(story: Story, who: str) -> tuple[Asking, str]:
    """Somebody who is signed in, and the address of their page."""
    office, home = story.desk.office, Home(story.desk.office.settings.base_url)
    pages = PlainPages(sample=False)
    routes = AnswerPages(office, pages, lambda _: None).routes()
    gate = Middleware(AccessGate, home, office.sign_in, pages.refusal)
    asking = Asking(Starlette(routes=routes, middleware=[gate]), home.base_url)
    entered = office.sign_in.use(office.sign_in.issue_link(who))
    asking.cookies.set(home.cookie, getattr(entered, "session_token", ""))
    with office.database.reading() as tx:
        every = current_state.askings_of(tx, story.found.id)
    return asking, f"/respond/{next(one.id for one in every if one.person_id == who)}"


def page_of(story: Story, who: str) -> str:
    visitor, address = answer_page(story, who)
    return unescape(visitor.get(address).text)


def test_the_answer_page_records_the_receipt_and_leaves_the_answer_as_it_was_typed(
    page: tuple[Story, Asking, str],
) -> None:
    story, visitor, address = page
    shown = visitor.get(address).text
    assert "To be recorded by you: Receipt" in shown
    assert "To be recorded by you: Meeting" not in shown
    seen = {"seen": str(story.found.alert.version), "act_key": "this page"}
    visitor.post(address, {**seen, "text": "Half of it.", "press": "keep"})
    typed = {**seen, "press": "record:receipt", "receipt:on": "2025-06-02", "receipt:at": "nine"}
    refused = visitor.shown(visitor.post(address, typed))
    assert refused.status_code == 422
    assert "give the time with a colon" in refused.text
    done = visitor.post(address, {**typed, "receipt:at": "08:30"})
    assert done.status_code == 303
    after = visitor.get(address).text
    assert "To be recorded by you" not in after
    assert "Half of it." in after
    with story.desk.office.database.reading() as tx:
        count = tx.execute(tables.events.select()).all()
    assert count


def test_the_answer_page_says_who_has_answered(page: tuple[Story, Asking, str]) -> None:
    story, visitor, address = page
    story.answers("service_manager")
    assert (
        "Answered so far: Service Manager. Still awaited: Team Manager."
        in visitor.get(address).text
    )


# -- all that is wanted of one reader, in one e-mail and on one page -----------------------------------

HEARD = {**RECEIPT, "id": "heard", "what": "Heard", "by": "raiser"}
OWN_RECEIPT = {**RECEIPT, "by": "team_manager"}
LATER = {"id": "record", "what": "Record", "by": "team_manager", "within": "5 calendar days"}
AFTER = {**LATER, "counted_from": "heard"}
DAY = "by Monday 9 June 2025"
NOT_YET = "no date yet; {}, once the {} has taken place"
WANTED: dict[str, tuple[dict[str, Any], str, list[str]]] = {  # stage; subject; what the mail and the page list of all that is wanted, none where it is one thing
    "an answer alone": ({"answer": answer_of("team_manager")}, "your answer is asked for", []),
    "an answer before its time has begun": (
        {"answer": {**answer_of("team_manager"), "counted_from": "heard"}, "steps": [HEARD]},
        "your answer is asked for",
        [f"your answer: {NOT_YET.format(DAYS, 'heard')}"],
    ),
    "an answer and a step": (
        {"answer": answer_of("team_manager"), "steps": [OWN_RECEIPT]},
        "your answer is asked for",
        ["receipt: by Tuesday 3 June 2025", f"your answer: {DAY}"],
    ),
    "an answer counted from a step of theirs": (
        {"answer": {**answer_of("team_manager"), "counted_from": "receipt"}, "steps": [OWN_RECEIPT]},
        "your answer is asked for",
        ["receipt: by Tuesday 3 June 2025", f"your answer: {NOT_YET.format(DAYS, 'receipt')}"],
    ),
    "an answer and a step with no date": (
        {"answer": answer_of("team_manager"), "steps": [HEARD, AFTER]},
        "your answer is asked for",
        [f"your answer: {DAY}", f"record: {NOT_YET.format('5 calendar days', 'heard')}"],
    ),
    "a step that may not be needed": (
        {"answer": answer_of("team_manager"), "steps": [{**LATER, "ask": "Is it much?"}]},
        "your answer is asked for",
        [f"your answer: {DAY}", "record (where it is needed: Is it much?): no date yet; 5 calendar days, once it is sent"],
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", WANTED)
def test_one_mail_names_all_that_is_wanted_of_its_reader_and_so_does_the_page(
    tmp_path: Path, case: str
) -> None:
    stage, subject, lines = WANTED[case]
    story = begun(tmp_path, stage, asked=("team_manager",))
    said = story.text_of("team_manager", subject)
    listed = said.partition("Wanted of you: - ")[2].partition(" Say whether")[0]
    assert listed.split(" - ") == (lines or [""])
    page = page_of(story, "team_manager")
    for line in lines if len(lines) > 1 else []:
        assert f"{line[:1].upper()}{line[1:]}" in page
    assert ("Wanted of you" in page) == (len(lines) > 1)
    story.desk.office.database.close()


def test_whoever_has_a_step_alone_reads_of_its_clock_and_of_no_answer(tmp_path: Path) -> None:
    step = {**AFTER, "by": "head"}
    story = begun(
        tmp_path, {"answer": answer_of("team_manager"), "steps": [HEARD, step]}, copied=("head",)
    )
    when = NOT_YET.format("5 calendar days", "heard")
    assert f"Wanted of you: - record: {when}" in story.text_of("head", "a step is asked for")
    page = page_of(story, "head")
    assert f"N{when[1:]}" in page
    assert "to answer in writing" not in page
    assert story.part("head") == ("to-answer", f"Yours to record: record: {when}.")
    story.desk.at("Tue 2025-06-03")
    story.records("iro", "heard", on="2025-06-03")
    assert "take place by Sunday 8 June 2025: Record" in story.text_of(
        "head", "a step is asked for"
    )
    assert [who for who, _, _ in story.desk.mails()].count("team_manager") == 1, (
        "they have their day"
    )
    story.desk.office.database.close()
