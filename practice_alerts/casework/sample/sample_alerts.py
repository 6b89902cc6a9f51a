"""The sample alerts of any council: one for each state in which an alert can be, as far as its procedure has it."""

from collections.abc import Callable, Iterable

from practice_alerts.casework.acts.act_form import people_on_form
from practice_alerts.casework.sample.tales import OUTSIDER, CouncilAtWork, NoSuchState, Tale
from practice_alerts.domain.acts.act_forms import WHOSE, asked_by_key
from practice_alerts.domain.acts.permissions import Act
from practice_alerts.domain.alert.by_hand import to_do_by_hand, to_remind
from practice_alerts.domain.alert.events import ChangeForChild, EndingKind, FollowUpKind
from practice_alerts.domain.deadlines.stage_clocks import ClockKind, always_awaited, kind_of
from practice_alerts.domain.forms.field_types import FieldType
from practice_alerts.domain.procedure.ladder import Stage, Timed
from practice_alerts.domain.procedure.procedure import PARTNERS

_LONG_AGO, _TOO_LATE = 24, 12
"""Working days: past any total, and past the clock of any stage."""
_BINDING = frozenset({ClockKind.DEADLINE, ClockKind.MAXIMUM})

Plot = Callable[[CouncilAtWork], object]


def waiting(council: CouncilAtWork) -> None:
    """One for each type of case, raised by those whose cases they are."""
    stages = council.stages(_asks_for_an_answer)
    for case in council.procedure.cases_of(council.procedure.raising_posts):
        council.begin().raised(1, stages[council.told % len(stages)], raised_as=case)


def unanswered(council: CouncilAtWork) -> None:
    """The answer is overdue, where it can be; of the second one the total as well."""
    stages = council.stages(lambda one: one.formal and one.answer)
    dated = [one for one in stages if one.answer and _is_binding(one.answer)]
    if dated:
        council.begin().raised(_TOO_LATE, dated[-1])
    council.begin().raised(_LONG_AGO, (*stages, *dated)[-1])


def unanswered_by_the_day_agreed(council: CouncilAtWork) -> None:
    council.must_know(Act.AGREE_DATE)
    tale = _raised(council, _TOO_LATE)
    tale.do(
        Act.AGREE_DATE,
        10,
        until=council.day(3).isoformat(),
        agreed_with="the manager",
        reason="Leave.",
    )


def answered(council: CouncilAtWork) -> None:
    """Not reviewed yet; the manager of the reviewing service has been asked what they think."""
    tale = _raised(council, 6)
    if to_remind(tale.found.alert):
        tale.do(Act.REMIND, 4, text="No word since it was sent. Rang, and left a message.")
    tale.answered(3, tale.theme.done, "done")
    seen = {"agreement": "talked over", "on": council.day(2).isoformat()}
    tale.do(Act.SIGN_OFF, 2, who="The manager of the reviewing service", **seen)
    tale.do(Act.NOTE, 1, text="Rang the carer, who has not heard of it yet. Ring again on Friday.")


def asked_back(council: CouncilAtWork) -> None:
    """A question before the answer; two that were said not to be theirs, one drafted elsewhere, one redirected."""
    tale = _raised(council, 5)
    tale.do(Act.ASK_QUESTION, 4, tale.asked, text="Which of the two plans is meant?")
    tale.do(Act.ANSWER_QUESTION, 3, question="1", text="The one of the last review.")
    moved = "The child moved to another team in the summer."
    tale = _raised(council, 2)  # an answer may be due after two working days
    tale.do(Act.NOT_THEIRS, 1, tale.asked, text=moved)
    tale.do(Act.NAME_DRAFTER, 1, tale.asked, name=tale.colleague.name, text=moved)
    tale = _raised(council, 4)
    whose = tale.asked
    tale.do(Act.NOT_THEIRS, 3, whose, text=moved)
    tale.do(Act.REDIRECT, 2, whose=whose, name=OUTSIDER, reason="Rang the other team.")


def told_by_telephone(council: CouncilAtWork) -> None:
    """An answer that came another way, written down by the officer."""
    tale = _raised(council, 4)
    came = {"channel": "telephone", "on": council.day(2).isoformat(), "at": "09:30"}
    came[WHOSE] = next(iter(asked_by_key(tale.found.alert)))
    text = tale.said(tale.theme.done)
    tale.do(Act.RECORD_ANSWER, 1, text=text, response="done", **came)


