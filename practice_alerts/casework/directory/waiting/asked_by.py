"""Whoever asked for what waits is not the second person, and is looked at again when it is confirmed.

What they may not ask for today is not made.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from practice_alerts.adapters.store.alerts import directory_events as kept
from practice_alerts.adapters.store.core.database import Tx
from practice_alerts.adapters.store.office import directory, scim_records
from practice_alerts.casework.core.actors import actor_in
from practice_alerts.casework.core.loaded_alert import load_each
from practice_alerts.casework.directory import directory_acts
from practice_alerts.casework.directory.in_bulk import scim_tokens
from practice_alerts.domain.acts.acts import own_side_of
from practice_alerts.domain.acts.permissions import Act, Actor, is_challenged
from practice_alerts.domain.complete import complete
from practice_alerts.domain.directory.directory_acts import (
    CHANGED,
    DirectoryChange,
    DirectoryChanged,
    DirectoryEntry,
    entries,
)
from practice_alerts.domain.directory.office_permissions import OfficeAct, act_for, may_run
from practice_alerts.domain.errors import NotPossible
from practice_alerts.domain.procedure.posts import OFFICE_POSTS
from practice_alerts.office import Office

_CALLED = frozenset({DirectoryChange.RENAMED, DirectoryChange.READDRESSED, DirectoryChange.ENTERED})


@dataclass(frozen=True, slots=True)
class _Asked:
    """What waits, and whoever asked for it as they may act in that council today."""

    office: Office
    tx: Tx
    asker: Actor
    council: str
    what: DirectoryChanged

    def may(self, act: OfficeAct) -> bool:
        return may_run(self.asker, act, self.council)


def must_be_another(office: Office, tx: Tx, by: Actor, council: str, entry: DirectoryEntry) -> None:
    """Than whoever asked: themself, by a command under a name of theirs, or by a token that they had made. Raises NotPossible."""
    what, own = entry.what, _ever_called(office, tx, by)
    if what.by_system:
        if _as_compared(_makers(tx, council, entry)) & own:
            raise NotPossible(
                "You had the token made with which this was asked for, so somebody else has to confirm it: another"
                " administrator, or the IRO manager."
            )
    elif by.id == entry.by or _as_compared([what.by]) & own:
        asked = "these changes, so somebody else has to confirm them"
        one = "this change, so somebody else has to confirm it"
        raise NotPossible(f"You asked for {asked if what.many else one}.")


def _makers(tx: Tx, council: str, entry: DirectoryEntry) -> tuple[str, ...]:
    """Who had its token made; of what was asked for before that was kept, whoever had made any by then."""
    return tuple(
        one.what.by
        for one in entries(kept.happened(tx, council, CHANGED))
        if one.what.change is DirectoryChange.TOKEN_MADE
        and one.number < entry.number
        and entry.what.token in {"", one.what.name}
    )


def _ever_called(office: Office, tx: Tx, who: Actor) -> frozenset[str]:
    """Their id, and the names and addresses that they have or had in any directory: another name makes nobody another."""
    person = directory.person(tx, who.id)
    had = [who.id, who.name, person.mail if person else ""]
    for council in office.councils:
        for one in entries(kept.happened(tx, council, CHANGED)):
            if one.is_made and one.what.change in _CALLED and one.what.person == who.id:
                had += [one.what.name, one.what.before, one.what.after]
    return _as_compared(had)


def _as_compared(names: Iterable[str]) -> frozenset[str]:
    return frozenset(" ".join(one.split()).casefold() for one in names) - {""}


def must_still_ask(office: Office, tx: Tx, council: str, entry: DirectoryEntry) -> None:
    """By the post that let them ask, held there today, and by nothing that keeps them from it. Raises NotPossible.

    A command is nobody; another system asks with its token. What keeps somebody from it is not said: it may be an
    interest in a child.
    """
    if entry.what.by:
        _must_hold(tx, council, entry.what)
        return
    asker = actor_in(office, tx, entry.by, council)
    at = _Asked(office, tx, asker, council, entry.what)
    # Whoever leaves holds their posts until the day is over.
    works_here = any(one.id == asker.id for one in directory.everybody(tx, council))
    if not (works_here and _MAY_ASK[entry.what.change](at) and _may_decide(at)):
        raise NotPossible(
            f"{asker.name or 'Whoever asked for it'} may ask for this no longer, so it is not made. Refuse it; if it"
            " is still wanted, somebody who may asks for it anew."
        )


def _must_hold(tx: Tx, council: str, what: DirectoryChanged) -> None:
    """A token that was taken back is perhaps a stolen one; of one that came to its end it was not."""
    taken_back = {
        scim_tokens.called(one) for one in scim_records.tokens_of(tx, council) if one.revoked_at
    }
    if what.token in taken_back:
        raise NotPossible(
            f"{what.by} asked for this with a token that was taken back, so it is not made. Refuse it; if it is right"
            " all the same, an administrator enters it on the page “Directory”."
        )


def must_be_unchallenged(
    office: Office, tx: Tx, by: Actor, council: str, what: DirectoryChanged
) -> None:
    """Whoever confirms or refuses it, for the posts that it touches. Raises NotPossible."""
    each = (what, *(one.what for one in what.many))
    people = sorted(frozenset().union(*(one.about() for one in each)))
    about = (directory_acts.posts_about(office, tx, one) for one in people)
    posts = frozenset(one.post for one in each).union(*about)
    directory_acts.must_be_unchallenged(office, tx, by, council, posts)


def _is_unchallenged(at: _Asked) -> bool:
    try:
        must_be_unchallenged(at.office, at.tx, at.asker, at.council, at.what)
    except NotPossible:
        return False
    return True


def _may_decide(at: _Asked) -> bool:
    """About each record: not where it challenges them, or they have an interest in its child, and where it is open to them."""
    must_open = at.what.change is DirectoryChange.REDACTION
    every = load_each(at.office, at.tx, [one.alert_id for one in at.what.records]).values()
    return not any(
        at.asker.id in one.shut_out
        or is_challenged(at.asker, one.alert, one.named)
        or (must_open and one.alert.restriction is not None and not one.may(at.asker, Act.SEE))
        for one in every
    )


def _keeps(at: _Asked) -> bool:
    return at.may(OfficeAct.KEEP_DIRECTORY) and _is_unchallenged(at)


def _gives(at: _Asked) -> bool:
    return at.may(act_for({at.what.post}, OFFICE_POSTS.keys())) and _is_unchallenged(at)


def _enters(at: _Asked) -> bool:
    return at.may(OfficeAct.ENTER_INTEREST) and _is_unchallenged(at)


def _withdraws(at: _Asked) -> bool:
    """Their own, while they work here, or anybody's."""
    is_own = at.asker.id == at.what.person and bool(at.asker.posts)
    return is_own or at.may(OfficeAct.ENTER_INTEREST)


