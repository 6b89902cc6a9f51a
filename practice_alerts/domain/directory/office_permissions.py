"""Who may run the office: one table of post and act. Acts on an alert are in permissions.py.

Deny by default: what no row allows is refused, and every row reaches one's own council only.
"""

from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import TypeGuard

from practice_alerts.domain.acts.permissions import Actor
from practice_alerts.domain.complete import complete
from practice_alerts.domain.directory.directory_acts import DirectoryChange
from practice_alerts.domain.errors import Expected
from practice_alerts.domain.procedure.posts import AUDITOR, OFFICE_POSTS
from practice_alerts.domain.text import joined, small


class OfficeAct(StrEnum):
    """Everything that is done to the office. The value fits after "may not"."""

    SEE_DIRECTORY = "look at this council's directory"
    SEE_CHANGES = "see what was changed in this council's directory"
    KEEP_DIRECTORY = "change this council's directory"
    KEEP_OFFICE_POSTS = "give, end or change who holds a post of running the office"
    CONFIRM = "confirm what another has entered in this council's directory"
    SET_COVER = "say who stands in for whom"
    SET_OWN_COVER = "say who stands in for whom within the reviewing service"
    SEE_CONTACTS = "see the contacts in partner agencies"
    KEEP_CONTACTS = "keep the contacts in partner agencies"
    SEE_CALENDAR = "look at this council's closed days"
    KEEP_CALENDAR = "close or reopen this council's days"
    SEE_EMAILS = "see which e-mails did not arrive"
    SEND_AGAIN = "have e-mails sent again that did not arrive"
    SEE_SETTINGS = "see how this service is set"
    LIST_ALERTS = "list every alert of the service"
    SEE_SERVICE = "see who carries how much"
    SEE_OVERVIEW = "see the overview"
    READ_LOG = "read the log"
    READ_REPORTS = "read the reports"
    ISSUE_FIGURES = "issue the figures of a report"
    WRITE_REPORT = "write beside the figures of a report"
    SEE_FORMAL = "read the list of formal alerts"
    HEAR_WEEKLY = "be told each week that the list of formal alerts is there"
    DRAW_SAMPLE = "draw an audit sample"
    SEE_SAMPLES = "see which audit samples were drawn"
    HEAR_OF_SAMPLES = "be told that an audit sample was drawn"
    READ_SECURITY_LOG = "read the security log"
    LET_GO = "end what somebody reads by mistake"
    ENTER_INTEREST = "enter that somebody has an interest in a child"
    SEE_RECORDS = "see which records fall due"
    KEEP_RECORDS = "say how long records are kept, and propose that they are destroyed"
    CONFIRM_DESTRUCTION = "confirm that records are destroyed, or locked apart"
    REDACT = "ask that something is taken out of an alert"
    CONFIRM_REDACTION = "take out of an alert what another has asked for"
    END_INTEREST = "confirm that somebody has no interest in a child any more"
    DISCLOSE = "hand out everything about somebody"


COMMAND_LINE_POST = "the command line"
"""Held by whoever may run commands where the data lies. No role of a procedure can be called so."""

EVERY_COUNCIL = "*"

COMMAND_LINE = Actor("", COMMAND_LINE_POST, EVERY_COUNCIL, frozenset({COMMAND_LINE_POST}))
"""Whoever may read the data folder could do anything to it; no council bounds them."""


ANOTHER_SYSTEM_POST = "another system"
"""Held by what a council's own system says of its people. No role of a procedure can be called so."""


@dataclass(frozen=True, slots=True)
class AnotherSystem(Actor):
    """Says who works in one council; what takes two people, and reviewing posts, it only asks for."""

    token: str = ""
    """By which it came in, as that is called."""


def another_system(council: str, name: str, token: str = "") -> AnotherSystem:
    return AnotherSystem("", name, council, frozenset({ANOTHER_SYSTEM_POST}), token=token)


def is_another_system(actor: Actor) -> TypeGuard[AnotherSystem]:
    return isinstance(actor, AnotherSystem)


@dataclass(frozen=True, slots=True)
class OfficeRule:
    post: str
    act: OfficeAct


