"""Who may run the office: one table of post and act. Acts on an alert are in permissions.py.

Deny by default: what no row allows is refused, and every row reaches one's own council only.
"""

from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from enum import StrEnum

from practice_alerts.domain.acts.permissions import Actor
from practice_alerts.domain.errors import Expected


class OfficeAct(StrEnum):
    """Everything that is done to the office. The value fits after "may not"."""

    KEEP_DIRECTORY = "look at or change this council's directory"
    KEEP_OFFICE_POSTS = "give, end or change who is administrator, QA lead or IRO manager"
    CONFIRM = "confirm what another has entered in this council's directory"
    SET_COVER = "say who stands in for whom"
    KEEP_CONTACTS = "keep the contacts in partner agencies"
    KEEP_CALENDAR = "close or reopen this council's days"
    SEE_EMAILS = "look after letters that did not arrive"


COMMAND_LINE_POST = "the command line"
"""Held by whoever may run commands where the data lies. No role of a procedure can be called so."""

EVERY_COUNCIL = "*"

COMMAND_LINE = Actor("", COMMAND_LINE_POST, EVERY_COUNCIL, frozenset({COMMAND_LINE_POST}))
"""Whoever may read the data folder could do anything to it; no council bounds them."""


@dataclass(frozen=True, slots=True)
class OfficeRule:
    post: str
    act: OfficeAct


OFFICE_RULES: tuple[OfficeRule, ...] = (
    *(OfficeRule(COMMAND_LINE_POST, act) for act in OfficeAct),
    *(OfficeRule("administrator", act) for act in OfficeAct),
    # Who appoints administrators could be anybody tomorrow, so the IRO manager does not.
    OfficeRule("iro_manager", OfficeAct.KEEP_DIRECTORY),
    # As the second person, who cannot begin it.
    OfficeRule("iro_manager", OfficeAct.CONFIRM),
    OfficeRule("iro_manager", OfficeAct.SET_COVER),
    OfficeRule("iro_manager", OfficeAct.KEEP_CONTACTS),
    OfficeRule("iro_manager", OfficeAct.SEE_EMAILS),
)


class NotYours(Expected):
    """An act on the office that this person's post does not hold."""

    def __init__(self, act: OfficeAct) -> None:
        self.act = act
        super().__init__(f"Your post may not {act.value}. Ask an administrator of the council.")


class NotYourself(NotYours):
    """Somebody's own post, name, address or cover, which somebody else has to enter."""

    def __init__(self, act: OfficeAct) -> None:
        super().__init__(act)
        said = "This is about yourself, so somebody else has to enter it: another administrator."
        self.args = (said,)


class ProveAgain(Expected):
    """Somebody who sits at a browser that was signed in some time ago is perhaps somebody else."""

    def __init__(self) -> None:
        super().__init__(
            "You signed in some time ago. Sign in once more, then press again: what you typed is kept."
        )


def must_have_proved(actor: Actor) -> None:
    """For what decides who may sign in, or in which post. Raises ProveAgain."""
    if actor.must_prove_again:
        raise ProveAgain


def must_be_another(actor: Actor, about: str, act: OfficeAct) -> None:
    """Nobody changes their own posts, name or address, or lets themself stand in. Raises NotYourself."""
    if actor.id and actor.id == about:
        raise NotYourself(act)


def may_run(actor: Actor, act: OfficeAct, council: str) -> bool:
    """Does any row of the table allow this act, in this council?"""
    if actor.council not in {council, EVERY_COUNCIL}:
        return False
    return any(rule.act is act and rule.post in actor.posts for rule in OFFICE_RULES)


def must_run(actor: Actor, act: OfficeAct, council: str) -> None:
    """Raises NotYours."""
    if not may_run(actor, act, council):
        raise NotYours(act)


def act_for(posts: AbstractSet[str], office_posts: AbstractSet[str]) -> OfficeAct:
    """The act it takes to touch somebody who holds these posts, or one of these posts itself."""
    return OfficeAct.KEEP_OFFICE_POSTS if posts & office_posts else OfficeAct.KEEP_DIRECTORY
