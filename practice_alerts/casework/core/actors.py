"""Who acts, and in which post."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, datetime

from practice_alerts.adapters.store.alerts import directory_events, shut_out_rows
from practice_alerts.adapters.store.core.database import Tx
from practice_alerts.adapters.store.office import directory
from practice_alerts.adapters.store.office.directory import DirectoryPerson, PostHolding
from practice_alerts.adapters.store.office.people_today import PersonToday, person_today
from practice_alerts.domain.acts.acts import Rules
from practice_alerts.domain.acts.permissions import Actor
from practice_alerts.domain.alert.hearers import Person
from practice_alerts.domain.dates import london_date
from practice_alerts.domain.directory import audit_samples
from practice_alerts.domain.directory.office_permissions import OfficeAct, posts_that
from practice_alerts.domain.errors import NotPossible
from practice_alerts.domain.procedure.directions import MANAGER, RESERVE
from practice_alerts.domain.procedure.posts import OFFICE_POSTS
from practice_alerts.domain.procedure.procedure import Procedure
from practice_alerts.office import Office


def actors(office: Office, tx: Tx, person_id: str) -> tuple[Actor, ...]:
    """The person as they may act today: once for each council in which they hold a post."""
    found = person_today(tx, person_id, office.today)
    return _relieving(office, tx, _actors(office, tx, person_id, found))


def _relieving(office: Office, tx: Tx, found: Iterable[Actor]) -> tuple[Actor, ...]:
    return tuple(
        replace(one, relieves=tuple(managers(office, tx, one.council)))
        if RESERVE in one.posts
        else one
        for one in found
    )


def _actors(
    office: Office, tx: Tx, person_id: str, somebody: PersonToday | None
) -> tuple[Actor, ...]:
    if somebody is None:
        return ()
    today, ever = office.today, somebody.has_covered
    covers = frozenset(who for who, last in ever if last >= today)
    own = _by_council(somebody.posts)
    # A cover acts where those away hold posts, holding none of them.
    away = (one for who in covers for one in directory.posts_of(tx, who, today))
    theirs = _by_council((one.council, one.post) for one in away)
    since = office.reads_closed_since
    shut_out_of = shut_out_rows.references(tx, person_id)
    return tuple(
        Actor(
            person_id,
            somebody.name,
            council,
            own[council],
            covers,
            theirs[council],
            ever,
            since,
            audits=_audits(tx, council, person_id, today)
            if _AUDITS & own[council]
            else frozenset(),
            shut_out_of=shut_out_of,
        )
        for council in sorted({*own, *theirs})
    )


def managers(office: Office, tx: Tx, council: str) -> Iterator[Actor]:
    """Whoever manages the reviewing service of the council today, as they may act there; each looked up in turn."""
    held = directory.holders_by_team(tx, council, MANAGER, office.today)
    for who in dict.fromkeys(person.id for person, _ in held):
        found = person_today(tx, who, office.today)
        every = _actors(office, tx, who, found)
        yield from (one for one in every if one.council == council)


_AUDITS = posts_that(OfficeAct.DRAW_SAMPLE)


def _audits(tx: Tx, council: str, person_id: str, today: date) -> frozenset[str]:
    kept = directory_events.happened(tx, council, audit_samples.KIND)
    drawn = audit_samples.samples(kept)
    found = audit_samples.running(drawn, person_id, today)
    return frozenset(found.drawn) if found else frozenset()


def _by_council(held: Iterable[tuple[str, str]]) -> defaultdict[str, frozenset[str]]:
    posts: defaultdict[str, frozenset[str]] = defaultdict(frozenset)
    for council, post in held:
        posts[council] |= {post}
    return posts


def actor_in(office: Office, tx: Tx, person_id: str, council: str) -> Actor:
    """The person as they may act in one council; without posts there, somebody who may do nothing."""
    (found,) = _relieving(office, tx, (_held_in(office, tx, person_id, council),))
    return found


def _held_in(office: Office, tx: Tx, person_id: str, council: str) -> Actor:
    """The same, without whom they relieve."""
    found = person_today(tx, person_id, office.today)
    nobody = Actor(person_id, found.name if found else "", council, frozenset())
    every = _actors(office, tx, person_id, found)
    return next((one for one in every if one.council == council), nobody)


@contextmanager
def writing_as(office: Office, by: Actor) -> Iterator[Tx]:
    """A transaction for what somebody does, once they hold in it what it was judged by. Raises NotPossible.

    While they waited for others to write, a post of theirs may have been ended.
    """
    with office.database.writing() as tx:
        must_still_hold(office, tx, by)
        yield tx


def must_still_hold(office: Office, tx: Tx, by: Actor) -> None:
    """Raises NotPossible. Commands and other systems hold no post."""
    if not by.id:
        return
    now = _held_in(office, tx, by.id, by.council)
    if (
        not by.posts <= now.posts
        or not by.covers_for <= now.covers_for
        or not by.covered_posts <= now.covered_posts
        or not now.shut_out_of <= by.shut_out_of
    ):
        raise NotPossible(
            "What you may do here has changed while this was sent, and it was not carried out. Open the page again."
        )


def who_may_run(office: Office, tx: Tx, council: str, act: OfficeAct) -> frozenset[str]:
    """The ids of those who may do this act on the office, by the posts held there today."""
    posts = sorted(posts_that(act))
    found = (directory.holders_by_team(tx, council, post, office.today) for post in posts)
    return frozenset(person.id for holders in found for person, _ in holders)


def holders(office: Office, tx: Tx, council: str, posts: Iterable[str]) -> dict[str, Person]:
    """Whoever holds one of these posts today, by id: each once, in the first of them."""
    procedure, people = office.council(council).procedure, dict[str, Person]()
    for post in posts:
        title = title_or_id(procedure, post)
        for one, _team in directory.holders_by_team(tx, council, post, office.today):
            people.setdefault(one.id, Person(id=one.id, name=one.name, post=title))
    return people


def title_of(procedure: Procedure, post: str) -> str:
    """The post's title, as the procedure has it; else the office's."""
    is_offices = post in OFFICE_POSTS and post not in procedure.roles
    return OFFICE_POSTS[post] if is_offices else procedure.title_of(post)


def title_or_id(procedure: Procedure, post: str) -> str:
    """The same of a post that is held; the files may no longer have it."""
    known = post in procedure.roles or post in OFFICE_POSTS
    return title_of(procedure, post) if known else post


def titles(procedure: Procedure) -> dict[str, str]:
    """Of each post that somebody of the council can hold, those of running the office too."""
    return {post: title_of(procedure, post) for post in (*OFFICE_POSTS, *procedure.roles)}


def raising_role(
    procedure: Procedure, actor: Actor, raised_as: str, among: Collection[str] = ()
) -> str:
    """The post in which this person raises: that for this kind of case, of those `among` which it must be."""
    raising = [*procedure.raised_by.get(raised_as, ()), *procedure.raising_posts]
    held = [post for post in (*raising, *sorted(actor.posts)) if post in actor.posts]
    return next(iter([*(post for post in held if post in among), *held]), "")


def raising_post(procedure: Procedure, actor: Actor, raised_as: str) -> str:
    """The title of that post."""
    held = raising_role(procedure, actor, raised_as)
    return title_of(procedure, held) if held else ""


def challenged_posts(procedure: Procedure) -> frozenset[str]:
    """The posts of the other side to which any ladder sends alerts."""
    ladders = (ladder for _, ladder in procedure.all_ladders())
    return frozenset().union(*(Rules(procedure, one).challenged for one in ladders))


def must_not_answer(office: Office, tx: Tx, by: Actor, council: str, decides: str) -> None:
    """Whoever alerts are sent to, or has one to answer, is refused; `decides` says what it is. Raises NotPossible.

    A command is nobody.
    """
    if not by.id:
        return
    procedure = office.council(council).procedure
    held = challenged_posts(procedure) & (by.posts | by.covered_posts)
    waits = (directory.unfinished(tx, one).asked for one in (by.id, *by.covers_for))
    if held or any(waits):
        titles = ", ".join(sorted(title_of(procedure, post) for post in held))
        why = f"Alerts are sent to you as {titles}" if held else "An alert waits for your answer"
        raise NotPossible(
            f"{why}, so somebody else says {decides}: another administrator, or the IRO manager."
        )


def may_come_by_link(office: Office, tx: Tx, person: DirectoryPerson) -> bool:
    """Nobody without a post; where a council has single sign-on, its named guests alone.

    A guest reads e-mails elsewhere than at the council's own domains, and neither runs the office nor is a
    director, nor anybody whom the council's own ladders ask after their first stage.
    """
    posts = directory.posts_of(tx, person.id, office.today)
    return bool(posts) and all(_is_guest(office, person, one) for one in posts)


def _is_guest(office: Office, person: DirectoryPerson, held: PostHolding) -> bool:
    provider = office.sign_ons.get(held.council)
    if provider is None:
        return True
    has_account = not provider.sign_on.staff_domains or provider.sign_on.is_staff_address(
        person.mail
    )
    directs = held.post in OFFICE_POSTS or "director" in held.post.split("_")
    procedure = office.council(held.council).procedure
    return not has_account and not directs and held.post not in _asked_later(procedure)


def _asked_later(procedure: Procedure) -> frozenset[str]:
    """The posts of the council itself that are asked after the first stage of a ladder, and not at it."""
    own = [one for _, one in procedure.all_ladders() if one not in procedure.partners.values()]
    each = [[frozenset(procedure.asked_at(stage).roles) for stage in one.stages] for one in own]
    first = frozenset().union(*(one[0] for one in each if one))
    return frozenset().union(*(posts for one in each for posts in one)) - first


RUNS_COMMANDS = DirectoryPerson("command-line", "The command line", "")
"""Nobody, in whose name the chain keeps what a command has done; who ran it stands in the event."""


def runs_commands(tx: Tx, now: datetime) -> str:
    """Entered when it is first wanted, as somebody who has left: the chain names people only."""
    if directory.person(tx, RUNS_COMMANDS.id) is None:
        sample = directory.anybody(tx, sample=True)
        directory.add_person(tx, replace(RUNS_COMMANDS, sample=sample), (), london_date(now))
        directory.remove_person(tx, RUNS_COMMANDS.id, now)
    return RUNS_COMMANDS.id
