"""A store as full as a large service's after years: some alerts raised by the verbs, and copies of them.

Each copy has its events, payloads, words, chain, askings and rows in the log, under another reference, number,
officer and team and a number of days earlier, so that everything that is read from a real store can be read from it.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import cycle, islice
from pathlib import Path

from practice_alerts.adapters.log.log_statistics import count_rows_of, keep_statistics
from practice_alerts.adapters.store.alerts import current_state
from practice_alerts.adapters.store.office import directory, office_settings
from practice_alerts.adapters.store.office.directory import DirectoryPerson
from practice_alerts.casework.acts import answer, escalate, review_response
from practice_alerts.casework.acts import close as ending
from practice_alerts.casework.acts.by_act import VERBS
from practice_alerts.casework.core import found_by
from practice_alerts.casework.core.loaded_alert import Known
from practice_alerts.casework.jobs import sync_log
from practice_alerts.casework.sample import told_again
from practice_alerts.casework.sample.sample_office import sample_answers
from practice_alerts.casework.sample.told_again import Again, Model
from practice_alerts.domain.acts.permissions import Act
from practice_alerts.domain.alert.events import EndingKind
from practice_alerts.domain.dates import LONDON
from practice_alerts.domain.deadlines.working_days import add_working_days
from practice_alerts.domain.log.log_tables import OF_AN_ALERT
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
_DAYS_BACK = 181  # a copy is up to so many days older than its model: prime, so that no two models step alike
SUMMARY = str(sample_answers()["summary_for_log"])


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


def many_alerts(folder: Path, number: int, still_open: int | None = None) -> Desk:
    """A desk on a store of that many alerts; on Monday 2 June 2025, with everybody at work.

    `still_open`: how many of them are open, where that is not one in ten.
    """
    desk = open_desk(folder, TODAY, engine="sqlite")
    officers = tuple(
        f"iro-{place:02}" for place in range(1, 1 + max(1, number // ALERTS_OF_AN_OFFICER))
    )
    managers = tuple(f"manager-{place:02}" for place in range(1, TEAMS + 1))
    _hire(desk, officers, managers)
    stories = Stories(desk)
    opened, closed = tuple(stories.open()), tuple(stories.closed())
    desk.at(TODAY)
    sync_log.catch_up(desk.office)
    wanted = number // OPEN_PART if still_open is None else still_open
    models = [*islice(cycle(opened), max(0, wanted - len(opened)))]
    models += islice(cycle(closed), max(0, number - len(opened) - len(closed) - len(models)))
    copies = [_copy(place, model, officers, managers) for place, model in enumerate(models)]
    _tell(desk, copies)
    with closing(sqlite3.connect(folder / "log" / "lambeth.db", isolation_level=None)) as log:
        _copy_log(log, copies)
    with desk.office.database.reading() as tx:
        reached = sync_log._head(desk.office, tx, desk.council)
    desk.office.log.write(desk.council, reached=reached)
    return desk


def _tell(desk: Desk, copies: list[Copy]) -> None:
    with closing(desk.office.database.unsealed()) as store, store.writing() as tx:
        every = current_state.ids(tx, desk.council)
        by_name = {m.found.alert.reference: m for m in told_again.models(desk.office, tx, every)}
        for some in _in_parts(copies, _AT_ONCE):
            told_again.tell(desk.office, tx, [_again(by_name[one.model], one) for one in some])
        office_settings.put_fact(tx, found_by._READ_BY, found_by.READ)


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
    back: int
    """Days before its model."""


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
        back=place % _DAYS_BACK,
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


def _again(model: Model, copy: Copy) -> tuple[Model, Again]:
    texts = {
        copy.model: copy.reference,
        "S-100001": copy.number,
        TEAM: copy.team,
        SUMMARY: copy.about,
        _named("iro"): _named(copy.officer),
        _named("manager"): _named(copy.manager),
    }
    people = {"iro": copy.officer, "manager": copy.manager}
    return model, Again(texts, copy.back, people=people)


def _named(person: str) -> str:
    return f'"id":"{person}","name":"{_name(person)}"'


_EARLIER = (
    "CASE WHEN {0} GLOB '20[0-9][0-9]-[0-9][0-9]-[0-9][0-9]*'"
    " THEN date(substr({0}, 1, 10), back) || substr({0}, 11) ELSE {0} END"
)


def _copy_log(log: sqlite3.Connection, copies: list[Copy]) -> None:
    """The models' rows under the copies' references and days, in one statement a table."""
    log.execute("PRAGMA synchronous = OFF")
    log.execute("BEGIN")
    log.execute("CREATE TEMP TABLE copies (model TEXT, reference TEXT, back TEXT)")
    log.executemany(
        "INSERT INTO copies VALUES (?, ?, ?)",
        [(c.model, c.reference, f"-{c.back} days") for c in copies],
    )
    for table in (one.name for one in OF_AN_ALERT):
        columns = [row[1] for row in log.execute(f"PRAGMA table_info({table})")]
        names = [f'"{name}"' for name in columns if name != "reference"]
        others, earlier = ", ".join(names), ", ".join(_EARLIER.format(name) for name in names)
        log.execute(
            f"INSERT INTO {table} (reference, {others})"  # noqa: S608 - names of our own tables
            f" SELECT copies.reference, {earlier} FROM copies"
            f" JOIN {table} ON {table}.reference = copies.model"
        )
    count_rows_of(log, [one.reference for one in copies], 1)
    keep_statistics(log)
    log.execute("COMMIT")


def _in_parts(copies: list[Copy], size: int) -> Iterator[list[Copy]]:
    for first in range(0, len(copies), size):
        yield copies[first : first + size]


def _today() -> datetime:
    return datetime.fromisoformat(f"{TODAY.partition(' ')[2]}T09:00").replace(tzinfo=LONDON)
