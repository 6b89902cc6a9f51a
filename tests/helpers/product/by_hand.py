"""An office in which all that can be altered is there, and somebody who alters it by hand, past the product."""

from __future__ import annotations

import itertools
import shutil
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from sqlalchemy import Connection, NullPool, create_engine, event, select, text

from practice_alerts.adapters.keys import SealKeys
from practice_alerts.adapters.store.core import tables as t
from practice_alerts.adapters.store.core.database import Database
from practice_alerts.adapters.store.engines.address import sqlite_url
from practice_alerts.casework.acts import answer
from practice_alerts.casework.calendar import closures
from practice_alerts.casework.directory.cover import absence_cover
from practice_alerts.casework.documents import render
from practice_alerts.casework.drafts import kept_drafts
from practice_alerts.casework.views import work_tray
from practice_alerts.domain.alert.hash_chain import START, Link
from practice_alerts.office import Office
from tests.helpers.alerts import act_answers
from tests.helpers.days import day
from tests.helpers.product.office import Desk, open_desk
from tests.helpers.product.postgresql import cluster

_numbers = itertools.count()


@dataclass(frozen=True)
class Made:
    """An office in which all that can be altered is there, and how to have it once more."""

    desk: Desk
    engine: str

    def again(self, into: Path) -> Office:
        office = self.desk.office
        if self.engine == "sqlite":
            shutil.copytree(office.settings.data, into)
            url = sqlite_url(into)
        else:
            name = f"altered_{next(_numbers)}"
            made = office.database.url.partition("@/")[2].partition("?")[0]
            cluster().execute(f"CREATE DATABASE {name} TEMPLATE {made}")
            url = cluster().url(name)
        keys = shutil.copytree(office.settings.data / "keys", into.with_name(f"{into.name}-keys"))
        return replace(office, database=Database(url, SealKeys(keys)))


def make_office(data: Path, engine: str) -> Made:
    """Somebody signed in, somebody stands in, a day is closed, two alerts: a row in nearly every table."""
    desk = open_desk(data, engine=engine)
    desk.office.sign_in.use(desk.office.sign_in.issue_link("iro"))
    absence_cover.set_cover(
        desk.office,
        desk.actor("admin"),
        absence_cover.Cover("manager", "service", day("Mon 2025-06-02"), day("Fri 2025-06-06")),
    )
    closing = closures.Closing(day("Thu 2025-09-04"), None, "Move of offices")
    closures.close(desk.office, desk.actor("admin"), "lambeth", closing)
    first = desk.raised("stage-1")
    reply = act_answers.reply("It begins on Monday.", "done")
    answer.answer(desk.office, first.id, reply, desk.doing("manager", first))
    render.issue(desk.office, first, "iro")
    desk.see("iro", first)
    work_tray.search(desk.office, desk.actor("iro"), "Muster")
    kept_drafts.keep_draft(desk.office, "iro", "of-an-iro", {"step": 1})
    desk.raised("stage-2")
    desk.office.database.close()
    return Made(desk, engine)


@dataclass(frozen=True)
class ByHand:
    """A connection of somebody's own, past the product."""

    tx: Connection

    def __call__(self, *statements: str, **values: object) -> None:
        for statement in statements:
            used = {name: one for name, one in values.items() if f":{name}" in statement}
            self.tx.execute(text(statement), used)

    def alert(self, reference: str) -> str:
        query = select(t.alerts.c.id).where(t.alerts.c.reference == reference)
        return str(self.tx.execute(query).scalar_one())

    def events(self, reference: str) -> list[int]:
        query = select(t.events.c.id).where(t.events.c.alert_id == self.alert(reference))
        return list(self.tx.execute(query.order_by(t.events.c.id)).scalars())

    def edit_edition(self, name: str, change: Callable[[bytes], bytes]) -> None:
        """One file of the rules, and nothing else."""
        c = t.edition_files.c
        query = select(c.digest, c.name, c.body).where(c.name.like(f"%{name}")).limit(1)
        digest, whole, body = self.tx.execute(query.order_by(c.name)).one()
        changed = change(body)
        assert changed != body
        which = (c.digest == digest, c.name == whole)
        self.tx.execute(t.edition_files.update().where(*which).values(body=changed))

    def chain_anew(self) -> None:
        """Every hash as it would have been: whoever knows how needs no key for that."""
        previous, c = START, t.events.c
        for row in self.tx.execute(select(t.events).order_by(c.id)).mappings().all():
            link = Link(**{name: row[name] for name in Link.__slots__})
            values = {"previous_hash": previous, "hash": link.hash_after(previous)}
            self.tx.execute(t.events.update().where(c.id == row["id"]).values(values))
            previous = values["hash"]

    def without(self, reference: str, *, events: bool) -> None:
        alert, numbers = self.alert(reference), self.events(reference)
        for table in (t.search_words, t.askings, t.outbox, t.issues):
            self.tx.execute(table.delete().where(table.c.alert_id == alert))
        self.tx.execute(t.payloads.delete().where(t.payloads.c.event_id.in_(numbers)))
        if events:
            self.tx.execute(t.events.delete().where(t.events.c.id.in_(numbers)))
        self.tx.execute(t.alerts.delete().where(t.alerts.c.id == alert))


def by_hand(office: Office, do: Callable[[ByHand], object]) -> None:
    """With guards and foreign keys off, and on again afterwards, as if nothing had been."""
    engine = create_engine(office.database.url, poolclass=NullPool)
    on_sqlite = engine.dialect.name == "sqlite"
    if not on_sqlite:
        event.listen(
            engine,
            "begin",
            lambda tx: tx.exec_driver_sql("SET LOCAL session_replication_role = replica"),
        )
    with engine.begin() as tx:
        found = "SELECT name, sql FROM sqlite_master WHERE type = 'trigger'"
        guards = tx.exec_driver_sql(found).all() if on_sqlite else []
        for name, _ in guards:
            tx.exec_driver_sql(f"DROP TRIGGER {name}")
        do(ByHand(tx))
        for _, guard in guards:
            tx.exec_driver_sql(guard)
    engine.dispose()
