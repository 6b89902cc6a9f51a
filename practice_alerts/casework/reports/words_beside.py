"""What is written beside the figures of a report: read by whoever reads it, written by whoever issues figures."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from practice_alerts.adapters.store.core.database import Tx
from practice_alerts.adapters.store.office import directory
from practice_alerts.adapters.store.records import words_beside_figures as kept
from practice_alerts.adapters.store.records.words_beside_figures import (
    ActionRow,
    TextPlace,
    TextRow,
)
from practice_alerts.casework.core.actors import title_of, title_or_id, writing_as
from practice_alerts.casework.records.reasons import words_of_files
from practice_alerts.casework.reports.trace_of_words import (
    Traces,
    of_action,
    of_text,
    put_down,
    traces,
)
from practice_alerts.domain.acts.permissions import Actor
from practice_alerts.domain.dates import in_full, read_day, why_no_day
from practice_alerts.domain.directory.directory_acts import BesideDone
from practice_alerts.domain.directory.office_permissions import OfficeAct, may_run, must_run
from practice_alerts.domain.errors import BadAnswers, NotFound, NotPossible
from practice_alerts.domain.forms.may_name import may_name, words_as_written
from practice_alerts.domain.log.measures.periods import Period
from practice_alerts.domain.reports.contents import REPORTS, ReportName
from practice_alerts.domain.reports.figure_tables import MEASURE_CALLED
from practice_alerts.domain.reports.written import (
    LONGEST_ACTION,
    LONGEST_TEXT,
    ActionOutcome,
    ReportAction,
    WrittenText,
    fault_of,
    mark_of,
    names_in_words,
)
from practice_alerts.office import Office

_POST, _PERSON = "post:", "person:"
_MEANWHILE = (
    "somebody has written there since you opened this page, and what they wrote stands above. What you typed is below:"
    " put together what shall stand, and save again."
)


@dataclass(frozen=True, slots=True)
class BesideFigures:
    """What stands beside the figures of a report."""

    texts: Mapping[str, WrittenText]
    """By the place of its section."""
    actions: tuple[ReportAction, ...] = ()
    may_write: bool = False
    owners: tuple[tuple[str, Mapping[str, str]], ...] = ()
    """For whoever writes: whom an action can be for, by key, in groups."""
    traces: Traces = field(default_factory=lambda: Traces({}, {}))
    """Who did what to any of it."""

    def printed(self, *, published: bool) -> Mapping[str, str]:
        """What stands in a Word document. Of what is published, what a second person has read."""
        return {
            place: one.body for place, one in self.texts.items() if one.checked_by or not published
        }


@dataclass(frozen=True, slots=True)
class ActionTyped:
    """As it comes from the form; `number` is empty of one that is new, and `read` the mark of the one that was changed."""

    number: str
    what: str
    owner: str
    due: str
    outcome: str = ActionOutcome.OPEN
    came_of_it: str = ""
    names_nobody: bool = False
    read: str = ""


def beside(office: Office, by: Actor, name: ReportName, period: Period) -> BesideFigures:
    """Raises NotYours."""
    must_run(by, OfficeAct.READ_REPORTS, by.council)
    writes = may_run(by, OfficeAct.WRITE_REPORT, by.council)
    with office.database.reading() as tx:
        rows = kept.texts(tx, by.council, name.value, period.since, period.until)
        carried = kept.actions(tx, by.council, period.until) if REPORTS[name].has_actions else ()
        ids = {one.person_id for one in rows} | {one.checked_by or "" for one in rows}
        names = directory.names(tx, ids | {one.owner_id or "" for one in carried})
        owners = _owners(office, tx, by) if writes else ()
        done = traces(tx, by.council, name, period)
    texts = {one.place: _text(one, names) for one in rows}
    actions = (_action(office, by, one, names) for one in carried)
    mine = tuple(one for one in actions if one.stands_in(period))
    return BesideFigures(texts, mine, writes, owners, done)


def _text(row: TextRow, names: Mapping[str, str]) -> WrittenText:
    by, second = names.get(row.person_id, ""), names.get(row.checked_by or "", "")
    return WrittenText(row.place, row.body, by, row.written_at, second, row.person_id)


def _action(office: Office, by: Actor, row: ActionRow, names: Mapping[str, str]) -> ReportAction:
    procedure = office.council(by.council).procedure
    owner = title_or_id(procedure, row.owner_post) if row.owner_post else ""
    return ReportAction(
        id=row.id or 0,
        what=row.what,
        owner=owner or names.get(row.owner_id or "", ""),
        due=row.due,
        put_down=Period(row.since, row.until),
        outcome=ActionOutcome(row.outcome),
        came_of_it=row.came_of_it,
        ended_until=row.ended_until,
        owner_key=f"{_POST}{row.owner_post}" if row.owner_post else f"{_PERSON}{row.owner_id}",
    )


def _owners(office: Office, tx: Tx, by: Actor) -> tuple[tuple[str, Mapping[str, str]], ...]:
    """Posts for everybody; people by name for whoever sees the directory."""
    procedure = office.council(by.council).procedure
    posts = {f"{_POST}{one}": role.title for one, role in procedure.roles.items()}
    posts |= {f"{_POST}{one}": title_of(procedure, one) for one in ("iro_manager", "qa_lead")}
    groups = [("Posts", dict(sorted(posts.items(), key=lambda one: one[1])))]
    if may_run(by, OfficeAct.SEE_DIRECTORY, by.council):
        everybody = directory.everybody(tx, by.council)
        groups.append(("People", {f"{_PERSON}{one.id}": one.name for one in everybody}))
    return tuple(groups)


def write(
    office: Office, by: Actor, at: TextPlace, body: str, read: str, *, names_nobody: bool = False
) -> None:
    """In place of what stood there, known by its mark; empty takes it out, and no byte of it stays.

    Raises NotYours, NotFound, and BadAnswers under the section's place, also where it may name somebody and nobody has
    said that it does not, and where somebody else has written there since.
    """
    must_run(by, OfficeAct.WRITE_REPORT, at.council)
    section = REPORTS[ReportName(at.report)].places.get(at.place)
    if section is None:
        raise NotFound("place to write in that report")
    body = "\n".join(line.rstrip() for line in body.splitlines()).strip()
    _must_name_nobody(
        office, {at.place: (section.title, body, LONGEST_TEXT)}, names_nobody=names_nobody
    )
    with writing_as(office, by) as tx:
        row = _stands(tx, at)
        stood = row.body if row else ""
        if mark_of(stood) != read:
            raise BadAnswers({at.place: f"{section.title}: {_MEANWHILE}"})
        if body == stood:
            return
        kept.put_text(tx, at, TextRow(at.place, body, by.id, office.now(), None))
        did = BesideDone.WRITTEN if body else BesideDone.TAKEN_OUT
        put_down(tx, at.council, of_text(did, at), by.id, office.now())


def _stands(tx: Tx, at: TextPlace) -> TextRow | None:
    rows = kept.texts(tx, at.council, at.report, at.since, at.until)
    return next((one for one in rows if one.place == at.place), None)


def check(office: Office, by: Actor, at: TextPlace, read: str) -> None:
    """Say, as a second person, that what they read, known by its mark, may be published. Raises NotYours, NotFound, NotPossible."""
    must_run(by, OfficeAct.WRITE_REPORT, at.council)
    with writing_as(office, by) as tx:
        row = _stands(tx, at)
        if row is None or not row.body:
            raise NotFound("text to be published there")
        if row.person_id == by.id:
            raise NotPossible(
                "You wrote it, so somebody else who writes in reports has to read it before it is published."
            )
        if mark_of(row.body) != read:
            raise NotPossible(
                "It has been written anew since you read it. Read it as it stands now."
            )
        kept.put_text(tx, at, replace(row, checked_by=by.id))
        put_down(tx, at.council, of_text(BesideDone.PUBLISHED, at), by.id, office.now())


def put_action(office: Office, by: Actor, period: Period, typed: ActionTyped) -> None:
    """Put one down in the report of that period, or say what came of one that stands in it.

    The same put down twice is one. Raises NotYours, NotFound, and BadAnswers under `what`, `owner`, `due` and
    `came_of_it`, also where somebody else has changed it since, or it is changed in another report.
    """
    must_run(by, OfficeAct.WRITE_REPORT, by.council)
    with writing_as(office, by) as tx:
        former = _former(office, tx, by, period, typed)
        owner = _chosen(office, tx, by, typed.owner, former)
        due, faults = _faults_of(typed, has_owner=owner is not None)
        if faults or owner is None:
            raise BadAnswers(faults)
        what, came = typed.what.strip(), typed.came_of_it.strip()
        _action_names_nobody(office, what, came, names_nobody=typed.names_nobody)
        began = Period(former.since, former.until) if former else period
        ended = (former.ended_until if former else None) or period.until
        row = ActionRow(
            *(by.council, began.since, began.until, what, *owner, due, by.id, office.now()),
            outcome=typed.outcome,
            came_of_it=came,
            ended_until=None if typed.outcome == ActionOutcome.OPEN else ended,
            id=former.id if former else None,
        )
        others = (former,) if former else kept.actions(tx, by.council, period.until)
        if not _says_the_same(row, others):
            did = BesideDone.CHANGED if former else BesideDone.PUT_DOWN
            done = of_action(did, kept.put_action(tx, row), period)
            put_down(tx, by.council, done, by.id, office.now())


def _action_names_nobody(office: Office, what: str, came: str, *, names_nobody: bool) -> None:
    texts = {
        "what": ("What is to be done", what, LONGEST_ACTION),
        "came_of_it": ("What came of it, in words", came, LONGEST_ACTION),
    }
    _must_name_nobody(office, texts, names_nobody=names_nobody)


def _says_the_same(row: ActionRow, others: Iterable[ActionRow]) -> bool:
    """As one of these: by whom and when apart."""
    return any(
        replace(row, id=one.id, person_id=one.person_id, written_at=one.written_at) == one
        for one in others
    )


def _faults_of(typed: ActionTyped, *, has_owner: bool) -> tuple[date | None, dict[str, str]]:
    """The day, if one was given, and what is wrong, by field."""
    due, faults = read_day(typed.due), {}
    if not typed.what.strip():
        faults["what"] = "What is to be done: write it down."
    if typed.due.strip() and due is None:
        faults["due"] = f"By when: {why_no_day(typed.due)}"
    if not has_owner:
        faults["owner"] = "Who has it: choose a post or a person."
    if typed.outcome not in {*ActionOutcome}:
        faults["outcome"] = "What came of it: choose one."
    return due, faults


def _former(
    office: Office, tx: Tx, by: Actor, period: Period, typed: ActionTyped
) -> ActionRow | None:
    """As it stands, where it may be changed in that period and stands as it was read."""
    if not typed.number:
        return None
    every = kept.actions(tx, by.council, period.until)
    found = next((one for one in every if str(one.id) == typed.number), None)
    if found is None:
        raise NotFound("action of that number")
    action = _action(office, by, found, {})
    if action.ended_until and not action.is_changed_in(period):
        last = in_full(action.ended_until)
        raise BadAnswers(
            {"what": f"The action has ended in a report up to {last}. It is changed in that one."}
        )
    if action.mark != typed.read:
        raise BadAnswers({"what": f"The action: {_MEANWHILE}"})
    return found


def _chosen(
    office: Office, tx: Tx, by: Actor, key: str, former: ActionRow | None
) -> tuple[str, str | None] | None:
    """A post and nobody, or no post and somebody; one that it had stays, whoever has left."""
    offered = {one for _, group in _owners(office, tx, by) for one in group}
    if former is not None:
        had = f"{_POST}{former.owner_post}" if former.owner_post else f"{_PERSON}{former.owner_id}"
        offered.add(had)
    if key not in offered:
        return None
    if key.startswith(_POST):
        return key.removeprefix(_POST), None
    return "", key.removeprefix(_PERSON)


def _must_name_nobody(
    office: Office, texts: Mapping[str, tuple[str, str, int]], *, names_nobody: bool
) -> None:
    """Raises BadAnswers, by the keys of the texts."""
    faults = {key: fault_of(text, called, most) for key, (called, text, most) in texts.items()}
    if not names_nobody:
        known = _known_words(office)
        for key, (called, text, _) in texts.items():
            if not faults[key] and (found := may_name(text, known)):
                faults[key] = f"{called}: {names_in_words(found)}"
    faults = {key: fault for key, fault in faults.items() if fault}
    if faults:
        raise BadAnswers(faults)


def _known_words(office: Office) -> frozenset[str]:
    """Of the councils' own files, which are everybody's to read, and of the reports themselves."""
    sections = (one for report in REPORTS.values() for one in report.sections)
    texts = [text for one in sections for text in (one.title, one.says, one.to_write)]
    texts += [text for one in MEASURE_CALLED.values() for text in (one.title, one.counted)]
    return words_of_files(office) | words_as_written(texts)
