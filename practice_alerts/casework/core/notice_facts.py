"""Which notice asks somebody to act, what a notice about an alert is filled with, and how its link opens for a reader."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from practice_alerts.adapters.store.core.database import Tx
from practice_alerts.adapters.store.office import directory
from practice_alerts.adapters.store.office.outbox import NewNotice
from practice_alerts.casework.core.actors import may_come_by_link
from practice_alerts.casework.core.loaded_alert import Known
from practice_alerts.domain.alert.alert import Alert
from practice_alerts.domain.complete import complete
from practice_alerts.domain.dates import DayOrMoment
from practice_alerts.domain.deadlines.stage_clocks import ClockKind, StageClock, Times
from practice_alerts.domain.notices.texts import NoticeFacts
from practice_alerts.domain.procedure.ladder import Step
from practice_alerts.domain.standing.running_clocks import Clocks
from practice_alerts.domain.standing.steps_by import (
    ThingWanted,
    doer,
    is_of_those_asked,
    wanted_step,
)
from practice_alerts.domain.standing.waiting_words import wanted_in_words
from practice_alerts.domain.text import joined
from practice_alerts.domain.wording.definitions import who_in_words
from practice_alerts.office import Office

_BY_ACCOUNT = (
    "The link leads to your council's own sign-in, and from there straight to it. It opens nothing "
    "by itself."
)
_BY_SECOND = (
    "The link opens nothing by itself. On the page it leads to, ask for a second e-mail: that one "
    "signs you in."
)


def facts_about(office: Office, tx: Tx, found: Known) -> NoticeFacts:
    """The link leads to the alert's page."""
    alert, files = found.alert, found.files
    officer = directory.person(tx, alert.officer.id)
    asked = (officer.mail if officer else "", office.notices(files.id).ring)
    return NoticeFacts(
        alert.reference,
        found.stage_label,
        link=alert_page(office, alert.reference),
        council=files.procedure.council,
        officer=alert.officer.in_words,
        contact=", ".join(filter(None, asked)) or "the reviewing service",
        otherwise=_otherwise(found),
        alert=found.kind_title,
    )


def alert_page(office: Office, reference: str) -> str:
    """Its address in the app, as an e-mail has it."""
    return f"{office.settings.base_url}/app/alert?reference={reference}"


def for_reader(office: Office, tx: Tx, facts: NoticeFacts, person_id: str) -> NoticeFacts:
    """With how the link opens for this person: with single sign-on, this one e-mail is enough."""
    person = directory.person(tx, person_id) if office.settings.sign_ons else None
    by_account = person is not None and not may_come_by_link(office, tx, person)
    return replace(facts, opens=_BY_ACCOUNT if by_account else _BY_SECOND)


def notice_of(
    office: Office, tx: Tx, found: Known, name: str, to: tuple[str, NoticeFacts]
) -> NewNotice:
    """The one of this name about the alert, as this person gets it."""
    person_id, about = to
    text = office.notices(found.files.id).write(name, for_reader(office, tx, about, person_id))
    return NewNotice(person_id, name, text.subject, text.body, found.id)


def _otherwise(found: Known) -> str:
    by_rule = found.ladder.next_stages(found.run.stage) if found.ladder and found.alert.run else ()
    stages = [one.label for one in by_rule] if found.alert.is_open else []
    if not stages:
        return f"{found.alert.officer.name} decides what follows"
    return f"it may go on to {joined(stages, 'or')}"


def sender_name(office: Office, councils: Iterable[str]) -> str:
    """Of the one council it is about; the service alone where it is about none, or about several."""
    known = [one for one in {*councils} if one in office.councils]
    if len(known) != 1:
        return office.notices().service
    return f"{office.council(known[0]).procedure.council}, {office.notices(known[0]).service}"


_DATED = complete(
    Times,
    {Times.ANSWER: "asked", Times.STEP: "asked_for_step", Times.SETTLE: "asked_to_put_right"},
)
_AIMS = complete(
    Times,
    {
        Times.ANSWER: "asked_aim",
        Times.STEP: "asked_for_step_aim",
        Times.SETTLE: "asked_to_put_right_aim",
    },
)
_UNDATED = {ClockKind.AT_ONCE: "asked_at_once", ClockKind.AGREED: "asked_by_agreement"}


