"""Who acts, and in which post."""

from collections import defaultdict
from collections.abc import Collection

from practice_alerts.adapters.store.core.database import Tx
from practice_alerts.adapters.store.office import directory
from practice_alerts.domain.acts.permissions import Actor
from practice_alerts.domain.forms.form import Answers
from practice_alerts.domain.procedure.posts import OFFICE_POSTS
from practice_alerts.domain.procedure.procedure import Procedure
from practice_alerts.office import Office


def actors(office: Office, tx: Tx, person_id: str) -> tuple[Actor, ...]:
    """The person as they may act today: once for each council in which they hold a post."""
    somebody = directory.person(tx, person_id)
    if somebody is None:
        return ()
    today = office.today
    covers = directory.covers_for(tx, person_id, today)
    posts: defaultdict[str, set[str]] = defaultdict(set)
    # A cover acts where those away hold posts, holding none of them.
    for who in (person_id, *covers):
        for holding in directory.posts_of(tx, who, today):
            posts[holding.council] |= {holding.post} if who == person_id else set()
    return tuple(
        Actor(somebody.id, somebody.name, council, frozenset(held), covers)
        for council, held in sorted(posts.items())
    )


def actor_in(office: Office, tx: Tx, person_id: str, council: str) -> Actor:
    """The person as they may act in one council; without posts there, somebody who may do nothing."""
    somebody = directory.person(tx, person_id)
    nobody = Actor(person_id, somebody.name if somebody else "", council, frozenset())
    return next((one for one in actors(office, tx, person_id) if one.council == council), nobody)


def title_of(procedure: Procedure, post: str) -> str:
    """The post's title, whether it is the procedure's or the office's."""
    return OFFICE_POSTS[post] if post in OFFICE_POSTS else procedure.title_of(post)


def raised_as(procedure: Procedure, actor: Actor, answers: Answers) -> str:
    """The case type: as the form says, else the first for which this person's own posts raise."""
    given = answers.get("raised_as")
    own = procedure.cases_of(actor.posts)
    return str(given) if given in procedure.raised_by else next(iter([*own, *procedure.raised_by]))


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
