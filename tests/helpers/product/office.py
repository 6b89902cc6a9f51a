"""An office in a test: real procedures, a real store in a folder of its own, a clock that is set by hand."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from contextlib import closing
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from practice_alerts import ROOT
from practice_alerts.adapters.files.procedures import CouncilFiles, load_all
from practice_alerts.adapters.keys import SealKeys, keys
from practice_alerts.adapters.store.core import tables
from practice_alerts.adapters.store.core.database import Database
from practice_alerts.adapters.store.engines.address import sqlite_url
from practice_alerts.adapters.store.office import directory
from practice_alerts.adapters.store.office.directory import DirectoryPerson
from practice_alerts.casework.acts import raise_alert
from practice_alerts.casework.core import actors
from practice_alerts.casework.core.loaded_alert import Known
from practice_alerts.casework.core.record import Doing, new_act_key
from practice_alerts.casework.sample import sample_people
from practice_alerts.casework.sample.sample_office import sample_answers
from practice_alerts.casework.views import alert_view
from practice_alerts.domain.acts.permissions import Actor
from practice_alerts.domain.errors import NotFound
from practice_alerts.domain.standing.standings import Standing
from practice_alerts.office import Office, Settings
from tests.helpers.days import moment
from tests.helpers.product.postgresql import store_url

LONG_AGO = date(2000, 1, 1)
STORE = "practice-alerts.db"
TEAM = "Sample Team North"

POSTS = {
    "iro": ("iro", ""),
    "other_iro": ("iro", ""),
    "manager": ("team_manager", TEAM),
    "elsewhere": ("team_manager", "Sample Team South"),
    "worker": ("social_worker", TEAM),
    "service": ("service_manager", ""),
    "assistant": ("assistant_director", ""),
    "director": ("director_csc", ""),
    "strategic": ("strategic_director", ""),
    "chief": ("chief_executive", ""),
    "qa": ("qa_lead", ""),
    "boss": ("iro_manager", ""),
    "admin": ("administrator", ""),
}
"""Who works here: id, then post and team."""

OFFICE = {
    "qa": ("qa_lead", ""),
    "boss": ("iro_manager", ""),
    "admin": ("administrator", ""),
}

READERS = {
    "auditor": ("auditor", ""),
    "support": ("iro_support", ""),
    "informed": ("informed_director", ""),
    "reserve": ("reserve_manager", ""),
    "records": ("information_officer", ""),
}
"""Posts of the office that need nobody: whoever holds them comes to work where a test wants them."""


def one_for_each_post(files: CouncilFiles) -> dict[str, tuple[str, str]]:
    """A person for each post of the council's own, who bears its id; no agency is in the directory."""
    partners = [stage for one in files.procedure.partners.values() for stage in one.stages]
    of_partners = {id(stage) for stage in partners}  # to compare them whole costs much more
    outside = {post.role for stage in partners for post in files.procedure.asked_at(stage).each}
    inside = [
        role
        for _, ladder in files.procedure.all_ladders()
        for stage in ladder.stages
        if id(stage) not in of_partners
        for role in files.procedure.asked_at(stage).roles
    ]
    own = [role for role in files.procedure.roles if role not in outside - {*inside}]
    return {role: (role, "") for role in own} | OFFICE


def three_for_each_post(files: CouncilFiles) -> dict[str, tuple[str, str]]:
    """The same for the whole council, and for each post somebody in each of two further teams.

    No child is in those teams: whoever holds a post there has nothing to do with it. Their names come first in a list.
    """
    posts = one_for_each_post(files)
    there = {
        f"{name}_{post}": (post, team)
        for name, team in (("another", "Sample Team South"), ("anybody", "Sample Team East"))
        for post, (role, _) in posts.items()
        if (role, "") not in OFFICE.values()
    }
    return posts | dict(sorted(there.items()))


