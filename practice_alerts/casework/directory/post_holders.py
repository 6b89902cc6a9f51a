"""Posts given and ended, each with its days. Posts first, people second."""

import logging
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta

from practice_alerts.adapters.store.core.database import Tx
from practice_alerts.adapters.store.office import directory
from practice_alerts.adapters.store.office.directory import Covering, DirectoryPerson, PostHolding
from practice_alerts.casework.core.actors import title_of, titles, writing_as
from practice_alerts.casework.directory.directory_acts import (
    must_be_unchallenged,
    posts_about,
    record,
)
from practice_alerts.casework.directory.hands import Hands, to_give
from practice_alerts.domain.acts.permissions import Actor
from practice_alerts.domain.dates import in_full
from practice_alerts.domain.directory.directory_acts import (
    DirectoryChange,
    DirectoryChanged,
    post_ended,
)
from practice_alerts.domain.directory.mail_address import tidied
from practice_alerts.domain.directory.office_permissions import (
    EVERY_COUNCIL,
    DirectoryAct,
    act_for,
    must_be_another,
    must_have_proved,
    must_run,
)
from practice_alerts.domain.directory.vacancies import HeldPost, first_empty_day
from practice_alerts.domain.errors import BadAnswers, NotFound, NotPossible
from practice_alerts.domain.files.faults import nearest
from practice_alerts.domain.forms.validation import Faults, control_characters
from practice_alerts.domain.procedure.posts import AUDITOR, OFFICE_POSTS
from practice_alerts.office import Office

_log = logging.getLogger(__name__)

ADMINISTRATOR = "administrator"
_LONGEST_TEAM = 100


@dataclass(frozen=True, slots=True)
class PostGiven:
    """A post somebody is to hold. `post` is a role of the procedure, or one of running the office."""

    council: str
    post: str
    team: str = ""
    since: date | None = None
    """Today where none is given."""
    until: date | None = None
    """The last day; None: until further notice."""


def give_post(
    office: Office, by: Actor, person_id: str, post: PostGiven, *, reason: str = ""
) -> DirectoryPerson:
    """Give somebody a further post; one of the reviewing service or of running this office takes a second person.

    Raises BadAnswers, NotYours, NotFound; NotPossible for whoever alerts are sent to.
    """
    must_give(by, post, DirectoryAct.GIVE_POST)
    must_be_another(by, person_id, act_for({post.post}, OFFICE_POSTS.keys()))
    with writing_as(office, by) as tx:
        faults = faults_of(office, post)
        person = directory.person(tx, person_id)
        known = {one.id for one in directory.everybody(tx, council_of(by))}
        if person is None or person.id not in known:
            faults = {"person": "Who holds it: choose somebody of this council."} | faults
        if faults or person is None:
            raise BadAnswers(faults)
        enter(office, tx, by, person, post, reason=reason)
    return person


def waits(office: Office, by: Actor, post: PostGiven, to: str = "", mail: str = "") -> bool:
    """Would somebody else have to confirm it? To be asked before it is given: of somebody by id, or with an address."""
    what = PostHolding(to, post.council, post.post, post.team)
    with office.database.reading() as tx:
        return to_give(office, tx, by, what, tidied(mail)) is Hands.TWO


def end_post(
    office: Office, by: Actor, holding_id: int, last_day: date, *, reason: str = ""
) -> HeldPost:
    """Make this the last day of somebody in a post. One that has not begun by then is taken back.

    The post as it stood. Raises BadAnswers, NotYours, NotFound; NotPossible where nobody would be
    administrator any more.
    """
    with writing_as(office, by) as tx:
        held = _to_end(office, tx, by, holding_id, DirectoryAct.END_POST)
        must_end(held, last_day, office.today, longer="give it anew")
        write_ended(office, tx, by, held, last_day, reason=reason)
    return held


def end_post_now(office: Office, by: Actor, holding_id: int, *, reason: str = "") -> HeldPost:
    """The post is over at this moment, and with it what it let them see and do; open pages stop at the next move."""
    with writing_as(office, by) as tx:
        held = _to_end(office, tx, by, holding_id, DirectoryAct.END_POST_NOW)
        write_ended(office, tx, by, held, office.today - timedelta(days=1), reason=reason)
    return held


def _to_end(office: Office, tx: Tx, by: Actor, holding_id: int, act: DirectoryAct) -> HeldPost:
    council, held = _holding(tx, by, holding_id)
    which = act_for({held.post}, OFFICE_POSTS.keys())
    must_run(by, which, council)
    must_have_proved(by, act)
    must_be_another(by, held.person_id, which)
    must_be_unchallenged(office, tx, by, council, {held.post})
    if held.until is not None and held.until < office.today:
        raise NotPossible(f"{held.name}'s time in this post ended on {in_full(held.until)}.")
    return held


