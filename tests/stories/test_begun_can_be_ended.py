"""What was begun can be ended, also once a newer edition of the council no longer has what allowed it.

Every act that opens something, with each act that ends it, under the edition it was begun under and beside
one that has dropped hold, standstill, referrals, overrides, gate, stages, steps, agencies, kinds and posts.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from copy import deepcopy
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from practice_alerts.adapters.files.procedures import CouncilFiles
from practice_alerts.casework.acts import escalate
from practice_alerts.casework.acts.act_form import act_form
from practice_alerts.casework.acts.raise_alert import Raising, prepare, raise_alert
from practice_alerts.casework.core.loaded_alert import Known
from practice_alerts.casework.directory import office_view, partner_contacts, post_holders
from practice_alerts.casework.directory.cover import absence_cover
from practice_alerts.casework.directory.cover.absence_cover import Cover
from practice_alerts.casework.directory.partner_contacts import ContactDetails
from practice_alerts.casework.documents.render import sources
from practice_alerts.casework.drafts import kept_drafts
from practice_alerts.casework.jobs.send_reminders import remind
from practice_alerts.casework.proof.audit_chain import prove
from practice_alerts.casework.views import service, work_tray
from practice_alerts.casework.views.tray_parts import Wanted
from practice_alerts.domain.acts.act_rows import Act
from practice_alerts.domain.acts.options import form_used
from practice_alerts.domain.alert.by_hand import to_do_by_hand
from practice_alerts.domain.documents.file_note import file_note
from practice_alerts.domain.errors import BadAnswers
from practice_alerts.domain.standing.list_filters import Filters
from tests.helpers.app.streamlit_app import open_screen
from tests.helpers.days import day
from tests.helpers.product.office import Desk
from tests.helpers.stories.story_acts import VERBS
from tests.helpers.stories.tarnbrook import (
    ID,
    _asked,
    _chosen,
    _typed,
    bent,
    files_as_written,
    open_tarnbrook,
    read,
)

IRO, LEAD, BOSS = "iro_a", "lead_a", "boss"
HELD = {"until": "2026-06-12", "task_owner": "the manager"}
NOT_YET = {"verdict": "not_satisfactory", "reason": "No day."}
DONE = {"verdict": "put_right", "reason": "I have seen it."}
CAME = {"channel": "telephone", "on": "2026-06-01", "text": "It is done.", "response": "done"}
TALKED = {"took_place": "yes", "on": "2026-06-02", "at": "09:30", "text": "Held."}
OUTCOME: dict[str, Any] = {
    "ending": "put_right",
    "what_changed": "All of it.",
    "changes": ["safer"],
}


def dropped() -> CouncilFiles:
    """The newer edition: half of its rules are gone, and with them posts and a form that only they named."""
    procedure, forms = (deepcopy(one) for one in files_as_written())
    for key in ("standing_rules", "referrals", "overrides", "gate", "partners"):
        del procedure[key]
    for post in ("iro_lead", "nurse", "empty_post"):
        del procedure["roles"][post]
    for kind in ("agency", "quick", "chairs_concern"):
        del procedure["kinds"][kind]
    main = procedure["ladders"]["main"]
    first, last = main["stages"][1], main["stages"][3]
    procedure |= {"ours": [], "ladders": {"main": main}}
    del main["hold"], main["action_dates"], first["consult"], last["then"], last["steps"]
    first["settle"]["counted_from"] = "sent"
    main["stages"] = [first, last]
    forms["concern"]["sections"][2]["fields"][2]["required_from"] = "step-3"
    del forms["agency"]
    return read(procedure, forms)


EDITIONS: Mapping[str, Callable[[], CouncilFiles]] = {
    "an edition that knows it": lambda: read(*files_as_written()),
    "a newer one without it": dropped,
}


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """Two or more hold each post; those who judge at STEP 2 judge together."""
    together = (("ladders", "main", "stages", 2, "judged_by"), ["raiser", "iro_lead"], "")
    opened = open_tarnbrook(tmp_path / "data", bent(together))
    yield opened
    opened.office.database.close()


def raised(desk: Desk, stage: str = "step-1", kind: str = "concern", partner: str = "") -> Known:
    files = desk.office.council(ID)
    ladder = files.procedure.ladder_of(kind, partner or None)
    at = ladder.stage(stage) if ladder else None
    form = desk.office.form(files, form_used(kind, files.procedure.kinds[kind], ladder, at))
    asked = Raising(
        ID,
        kind,
        _typed(form, "looked_after"),
        entry_stage=stage,
        entry_reason="Now.",
        partner=partner or None,
        gate="" if partner else "yes",
        gate_told="" if partner else "The head, by telephone.",
        settle_by=date(2026, 6, 30) if stage == "talk" else None,
    )
    with desk.office.database.reading() as tx:
        meant = prepare(desk.office, tx, desk.actor(IRO), asked).reached
    return raise_alert(desk.office, replace(asked, asked=_chosen(meant)), desk.doing(IRO))


def do(desk: Desk, found: Known, act: Act, by: str = "", **said: Any) -> Known:
    """With everything answered that the form of the act must have; a quarter of an hour after what came before."""
    desk.clock[0] += timedelta(minutes=15)
    by = by or (_asked(found) if act is Act.ANSWER and _asked(found) != "nobody" else IRO)
    with desk.office.database.reading() as tx:
        given = {**_typed(act_form(desk.office, tx, found, act), "looked_after", own=True), **said}
    return VERBS[act](desk.office, found.id, given, desk.doing(by, found))


def climb(desk: Desk, found: Known, to: str) -> Known:
    desk.clock[0] += timedelta(minutes=15)
    stage = next(one for one in found.ways_up if one.id == to)
    typed = _typed(escalate.form_at(desk.office, found, stage), "looked_after")
    typed |= {"ground": "other", "rationale": "Nothing moves."}
    up = escalate.Climb(to, {k: v for k, v in typed.items() if k != "consultation"})
    with desk.office.database.reading() as tx:
        up = replace(up, asked=_chosen(escalate.reached(desk.office, tx, found, up)))
    return escalate.escalate(desk.office, found.id, up, desk.doing(IRO, found))


def answered(desk: Desk, found: Known) -> Known:
    return do(desk, found, Act.ANSWER, text="Soon.", response="other")


def sent_by_hand(found: Known) -> dict[str, str]:
    run, person = to_do_by_hand(found.alert)[0]
    return {"whom": f"{run.number}:{person.name}, {person.post}", "on": "2026-06-01"}


def referred(found: Known) -> dict[str, str]:
    (one,) = found.alert.referrals
    return {"referral": str(one.number), "happened": "acknowledged", "on": "2026-06-01"}


@dataclass(frozen=True)
class Ending:
    """The act that ends what was begun: by whom, and what is said."""

    act: Act
    said: Callable[[Known], dict[str, Any]] = lambda _: {}
    by: str = ""


def ends(act: Act, by: str = "", **said: Any) -> Ending:
    return Ending(act, lambda _: said, by)


ANSWERED = ends(Act.ANSWER, text="Done.", response="other")
JUDGED, CLOSED = ends(Act.REVIEW_RESPONSE, **DONE), ends(Act.CLOSE, **OUTCOME)
UP = Ending(Act.ESCALATE)
FOLLOWED, LIFTED = (
    Ending(Act.FOLLOW_UP, referred),
    ends(Act.LIFT_STANDSTILL, happened_anyway="no", reason="Settled."),
)
REVIEWED = ends(Act.REVIEW_HOLD, on_track="no", text="Nothing yet.")
_REFERRAL = {"route": "cafcass", "reason": "Long.", "consultation": "discussed"}
_STANDSTILL = {"action": "No move.", "told": "All"}


@dataclass(frozen=True)
class Opening:
    """Something that is begun, and each of the acts that end it or carry it on."""

    begin: Callable[[Desk], Known]
    endings: tuple[Ending, ...]


def _both(desk: Desk) -> Known:
    found = do(desk, raised(desk), Act.REFER, **_REFERRAL)
    return do(desk, do(desk, found, Act.STANDSTILL, **_STANDSTILL), Act.CLOSE, **OUTCOME)


def _stepped(desk: Desk, found: Known) -> Known:
    said = {**TALKED, "step": "discussion", "outcome": "not settled"}
    return do(desk.at("Wed 2026-06-03"), found, Act.STEP, LEAD, **said)


def _by_asked(desk: Desk, act: Act) -> Known:
    found = raised(desk)
    return do(desk, found, act, _asked(found), text="Which of the two is meant?")


def _drafted(desk: Desk) -> Known:
    found = raised(desk)
    return do(desk, found, Act.NAME_DRAFTER, _asked(found), name="Sw_A Sample")


def _note_and_meeting(desk: Desk) -> Known:
    found = _stepped(desk, raised(desk, "step-2"))
    said = {**TALKED, "outcome": "", "at": "10:00"}
    found = do(desk, found, Act.STEP, LEAD, step="note", **said)
    return do(desk, found, Act.STEP, LEAD, step="meeting", **said)


OPENINGS: Mapping[Act, tuple[Opening, ...]] = {
    Act.RAISE: (
        Opening(raised, (ANSWERED, CLOSED, UP)),
        Opening(lambda desk: raised(desk, "talk"), (ANSWERED, CLOSED, UP)),
        Opening(
            lambda desk: raised(desk, "step-2"),
            (
                ends(
                    Act.STEP,
                    LEAD,
                    step="discussion",
                    outcome="settled",
                    **{**TALKED, "on": "2026-06-01", "at": "09:05"},
                ),
                UP,
            ),
        ),
        Opening(
            lambda desk: raised(desk, "health-1", "agency", "health"),
            (ANSWERED, CLOSED, Ending(Act.BY_HAND, sent_by_hand)),
        ),
    ),
    Act.ANSWER: (Opening(lambda desk: answered(desk, raised(desk)), (JUDGED, CLOSED, UP)),),
    Act.RECORD_ANSWER: (
        Opening(lambda desk: do(desk, raised(desk), Act.RECORD_ANSWER, **CAME), (JUDGED, UP)),
    ),
    Act.NOT_THEIRS: (
        Opening(lambda desk: _by_asked(desk, Act.NOT_THEIRS), (ANSWERED, UP, CLOSED)),
    ),
    Act.NAME_DRAFTER: (Opening(_drafted, (ANSWERED, UP, CLOSED)),),
    Act.ASK_QUESTION: (
        Opening(
            lambda desk: _by_asked(desk, Act.ASK_QUESTION),
            (ends(Act.ANSWER_QUESTION, question="1", text="Both."), ANSWERED, UP, CLOSED),
        ),
    ),
    Act.REVIEW_RESPONSE: (
        Opening(
            lambda desk: do(desk, answered(desk, raised(desk)), Act.REVIEW_RESPONSE, **NOT_YET),
            (UP, CLOSED),
        ),
        Opening(
            lambda desk: do(desk, _note_and_meeting(desk), Act.REVIEW_RESPONSE, LEAD, **DONE),
            (JUDGED,),
        ),
    ),
    Act.STEP: (
        Opening(
            lambda desk: _stepped(desk, raised(desk, "step-2")),
            (ends(Act.STEP, LEAD, step="meeting", outcome="", **{**TALKED, "at": "10:00"}),),
        ),
        Opening(_note_and_meeting, (ends(Act.REVIEW_RESPONSE, LEAD, **DONE),)),
    ),
    Act.HOLD: (
        Opening(
            lambda desk: do(desk, answered(desk, raised(desk)), Act.HOLD, **HELD),
            (REVIEWED, JUDGED, UP, CLOSED),
        ),
    ),
    Act.ESCALATE: (
        Opening(
            lambda desk: climb(desk, raised(desk), "step-2"),
            (
                ends(
                    Act.STEP,
                    LEAD,
                    step="discussion",
                    outcome="settled",
                    **{**TALKED, "on": "2026-06-01", "at": "09:15"},
                ),
                UP,
            ),
        ),
        Opening(lambda desk: climb(desk, raised(desk, "step-3"), "step-4"), (ANSWERED, CLOSED)),
    ),
    Act.AGREE_DATE: (
        Opening(
            lambda desk: do(
                desk, raised(desk), Act.AGREE_DATE, until="2026-06-15", agreed_with="M", reason="L"
            ),
            (ANSWERED, UP),
        ),
    ),
    Act.REFER: (
        Opening(lambda desk: do(desk, raised(desk), Act.REFER, **_REFERRAL), (FOLLOWED, CLOSED)),
    ),
    Act.STANDSTILL: (
        Opening(lambda desk: do(desk, raised(desk), Act.STANDSTILL, **_STANDSTILL), (LIFTED,)),
    ),
    Act.HAND_ON: (
        Opening(
            lambda desk: do(desk, raised(desk), Act.HAND_ON, BOSS, to="iro_b", reason="Leave."),
            (ends(Act.HAND_ON, BOSS, to=IRO, reason="Back."), ends(Act.CLOSE, "iro_b", **OUTCOME)),
        ),
    ),
    Act.CLOSE: (
        Opening(_both, (Ending(Act.REOPEN, lambda _: {"reason": "Too early."}), FOLLOWED, LIFTED)),
    ),
    Act.REOPEN: (
        Opening(
            lambda desk: do(desk, _both(desk), Act.REOPEN, reason="Too early."),
            (CLOSED, ANSWERED, FOLLOWED, LIFTED),
        ),
    ),
}
"""Every act that opens something."""

OPENS_NOTHING = {
    Act.SEE,
    Act.FROM_PAPER,  # opens what raising opens, at a stage where it stands already
    Act.REVIEW_HOLD,  # the hold goes on
    Act.FOLLOW_UP,
    Act.ANSWER_QUESTION,
    Act.BY_HAND,
    Act.LIFT_STANDSTILL,
    Act.OVERRIDE,
    Act.SIGN_OFF,
    Act.RECORD_CHANGE,
    Act.NOTE,
    Act.REMIND,
    Act.FILE,  # what happens afterwards is filed with another
    Act.CORRECT,
    # Who may open it has its own story, and needs people of the officer's side besides the officer.
    *(Act.RESTRICT, Act.CONFIRM_RESTRICTION, Act.LIFT_RESTRICTION),
    Act.REDIRECT,  # the same
    Act.LINK,  # needs another alert; unlinking is the same act
    Act.MOVE_CASE,  # whoever is asked is another; what is asked was begun before
}


def test_of_every_act_it_is_said_what_it_opens() -> None:
    assert set(OPENINGS) | OPENS_NOTHING == set(Act)
    assert not set(OPENINGS) & OPENS_NOTHING


CASES = [
    pytest.param(opening, ending, id=f"{act}-{place}: {ending.act}")
    for act, openings in OPENINGS.items()
    for place, opening in enumerate(openings)
    for ending in opening.endings
]


@pytest.mark.parametrize("edition", EDITIONS)
@pytest.mark.parametrize(("opening", "ending"), CASES)
def test_what_was_begun_is_ended(
    desk: Desk, opening: Opening, ending: Ending, edition: str
) -> None:
    found = opening.begin(desk)
    newer = replace(desk.office, councils={ID: EDITIONS[edition]()})
    after = Desk(newer, desk.clock, ID)
    with newer.database.reading() as tx:
        assert newer.edition(found.alert.raised.edition).digest == found.files.digest, tx
    assert found.files.digest != newer.council(ID).digest
    who = ending.by or (_asked(found) if ending.act is Act.ANSWER else IRO)
    who = IRO if who == "nobody" else who
    _everything_is_read(after, found)
    offered = {one.act: one.not_now for one in after.see(who, found).offers}
    assert offered[ending.act] is None
    before = found.alert.version
    if ending.act is Act.ESCALATE:
        found = climb(after, found, found.ways_up[0].id)
    else:
        found = do(after, found, ending.act, who, **ending.said(found))
    assert found.alert.version > before
    _everything_is_read(after, found)
    assert prove(newer).holds


def _everything_is_read(desk: Desk, found: Known) -> None:
    """Page, lists, service, reminders, paper: whatever edition is the newest."""
    for who in (IRO, "boss", _asked(found)):
        if who != "nobody":
            assert desk.see(who, found).history
            work_tray.tray(desk.office, desk.actor(who))
    service.service(desk.office, desk.actor(BOSS))
    remind(desk.office)
    used = sources(desk.office, found, found.alert.raised.form)
    assert found.alert.reference in file_note(found.alert, used, desk.office.now())


# ------------------------------------------------------------------- beside the alerts: the office


def newer(desk: Desk) -> Desk:
    return Desk(replace(desk.office, councils={ID: dropped()}), desk.clock, ID)


def test_a_post_that_was_given_is_ended_once_the_procedure_knows_it_no_more(desk: Desk) -> None:
    admin = desk.actor("admin")
    before = office_view.look(desk.office, admin, ID)
    after = newer(desk)
    seen = office_view.look(after.office, admin, ID)
    leads = [one for one in seen.posts if one.post == "iro_lead"]
    assert {one.held.person_id for one in leads if one.held} == {"lead_a", "lead_b"}
    assert {one.title for one in leads} == {"iro_lead (no longer in the procedure)"}
    assert "iro_lead" in before.titles
    assert "iro_lead" not in seen.titles
    for one in leads:
        assert one.held is not None
        post_holders.end_post(after.office, admin, one.held.id, after.office.today)
    later = office_view.look(after.at("Tue 2026-06-02").office, admin, ID)
    assert not [one for one in later.posts if one.post == "iro_lead"]


def test_a_contact_in_an_agency_is_looked_over_and_ended(desk: Desk) -> None:
    admin = desk.actor("admin")
    told = ContactDetails("Nel Nurse", "nel@agency.invalid", "", day("Tue 2026-09-01"))
    partner_contacts.add(desk.office, admin, ID, ("health", "nurse"), told)
    after = newer(desk)
    ((line,),) = [partner_contacts.overview(after.office, admin, ID)]
    assert (line.partner_title, line.title, line.stages) == (
        "health (no longer in the procedure)",
        "nurse",
        (),
    )
    (contact,) = line.contacts
    changed = replace(told, review_on=day("Wed 2027-09-01"))
    partner_contacts.change(after.office, admin, contact.id, changed)
    partner_contacts.end(after.office, admin, contact.id)
    assert partner_contacts.overview(after.office, admin, ID) == ()
    with pytest.raises(BadAnswers):
        partner_contacts.add(after.office, admin, ID, ("health", "nurse"), told)


def test_a_cover_for_somebody_whose_post_is_gone_is_ended(desk: Desk) -> None:
    boss, last = desk.actor(BOSS), day("Fri 2026-06-12")
    absence_cover.set_cover(desk.office, boss, Cover(LEAD, "lead_b", None, last))
    after = newer(desk)
    (covering,) = absence_cover.covers(after.office, boss)
    absence_cover.end_cover(after.office, boss, covering.id, after.office.today)
    assert absence_cover.covers(after.at("Tue 2026-06-02").office, boss) == ()


def test_a_post_that_judges_under_an_open_alert_s_edition_still_lists_it(desk: Desk) -> None:
    found = raised(desk, "step-2")
    after = newer(desk)
    lead = after.actor(LEAD)
    assert "team" in work_tray.offered(after.office, lead)
    theirs = work_tray.tray(after.office, lead, Wanted(Filters(whose="team")))
    assert found.alert.reference in {
        one.row.reference for part in theirs.parts for one in part.lines
    }
    choices = work_tray.choices(after.office, after.actor(BOSS))
    assert choices.stages["concern/step-2"] == "Concern: STEP 2"


@pytest.mark.parametrize(
    ("kind", "stage", "partner"),
    [("quick", "at-once", None), ("agency", "health-1", "health"), ("concern", "step-2", None)],
)
def test_a_draft_of_what_is_raised_no_more_is_begun_anew_or_thrown_away(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, kind: str, stage: str, partner: str | None
) -> None:
    body = {"step": 2, "council": ID, "kind": kind, "entry_stage": stage, "partner": partner}
    for name in ("one", "two"):
        kept_drafts.keep_draft(desk.office, IRO, name, {**body, "answers": {}})
    after = newer(desk)
    screen = open_screen(after, IRO, "raise_alert", monkeypatch, draft="one")
    if kind != "concern":
        screen.press("Choose anew what you raise")
        assert "What do you raise?" in [one.label for one in screen.test.radio]
    screen = open_screen(after, IRO, "raise_alert", monkeypatch, draft="two")
    screen.press("Throw it away")
    assert [one.id for one in kept_drafts.my_drafts(after.office, IRO)] == ["one"]