def answered_badly(council: CouncilAtWork) -> None:
    """Not satisfactory, to be escalated."""
    _answered_badly(council)


def climbing(council: CouncilAtWork) -> None:
    """Escalated, and waiting at the next stage; a way out of the authority is open beside it."""
    tale = _answered_badly(council).escalated(2)
    if tale.found.routes:
        tale.do(Act.REFER, 1, route=tale.found.routes[0], reason=tale.said(tale.theme.why_poor))


def at_the_top(council: CouncilAtWork) -> None:
    """The authority has decided, and whoever raised it is not satisfied."""
    tale = council.begin().raised(18, council.stages(_asks_for_an_answer)[-1])
    tale.answered(15, tale.theme.poor, "will_not_be_done").not_satisfactory(14)
    why = {"not_satisfied_why": tale.said(tale.theme.why_poor)}
    tale.closed(12, EndingKind.DECIDED_NOT_SATISFIED, "Nothing has changed yet for {child}.", **why)


def on_hold(council: CouncilAtWork) -> None:
    council.must_know(Act.HOLD)
    tale = _raised(council, 9).promised(7, -12).held(6, -12)
    tale.do(Act.REVIEW_HOLD, 2, on_track="yes", text="The first half is done.")


def hold_ended(council: CouncilAtWork) -> None:
    council.must_know(Act.HOLD)
    _raised(council, 15).promised(13, 3).held(12, 3)


def agreed_date(council: CouncilAtWork) -> None:
    """Another day for the answer."""
    council.must_know(Act.AGREE_DATE)
    until, why = council.day(-5).isoformat(), "The meeting that decides it is on the day before."
    tale = _raised(council, 4)
    tale.do(Act.AGREE_DATE, 2, until=until, agreed_with="the manager", reason=why)


def verified(council: CouncilAtWork) -> None:
    """Put right, to be closed."""
    tale = _raised(council, 10)
    tale.answered(7, tale.theme.done, "done").put_right(2)


def put_right(council: CouncilAtWork) -> None:
    tale = _raised(council, 22)
    tale.answered(20, tale.theme.done, "done")
    tale.closed(17, EndingKind.PUT_RIGHT, child_view=tale.said(tale.theme.view))
    known = "It was said at the review."
    tale.do(Act.RECORD_CHANGE, 9, changes=[ChangeForChild.SAFER.value], text=known)


def withdrawn(council: CouncilAtWork) -> None:
    """After a figure on the form had been put right."""
    tale = _raised(council, 14).corrected(13, "case_number", f"S-{900_000 + council.told}")
    tale.closed(
        11,
        EndingKind.WITHDRAWN,
        "It had been done the week before.",
        ending_why="It was noted on another file.",
    )


def no_longer_ours(council: CouncilAtWork) -> None:
    _raised(council, 21).closed(16, EndingKind.NO_LONGER_OURS, "{child} lives with an aunt now.")


def other_endings(council: CouncilAtWork) -> None:
    """Closed in each of the ways of which a sentence says why."""
    for place, (ending, why) in enumerate(_ENDED_OTHERWISE.items()):
        _raised(council, 30).closed(18 - place, ending, "{child} knows how it came.", **why)


def taken_on(council: CouncilAtWork) -> None:
    """Referred, decided on elsewhere, and closed here."""
    tale = _answered_badly(council, later=10)
    if not tale.found.routes:
        raise NoSuchState("a way out")
    tale.do(Act.REFER, 13, route=tale.found.routes[0], reason=tale.said(tale.theme.why_poor))
    number = str(tale.found.alert.referrals[0].number)
    said = {"happened": FollowUpKind.DECIDED, "on": council.day(9).isoformat()}
    tale.do(Act.FOLLOW_UP, 9, referral=number, text="They take it up themselves.", **said)
    tale.closed(
        8,
        EndingKind.TAKEN_ON,
        "{child} has somebody independent now.",
        taken_on_by="A named officer there",
    )


def reopened(council: CouncilAtWork) -> None:
    tale = _raised(council, 16)
    tale.answered(13, tale.theme.done, "done").closed(12, EndingKind.PUT_RIGHT)
    tale.do(Act.FILE, 11, on=council.day(11).isoformat(), document="Document 20417")
    tale.do(Act.REOPEN, 5, reason="It happened again two weeks later.")


