"""Keeping drafts: what somebody types is on the server before they think of saving it."""

from collections.abc import Mapping
from contextlib import suppress
from typing import Any

from practice_alerts.adapters.store.alerts import drafts
from practice_alerts.adapters.store.alerts.drafts import Draft
from practice_alerts.adapters.store.core import ids
from practice_alerts.adapters.store.core.database import Tx
from practice_alerts.adapters.store.core.writers_queue import A_MOMENT
from practice_alerts.adapters.store.records.destruction import COPIED_FROM
from practice_alerts.casework.records.drafts_gone import is_open
from practice_alerts.domain.errors import NotFound, StorageTrouble
from practice_alerts.domain.forms.draft_merge import Merged, merged
from practice_alerts.office import Office

RAISE = "raise"
"""What drafts of new alerts are filed under; drafts of acts carry the alert's id as well."""


new_draft_id = ids.new_id
"""A name for a draft that is begun as soon as something is to be kept."""


def keep_draft(
    office: Office,
    person_id: str,
    draft_id: str,
    body: Mapping[str, Any],
    base: Mapping[str, Any] | None = None,
) -> Merged:
    """Keep a draft of a new alert as it stands now; the first time, begin it.

    `base` is how this window last saw it: what another window has changed since then stays. Without
    it `body` takes the place of what was kept. A draft remembers the edition it was begun under, which
    is kept for as long. One that began with the texts of another alert is begun from that alert's page alone: raises
    NotFound where a window still has what has gone since, or is closed to this person.
    """
    with office.database.writing() as tx:
        found = drafts.one(tx, person_id, draft_id)
        lost = found is None and base is not None and COPIED_FROM in body
        if lost or (found is not None and not is_open(office, tx, found)):
            raise NotFound("draft")
        if found is None:
            begun = _with_edition(office, tx, dict(body))
            drafts.begin(tx, Draft(draft_id, person_id, RAISE, begun, office.now()))
            return Merged(begun, (), {})
        put = Merged(dict(body), (), {}) if base is None else merged(base, body, found.body)
        drafts.save(tx, person_id, draft_id, put.body, office.now())
        if put.body.get("edition_seen") != found.body.get("edition_seen"):
            _with_edition(office, tx, put.body)
        return put


def _with_edition(office: Office, tx: Tx, body: dict[str, Any]) -> dict[str, Any]:
    """Keep the council's files as they are now; a draft that names no edition yet gets theirs."""
    files = office.councils.get(str(body.get("council", "")))
    if files is None:
        return body
    office.keep_edition(tx, files, office.now())
    return {**body, "edition": body.get("edition") or files.digest}


def keep(office: Office, person_id: str, about: str, body: dict[str, Any]) -> None:
    """The one draft of an act: begun the first time, saved from then on."""
    with office.database.writing() as tx:
        found = drafts.of_person(tx, person_id, about)
        if found:
            drafts.save(tx, person_id, found[0].id, body, office.now())
        else:
            drafts.begin(tx, Draft(ids.new_id(), person_id, about, body, office.now()))


def kept(office: Office, person_id: str, about: str) -> dict[str, Any]:
    """What was typed for an act and not sent; empty where nothing was."""
    with office.database.reading() as tx:
        found = drafts.of_person(tx, person_id, about)
    return dict(found[0].body) if found else {}


def my_drafts(office: Office, person_id: str) -> tuple[Draft, ...]:
    """Drafts of new alerts, the latest first."""
    with office.database.reading() as tx:
        every = drafts.of_person(tx, person_id, RAISE)
        return tuple(one for one in every if is_open(office, tx, one))


def my_draft(office: Office, person_id: str, draft_id: str) -> Draft | None:
    with office.database.reading() as tx:
        found = drafts.one(tx, person_id, draft_id)
        return found if found is not None and is_open(office, tx, found) else None


def discard_draft(office: Office, person_id: str, draft_id: str) -> None:
    with office.database.writing() as tx:
        drafts.discard(tx, person_id, draft_id)


def discard_kept(office: Office, person_id: str, about: str) -> None:
    """The act is done, which nothing that is in the way here undoes: what was typed for it has served."""
    with suppress(StorageTrouble), office.database.writing(A_MOMENT) as tx:
        drafts.discard_about(tx, person_id, about)
