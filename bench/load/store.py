"""The office in which everybody works, and what has become of it afterwards."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from time import monotonic, sleep

from sqlalchemy import select

from bench.load.people import Day, Lead, Manager, Officer
from bench.load.timings import Seen
from practice_alerts.adapters.store.core import tables as t
from practice_alerts.adapters.store.office import directory
from practice_alerts.adapters.store.office.directory import DirectoryPerson
from practice_alerts.casework.drafts import kept_drafts
from practice_alerts.casework.proof.audit_chain import prove
from practice_alerts.office import Office
from tests.helpers.product.office import LONG_AGO, Desk, open_desk
from tests.helpers.product.running_product import Served

FIRST = 4
"""How many alerts each officer has raised before anybody comes to work."""
_LOG_FOLLOWS = 20  # seconds, on a busy machine


@dataclass
class Store:
    """Lambeth's, with so many officers, and two managers and two QA leads for each five of them."""

    data: Path
    people: int
    options: Sequence[str] = ()
    """Of `practice-alerts serve`."""
    desk: Desk = field(init=False)
    product: Served = field(init=False)

    def __post_init__(self) -> None:
        self.desk = open_desk(self.data, engine="sqlite")
        self.desk.clock[:] = [Office.now()]
        self.product = Served(self.data, self.options)
        with self.desk.office.database.writing() as tx:
            for one, post, team in self._posts():
                person = DirectoryPerson(one, f"{one.title()} Sample", f"{one}@practice.invalid")
                directory.add_person(tx, person, [("lambeth", post, team)], LONG_AGO)

    @property
    def _beside(self) -> int:
        return max(1, self.people * 2 // 5)

    def _posts(self) -> Iterator[tuple[str, str, str]]:
        for number in range(self.people):
            yield f"officer-{number}", "iro", ""
        for number in range(self._beside):
            yield f"manager-{number}", "team_manager", f"Team {number}"
            yield f"lead-{number}", "qa_lead", ""

    def at_work(self, day: Day) -> tuple[list[Officer], list[Manager], list[Lead]]:
        """Everybody, and what waits for the managers from before."""
        officers = []
        for number in range(self.people):
            its = number % self._beside
            one = Officer(f"officer-{number}", day, manager=f"manager-{its}", team=f"Team {its}")
            for alert in range(FIRST):
                raised = self.desk.raised(
                    team=one.team, case_number=f"S-{number}-{alert}", who=one.id
                )
                one.mine.append(raised.alert.reference)
                day.asked[one.manager].put((raised.alert.reference, one.id))
            officers.append(one)
        managers = [Manager(f"manager-{number}", day) for number in range(self._beside)]
        return officers, managers, [Lead(f"lead-{number}", day) for number in range(self._beside)]

    def link(self, person: str) -> str:
        self.desk.clock[:] = [Office.now()]
        return f"{self.product.origin}/sign-in/{self.desk.office.sign_in.issue_link(person)}"

    def asking(self, reference: str, person: str) -> str:
        asked = (
            select(t.askings.c.id)
            .join(t.alerts, t.alerts.c.id == t.askings.c.alert_id)
            .where(t.alerts.c.reference == reference, t.askings.c.person_id == person)
        )
        with self.desk.office.database.reading() as tx:
            return str(tx.execute(asked).scalars().one())

    def missing(self, seen: Seen) -> list[str]:
        """What was acknowledged and is not there; empty where all is well."""
        return [
            *self._lost(seen),
            *self._drafts_lost(seen),
            *self._unproved(),
            *self._not_logged(),
            *self._thrown(),
        ]

    def _lost(self, seen: Seen) -> Iterator[str]:
        there = self._said()
        for one in seen.done:
            if not any(one.text in said for said in there.get((one.reference, one.event), ())):
                yield f"lost: {one.event} of {one.reference}"

    def _said(self) -> dict[tuple[str, str], list[str]]:
        rows = (
            select(t.alerts.c.reference, t.events.c.kind, t.payloads.c.body)
            .join(t.events, t.events.c.alert_id == t.alerts.c.id)
            .join(t.payloads, t.payloads.c.event_id == t.events.c.id)
        )
        found: dict[tuple[str, str], list[str]] = {}
        with self.desk.office.database.reading() as tx:
            for reference, event, body in tx.execute(rows):
                found.setdefault((reference, event), []).append(str(body))
        return found

    def _drafts_lost(self, seen: Seen) -> Iterator[str]:
        for one in seen.drafts.values():
            kept = kept_drafts.my_draft(self.desk.office, one.person, one.id)
            if kept is None or one.text not in str(kept.body):
                yield f"lost: a draft of {one.person}"

    def _unproved(self) -> Iterator[str]:
        if not prove(self.desk.office).holds:
            yield "the store does not prove itself"

    def _not_logged(self) -> Iterator[str]:
        """The product follows within a second; here it is given more."""
        with self.desk.office.database.reading() as tx:
            there = set(tx.execute(select(t.alerts.c.reference)).scalars())
        until = monotonic() + _LOG_FOLLOWS
        while (missing := there - {*self._logged()}) and monotonic() < until:
            sleep(0.2)
        if missing:
            yield f"not in the log: {len(missing)} alerts"

    def _logged(self) -> Sequence[str]:
        with closing(sqlite3.connect(self.data / "log/lambeth.db")) as log:
            return [one for (one,) in log.execute("SELECT reference FROM alerts")]

    def _thrown(self) -> Iterator[str]:
        if "Traceback" in self.product.printed:
            yield f"the console has a traceback: {self.product.printed[-2000:]}"
