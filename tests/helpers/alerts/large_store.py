"""A store as full as a large service's after years: some alerts raised by the verbs, and copies of them.

Each copy has its events, payloads, chain, askings and rows in the log, under another reference, number,
officer and team, so that everything that is read from a real store can be read from it.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import cycle, islice
from pathlib import Path
from typing import Any

from practice_alerts.adapters.store.office import directory
from practice_alerts.adapters.store.office.directory import DirectoryPerson
from practice_alerts.casework.acts import answer, escalate, review_response
from practice_alerts.casework.acts import close as ending
from practice_alerts.casework.acts.by_act import VERBS
from practice_alerts.casework.core import found_by
from practice_alerts.casework.core.loaded_alert import Known
from practice_alerts.casework.jobs import sync_log
from practice_alerts.casework.sample.sample_office import sample_answers
from practice_alerts.domain.acts.permissions import Act
from practice_alerts.domain.alert.events import EndingKind
from practice_alerts.domain.alert.hash_chain import Link, digest_of
from practice_alerts.domain.dates import LONDON
from practice_alerts.domain.deadlines.due_date import add_working_days
from tests.helpers.alerts import act_answers
from tests.helpers.product.office import LONG_AGO, TEAM, Desk, open_desk

TODAY = "Mon 2025-06-02"
OPEN_PART = 10  # one in ten is open
ALERTS_OF_AN_OFFICER = 2500  # in a large service's years, a tenth of them open
TEAMS = 30
_LATELY = (1, 2, 3, 5, 8, 12, 16, 19)  # working days ago that the open ones were raised
_MONTHS = range(1, 25, 2)  # ago that the closed ones were
_ENDINGS = (EndingKind.PUT_RIGHT, EndingKind.WITHDRAWN, EndingKind.TAKEN_ON)
_AT_ONCE = 5000  # copies written together
_TABLES = ("alerts", "askings", "events", "payloads")
SUMMARY = str(sample_answers()["summary_for_log"])

Rows = dict[str, list[dict[str, Any]]]
"""Of one alert, by table."""


@dataclass(frozen=True)
class Stories:
    """The alerts that are copied, each raised a number of working days before today."""

    desk: Desk

    def open(self) -> Iterator[str]:
        """Open alerts of every standing; their references."""
        for ago in _LATELY:
            yield self._raised(ago).alert.reference
            yield self._answered(self._raised(ago), ago - 1).alert.reference
            yield self._reviewed(ago, "not_satisfactory").alert.reference
            yield self._reviewed(ago, "put_right").alert.reference
            yield self._held(self._raised(ago), ago, 14).alert.reference
            yield self._held(self._raised(ago), ago, -1).alert.reference
            yield self._climbed(self._raised(ago), ago - 1).alert.reference

    def closed(self) -> Iterator[str]:
        """Closed alerts over two years; their references."""
        for month in _MONTHS:
            for place, how in enumerate(_ENDINGS):
                ago = 21 * month - place
                found = self._answered(self._raised(ago), ago - 2 - place * 2)
                if place:
                    found = self._climbed(found, ago - 7)
                    found = self._answered(found, ago - 9, "service")
                if how == "taken_on":
                    found = self._referred(found, ago - 10)
                yield self._closed(found, ago - 10 - place, how).alert.reference

    def _raised(self, ago: int) -> Known:
        return self._at(ago).raised("stage-1")

    def _answered(self, found: Known, ago: int, who: str = "manager") -> Known:
        desk, said = self._at(ago), act_answers.reply("A home has been found.", "done")
        return answer.answer(desk.office, found.id, said, desk.doing(who, found))

    def _reviewed(self, ago: int, outcome: str) -> Known:
        found = self._answered(self._raised(ago), ago - 1)
        desk = self._at(ago - 1)
        doing = desk.doing("iro", found)
        return review_response.review(
            desk.office, found.id, act_answers.outcome(outcome, "No date and no name."), doing
        )

    def _held(self, found: Known, ago: int, days: int) -> Known:
        desk = self._at(ago)
        until = (_today() if days > 0 else desk.office.now()).date() + timedelta(days=max(days, 0))
        promise = act_answers.promise(until, "Toni Sample")
        return review_response.hold(desk.office, found.id, promise, desk.doing("iro", found))

    def _climbed(self, found: Known, ago: int) -> Known:
        desk = self._at(ago)
        climb = act_answers.climb("stage-2", "Nobody has done it.")
        return escalate.escalate(desk.office, found.id, climb, desk.doing("iro", found))

    def _referred(self, found: Known, ago: int) -> Known:
        desk, way = (
            self._at(ago),
            act_answers.way_out("cafcass", "The plan has stood still for a year."),
        )
        return VERBS[Act.REFER](desk.office, found.id, way, desk.doing("iro", found))

    def _closed(self, found: Known, ago: int, how: str) -> Known:
        desk, said = (
            self._at(ago),
            act_answers.ending(how, "There is a plan, and the child knows it."),
        )
        return ending.close(desk.office, found.id, said, desk.doing("iro", found))

    def _at(self, ago: int) -> Desk:
        """The desk that many working days before today, at a quarter past nine."""
        day = add_working_days(_today().date(), -ago, self.desk.office.calendar(self.desk.council))
        return self.desk.at(f"{day:%a} {day} 09:15") if ago else self.desk.at(TODAY)


def many_alerts(folder: Path, number: int) -> Desk:
    """A desk on a store of that many alerts; on Monday 2 June 2025, with everybody at work."""
    desk = open_desk(folder, TODAY)
    officers = tuple(
        f"iro-{place:02}" for place in range(1, 1 + max(1, number // ALERTS_OF_AN_OFFICER))
    )
    managers = tuple(f"manager-{place:02}" for place in range(1, TEAMS + 1))
    _hire(desk, officers, managers)
    stories = Stories(desk)
    opened, closed = tuple(stories.open()), tuple(stories.closed())
    desk.at(TODAY)
    sync_log.catch_up(desk.office)
    still_open = number // OPEN_PART - len(opened)
    models = [*islice(cycle(opened), max(0, still_open))]
    models += islice(cycle(closed), max(0, number - len(opened) - len(closed) - len(models)))
    copies = [_copy(place, model, officers, managers) for place, model in enumerate(models)]
    desk.office.database.close()
    with closing(sqlite3.connect(folder / "practice-alerts.db", isolation_level=None)) as store:
        _Copier(store).write(copies)
    with closing(sqlite3.connect(folder / "log" / "lambeth.db", isolation_level=None)) as log:
        _copy_log(log, copies)
    found_by.read_all_anew(desk.office)
    with desk.office.database.reading() as tx:
        reached = sync_log._head(desk.office, tx, desk.council)
    desk.office.log.write(desk.council, reached=reached)
    return desk


@dataclass(frozen=True, slots=True)
class Copy:
    """What is another's in a copy of a model. The names in payloads follow the ids."""

    model: str
    reference: str
    number: str
    officer: str
    manager: str
    team: str
    about: str