@dataclass
class Desk:
    """The office and its clock; every act is done as a person of `POSTS`, at the time set."""

    office: Office
    clock: list[datetime] = field(default_factory=list)
    council: str = "lambeth"

    def _repr_pretty_(self, printer: Any, _cycle: bool) -> None:
        """In a word: whole, it is megabytes, and Hypothesis stops at them instead of at what failed."""
        printer.text(f"Desk({self.council!r})")

    def at(self, when: str) -> Desk:
        """Set the clock: "Mon 2025-06-02" is nine o'clock, or give a time as well."""
        self.clock[:] = [moment(when if ":" in when else f"{when} 09:00")]
        return self

    def actor(self, who: str) -> Actor:
        with self.office.database.reading() as tx:
            return actors.actor_in(self.office, tx, who, self.council)

    def doing(self, who: str, found: Known | None = None, act_key: str = "") -> Doing:
        version = found.alert.version if found else 0
        return Doing(self.actor(who), act_key or new_act_key(), version)

    def raised(self, stage: str = "stage-1", who: str = "iro", **changes: Any) -> Known:
        """Lambeth's practice alert, sent at this stage."""
        return raise_alert.raise_alert(self.office, self.raising(stage, **changes), self.doing(who))

    def raising(self, stage: str = "stage-1", **changes: Any) -> raise_alert.Raising:
        return raise_alert.Raising(
            council=self.council,
            kind="practice_alert",
            answers=sample_answers(**{**self.people(str(changes.get("team", TEAM))), **changes}),
            entry_stage=stage,
            entry_reason="It was talked about before.",
            asked=("worker",) if stage == "informal" else (),
            settle_by=in_a_week(self, stage),
        )

    def people(self, team: str = TEAM) -> dict[str, str]:
        """The first holder of each post for this team, as a form names them; posts that nobody holds left out."""
        procedure = self.office.council(self.council).procedure
        with self.office.database.reading() as tx:
            held = {one.post for one in directory.holdings_of(tx, self.council)}
            found = {
                role: directory.holders(tx, self.council, role, self.office.today, team)
                for role in procedure.roles
                if role in held
            }
        return {role: people[0].name for role, people in found.items() if people}

    def see(self, who: str, found: Known) -> alert_view.Seen:
        return alert_view.see(self.office, who, found.alert.reference)

    def can_open(self, who: str, found: Known) -> bool:
        try:
            self.see(who, found)
        except NotFound:
            return False
        return True

    def dates(self, found: Known) -> tuple[date | None, date | None, date | None]:
        """When the answer is due, until when it is held, and the time limit."""
        clocks = self.see("iro", found).clocks
        response = clocks.response.by_day if clocks.response else None
        return response, clocks.hold, clocks.time_limit.by_day if clocks.time_limit else None

    def stands(self, found: Known) -> Standing:
        return self.see("iro", found).where.standing

    def with_readers(self) -> Desk:
        """With an auditor, support of the IRO service, a director informed weekly and a manager in reserve as well."""
        _put_to_work(self.office.database, self.council, READERS.items())
        return self

    def give(self, post: str, who: str) -> None:
        """Let somebody hold a further post, for the whole council."""
        with self.office.database.writing() as tx:
            directory.give_post(tx, directory.PostHolding(who, self.council, post), LONG_AGO)

    def from_elsewhere(self, who: str, council: str, post: str) -> Actor:
        """Somebody of another council, who may work here as well."""
        with self.office.database.writing() as tx:
            if directory.person(tx, who) is None:
                person = DirectoryPerson(who, f"{who} Elsewhere", f"{who}@elsewhere.invalid")
                directory.add_person(tx, person, [], LONG_AGO)
            directory.give_post(tx, directory.PostHolding(who, council, post), LONG_AGO)
            return actors.actor_in(self.office, tx, who, council)

    def mails(self) -> list[tuple[str, str, str]]:
        """Everything in the outbox: to whom, which notice, its whole text."""
        box = tables.outbox.c
        with self.office.database.reading() as tx:
            rows = tx.execute(tables.outbox.select().order_by(box.written_at, box.id))
            return [(r.person_id, r.notice, f"{r.subject}\n{r.body}") for r in rows]


def in_a_week(desk: Desk, stage: str | None, kind: str = "practice_alert") -> date | None:
    """The day for putting it right, where the procedure leaves that to the raiser alone."""
    ladders = desk.office.council(desk.council).procedure.ladders_of(kind)
    at = next((one for ladder in ladders for one in ladder.stages if stage in (None, one.id)), None)
    return desk.office.today + timedelta(days=7) if at and at.raiser_sets_day else None


