"""The IRO manager's view: who carries how much, which post is silent, and what no longer fits its limit."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from practice_alerts.adapters.store.alerts import counts
from practice_alerts.adapters.store.alerts.counts import Limits, Silence
from practice_alerts.adapters.store.alerts.late_or_waiting_sql import StageKey
from practice_alerts.adapters.store.core.database import Tx
from practice_alerts.adapters.store.office import directory, duties
from practice_alerts.adapters.store.office.directory import Covering
from practice_alerts.adapters.store.office.duties import DutyTurn
from practice_alerts.casework.core.list_status import day_of, figure_reader
from practice_alerts.casework.core.who_is_meant import posts_asked
from practice_alerts.domain.acts.permissions import Actor
from practice_alerts.domain.deadlines import stage_facts
from practice_alerts.domain.directory.office_permissions import OfficeAct, must_run
from practice_alerts.domain.procedure.directions import as_climbed
from practice_alerts.domain.standing.standings import NEEDS_OFFICER, Pile
from practice_alerts.office import Office


@dataclass(frozen=True, slots=True)
class Load:
    """What one officer carries, for that officer and their manager alone: it stands in no log and no report.

    `waiting` is what others are to do, without holds; what is to be reviewed is a part of what needs the officer.
    """

    officer_id: str
    officer: str
    holds_post: bool
    """False: the alerts are to be given to somebody else."""
    open: int
    needs: int
    waiting: int
    on_hold: int
    to_review: int = 0


@dataclass(frozen=True, slots=True)
class SilentPost:
    """Answers, or records of a step, that are late at one stage, by the post that owes them."""

    post: str
    kind_title: str
    stage_label: str
    at: str
    """Kind and stage as a filter names them."""
    count: int
    oldest: date | None


@dataclass(frozen=True)
class Service:
    """A council's open alerts, counted as its reader may list them."""

    limits: Limits
    loads: tuple[Load, ...]
    silent: tuple[SilentPost, ...]
    covers: tuple[Covering, ...]
    duties: tuple[DutyTurn, ...]
    restricted: int = 0
    """How many open alerts others alone may open, by name; they are in no other count here."""
    not_filed: int = 0
    """How many, open or closed, have something that is not in the case system yet; past `MOST_COUNTED`: at least."""


def service(office: Office, actor: Actor) -> Service:
    """For those who may. Raises NotYours for anybody else."""
    must_run(actor, OfficeAct.SEE_SERVICE, actor.council)
    with office.database.reading() as tx:
        day = day_of(office, tx)
        reader = figure_reader(office, tx, actor)
        carried = counts.carried(tx, reader, day)
        return Service(
            limits=carried.limits,
            loads=_loads(office, tx, actor, carried.loads),
            silent=_by_post(office, counts.silences(tx, reader, day)),
            covers=directory.coverings(tx, office.today, actor.council),
            restricted=counts.restricted(tx, reader),
            not_filed=counts.not_filed(tx, reader),
            duties=duties.rota(tx, actor.council, office.today),
        )


def _loads(
    office: Office, tx: Tx, actor: Actor, counted: Mapping[str, Mapping[Pile, int]]
) -> tuple[Load, ...]:
    """Everybody who holds a post that raises, or an alert; by name."""
    posts = office.council(actor.council).procedure.raising_posts
    there = {
        person.id: person.name
        for post in posts
        for person in directory.holders(tx, actor.council, post, office.today)
    }
    names = directory.names(tx, counted.keys()) | there
    found = []
    for one, name in sorted(names.items(), key=lambda item: (item[1].casefold(), item[0])):
        found.append(_load(one, name, counted.get(one, {}), holds_post=one in there))
    return tuple(found)


def own_load(office: Office, actor: Actor) -> Load | None:
    """What an officer carries, told to that officer. None for whoever raises no alerts in this council."""
    if not actor.posts & set(office.council(actor.council).procedure.raising_posts):
        return None
    with office.database.reading() as tx:
        day = day_of(office, tx)
        carried = counts.carried(tx, figure_reader(office, tx, actor), day, actor.id)
    return _load(actor.id, actor.name, carried.loads.get(actor.id, {}), holds_post=True)


def _load(officer: str, name: str, counted: Mapping[Pile, int], *, holds_post: bool) -> Load:
    return Load(
        officer,
        name,
        holds_post,
        open=sum(counted.values()),
        needs=sum(counted.get(pile, 0) for pile in NEEDS_OFFICER),
        waiting=counted.get(Pile.WAITING, 0),
        on_hold=counted.get(Pile.ON_HOLD, 0),
        to_review=counted.get(Pile.REVIEW, 0),
    )


def _by_post(office: Office, found: tuple[Silence, ...]) -> tuple[SilentPost, ...]:
    """By post, the longest silence first; alerts of several editions of one procedure together, as a list has them."""
    posts: dict[str, list[Silence]] = {}
    for one in found:
        posts.setdefault(at_filter(one.at), []).append(one)
    silent = [
        SilentPost(
            *of_editions(in_words(office, one.at) for one in some),
            at=at,
            count=sum(one.alerts for one in some),
            oldest=min((one.oldest for one in some if one.oldest), default=None),
        )
        for at, some in posts.items()
    ]
    return tuple(sorted(silent, key=lambda one: (one.oldest or date.max, one.post)))


def in_words(office: Office, at: StageKey) -> tuple[str, str, str]:
    """The post that is asked there, the kind of alert, and the stage as it is printed."""
    procedure = office.edition(at.edition).procedure
    found = stage_facts.ladders_with(procedure, at.kind, at.stage)
    kind = procedure.kinds[at.kind].title if at.kind in procedure.kinds else at.kind
    if len(found) != 1:
        label = next((stage.label for _, stage in found), at.stage)
        return "the agency that was asked", kind, label
    stage = found[0][1]
    return posts_asked(as_climbed(procedure, found[0][0]), stage), kind, stage.label


def of_editions(words: Iterable[tuple[str, str, str]]) -> tuple[str, str, str]:
    """Post, kind and stage of one place in words, where editions may say them otherwise: each once."""
    post, kind, stage = (" or ".join(dict.fromkeys(said)) for said in zip(*words, strict=True))
    return post, kind, stage


def at_filter(at: StageKey) -> str:
    return f"{at.kind}/{at.stage}"
