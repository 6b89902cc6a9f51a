"""Keeping drafts: what somebody types is on the server before they think of saving it."""

from __future__ import annotations

from typing import Any

from practice_alerts.adapters.store import drafts
from practice_alerts.adapters.store.drafts import Draft
from practice_alerts.office import Office

RAISE = "raise"
"""What drafts of new alerts are filed under; drafts of acts carry the alert's id as well."""


def new_draft_id() -> str:
    """A name for a draft that is begun as soon as something is to be kept."""
    return drafts.new_id()


def keep_draft(office: Office, person_id: str, draft_id: str, body: dict[str, Any]) -> None:
    """Keep a draft of a new alert as it stands now; the first time, begin it."""
    with office.database.writing() as tx:
        if not drafts.save(tx, person_id, draft_id, body, office.now()):
            drafts.begin(tx, Draft(draft_id, person_id, RAISE, body, office.now()))


def keep(office: Office, person_id: str, about: str, body: dict[str, Any]) -> None:
    """The one draft of an act: begun the first time, saved from then on."""
    with office.database.writing() as tx:
        found = drafts.of_person(tx, person_id, about)
        if found:
            drafts.save(tx, person_id, found[0].id, body, office.now())
        else:
            drafts.begin(tx, Draft(drafts.new_id(), person_id, about, body, office.now()))


def kept(office: Office, person_id: str, about: str) -> dict[str, Any]:
    """What was typed for an act and not sent; empty where nothing was."""
    with office.database.reading() as tx:
        found = drafts.of_person(tx, person_id, about)
    return dict(found[0].body) if found else {}


def my_drafts(office: Office, person_id: str) -> tuple[Draft, ...]:
    """Drafts of new alerts, the latest first."""
    with office.database.reading() as tx:
        return drafts.of_person(tx, person_id, RAISE)


def my_draft(office: Office, person_id: str, draft_id: str) -> Draft | None:
    with office.database.reading() as tx:
        return drafts.one(tx, person_id, draft_id)


def discard_draft(office: Office, person_id: str, draft_id: str) -> None:
    with office.database.writing() as tx:
        drafts.discard(tx, person_id, draft_id)


def discard_kept(office: Office, person_id: str, about: str) -> None:
    """The act is done: what was typed for it has served."""
    with office.database.writing() as tx:
        drafts.discard_about(tx, person_id, about)