_READS_DIRECTORY = (OfficeAct.SEE_DIRECTORY, OfficeAct.SEE_CHANGES, OfficeAct.SEE_CONTACTS)
_READS_OFFICE = (OfficeAct.SEE_CALENDAR, OfficeAct.SEE_EMAILS, OfficeAct.SEE_SETTINGS)
_READS_FIGURES = (
    *(OfficeAct.SEE_OVERVIEW, OfficeAct.READ_LOG, OfficeAct.READ_REPORTS),
    OfficeAct.SEE_SAMPLES,
)


_SOMEBODYS = frozenset(
    {
        *(OfficeAct.DRAW_SAMPLE, OfficeAct.HEAR_OF_SAMPLES, OfficeAct.HEAR_WEEKLY),
        *(OfficeAct.ENTER_INTEREST, OfficeAct.END_INTEREST),
        *(OfficeAct.DISCLOSE, OfficeAct.ISSUE_FIGURES, OfficeAct.WRITE_REPORT),
        *(OfficeAct.KEEP_RECORDS, OfficeAct.CONFIRM_DESTRUCTION),
        *(OfficeAct.REDACT, OfficeAct.CONFIRM_REDACTION),
    }
)
"""What is for somebody to read, or to have been told by a colleague; and a command is nobody."""


def _rules(post: str, *acts: OfficeAct) -> tuple[OfficeRule, ...]:
    return tuple(OfficeRule(post, act) for act in acts)


OFFICE_RULES: tuple[OfficeRule, ...] = (
    *_rules(COMMAND_LINE_POST, *(act for act in OfficeAct if act not in _SOMEBODYS)),
    # People and procedures, and nothing of any case.
    *_rules(
        "administrator",
        *_READS_DIRECTORY,
        *_READS_OFFICE,
        *(OfficeAct.KEEP_DIRECTORY, OfficeAct.KEEP_OFFICE_POSTS, OfficeAct.CONFIRM),
        *(OfficeAct.SET_COVER, OfficeAct.KEEP_CONTACTS, OfficeAct.KEEP_CALENDAR),
        *(OfficeAct.SEND_AGAIN, OfficeAct.ENTER_INTEREST),
    ),
    # Who appoints administrators could be anybody tomorrow, so the IRO manager confirms it and cannot begin it.
    *_rules(
        "iro_manager",
        *_READS_DIRECTORY,
        *_READS_FIGURES,
        *(OfficeAct.KEEP_DIRECTORY, OfficeAct.CONFIRM, OfficeAct.SET_COVER),
        *(OfficeAct.KEEP_CONTACTS, OfficeAct.SEE_EMAILS, OfficeAct.SEND_AGAIN),
        *(OfficeAct.LIST_ALERTS, OfficeAct.SEE_SERVICE, OfficeAct.LET_GO),
        *(OfficeAct.HEAR_OF_SAMPLES, OfficeAct.ENTER_INTEREST, OfficeAct.END_INTEREST),
        *(OfficeAct.DISCLOSE, OfficeAct.ISSUE_FIGURES, OfficeAct.WRITE_REPORT),
        *(OfficeAct.SEE_RECORDS, OfficeAct.CONFIRM_DESTRUCTION),
        *(OfficeAct.REDACT, OfficeAct.CONFIRM_REDACTION),
    ),
    # What is handed out of whole alerts, and how long records are kept, by reference; of any other alert nothing.
    *_rules(
        "information_officer",
        *(OfficeAct.DISCLOSE, OfficeAct.SEE_RECORDS, OfficeAct.KEEP_RECORDS),
        *(OfficeAct.REDACT, OfficeAct.CONFIRM_REDACTION),
    ),
    # Figures and the log, and of cases what chance has drawn.
    *_rules(
        "qa_lead",
        *_READS_FIGURES,
        *(OfficeAct.DRAW_SAMPLE, OfficeAct.ISSUE_FIGURES, OfficeAct.WRITE_REPORT),
    ),
    # Whatever there is to read, and nothing to change.
    *_rules(
        AUDITOR,
        *_READS_DIRECTORY,
        *_READS_OFFICE,
        *_READS_FIGURES,
        *(OfficeAct.LIST_ALERTS, OfficeAct.SEE_SERVICE, OfficeAct.READ_SECURITY_LOG),
        *(OfficeAct.SEE_FORMAL, OfficeAct.SEE_RECORDS),
    ),
    # Files, reminders and the service's own cover.
    *_rules(
        "iro_support",
        *(OfficeAct.LIST_ALERTS, OfficeAct.SEE_DIRECTORY, OfficeAct.SET_OWN_COVER),
    ),
    # Beside what is put to them.
    *_rules("informed_director", OfficeAct.SEE_FORMAL, OfficeAct.HEAR_WEEKLY),
    # It says who works here; whatever is more than that a second person confirms.
    *_rules(ANOTHER_SYSTEM_POST, OfficeAct.KEEP_DIRECTORY),
)