def _is_of_the_service(at: _Asked) -> bool:
    """Of the reviewing service one asks for one's own cover."""
    own = own_side_of(at.office.council(at.council).procedure)
    return at.asker.id == at.what.person and bool(own & at.asker.posts)


def _nobody(_: _Asked) -> bool:
    """No person's: it is made at once, or a command or another system asks for it."""
    return False


_MAY_ASK: Mapping[DirectoryChange, Callable[[_Asked], bool]] = complete(
    DirectoryChange,
    {
        DirectoryChange.POST_GIVEN: _gives,
        DirectoryChange.READDRESSED: _keeps,
        DirectoryChange.ACCOUNT_UNLINKED: _keeps,
        DirectoryChange.COVER_SET: _is_of_the_service,
        DirectoryChange.INTEREST_DECLARED: _enters,
        DirectoryChange.INTEREST_WITHDRAWN: _withdraws,
        DirectoryChange.DESTRUCTION: lambda at: at.may(OfficeAct.KEEP_RECORDS),
        DirectoryChange.APART: lambda at: at.may(OfficeAct.KEEP_RECORDS),
        DirectoryChange.REDACTION: lambda at: at.may(OfficeAct.REDACT),
        **dict.fromkeys(
            (
                *(DirectoryChange.ENTERED, DirectoryChange.RENAMED, DirectoryChange.LEFT),
                *(DirectoryChange.POST_ENDED, DirectoryChange.COVER_ENDED, DirectoryChange.MANY),
                *(DirectoryChange.DUTY_SET, DirectoryChange.DUTY_ENDED, DirectoryChange.SIGNED_OUT),
                *(DirectoryChange.TOKEN_MADE, DirectoryChange.TOKEN_REVOKED),
                *(DirectoryChange.ACCOUNT_LINKED, DirectoryChange.LINK_GIVEN),
            ),
            _nobody,
        ),
    },
)
"""The same as when it was asked for."""