@cache
def _councils(rooms: Path) -> dict[str, CouncilFiles]:
    """The procedures, read once for all tests: nothing changes them."""
    return load_all(rooms / "procedures", rooms / "form_templates")


def open_desk(
    data: Path,
    when: str = "Mon 2025-06-02",
    *,
    council: str = "lambeth",
    rooms: Path = ROOT,
    engine: str | None = None,
) -> Desk:
    """A desk with everybody at work, on Monday 2 June 2025.

    At Lambeth the people of `POSTS`, elsewhere three for each post; a council made up for a test
    takes on its own. `rooms` holds the councils' files; `engine` says where the store is kept, if the
    test does not leave that to the run.
    """
    settings = Settings(rooms / "procedures", rooms / "form_templates", data)
    councils = _councils(rooms)
    in_posts = three_for_each_post if rooms == ROOT else one_for_each_post
    posts = POSTS if council == "lambeth" else in_posts(councils[council])
    return desk_over(settings, councils, (council, posts), when, store_url(data, engine))


def made_up_desk(data: Path, *names: str) -> Desk:
    """A desk at these councils with the sample office's people at work and nothing raised, on Monday 2 June 2025."""
    settings = Settings(ROOT / "procedures", ROOT / "form_templates", data)
    councils = {name: _councils(ROOT)[name] for name in names}
    desk = desk_over(settings, councils, (names[0], {}), "Mon 2025-06-02")
    with desk.office.database.writing() as tx:
        sample_people.take_on(tx, sample_people.sample_people(councils))
    return desk


def desk_over(
    settings: Settings,
    councils: dict[str, CouncilFiles],
    at_work: tuple[str, Mapping[str, tuple[str, str]]],
    when: str,
    url: str = "",
) -> Desk:
    """A desk in an office of these councils: in the one named these people are at work, each in a post and a team.

    `url` of the store, where that is not a file beside its keys.
    """
    council, posts = at_work
    data, clock = settings.data, list[datetime]()
    database = Database(url or sqlite_url(data), SealKeys(data / "keys"))
    if database.url == sqlite_url(data):
        _copy_of_store(data, council, tuple(posts.items()))
    else:
        _begin_store(database, council, posts.items())
    office = Office(settings, councils, database, keys(data / "keys", {}), lambda: clock[0])
    return Desk(office, clock, council).at(when)


def _copy_of_store(
    data: Path, council: str, posts: tuple[tuple[str, tuple[str, str]], ...]
) -> None:
    """The store in which these people are at work, with its key: made once, and then copied for each desk."""
    for name, content in _store_with(council, posts).items():
        made = data / name
        made.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        made.write_bytes(content)
        made.chmod(0o600)


@cache
def _laid_out() -> bytes:
    """A store that every migration has passed over, and nobody is in: that takes longer than putting people in."""
    with TemporaryDirectory() as folder:
        data = Path(folder)
        with closing(Database(sqlite_url(data))) as database:
            database.migrate()
        return (data / STORE).read_bytes()


@cache
def _store_with(council: str, posts: tuple[tuple[str, tuple[str, str]], ...]) -> dict[str, bytes]:
    with TemporaryDirectory() as folder:
        data = Path(folder)
        (data / STORE).touch(mode=0o600)
        (data / STORE).write_bytes(_laid_out())
        with closing(Database(sqlite_url(data), SealKeys(data / "keys"))) as database:
            _begin_store(database, council, posts)
        files = (STORE, *(str(one.relative_to(data)) for one in (data / "keys").iterdir()))
        return {name: (data / name).read_bytes() for name in files}


def _begin_store(
    database: Database, council: str, posts: Iterable[tuple[str, tuple[str, str]]]
) -> None:
    database.migrate()
    with closing(Database(database.url)) as unsealed:
        _put_to_work(unsealed, council, posts)
    database.must_be_sealed(moment("Thu 2020-01-02 09:00"))


def _put_to_work(
    database: Database, council: str, posts: Iterable[tuple[str, tuple[str, str]]]
) -> None:
    with database.writing() as tx:
        for person, (post, team) in posts:
            somebody = DirectoryPerson(
                person, f"{person.title()} Sample", f"{person}@practice.invalid"
            )
            directory.add_person(tx, somebody, [(council, post, team)], LONG_AGO)
