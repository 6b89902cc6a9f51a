"""What cover or a further post would keep somebody of the reviewing service from, said before it is set."""

from collections.abc import Sequence
from dataclasses import replace

from practice_alerts.adapters.store.alerts import current_state
from practice_alerts.adapters.store.core.database import Tx
from practice_alerts.adapters.store.office import directory
from practice_alerts.casework.core.actors import actor_in, managers
from practice_alerts.casework.core.loaded_alert import Known, load_each
from practice_alerts.domain.acts.acts import own_side_of
from practice_alerts.domain.acts.permissions import (
    OFFICERS_SIDE,
    Actor,
    Relation,
    all_challenged,
)
from practice_alerts.domain.directory.office_permissions import OfficeAct, must_run, which_cover
from practice_alerts.domain.procedure.directions import MANAGER
from practice_alerts.domain.text import plural
from practice_alerts.office import Office

_DECIDES = OFFICERS_SIDE | {Relation.IRO_MANAGER, Relation.UNMANAGED}
_MOST = 10  # references in a sentence


def by_cover(office: Office, by: Actor, away: str, stands_in: str) -> str:
    """Of standing in for somebody; empty where it bars from nothing. Raises NotYours."""
    must_run(by, which_cover(by), by.council)
    files = office.councils.get(by.council)
    if files is None or not away or not stands_in:
        return ""
    own = own_side_of(files.procedure)
    with office.database.reading() as tx:
        held = {one.post for one in directory.posts_of(tx, stands_in, office.today)}
        theirs = {one.post for one in directory.posts_of(tx, away, office.today)}
        waiting = directory.waits_for(tx, away, council=by.council, restricted=False)
        if not held & own or (theirs <= own and not waiting):
            return ""
        before = actor_in(office, tx, stands_in, by.council)
        after = replace(
            before,
            covers_for=before.covers_for | {away},
            covered_posts=before.covered_posts | theirs,
        )
        name = directory.names(tx, (away,)).get(away, "")
        return (
            f"{before.name} is of the reviewing service. Whoever stands in for {name} reviews,"
            " escalates and closes no alert that asks for their answer, or can come to do so, while the"
            f" cover runs; and none afterwards that ran then.{_barred(office, tx, before, after)}"
        )


def by_post(office: Office, by: Actor, person_id: str, post: str) -> str:
    """Of a further post; empty where it bars from nothing. Raises NotYours."""
    must_run(by, OfficeAct.KEEP_DIRECTORY, by.council)
    files = office.councils.get(by.council)
    if files is None or not person_id or not post:
        return ""
    with office.database.reading() as tx:
        before = actor_in(office, tx, person_id, by.council)
        if not own_side_of(files.procedure) & before.posts:
            return ""
        after = replace(before, posts=before.posts | {post})
        found = _barred(office, tx, before, after)
    who = (
        f"{before.name} is of the reviewing service. Whoever holds this post decides nothing about"
    )
    return f"{who} an alert that asks it at any stage.{found}" if found else ""


def _barred(office: Office, tx: Tx, before: Actor, after: Actor) -> str:
    """Which open alerts they have a say over before, and none after; and which then have no manager left."""
    every = load_each(office, tx, current_state.open_of(tx, before.council)).values()
    barred = [one for one in every if _has_say(before, one) and not _has_say(after, one)]
    if not barred:
        return ""
    what = f"{len(barred)} open {plural(len(barred), 'alert', 'alerts')}"
    said = f" It bars them now from {what}: {_listed(barred)}."
    if MANAGER in before.posts:
        left = [one for one in managers(office, tx, before.council) if one.id != before.id]
        alone = [one for one in barred if _nobody_left([*left, after], one)]
        if alone:
            said += (
                f" No IRO manager is left for {_listed(alone)}: whoever is in reserve acts there, if"
                " anybody is named."
            )
    return said


def _has_say(actor: Actor, found: Known) -> bool:
    return bool(found.stands(actor).deciding & _DECIDES)


def _nobody_left(left: Sequence[Actor], found: Known) -> bool:
    return all_challenged(left, found.alert, found.named)


def _listed(found: Sequence[Known]) -> str:
    references = sorted(one.alert.reference for one in found)
    more = f" and {len(references) - _MOST} more" if len(references) > _MOST else ""
    return f"{', '.join(references[:_MOST])}{more}"
