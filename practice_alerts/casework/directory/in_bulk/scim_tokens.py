"""With what a council's own system may say who works there: made and taken back by a command, kept as a digest."""

import hashlib
import secrets
from datetime import date, datetime, time, timedelta
from typing import Final

from practice_alerts.adapters.files.csv_rows import read_rows
from practice_alerts.adapters.store.core.database import Tx
from practice_alerts.adapters.store.office import scim_records
from practice_alerts.adapters.store.office.scim_records import ScimToken
from practice_alerts.casework.core.actors import titles as post_titles
from practice_alerts.casework.core.actors import writing_as
from practice_alerts.casework.directory import directory_acts, staff
from practice_alerts.casework.directory.in_bulk.people_import import SavedTable
from practice_alerts.domain.acts.permissions import Actor
from practice_alerts.domain.dates import LONDON, in_full
from practice_alerts.domain.directory.directory_acts import DirectoryChange, DirectoryChanged
from practice_alerts.domain.directory.people_file import TitledPost, Titles, read_titles
from practice_alerts.domain.errors import NotFound, NotPossible
from practice_alerts.office import Office

LONGEST: Final = timedelta(days=366)
_BEGINNING: Final = "pa-scim-"
_BY_COMMAND: Final = "Tokens are made by a command: practice-alerts people scim-token."
_MOST: Final = 200  # characters: what is longer is none of ours, and is not looked for


def make(
    office: Office, by: Actor, council: str, until: date, titles: SavedTable | None
) -> tuple[str, ScimToken]:
    """The token, which is said this once, and what is kept of it. Raises BadTable, NotFound, NotPossible, NotYours."""
    staff.must_be_command(office, by, council, _BY_COMMAND)
    if not office.today <= until <= office.today + LONGEST:
        last = in_full(office.today + LONGEST)
        raise NotPossible(f"The last day of a token is at most a year from now: {last}.")
    posts = post_titles(office.council(council).procedure)
    table: Titles = {}
    if titles is not None:
        table = read_titles(read_rows(titles.content, titles.name), posts, titles.name)
    secret = _BEGINNING + secrets.token_urlsafe(32)
    expires = datetime.combine(until + timedelta(days=1), time(), tzinfo=LONDON)
    kept = {title: [one.post, one.team] for title, one in table.items()}
    token = ScimToken(secrets.token_hex(4), council, digest(secret), kept, office.now(), expires)
    with writing_as(office, by) as tx:
        staff.must_not_be_sample(office, tx)
        scim_records.add_token(tx, token)
        made = _event(DirectoryChange.TOKEN_MADE, token, since=office.today, until=until)
        directory_acts.record(office, tx, by, (council,), made)
    return secret, token


def revoke(office: Office, by: Actor, council: str, token_id: str) -> ScimToken:
    """From now on it is worth nothing. Raises NotFound, NotYours."""
    staff.must_be_command(office, by, council, _BY_COMMAND)
    with writing_as(office, by) as tx:
        found = {one.id: one for one in scim_records.tokens_of(tx, council)}.get(token_id)
        if found is None:
            raise NotFound("token of that name in this council")
        if found.revoked_at is None:
            scim_records.revoke_token(tx, token_id, office.now())
            gone = _event(DirectoryChange.TOKEN_REVOKED, found)
            directory_acts.record(office, tx, by, (council,), gone)
    return found


def listed(office: Office, by: Actor, council: str) -> tuple[ScimToken, ...]:
    """The latest first. Raises NotFound, NotYours."""
    staff.must_be_command(office, by, council, _BY_COMMAND)
    with office.database.reading() as tx:
        return scim_records.tokens_of(tx, council)


def admitted(office: Office, tx: Tx, council: str, secret: str) -> ScimToken | None:
    """The token of this very council, while it holds."""
    if len(secret) > _MOST or council not in office.councils:
        return None
    found = scim_records.token(tx, digest(secret))
    is_good = found is not None and found.council == council and found.holds(office.now())
    return found if is_good else None


def titles_of(token: ScimToken) -> Titles:
    return {title: TitledPost(post, team) for title, (post, team) in token.titles.items()}


def called(token: ScimToken) -> str:
    """In what is recorded of it, and by it."""
    return f"Token {token.id}"


def digest(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()


def _event(
    change: DirectoryChange, token: ScimToken, since: date | None = None, until: date | None = None
) -> DirectoryChanged:
    return DirectoryChanged(change=change, person="", name=called(token), since=since, until=until)
