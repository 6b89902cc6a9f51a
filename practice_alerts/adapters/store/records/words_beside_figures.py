"""What is written beside the figures of reports: texts, and actions that are carried on."""

from dataclasses import asdict, dataclass
from datetime import date, datetime

from sqlalchemy import select

from practice_alerts.adapters.store.core import tables as t
from practice_alerts.adapters.store.core.database import Tx
from practice_alerts.adapters.store.records import destruction

_T, _A = t.report_texts.c, t.report_actions.c


@dataclass(frozen=True, slots=True)
class TextPlace:
    """Beside which section of which report of a council, of which days."""

    council: str
    report: str
    since: date
    until: date
    place: str


@dataclass(frozen=True, slots=True)
class TextRow:
    place: str
    body: str
    person_id: str
    written_at: datetime
    checked_by: str | None


@dataclass(frozen=True, slots=True)
class ActionRow:
    """`id` is None of one that is new."""

    council: str
    since: date
    until: date
    what: str
    owner_post: str
    owner_id: str | None
    due: date | None
    person_id: str
    written_at: datetime
    outcome: str = "open"
    came_of_it: str = ""
    ended_until: date | None = None
    id: int | None = None


def texts(tx: Tx, council: str, report: str, since: date, until: date) -> tuple[TextRow, ...]:
    query = select(_T.place, _T.body, _T.person_id, _T.written_at, _T.checked_by).where(
        _T.council == council, _T.report == report, _T.since == since, _T.until == until
    )
    return tuple(TextRow(*row) for row in tx.execute(query))


def put_text(tx: Tx, at: TextPlace, row: TextRow) -> None:
    """In place of what stood there: of words that it had and has no more no byte is left."""
    here = [_T[k] == said for k, said in asdict(at).items()]
    former = tx.execute(select(_T.body).where(*here)).scalar_one_or_none() or ""
    tx.execute(t.report_texts.delete().where(*here))
    tx.execute(t.report_texts.insert(), {**asdict(at), **asdict(row)})
    if former not in row.body:
        destruction.must_be_forgotten(tx)


def actions(tx: Tx, council: str, until: date) -> tuple[ActionRow, ...]:
    """All that were put down in periods that had ended by then, the earliest first."""
    names = tuple(ActionRow.__dataclass_fields__)
    query = select(*(_A[name] for name in names)).where(_A.council == council, _A.until <= until)
    return tuple(ActionRow(*row) for row in tx.execute(query.order_by(_A.until, _A.id)))


def put_action(tx: Tx, row: ActionRow) -> int:
    """Its number. It cannot be taken out, so of words that it had and has no more no byte is left."""
    said = asdict(row)
    number = said.pop("id")
    if number is None:
        return int(tx.execute(t.report_actions.insert().values(said).returning(_A.id)).scalar_one())
    former = tx.execute(select(_A.what, _A.came_of_it).where(_A.id == number)).one()
    tx.execute(t.report_actions.update().where(_A.id == number), said)
    if former.what not in row.what or former.came_of_it not in row.came_of_it:
        destruction.must_be_forgotten(tx)
    return int(number)