@dataclass(frozen=True, slots=True)
class AskedNotice:
    """The notice, its day, and the step that the day is of, if it is of one."""

    name: str
    due: DayOrMoment | None = None
    step: Step | None = None


def asked_notice(clocks: Clocks) -> AskedNotice:
    """The notice and its day: that of the answer, else of putting it right, else of a step.

    Where an answer has a clock it is asked for as an answer, whether or not that gives a day yet.
    """
    answer = clocks.of(Times.ANSWER)
    for one in (answer, clocks.of(Times.SETTLE)):
        if one is not None and one.by is not None:
            return _dated(one)
    if answer is not None and answer.waits_for_start:
        return AskedNotice("asked_before_start")
    if answer is not None and answer.kind in _UNDATED:
        return AskedNotice(_UNDATED[answer.kind])
    if clocks.step is not None and clocks.step.by is not None:
        return _dated(clocks.step)
    return AskedNotice("asked_without_date")


def wanted_beside(
    found: Known, clocks: Clocks, who: str, notice: AskedNotice | None = None
) -> tuple[str, ...]:
    """All that is wanted of whoever is asked, in words; nothing where the notice says just that itself."""
    ladder, run = found.ladder, found.alert.run
    if ladder is None or run is None:
        return ()
    every = found.rules.doers(found.alert).wanted_of(who, clocks)
    if notice is not None and len(every) == 1 and _says(notice, every[0]):
        return ()
    return tuple(wanted_in_words(one, ladder, run.stage) for one in every)


def dated_now(
    found: Known, before: Alert, then: Clocks, now: Clocks, who: str
) -> tuple[AskedNotice, ...]:
    """The notice of the first thing wanted of somebody that had no day before this, and has one."""
    run, rules = found.alert.run, found.rules
    if run is None or before.run is None or before.run.number != run.number:
        return ()
    waited = [
        one.step
        for one in rules.doers(before).wanted_of(who, then)
        if one.clock is not None and one.clock.waits_for_start
    ]
    new = (
        _dated(one.clock)
        for one in rules.doers(found.alert).wanted_of(who, now)
        if one.step in waited and one.clock is not None and one.clock.by is not None
    )
    return tuple(new)[:1]


def _says(notice: AskedNotice, wanted: ThingWanted) -> bool:
    if wanted.step is None:
        waits = wanted.clock is not None and wanted.clock.waits_for_start
        return notice.step is None and not waits
    return notice.due is not None and notice.step == wanted.step


def step_notice(step: Step, clocks: Clocks) -> AskedNotice:
    """That which asks whoever does a step to see to it."""
    clock = wanted_step(step, clocks).clock
    if clock is None or clock.by is None:
        return AskedNotice("asked_for_step_without_date", None, step)
    return _dated(clock)


def _dated(clock: StageClock) -> AskedNotice:
    names = _AIMS if clock.kind is ClockKind.AIM else _DATED
    return AskedNotice(names[clock.times], clock.by, clock.step)


def with_steps(facts: NoticeFacts, found: Known, steps: Iterable[Step]) -> NoticeFacts:
    """With what a notice may say of steps: as the procedure prints them, and whose they are by their posts."""
    steps = tuple(steps)
    whose = list(dict.fromkeys(_whose(found, step) for step in steps))
    return replace(facts, step=joined([_called(step) for step in steps]), doer=joined(whose))


def _called(step: Step) -> str:
    return f"{step.what} (where it is needed: {step.ask})" if step.ask else step.what


def _whose(found: Known, step: Step) -> str:
    procedure, asked = found.files.procedure, f"whoever is asked at {found.stage_label}"
    if is_of_those_asked(step) and found.stage is not None:
        return who_in_words(procedure.asked_at(found.stage), procedure, silent=asked)
    return who_in_words(doer(step), procedure, silent=asked)