def by_hand(council: CouncilAtWork) -> None:
    """Somebody who is asked is not in the directory: still to be written to, and written to already."""
    stage, names = _with_an_outsider(council)
    council.begin().raised(3, stage, **names)
    tale = council.begin().raised(5, stage, **names)
    left = to_do_by_hand(tale.found.alert)
    if not left:
        raise NoSuchState("somebody asked who is not in the directory")
    run, person = left[0]
    said = {
        "on": council.day(4).isoformat(),
        "text": "On paper by post, and read out on the telephone.",
    }
    tale.do(Act.BY_HAND, 4, whom=f"{run.number}:{person.name}, {person.post}", **said)


def given_on(council: CouncilAtWork) -> None:
    """To another officer; and the child has another worker now."""
    tale = _raised(council, 5)
    raised_as = tale.found.alert.raised.raised_as
    post = council.procedure.raised_by[raised_as][0]
    others = [one.id for one in council.holders(post) if one.id != tale.officer]
    manager = council.holders("iro_manager")[0].id
    tale.do(
        Act.HAND_ON, 3, manager, to=others[0], reason="The alert came up in a colleague's review."
    )
    _moved(tale)


def _moved(tale: Tale) -> None:
    fields = people_on_form(tale.council.past.office, tale.found).values()
    person = next(one for one in fields if one.type is FieldType.PERSON and one.role)
    stood = tale.found.alert.answers
    now = {one.id: stood[one.id] for one in fields if one.id in stood}
    held = [one.name for one in tale.council.holders(person.role or "", now.get("team", ""))]
    now[person.id] = next(one for one in [*held, OUTSIDER] if one != stood.get(person.id))
    said = {
        "since": tale.council.day(2).isoformat(),
        "reason": "The worker has moved to another team.",
    }
    tale.do(Act.MOVE_CASE, 2, **now, **said)


def restricted(council: CouncilAtWork) -> None:
    """Open to named people only; one of them thinks by now that it need not be."""
    tale = _raised(council, 6)
    raising = council.procedure.raised_by[tale.found.alert.raised.raised_as][0]
    others = [one.id for one in council.holders(raising) if one.id != tale.officer]
    second = council.holders("iro_manager")[0].id
    until, why = council.day(-20).isoformat(), "The child's aunt works in this service."
    said = {"reason": why, "second": second, "stand_in": others[0], "look_again": until}
    tale.do(Act.RESTRICT, 5, **said)
    tale.do(Act.CONFIRM_RESTRICTION, 4, second, text="Spoke with the officer; it is right.")
    tale.do(Act.LIFT_RESTRICTION, 1, reason="The aunt is leaving at the end of the month.")


def linked_since(council: CouncilAtWork) -> None:
    """Two about a brother and a sister, raised apart."""
    first, second = _raised(council, 4), _raised(council, 3)
    manager = council.holders("iro_manager")[0].id
    reference = first.found.alert.reference
    second.do(Act.LINK, 1, manager, said="linked", reference=reference)


def nothing_to_change(council: CouncilAtWork) -> None:
    """What is in dispute must not happen meanwhile; of the second one it may go ahead by now."""
    council.must_know(Act.STANDSTILL)
    for ends in (False, True):
        tale = _raised(council, 3)
        move = tale.said("{child} is not to be moved.")
        tale.do(Act.STANDSTILL, 2, action=move, told="The manager, by telephone, on the same day.")
        if ends:
            tale.do(Act.LIFT_STANDSTILL, 1, happened_anyway="no", reason="The move is off.")


def overridden(council: CouncilAtWork) -> None:
    """Something so grave that those at the top were told at once."""
    overrides = council.procedure.overrides
    if overrides is None:
        raise NoSuchState("events that go past every stage")
    said = {
        "told": _TOLD_AT_ONCE,
        "on": council.day(2).isoformat(),
        "at": "09:10",
        "by": "The officer",
    }
    _raised(council, 4).do(Act.OVERRIDE, 2, event=overrides.events[-1], **said)


_TOLD_AT_ONCE = "Both of those named, by telephone."


def steps(council: CouncilAtWork) -> None:
    """Stages that work by steps: waiting for the first one, one of them late, and all recorded."""
    stages = council.stages(_works_by_steps)
    council.begin().raised(1, stages[0])
    _all_steps(council.begin().raised(6, stages[-1]), stages[-1])
    in_time = [one for one in stages if any(map(_is_binding, always_awaited(one)[1:]))]
    for stage in in_time[:1]:
        # The first has taken place, and what was to follow from it in time has not.
        council.begin().raised(_TOO_LATE, stage).took_place(_TOO_LATE - 1, stage.steps[0].id)


