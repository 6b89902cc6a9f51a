"""Keeping the record straight: notes, a manager's view, a mistake put right, the alert given on."""

from collections.abc import Mapping
from typing import Any, Final

from practice_alerts.adapters.store.core.database import Tx
from practice_alerts.adapters.store.office import directory
from practice_alerts.casework.acts.act_form import questions
from practice_alerts.casework.acts.verb import Deciding, Verb, verb
from practice_alerts.casework.core.actors import actor_in, raising_post
from practice_alerts.casework.core.loaded_alert import Known
from practice_alerts.casework.core.record import Doing
from practice_alerts.domain.acts.permissions import Act
from practice_alerts.domain.alert.by_hand import to_remind
from practice_alerts.domain.alert.events import Event, Part, Person, ReminderSent
from practice_alerts.domain.dates import in_full, london_date
from practice_alerts.domain.errors import BadAnswers, NotPossible
from practice_alerts.domain.forms.answer_in_words import answer_in_words
from practice_alerts.domain.forms.validation import faults_in, sendable
from practice_alerts.office import Office

MOST_REMINDED: Final = 3
"""Times on one day about one alert: each is an e-mail to everybody who owes its answer."""


@verb(Act.NOTE)
def note(doing: Deciding) -> Event:
    """Something worth keeping, on an open alert or a closed one, for everybody or for the own side alone."""
    return doing.event(part=doing.text("part") or Part.SHARED, readers=doing.several("readers"))


@verb(Act.REMIND)
def remind(doing: Deciding) -> Event:
    """Write once more to whoever owes an answer. Raises NotPossible for one too many on a day."""
    sent = (one for one in doing.found.alert.happened if isinstance(one.what, ReminderSent))
    if sum(london_date(one.at) == doing.office.today for one in sent) >= MOST_REMINDED:
        raise NotPossible(
            f"{MOST_REMINDED} reminders of this alert have gone out today. Speak to them, or send another tomorrow."
        )
    return doing.event(people=to_remind(doing.found.alert))


@verb(Act.FILE)
def file(doing: Deciding) -> Event:
    """It was put into the case system on a day: what happened later is not filed yet."""
    on, happened = doing.day_past("on"), doing.found.alert.happened
    held = [one for one in happened if london_date(one.at) <= on]
    if not held:
        raised = in_full(london_date(happened[0].at))
        raise BadAnswers(
            {"on": f"When: it was raised on {raised}; choose that day or a later one."}
        )
    return doing.event(on=on, up_to=held[-1].number, until=held[-1].at)


@verb(Act.SIGN_OFF)
def sign_off(doing: Deciding) -> Event:
    """What a manager on the officer's own side says: on record, whatever it is, and in nobody's way."""
    return doing.event(on=doing.day_past("on"))


def correct(
    office: Office, alert_id: str, answers: Mapping[str, Any], now: Any, doing: Doing
) -> Known:
    """Put `now` in the place of a wrong answer on the form. What it was stays in the event it stood in."""

    def correction(deciding: Deciding) -> Event:
        question, found = deciding.given["question"], deciding.found
        number, _, name = question.partition(":")
        was, new = answer_to(found, question), _checked(office, deciding.tx, found, question, now)
        if new == was:
            raise BadAnswers({name: "The new answer: this is what stands there. Change it."})
        asked = questions(office, found)[question]
        return deciding.event(
            number=int(number),
            field=name,
            label=asked.label,
            was=was,
            now=new,
            was_in_words=answer_in_words(asked, was),
            now_in_words=answer_in_words(asked, new),
            names_child=asked.names_child,
        )

    return Verb(Act.CORRECT, correction)(office, alert_id, answers, doing)


def _checked(office: Office, tx: Tx, found: Known, question: str, now: Any) -> Any:
    """The new answer as it will stand. Neither it, nor the line for the log beside it, may be at fault."""
    every, name = questions(office, found), question.partition(":")[2]
    fields = [*(one for one in every.values() if one.id != name), every[question]]
    answers = {**found.answers, **found.sent_answers, name: now}
    known = tuple(one.name for one in directory.everybody(tx, found.files.id))
    faults = faults_in(
        fields, answers, reached=found.stages_reached, known=known, today=office.today
    )
    lines = {one.id for one in fields if one.goes_to == "log"}
    mine = {field: said for field, said in faults.items() if field in {name, *lines}}
    if mine:
        raise BadAnswers(mine)
    return sendable(fields, answers).get(name)


def answer_to(found: Known, question: str) -> Any:
    """What stands there now for one of `acting.questions`, None where nothing does."""
    number, _, name = question.partition(":")
    alert = found.alert
    if int(number) == alert.happened[0].number:
        return alert.raised.answers.get(name)
    run = next(run for run in alert.runs if run.number == int(number))
    return {**run.sent.details, **run.sent.answers}.get(name)


@verb(Act.HAND_ON)
def hand_on(doing: Deciding) -> Event:
    """Make it another reviewing officer's. Its clocks, and whoever raised it, stay what they are."""
    if "to" not in doing.given:  # nobody was there to choose from, so the question was not put
        nobody = (
            "nobody else here raises such alerts. Ask an administrator to give somebody the post."
        )
        raise BadAnswers({"to": f"Who takes it over: {nobody}"})
    files, raised_as = doing.found.files, doing.found.alert.raised.raised_as
    new = actor_in(doing.office, doing.tx, doing.given["to"], files.id)
    post = raising_post(files.procedure, new, raised_as)
    return doing.event(to=Person(id=new.id, name=new.name, post=post))
