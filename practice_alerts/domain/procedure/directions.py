"""From which side an alert is raised, and the procedure as it is for such an alert.

Most procedures know one direction: the reviewing service raises, the chain that has the child answers. A post that
raises and is marked `side: challenged` raises the other way: for its alerts the sides are exchanged, so that who is
asked, who judges and who may stand in follow from the alert's own direction.
"""

from practice_alerts.domain.once import once
from practice_alerts.domain.procedure.ladder import Ladder
from practice_alerts.domain.procedure.posts import OFFICE_POSTS, Role, Side
from practice_alerts.domain.procedure.procedure import Procedure

MANAGER = "iro_manager"
"""The post of the office that stands on the side of the reviewing service, whether a procedure names it or not."""

RESERVE = "reserve_manager"
"""The post of the office that acts in its place where an alert challenges whoever holds it."""


@once
def raising_back(procedure: Procedure) -> frozenset[str]:
    """The posts that raise from the side that is challenged otherwise."""
    return frozenset(procedure.raising_posts) - procedure.own_side


@once
def raised_in(procedure: Procedure, role: str) -> Procedure:
    """The procedure for an alert raised in that post: only the posts of its side raise, and its side is the own one."""
    back = raising_back(procedure)
    if not back:
        return procedure
    is_back = role in back or back >= set(procedure.raising_posts)
    raising = {
        case: kept
        for case, posts in procedure.raised_by.items()
        if (kept := tuple(post for post in posts if (post in back) is is_back))
    }
    roles = _exchanged(procedure) if is_back else procedure.roles
    return procedure.model_copy(update={"raised_by": raising, "roles": roles})


def climbed(procedure: Procedure, ladder: Ladder) -> tuple[Procedure, ...]:
    """The procedure from each side from which the ladder is climbed; both where both do, the usual one first."""
    back = raising_back(procedure)
    if not back:
        return (procedure,)
    raising = raisers_on(procedure, ladder) or procedure.raising_posts
    ways = {role in back: raised_in(procedure, role) for role in raising}
    return tuple(ways[is_back] for is_back in sorted(ways))


def as_climbed(procedure: Procedure, ladder: Ladder) -> Procedure:
    """The procedure as whoever climbs the ladder has it; where both sides do, as the usual one has."""
    return climbed(procedure, ladder)[0]


def is_exchanged(procedure: Procedure) -> bool:
    """Is it the procedure of an alert that is raised from the side which is challenged otherwise?"""
    manager = procedure.roles.get(MANAGER)
    return manager is not None and manager.side is Side.CHALLENGED


def raisers_on(procedure: Procedure, ladder: Ladder) -> tuple[str, ...]:
    """Who raises alerts that climb this ladder; nobody where no kind does."""
    kinds = [
        kind
        for name, kind in procedure.kinds.items()
        if any(one is ladder for one in procedure.ladders_of(name))
    ]
    roles = dict.fromkeys(
        role for kind in kinds for role in kind.raised_by or procedure.raising_posts
    )
    return tuple(role for role in roles if role in (ladder.raised_by or roles))


def _exchanged(procedure: Procedure) -> dict[str, Role]:
    own = procedure.own_side | {MANAGER}
    manager = Role(title=OFFICE_POSTS[MANAGER])
    return {
        name: role.model_copy(update={"side": Side.CHALLENGED if name in own else Side.CHALLENGING})
        for name, role in {MANAGER: manager, **procedure.roles}.items()
    }