def steps_beside_an_answer(council: CouncilAtWork) -> None:
    stage = council.stages(lambda one: one.answer is not None and one.steps)[0]
    tale = council.begin().raised(5, stage)
    tale.answered(3, tale.theme.poor).took_place(2, stage.steps[0].id, **_first_result(stage, 0))


def _all_steps(tale: Tale, stage: Stage) -> None:
    for place, step in enumerate(stage.steps):
        tale.took_place(max(5 - place, 1), step.id, **_first_result(stage, place))


def _first_result(stage: Stage, place: int) -> dict[str, str]:
    outcomes = stage.steps[place].outcomes
    return {"outcome": outcomes[0]} if outcomes else {}


def not_put_right(council: CouncilAtWork) -> None:
    """The day for putting it right has passed, where the procedure means it as a deadline."""
    stage = council.stages(lambda one: one.settle is not None and _is_binding(one.settle))[0]
    tale = council.begin().raised(_LONG_AGO, stage)
    if stage.answer is not None:
        tale.promised(_LONG_AGO - 1, 1)


def without_stages(council: CouncilAtWork) -> None:
    """Good practice, and whatever else asks for no answer."""
    for kind, one in council.procedure.kinds.items():
        if one.ladder is None:
            council.begin().raised(4, kind=kind)
            tale = council.begin().raised(9, kind=kind)
            tale.closed(6, EndingKind.SHARED, "Others work so by now.")


def to_an_agency(council: CouncilAtWork) -> None:
    """Waiting for a partner agency, and answered by one."""
    for kind in (name for name, one in council.procedure.kinds.items() if one.ladder == PARTNERS):
        council.begin().raised(3, kind=kind)
        tale = council.begin().raised(8, kind=kind)
        tale.answered(4, tale.theme.done, "done")


_ENDED_OTHERWISE = {
    EndingKind.EXPLANATION_ACCEPTED: {"ending_why": "A doctor advised against it."},
    EndingKind.DECIDED_BY_COURT: {"ending_why": "The court approved another plan."},
    EndingKind.MOVED_AUTHORITY: {"ending_why": "Greywater, which was told of it."},
    EndingKind.RAISED_IN_ERROR: {"ending_why": "A colleague had raised the same before."},
    EndingKind.DIED: {},
}

PLOTS: Iterable[Plot] = (
    *(
        waiting,
        unanswered,
        unanswered_by_the_day_agreed,
        answered,
        asked_back,
        told_by_telephone,
        answered_badly,
        climbing,
        at_the_top,
        on_hold,
        hold_ended,
    ),
    *(
        agreed_date,
        verified,
        put_right,
        withdrawn,
        no_longer_ours,
        other_endings,
        taken_on,
        reopened,
        by_hand,
    ),
    *(given_on, nothing_to_change, overridden, steps, steps_beside_an_answer, not_put_right),
    *(without_stages, to_an_agency, restricted, linked_since),
)


def _raised(council: CouncilAtWork, ago: int) -> Tale:
    """At one of the stages at which an answer is asked for, another each time."""
    stages = council.stages(_asks_for_an_answer)
    return council.begin().raised(ago, stages[council.told % len(stages)])


def _answered_badly(council: CouncilAtWork, later: int = 0) -> Tale:
    """At the first stage that leads further."""
    stage = council.stages(_asks_for_an_answer)[0]
    tale = council.begin().raised(8 + later, stage)
    return tale.answered(6 + later, tale.theme.poor).not_satisfactory(4 + later)


def _asks_for_an_answer(stage: Stage) -> bool:
    return stage.answer is not None


def _works_by_steps(stage: Stage) -> bool:
    return stage.answer is None and bool(stage.steps)


def _is_binding(timed: Timed) -> bool:
    return kind_of(timed.within) in _BINDING


def _with_an_outsider(council: CouncilAtWork) -> tuple[Stage, dict[str, str]]:
    """A stage that asks somebody whom the form names, and that question answered with a name from outside."""
    stages = council.stages(_asks_for_an_answer)
    # Where one of several is asked, it would be one of those in the directory.
    for stage in sorted(stages, key=lambda one: council.procedure.asked_at(one).how == "any_of"):
        asked = council.procedure.asked_at(stage).roles
        for form in council.files.forms.values():
            for one in form.fields(filled_by="raiser"):
                if one.type is FieldType.PERSON and one.role in asked:
                    return stage, {one.id: OUTSIDER}
    raise NoSuchState("somebody asked whom a form names")