def write_ended(
    office: Office, tx: Tx, by: Actor, held: HeldPost, last_day: date, *, reason: str = ""
) -> None:
    """It has been looked at. Raises NotPossible where nobody would be administrator any more."""
    council = directory.council_of_holding(tx, held.id) or ""
    end(office, tx, held, last_day)
    record(office, tx, by, (council,), post_ended(held, last_day, reason))


def end(office: Office, tx: Tx, held: HeldPost, last_day: date) -> None:
    """Without its record, where somebody has confirmed what was asked for. Raises NotPossible as `write_ended`."""
    before = unadministered(office, tx, held.person_id)
    directory.end_post(tx, held.id, last_day)
    must_stay_administered(office, tx, before)


def end_as_asked(office: Office, tx: Tx, council: str, what: DirectoryChanged) -> None:
    """What another system has asked for, of whichever post of theirs it was. Raises NotPossible."""
    wanted = (what.person, what.post, what.team, what.since)
    for held in directory.holdings_of(tx, council):
        if (held.person_id, held.post, held.team, held.since) == wanted:
            end(office, tx, held, what.until or office.today - timedelta(days=1))


def must_end(held: HeldPost | Covering, last_day: date, today: date, *, longer: str) -> None:
    """May that day become the last of it? Raises BadAnswers; `longer` is how to go on beyond the end."""
    fault = ""
    if last_day < held.since <= today:
        fault = f"it comes before the first, {in_full(held.since)}."
    elif held.until is not None and last_day > held.until:
        fault = f"it ends on {in_full(held.until)} already. To go on longer, {longer}."
    if fault:
        raise BadAnswers({"until": f"Last day: {fault}"})


def title(office: Office, holding: PostHolding | HeldPost | PostGiven, council: str = "") -> str:
    """The post in words, its team with it. `council` is where a `Held` is."""
    where = holding.council if not isinstance(holding, HeldPost) else council
    files = office.councils.get(where)
    if files is None or holding.post not in titles(files.procedure):
        return holding.post  # a council or a post that the files no longer have
    words = title_of(files.procedure, holding.post)
    return f"{words} ({holding.team})" if holding.team else words


def must_give(by: Actor, post: PostGiven, act: DirectoryAct) -> None:
    """Raises NotYours, ProveAgain."""
    must_run(by, act_for({post.post}, OFFICE_POSTS.keys()), post.council)
    must_have_proved(by, act)


def faults_of(office: Office, post: PostGiven) -> Faults:
    """What is wrong with the post itself and its days, by field."""
    if post.council not in office.councils:
        known = ", ".join(sorted(office.councils))
        return {"council": f'There is no council "{post.council}" here. There are: {known}.'}
    faults: Faults = {}
    posts = titles(office.councils[post.council].procedure)
    if not post.post:
        faults["post"] = "Post: choose one."
    elif post.post not in posts:
        hint = nearest(post.post, sorted(posts))
        also = f" ({hint})" if hint else ""
        meant = f"The posts of its procedure.yml are meant, and {', '.join(OFFICE_POSTS)}."
        faults["post"] = f'{post.council} has no post "{post.post}"{also}. {meant}'
    if control_characters(post.team) or "\n" in post.team or len(post.team) > _LONGEST_TEAM:
        faults["team"] = f"Team: write its name in one line, in under {_LONGEST_TEAM} characters."
    since = post.since or office.today
    if post.until is not None and post.until < since:
        faults["until"] = ends_before(post.until, since)
    return faults


def ends_before(until: date, since: date) -> str:
    return f"The last day, {in_full(until)}, comes before the first, {in_full(since)}."


def has_passed(until: date) -> str:
    return f"Last day: {in_full(until)} has passed. Choose today or a later day."


def enter(
    office: Office, tx: Tx, by: Actor, person: DirectoryPerson, post: PostGiven, *, reason: str = ""
) -> None:
    """Give it, or ask for it to be confirmed; it has been looked at. Raises BadAnswers, NotPossible."""
    touched = {post.post} | posts_about(office, tx, person.id)
    must_be_unchallenged(office, tx, by, post.council, touched)
    holding, since = _to_hold(office, tx, person, post)
    post = replace(post, team=holding.team, since=since)
    write_given(office, tx, by, person, post, reason=reason)