def _copy(place: int, model: str, officers: tuple[str, ...], managers: tuple[str, ...]) -> Copy:
    manager = managers[place % len(managers)]
    return Copy(
        model=model,
        reference=f"LAM-2024-{place + 10_000}",
        number=f"S-{200_000 + place}",
        officer=officers[place * 7 % len(officers)],
        manager=manager,
        team=_team(manager),
        about=f"Nothing agreed at review {place % 997} has been done",
    )


def _team(manager: str) -> str:
    return f"Sample Team {manager[-2:]}"


def _hire(desk: Desk, officers: tuple[str, ...], managers: tuple[str, ...]) -> None:
    posts = dict.fromkeys(officers, ("iro", ""))
    posts |= {one: ("team_manager", _team(one)) for one in managers}
    with desk.office.database.writing() as tx:
        for person, (post, team) in posts.items():
            somebody = DirectoryPerson(person, _name(person), f"{person}@practice.invalid")
            directory.add_person(tx, somebody, [(desk.council, post, team)], LONG_AGO)


def _name(person: str) -> str:
    return f"{person.title()} Sample"


@dataclass
class _Copier:
    """Writes copies into a store, each after the other, so that the chain goes on."""

    store: sqlite3.Connection
    event: int = 0
    previous: str = ""

    def write(self, copies: list[Copy]) -> None:
        self.store.row_factory = sqlite3.Row
        self.store.execute(
            "PRAGMA synchronous = OFF"
        )  # nothing is lost that could not be made again
        models = {one: self._rows_of(one) for one in {copy.model for copy in copies}}
        newest = "SELECT id, hash FROM events ORDER BY id DESC LIMIT 1"
        self.event, self.previous = self.store.execute(newest).fetchone()
        for some in _in_parts(copies, _AT_ONCE):
            rows: dict[str, list[dict[str, Any]]] = {table: [] for table in _TABLES}
            for copy in some:
                for table, made in self._copied(models[copy.model], copy).items():
                    rows[table] += made
            self.store.execute("BEGIN")
            for table in _TABLES:
                self._insert(table, rows[table])
            self.store.execute("COMMIT")
        self.store.execute("ANALYZE")

    def _copied(self, model: Rows, copy: Copy) -> Rows:
        alert_id = f"id-{copy.reference}"
        found: Rows = {"alerts": [_alert(model["alerts"][0], copy, alert_id)], "events": []}
        found |= {"askings": [_asking(one, copy, alert_id) for one in model["askings"]]}
        found |= {"payloads": []}
        for was, payload in zip(model["events"], model["payloads"], strict=True):
            self.event += 1
            body, salt = _said_anew(payload["body"], copy), f"{self.event:032x}"
            link = Link(
                **{name: was[name] for name in ("number", "kind", "at")},
                id=self.event,
                alert_id=alert_id,
                person_id=_who(was["person_id"], copy),
                act_key=f"{was['act_key']}-{self.event}",
                digest=digest_of(salt, body),
            )
            row = {name: getattr(link, name) for name in Link.__slots__}
            row |= {"previous_hash": self.previous, "hash": link.hash_after(self.previous)}
            self.previous = row["hash"]
            found["events"].append(row)
            found["payloads"].append({"event_id": self.event, "salt": salt, "body": body})
        return found

    def _rows_of(self, reference: str) -> Rows:
        (alert,) = self._all("SELECT * FROM alerts WHERE reference = ?", reference)
        events = self._all("SELECT * FROM events WHERE alert_id = ? ORDER BY number", alert["id"])
        return {
            "alerts": [alert],
            "askings": self._all("SELECT * FROM askings WHERE alert_id = ?", alert["id"]),
            "events": events,
            "payloads": [
                *(
                    self._all("SELECT * FROM payloads WHERE event_id = ?", e["id"])[0]
                    for e in events
                )
            ],
        }

    def _all(self, query: str, value: object) -> list[dict[str, Any]]:
        return [dict(row) for row in self.store.execute(query, (value,))]

    def _insert(self, table: str, rows: list[dict[str, Any]]) -> None:
        if rows:
            columns, places = ", ".join(rows[0]), ", ".join(f":{name}" for name in rows[0])
            self.store.executemany(
                f"INSERT INTO {table} ({columns}) VALUES ({places})",  # noqa: S608 - our own names
                rows,
            )


