"""Taking texts out of an alert that goes on: the one place where it is done."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from practice_alerts.adapters.store.core.database import Tx
from practice_alerts.adapters.store.records import destruction
from practice_alerts.casework.core import shutting_out
from practice_alerts.casework.core.actors import runs_commands
from practice_alerts.casework.core.loaded_alert import Known
from practice_alerts.casework.core.record import Doing, new_act_key, record
from practice_alerts.casework.records.destroying import TwoPeople
from practice_alerts.domain.alert.destroyed import Left, Redacted, TakenOut
from practice_alerts.domain.alert.events import written
from practice_alerts.domain.directory.office_permissions import COMMAND_LINE
from practice_alerts.domain.errors import NotPossible
from practice_alerts.domain.seeing.interests import says_which_child
from practice_alerts.domain.seeing.taking_out import left_without
from practice_alerts.office import Office


def take_out(
    office: Office, tx: Tx, found: Known, taken: Iterable[TakenOut], two: TwoPeople
) -> Known:
    """The alert without it. Raises NotPossible where none of it is there any more.

    Row, words and the log follow from what is left; whoever is shut out stays so, unless two people say that what
    goes is of another child. Drafts of the alert go, since nobody can say what they quote. `destroying.forget` is
    to be called once this transaction is over.
    """
    taken = tuple(taken)
    resting = shutting_out.resting_on(tx, found.files.id, found.alert)
    left = {one.number: one.what for one in left_without(found.alert, taken)}
    if not left:
        raise NotPossible("It is gone already: look at the alert again.")
    numbers = destruction.chained(tx, found.id)
    former = _taken_over(found, left, numbers)
    gone = {*(numbers[one] for one in left), *former.destroyed}
    destruction.destroy_texts(tx, found.id, gone)
    by = replace(COMMAND_LINE, id=two.confirmed.id or runs_commands(tx, office.now()))
    now = sorted({**former.left, **left}.items())
    event = Redacted(
        destroyed=tuple(sorted(gone)),
        asked_by=two.asked,
        confirmed_by=two.confirmed,
        reason=two.reason,
        left=tuple(Left(number=number, what=said) for number, said in now),
        taken=taken,
        interests=resting if any(map(says_which_child, taken)) else (),
    )
    return record(office, tx, found.id, (event,), Doing(by, new_act_key(), found.alert.version))


@dataclass(frozen=True, slots=True)
class _Former:
    """What earlier redactions left, whose own texts have to go as well now."""

    left: Mapping[int, dict[str, object]]
    destroyed: frozenset[int]


def _taken_over(found: Known, now: Mapping[int, object], numbers: Mapping[int, int]) -> _Former:
    left: dict[int, dict[str, object]] = {}
    gone: set[int] = set()
    for event in found.alert.happened:
        what = event.what
        if isinstance(what, Redacted) and now.keys() & {one.number for one in what.left}:
            left |= {one.number: one.what for one in what.left}
            left[event.number] = written(what.model_copy(update={"left": (), "destroyed": ()}))
            gone |= {*what.destroyed, numbers[event.number]}
    return _Former(left, frozenset(gone))
