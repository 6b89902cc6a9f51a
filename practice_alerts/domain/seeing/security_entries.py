"""The security log: what is put down in it.

Ids alone: no name, no child, no case. What was typed lies apart, and is destroyed after a time.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final, Literal

from practice_alerts.domain.complete import complete
from practice_alerts.domain.definition import Definition

LONGEST_TYPED: Final = 4_000
"""Of what was typed no more is kept: it says what was sought, and is no copy of anything."""


class SecurityKind(StrEnum):
    """What somebody did, as it is kept; in words in `KIND_WORDS`."""

    LINK_ASKED = "link_asked"
    NOT_LET_IN = "not_let_in"
    SESSION_BEGUN = "session_begun"
    SESSION_ENDED = "session_ended"
    REFUSED = "refused"
    ALERT_OPENED = "alert_opened"
    ANSWER_PAGE = "answer_page"
    DOCUMENT = "document"
    SEARCHED = "searched"
    LOG_READ = "log_read"
    LOG_QUERIED = "log_queried"
    EXPORTED = "exported"
    SECURITY_LOG_READ = "security_log_read"
    TYPED_DESTROYED = "typed_destroyed"
    ENTRIES_REMOVED = "entries_removed"


KIND_WORDS: Mapping[SecurityKind, str] = complete(
    SecurityKind,
    {
        SecurityKind.LINK_ASKED: "was sent a link to sign in",
        SecurityKind.NOT_LET_IN: "was not let in",
        SecurityKind.SESSION_BEGUN: "signed in",
        SecurityKind.SESSION_ENDED: "was signed out",
        SecurityKind.REFUSED: "was refused",
        SecurityKind.ALERT_OPENED: "opened an alert",
        SecurityKind.ANSWER_PAGE: "opened an answer page",
        SecurityKind.DOCUMENT: "was handed a document",
        SecurityKind.SEARCHED: "searched",
        SecurityKind.LOG_READ: "read the log",
        SecurityKind.LOG_QUERIED: "queried the log",
        SecurityKind.EXPORTED: "took a list away",
        SecurityKind.SECURITY_LOG_READ: "read the security log",
        SecurityKind.TYPED_DESTROYED: "destroyed what was typed long ago",
        SecurityKind.ENTRIES_REMOVED: "removed entries of long ago",
    },
)

SAW: Final = frozenset(
    {
        *(SecurityKind.ALERT_OPENED, SecurityKind.ANSWER_PAGE, SecurityKind.DOCUMENT),
        *(SecurityKind.SEARCHED, SecurityKind.LOG_READ, SecurityKind.LOG_QUERIED),
        *(SecurityKind.EXPORTED, SecurityKind.SECURITY_LOG_READ),
    }
)
"""What shows somebody something: what a person saw is told from these."""

BY_STRANGERS: Final = frozenset(
    {SecurityKind.LINK_ASKED, SecurityKind.NOT_LET_IN, SecurityKind.REFUSED}
)
"""Of these, an entry without a person is of somebody unknown; of the others, of the command line."""


class EntriesRemoved(Definition):
    """Old entries of the security log are removed, in the chain of no council: the log is of all of them."""

    kind: Literal["security_entries_removed"] = "security_entries_removed"
    first: int
    last: int
    """The numbers of the first and the last of them; those between are gone as well."""
    count: int
    since: datetime
    """When the first of them was put down."""
    before: datetime
    """Each was put down earlier than this."""
    digest: str
    """Over all of them in turn, each as it is exported: whoever kept the exported lines can work it out."""


@dataclass(frozen=True, slots=True)
class SecurityEntry:
    """One thing that somebody did. `person_id` is None for a stranger, and for the command line."""

    kind: SecurityKind
    person_id: str | None = None
    council: str = ""
    """Empty where it is of no council in particular: signing in, say."""
    alert_id: str = ""
    what: str = ""
    """Which document, page or reason: a word of ours, never one that somebody typed."""
    typed: str = ""
    """What they typed: a query, search words. Kept apart, and not for ever."""


ENTRIES_REMOVED = str(EntriesRemoved.model_fields["kind"].default)