def write_given(
    office: Office,
    tx: Tx,
    by: Actor,
    person: DirectoryPerson,
    post: PostGiven,
    *,
    reason: str = "",
    is_confirmed: bool = False,
) -> None:
    """It has been looked at, its team is spelled as others spell it, and its first day is known."""
    _must_not_audit_too(office, tx, person, post)
    holding = PostHolding(person.id, post.council, post.post, post.team)
    hands = Hands.ONE if is_confirmed else to_give(office, tx, by, holding)
    what = DirectoryChanged(
        change=DirectoryChange.POST_GIVEN,
        person=person.id,
        name=person.name,
        post=post.post,
        team=post.team,
        since=post.since or office.today,
        until=post.until,
        reason=reason,
        waits=hands is Hands.TWO,
        alone=hands is Hands.ALONE,
    )
    if not what.waits:
        _hold(tx, by, what, post.council)
    record(office, tx, by, (post.council,), what)


def _hold(tx: Tx, by: Actor, what: DirectoryChanged, council: str) -> None:
    holding = PostHolding(what.person, council, what.post, what.team)
    directory.give_post(tx, holding, what.since or date.min, what.until)
    if what.alone:
        _log.warning(
            "%s was given a post of the reviewing service of %s by %s alone: nobody else may confirm it yet",
            *(what.person, council, by.id or by.name),
        )


def give(office: Office, tx: Tx, person: DirectoryPerson, post: PostGiven) -> None:
    """Write it down, once somebody else has confirmed it. Raises BadAnswers."""
    if faults := faults_of(office, post):
        raise BadAnswers(faults)
    holding, since = _to_hold(office, tx, person, post)
    _must_not_audit_too(office, tx, person, post)
    directory.give_post(tx, holding, since, post.until)


def _to_hold(
    office: Office, tx: Tx, person: DirectoryPerson, post: PostGiven
) -> tuple[PostHolding, date]:
    """The post as it will stand, and from when on. Raises BadAnswers for one they hold already."""
    since = post.since or office.today
    held = directory.holdings_of(tx, post.council)
    team = as_spelled(post.team, held)
    for one in held:
        is_same = (one.person_id, one.post, one.team) == (person.id, post.post, team)
        if is_same and _overlap(one, since, post.until):
            end = f"until {in_full(one.until)}" if one.until else "until further notice"
            what = f"{title(office, one, post.council)} already, from {in_full(one.since)} {end}"
            raise BadAnswers({"post": f"{person.name} is {what}."})
    return PostHolding(person.id, post.council, post.post, team), since


def _must_not_audit_too(office: Office, tx: Tx, person: DirectoryPerson, post: PostGiven) -> None:
    """Raises BadAnswers, whoever gives the post: a page, a list of people or another system."""
    since = post.since or office.today
    for one in directory.holdings_of(tx, post.council):
        is_both = one.person_id == person.id and AUDITOR in {one.post, post.post}
        if is_both and one.post != post.post and _overlap(one, since, post.until):
            raise BadAnswers(
                {
                    "post": f"{person.name} is {title(office, one, post.council)}. An auditor reads everything"
                    " and changes nothing, so whoever is auditor holds no other post here."
                }
            )


def unadministered(office: Office, tx: Tx, person_id: str) -> Mapping[str, date | None]:
    """For each council this person administers: from which day on nobody would; None: never."""
    posts = directory.posts_to_come(tx, person_id, office.today)
    councils = {one.council for one in posts if one.post == ADMINISTRATOR}
    return {council: _first_without(office, tx, council) for council in councils}


def must_stay_administered(office: Office, tx: Tx, before: Mapping[str, date | None]) -> None:
    """Raises NotPossible where what was just written leaves a council without administrator sooner."""
    for council, was in before.items():
        now = _first_without(office, tx, council)
        if now is not None and (was is None or now < was):
            where = office.council(council).procedure.council
            raise NotPossible(
                f"From {in_full(now)} nobody would be administrator of {where}, and nobody could let"
                " anybody in. Make somebody else administrator first."
            )


def _first_without(office: Office, tx: Tx, council: str) -> date | None:
    held = directory.holdings_of(tx, council)
    return first_empty_day((one for one in held if one.post == ADMINISTRATOR), office.today)


def council_of(by: Actor) -> str | None:
    """None for whoever is bound to no council."""
    return None if by.council == EVERY_COUNCIL else by.council


def _holding(tx: Tx, by: Actor, holding_id: int) -> tuple[str, HeldPost]:
    council = directory.council_of_holding(tx, holding_id)
    if council is None or by.council not in {council, EVERY_COUNCIL}:
        raise NotFound("post with that number")
    return council, next(one for one in directory.holdings_of(tx, council) if one.id == holding_id)


def as_spelled(team: str, held: tuple[HeldPost, ...]) -> str:
    """One team has one spelling: that of whoever was entered for it first."""
    same = " ".join(team.split())
    return next((one.team for one in held if one.team.casefold() == same.casefold()), same)


def _overlap(one: HeldPost, since: date, until: date | None) -> bool:
    begins_after = until is not None and one.since > until
    return not begins_after and (one.until is None or one.until >= since)
