"""The work tray: whose alerts, in which piles, in the order in which things must be done."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta
from functools import cached_property

from practice_alerts.adapters.store.alerts import current_state, tray_rows
from practice_alerts.adapters.store.alerts.current_state import CurrentRow
from practice_alerts.adapters.store.alerts.let_in_rows import TrayReader
from practice_alerts.adapters.store.core.database import Tx
from practice_alerts.adapters.store.office import directory
from practice_alerts.casework.core.found_by import finds
from practice_alerts.casework.core.list_status import named_stages
from practice_alerts.casework.core.loaded_alert import Known, linked_with, load_each
from practice_alerts.casework.views.tray_parts import (
    AT_FIRST,
    PAGE,
    TO_DO,
    FilterChoices,
    InTray,
    Tray,
    TraySection,
    Wanted,
    side_by_side,
)
from practice_alerts.casework.views.tray_piles import PartOfList, Piles
from practice_alerts.domain.acts.acts import Rules, why_not
from practice_alerts.domain.acts.permissions import (
    Act,
    Actor,
    Relation,
    relations,
)
from practice_alerts.domain.dates import LONDON
from practice_alerts.domain.deadlines import stage_facts
from practice_alerts.domain.deadlines.working_days import Calendar
from practice_alerts.domain.directory.office_permissions import OfficeAct, may_run
from practice_alerts.domain.procedure.directions import RESERVE, climbed
from practice_alerts.domain.procedure.procedure import Procedure
from practice_alerts.domain.seeing.search_words import SoughtWords, sought
from practice_alerts.domain.seeing.security_entries import SecurityEntry, SecurityKind
from practice_alerts.domain.standing import status
from practice_alerts.domain.standing.list_filters import Filters, Whose
from practice_alerts.domain.standing.running_clocks import Clocks, running_clocks
from practice_alerts.domain.standing.status import Where, where
from practice_alerts.domain.standing.waiting_on import waiting_on
from practice_alerts.office import Office

_OFFICERS = frozenset(
    {
        *(Relation.RAISER, Relation.COVERS_RAISER, Relation.GAVE_AWAY, Relation.NAMED_TO_REVIEW),
        *(Relation.NAMED_TO_ESCALATE, Relation.IRO_MANAGER),
        *(Relation.AUDITOR, Relation.IRO_SUPPORT),
    }
)
"""Who reads of an alert what its officer is to do."""

_ASKED = frozenset({Relation.ASKED, Relation.COVERS_ASKED})
_ONE_SEARCH = timedelta(minutes=10)


def to_do(office: Office, actor: Actor) -> int:
    """In how many alerts this person has something to do now."""
    reader = reader_of(office, actor)
    with office.database.reading() as tx:
        parts = Piles(office, tx, actor, reader, Filters()).parts(lambda _: 0)
    return sum(one.count for one in parts if one.name in TO_DO)


def tray(office: Office, actor: Actor, wanted: Wanted | None = None) -> Tray:
    """What this person, and whoever they stand in for, has to do and is waiting for."""
    wanted, reader = wanted or Wanted(), reader_of(office, actor)
    filters = wanted.filters
    if filters.whose not in offered(office, actor):
        filters = filters.model_copy(update={"whose": "mine"})
    with office.database.reading() as tx:
        lines = _Lines(office, tx, actor)
        found = Piles(office, tx, actor, reader, filters).parts(wanted.most_of)
        if filters.is_own_tray:
            listed = {one for part in found for one in part.ids}
            told = lines.copied(tray_rows.written_to(tx, reader), listed)
            found.append(PartOfList("copied", len(told), tuple(told)))
        parts = [lines.part(one, wanted.most_of(one.name)) for one in found if one.count]
        if filters.is_own_tray:
            lately = tray_rows.closed_lately(tx, reader, AT_FIRST, office.today)
            parts += [TraySection("closed", len(lately), lines.of(lately))] if lately else []
    return Tray(tuple(parts))


def search(
    office: Office, actor: Actor, typed: str, most: int = PAGE, *, closed: bool = False
) -> tuple[InTray, ...]:
    """Open alerts that hold each word that was typed, whole or as a beginning; `closed`: closed ones too.

    What is held is what this person may read of them, and the names of those concerned.
    """
    what = sought(typed)
    if what.ways:
        entry = SecurityEntry(SecurityKind.SEARCHED, actor.id, actor.council, typed=typed.strip())
        office.security_log.note(entry, once_in=_ONE_SEARCH)
    reader, found, skip, left = reader_of(office, actor), list[InTray](), 0, bool(what.ways)
    with office.database.reading() as tx:
        lines, named = _Lines(office, tx, actor), named_stages(office, tx, actor)
        while left and len(found) < most:
            asked = tray_rows.Search(what, closed, most, skip, copies=True)
            ids = tray_rows.search(tx, reader, asked, named)
            found += lines.of(ids, what)
            skip, left = skip + most, len(ids) == most
    return tuple(found[:most])


def offered(office: Office, actor: Actor) -> tuple[Whose, ...]:
    """Whose alerts this person may list beside their own.

    A team's are those of its children, as far as this person may see them; for a post of the IRO service
    that the procedure names to review or escalate, those that stand where it does so.
    """
    found: list[Whose] = ["mine"]
    if _teams(office, actor) or actor.posts & _named_anywhere(office, actor):
        found.append("team")
    if _may_look(actor):
        found.append("service")
    return tuple(found)


def _teams(office: Office, actor: Actor) -> frozenset[str]:
    with office.database.reading() as tx:
        held = directory.posts_of(tx, actor.id, office.today)
    return frozenset(one.team for one in held if one.team and one.council == actor.council)


def _named_anywhere(office: Office, actor: Actor) -> frozenset[str]:
    """By the procedure of today, or by that of an open alert."""
    return frozenset(
        post
        for procedure in _procedures(office, actor.council)
        for _, ladder in procedure.all_ladders()
        for each in climbed(procedure, ladder)
        for stage in ladder.stages
        for post in Rules(each, ladder).posts_at(stage).looking_on
    )


def _procedures(office: Office, council: str) -> tuple[Procedure, ...]:
    """Those that open alerts were raised under, and last that of today."""
    with office.database.reading() as tx:
        editions = current_state.editions_of_open(tx, council)
    now = office.council(council)
    older = (office.edition(one).procedure for one in editions if one != now.digest)
    return (*older, now.procedure)


def choices(office: Office, actor: Actor) -> FilterChoices:
    """Stages by kind and stage, as filters name them; officers for those who see the whole service."""
    every, reader = _procedures(office, actor.council), reader_of(office, actor)
    with office.database.reading() as tx:
        teams = tray_rows.teams_with_alerts(tx, reader)
        officers = dict(tray_rows.officers(tx, reader)) if reader.whole else {}
    return FilterChoices(
        kinds={name: kind.title for one in every for name, kind in one.kinds.items()},
        stages={
            name: said for one in every for name, said in stage_facts.stages_in_words(one).items()
        },
        categories={one.id: one.title for known in every for one in known.categories},
        teams={team: team for team in teams},
        officers=officers,
    )


def reader_of(office: Office, actor: Actor) -> TrayReader:
    own, whole = frozenset({actor.id, *actor.covers_for}), _may_look(actor)
    teams, in_post = _teams(office, actor), bool(actor.posts)
    since = actor.reads_closed_since
    closed_since = datetime.combine(since, time(), tzinfo=LONDON) if since else None
    return TrayReader(actor.council, actor.id, own, whole, teams, closed_since, in_post)


def _may_look(actor: Actor) -> bool:
    """May they choose from the alerts of the whole service? In reserve one is then shown few of them."""
    return may_run(actor, OfficeAct.LIST_ALERTS, actor.council) or RESERVE in actor.posts


@dataclass(frozen=True)
class _Lines:
    """Turns ids into lines, for whoever reads them."""

    office: Office
    tx: Tx
    actor: Actor

    @cached_property
    def calendar(self) -> Calendar:
        return self.office.calendar(self.actor.council, self.tx)

    def part(self, one: PartOfList, most: int) -> TraySection:
        return TraySection(one.name, one.count, side_by_side(self.of(one.ids[:most])))

    def copied(self, told: tuple[str, ...], listed: Collection[str]) -> list[str]:
        """Of those of which an e-mail told them, what they may open for that alone, and what stands in no pile."""
        if not self.actor.posts:
            return []
        alerts = load_each(self.office, self.tx, [one for one in told if one not in listed])
        every = ((name, one.alert, one.named) for name, one in alerts.items())
        here = {
            n for n, alert, named in every if Relation.COPIED in relations(self.actor, alert, named)
        }
        return [one for one in told if one in here]

    def of(self, ids: Iterable[str], what: SoughtWords | None = None) -> tuple[InTray, ...]:
        """The alerts of these ids that this person may see, in the same order; where they find `what` in them."""
        ids = tuple(ids)
        rows = current_state.by_ids(self.tx, ids)
        alerts = load_each(self.office, self.tx, ids)
        names = directory.names(self.tx, {row.officer_id for row in rows.values()})
        seen = [
            self._line(rows[one], alerts[one], names.get(rows[one].officer_id, ""))
            for one in ids
            if alerts[one].may(self.actor, Act.SEE)
            and (what is None or finds(self.office, self.tx, self.actor, what, alerts[one]))
        ]
        return self._with_mails(seen)

    def _with_mails(self, lines: list[InTray]) -> tuple[InTray, ...]:
        waits = (one.waits for one in lines if one.may_write and one.waits)
        mails = directory.mails(self.tx, {person.id for one in waits for person in one.people})
        return tuple(replace(one, mails=mails) if one.may_write else one for one in lines)

    def _line(self, row: CurrentRow, known: Known, officer: str) -> InTray:
        clocks = running_clocks(known.alert, known.ladder, self.calendar)
        stands = where(known.alert, known.ladder, clocks, self.office.now())
        found = known.stands(self.actor).deciding
        return InTray(
            row=row,
            where=replace(stands, sentence=self._sentence(found, stands, known, clocks)),
            clocks=clocks,
            stage_label=known.stage_label,
            kind_title=known.files.procedure.kinds[row.kind].title,
            waits=waiting_on(known.alert, stands),
            officer=officer,
            may_write=bool(found & _OFFICERS),
            together=tuple(
                one.alert.reference for one in linked_with(self.office, self.tx, known, self.actor)
            ),
            may_remind=known.may(self.actor, Act.REMIND)
            and not why_not(Act.REMIND, known.alert, known.rules),
        )

    def _sentence(
        self, found: frozenset[Relation], stands: Where, known: Known, clocks: Clocks
    ) -> str:
        """To those who were asked nothing is said that is not theirs to do."""
        label = known.stage_label
        if stands.turn == "nobody" or (found & _OFFICERS and not found & _ASKED):
            return stands.sentence
        left = known.rules.left_to_do(self.actor, known.alert)
        said = [*filter(None, [status.yours_to_record(left.steps, clocks, known.ladder)])]
        if not found & _ASKED:
            return " ".join(said) or f"{label}: {stands.standing.value}."
        run = known.alert.run
        if run is not None and run.waits_for_others and not left.answer:
            return " ".join((status.answered_already(run, label), *said))
        officer = known.alert.officer.name
        return " ".join((status.asked_of_you(stands, label, clocks, known.ladder, officer), *said))