class NotYours(Expected):
    """An act on the office that this person's post does not hold."""

    def __init__(self, act: OfficeAct) -> None:
        self.act = act
        who = [small(title) for post, title in OFFICE_POSTS.items() if post in posts_that(act)]
        for_whom = f"That is for the {joined(who, 'or')}" if who else "Nobody does it on a page"
        super().__init__(f"Your post may not {act.value}. {for_whom}.")


class NotYourself(NotYours):
    """Somebody's own post, name, address or cover, which somebody else has to enter."""

    def __init__(self, act: OfficeAct, others: str) -> None:
        super().__init__(act)
        self.args = (f"This is about yourself, so somebody else has to enter it: {others}.",)


class DirectoryAct(StrEnum):
    """What is done on the page "Directory"; the value stands in the form's address."""

    GIVE_POST = "give_post"
    END_POST = "end_post"
    END_POST_NOW = "end_post_now"
    CONFIRM = "confirm"
    REFUSE = "refuse"
    ADD_PERSON = "add_person"
    CHANGE_PERSON = "change_person"
    LEAVE = "leave"
    SIGN_OUT = "sign_out"
    UNLINK_ACCOUNT = "unlink_account"
    SET_COVER = "set_cover"
    END_COVER = "end_cover"
    INTEREST_OF = "interest_of"
    WITHDRAW_INTEREST = "withdraw_interest"


_WITHOUT_PROOF = frozenset({DirectoryAct.REFUSE, DirectoryAct.WITHDRAW_INTEREST})
"""What is refused gives nobody anything, and a withdrawal holds only once somebody else has confirmed it."""


class ProveAgain(Expected):
    """Somebody who sits at a browser that was signed in some time ago is perhaps somebody else."""

    def __init__(self) -> None:
        super().__init__(
            "You signed in some time ago. Sign in once more, then press again: what you typed is kept."
        )


def asks_to_prove(act: str) -> bool:
    """By its name in the address; what is no act on the directory asks for nothing."""
    return act in set(DirectoryAct) - _WITHOUT_PROOF


def must_have_proved(actor: Actor, act: DirectoryAct) -> None:
    """Raises ProveAgain."""
    if act not in _WITHOUT_PROOF and actor.must_prove_again:
        raise ProveAgain


def must_be_another(
    actor: Actor, about: str, act: OfficeAct, others: str = "another administrator"
) -> None:
    """Nobody changes their own posts, name or address, or lets themself stand in. Raises NotYourself."""
    if actor.id and actor.id == about:
        raise NotYourself(act, others)


@cache
def posts_that(act: OfficeAct) -> frozenset[str]:
    """The posts to which a row of the table gives this act."""
    return frozenset(rule.post for rule in OFFICE_RULES if rule.act is act)


def may_run(actor: Actor, act: OfficeAct, council: str) -> bool:
    """Does any row of the table allow this act, in this council?"""
    if actor.council not in {council, EVERY_COUNCIL}:
        return False
    return bool(posts_that(act) & (actor.posts & {AUDITOR} or actor.posts))


def which_cover(actor: Actor) -> OfficeAct:
    """The act by which this person says who stands in: for anybody, or within the reviewing service alone."""
    everybody = may_run(actor, OfficeAct.SET_COVER, actor.council)
    return OfficeAct.SET_COVER if everybody else OfficeAct.SET_OWN_COVER


