"""The answer to one alert, given to others raised together with it as well: each an answer of its own there."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from practice_alerts.adapters.store.alerts import current_state
from practice_alerts.adapters.store.core.database import Tx
from practice_alerts.casework.acts import answer
from practice_alerts.casework.acts.answer import AskedView
from practice_alerts.casework.core.loaded_alert import Known, linked_with
from practice_alerts.casework.core.record import Doing
from practice_alerts.domain.acts.act_forms import WHOSE, asked_by_key
from practice_alerts.domain.alert.events import Answered
from practice_alerts.domain.errors import BadAnswers, ToldPlainly
from practice_alerts.domain.forms import each_child
from practice_alerts.office import Office

_CARRIED: Final = ("text", "response", "promise_by", "task_owner")
"""Where the evidence lies is a reference in the record of one child: it stays there."""


@dataclass(frozen=True, slots=True)
class Other:
    """An alert raised together that waits for the same person at the same stage."""

    asking: str
    """The id of its answer page."""
    reference: str
    seen: int
    """How many events it had when it was offered."""
    names: str
    """What in the answer names another child; such an answer is not given there."""
    known: Known
    view: AskedView


@dataclass(frozen=True, slots=True)
class SameAnswer:
    """What was answered last, and on which others it may be given as well."""

    text: str
    others: tuple[Other, ...]
    given: tuple[str, ...]
    """The references of those where it has been given."""


NONE: Final = SameAnswer("", (), ())


def look(office: Office, tx: Tx, asked: AskedView) -> SameAnswer:
    """For whoever has answered there themselves; of other alerts only what they may open."""
    last = _own(asked.known, asked)
    if last is None:
        return NONE
    beside = linked_with(office, tx, asked.known, asked.actor)
    given = (_own(one, asked) for one in beside)
    same = (one is not None and one.text == last.text for one in given)
    there = tuple(one.alert.reference for one, is_same in zip(beside, same, strict=True) if is_same)
    others = (
        each
        for one in beside
        if one.alert.reference not in there
        for each in _waiting(office, tx, asked, last, one)
    )
    return SameAnswer(last.text, tuple(others), there)


def give(
    office: Office, asked: AskedView, chosen: Mapping[str, int], act_key: str
) -> dict[str, str]:
    """Give it to each that is chosen, by its page with what was seen of it; why it was not, by reference.

    Each is an act by itself: one that cannot be done stops none of the others.
    """
    with office.database.reading() as tx:
        last, every = _own(asked.known, asked), look(office, tx, asked).others
    left: dict[str, str] = {}
    for one in every:
        if last is None or one.asking not in chosen or one.names:
            continue
        doing = Doing(one.view.actor, f"{act_key}.{one.asking}", chosen[one.asking])
        try:
            answer.answer(office, one.known.id, _carried(asked, last, one), doing)
        except BadAnswers as error:
            left[one.reference] = " ".join(error.faults.values())
        except ToldPlainly as error:  # what was given to others before stays given
            left[one.reference] = str(error)
    return left


def _own(found: Known, asked: AskedView) -> Answered | None:
    """What this person answered last at the stage of the page, in their own words."""
    run = found.alert.run_at(asked.asking.stage)
    given = [one.answer for one in run.answers] if run else []
    own = (one for one in reversed(given) if isinstance(one, Answered))
    return next((one for one in own if one.by.id == asked.actor.id), None)


def _waiting(
    office: Office, tx: Tx, asked: AskedView, last: Answered, other: Known
) -> Iterator[Other]:
    """The other alert, where it waits for whoever is asked here too, at this stage."""
    run, who = other.alert.run, asked.asking.person_id
    if run is None or run.stage != asked.asking.stage:
        return
    if who not in {one.id for one in run.yet_to_answer}:
        return
    for page in current_state.askings_of(tx, other.id):
        if page.is_present and page.person_id == who:
            view = answer.asked(office, tx, asked.actor.id, page.id)
            if view.is_present and view.answers:
                named = _named(office, asked.known, last, other)
                version = view.known.alert.version
                yield Other(page.id, other.alert.reference, version, named, other, view)


def _named(office: Office, this: Known, last: Answered, other: Known) -> str:
    form = office.form(this.files, this.alert.raised.form)
    names = each_child.names_of_others(form, other.alert.answers, [this.alert.answers])
    return each_child.name_in([last.text, last.task_owner, last.answers], tuple(names))


def _carried(asked: AskedView, last: Answered, other: Other) -> dict[str, Any]:
    """The answers of the page as they were given, but for what belongs to one child alone."""
    asked_there = asked_by_key(other.known.alert).items()
    whose = next((key for key, one in asked_there if one.id == asked.asking.person_id), "")
    own = {one.id for one in asked.form.fields() if one.each_child or one.names_child}
    more = {name: said for name, said in last.answers.items() if name not in own}
    given = {name: getattr(last, name) for name in _CARRIED}
    day = last.promise_by.isoformat() if last.promise_by else ""
    said = {"response": last.response.value, "promise_by": day}
    return {**more, **given, **said, WHOSE: whose}