def _alert(model: dict[str, Any], copy: Copy, alert_id: str) -> dict[str, Any]:
    changed = {"id": alert_id, "reference": copy.reference, "case_number": copy.number}
    changed |= {"raiser_id": copy.officer, "officer_id": copy.officer}
    return {**model, **changed, "team": copy.team, "about": copy.about}


def _asking(model: dict[str, Any], copy: Copy, alert_id: str) -> dict[str, Any]:
    changed = {"id": f"{model['id']}-{copy.reference}", "alert_id": alert_id}
    return {**model, **changed, "person_id": _who(model["person_id"], copy)}


def _who(person: str, copy: Copy) -> str:
    return {"iro": copy.officer, "manager": copy.manager}.get(person, person)


def _said_anew(body: str, copy: Copy) -> str:
    """The payload with the copy's own people, reference, number, team and line: canonical as it was."""
    for was, now in (
        (copy.model, copy.reference),
        ("S-100001", copy.number),
        (TEAM, copy.team),
        (SUMMARY, copy.about),
        (_named("iro"), _named(copy.officer)),
        (_named("manager"), _named(copy.manager)),
    ):
        body = body.replace(was, now)
    return body


def _named(person: str) -> str:
    return f'"id":"{person}","name":"{_name(person)}"'


def _copy_log(log: sqlite3.Connection, copies: list[Copy]) -> None:
    """The models' rows under the copies' references, in one statement a table."""
    log.execute("PRAGMA synchronous = OFF")
    log.execute("BEGIN")
    log.execute("CREATE TEMP TABLE copies (model TEXT, reference TEXT)")
    log.executemany("INSERT INTO copies VALUES (?, ?)", [(c.model, c.reference) for c in copies])
    for table in ("alerts", "stages", "posts_asked", "categories", "happenings"):
        columns = [row[1] for row in log.execute(f"PRAGMA table_info({table})")]
        others = ", ".join(f'"{name}"' for name in columns if name != "reference")
        log.execute(
            f"INSERT INTO {table} (reference, {others})"  # noqa: S608 - names of our own tables
            f" SELECT copies.reference, {others} FROM copies"
            f" JOIN {table} ON {table}.reference = copies.model"
        )
    log.execute("COMMIT")


def _in_parts(copies: list[Copy], size: int) -> Iterator[list[Copy]]:
    for first in range(0, len(copies), size):
        yield copies[first : first + size]


def _today() -> datetime:
    return datetime.fromisoformat(f"{TODAY.partition(' ')[2]}T09:00").replace(tzinfo=LONDON)