def must_run(actor: Actor, act: OfficeAct, council: str) -> None:
    """Raises NotYours."""
    if not may_run(actor, act, council):
        raise NotYours(act)


def act_to_confirm(change: DirectoryChange) -> OfficeAct:
    """The act it takes to confirm, as a second person, what another has asked for."""
    return _CONFIRMED_BY.get(change, OfficeAct.CONFIRM)


_CONFIRMED_BY: Mapping[DirectoryChange, OfficeAct] = {
    DirectoryChange.DESTRUCTION: OfficeAct.CONFIRM_DESTRUCTION,
    DirectoryChange.APART: OfficeAct.CONFIRM_DESTRUCTION,
    DirectoryChange.REDACTION: OfficeAct.CONFIRM_REDACTION,
    DirectoryChange.INTEREST_WITHDRAWN: OfficeAct.END_INTEREST,
}


CONFIRMS = frozenset(_CONFIRMED_BY.values())
"""What lets somebody be the second person where it is not everybody who keeps the directory."""


def takes_in_directory(act: str) -> tuple[OfficeAct, ...]:
    """What lets somebody see the form of this act there, by its name in the address."""
    return _FORMS.get(act, (OfficeAct.KEEP_DIRECTORY,))


_FORMS: Mapping[str, tuple[OfficeAct, ...]] = {
    **dict.fromkeys(("confirm", "refuse"), (OfficeAct.CONFIRM, *sorted(CONFIRMS))),
    **dict.fromkeys(("set_cover", "end_cover"), (OfficeAct.SET_COVER, OfficeAct.SET_OWN_COVER)),
    **dict.fromkeys(("set_duty", "end_duty"), (OfficeAct.SET_COVER,)),
    **dict.fromkeys(("add_contact", "change_contact", "end_contact"), (OfficeAct.KEEP_CONTACTS,)),
    **dict.fromkeys(("interest_of", "withdraw_interest"), (OfficeAct.ENTER_INTEREST,)),
}


def must_confirm_some(actor: Actor, council: str) -> None:
    """Raises NotYours for whoever is nobody's second person."""
    acts = {OfficeAct.CONFIRM, *CONFIRMS}
    if not any(may_run(actor, act, council) for act in acts):
        raise NotYours(OfficeAct.CONFIRM)


def act_for(posts: AbstractSet[str], office_posts: AbstractSet[str]) -> OfficeAct:
    """The act it takes to touch somebody who holds these posts, or one of these posts itself."""
    return OfficeAct.KEEP_OFFICE_POSTS if posts & office_posts else OfficeAct.KEEP_DIRECTORY


class StartPage(StrEnum):
    """A page on which a day can begin."""

    TRAY = "the work tray"
    SERVICE = "the whole service"
    OVERVIEW = "the overview"
    DIRECTORY = "the directory"
    FORMAL = "the formal alerts"
    RECORDS = "the records"


_OF_OFFICE_POST: Mapping[str, StartPage] = complete(
    OFFICE_POSTS,
    {
        "iro_manager": StartPage.SERVICE,
        "reserve_manager": StartPage.TRAY,
        "qa_lead": StartPage.OVERVIEW,
        "administrator": StartPage.DIRECTORY,
        "auditor": StartPage.SERVICE,
        "iro_support": StartPage.TRAY,
        "informed_director": StartPage.FORMAL,
        "information_officer": StartPage.RECORDS,
    },
)


def start_pages(actor: Actor) -> tuple[StartPage, ...]:
    """The pages of this person's posts, the one on which they begin first.

    Whoever raises or answers alerts, or stands in for somebody who does, begins with what waits for them. The
    work tray is everybody's.
    """
    works_cases = bool((actor.posts | actor.covered_posts) - OFFICE_POSTS.keys())
    of_office = [page for post, page in _OF_OFFICE_POST.items() if post in actor.posts]
    first = [StartPage.TRAY] if works_cases else []
    return tuple(dict.fromkeys((*first, *of_office, StartPage.TRAY)))
