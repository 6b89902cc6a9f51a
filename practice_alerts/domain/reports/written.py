"""What people write beside the figures: texts by period, and actions that are carried on until they have ended.

Neither names anybody about whom an alert is. Who that could be is not asked of the alerts: whoever writes here may not
open them, and an answer would tell whether a child of that name has one.
"""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from practice_alerts.domain.definition import Said
from practice_alerts.domain.forms.may_name import MOST_NAMED
from practice_alerts.domain.forms.names_in_text import address_or_number
from practice_alerts.domain.forms.validation import control_characters
from practice_alerts.domain.log.measures.periods import Period
from practice_alerts.domain.text import joined

LONGEST_TEXT, LONGEST_ACTION = 6_000, 600


class ActionOutcome(Said):
    OPEN = "open", "Still to be done"
    DONE = "done", "Done"
    DROPPED = "dropped", "Not to be done after all"


@dataclass(frozen=True, slots=True)
class WrittenText:
    """The words beside one section, who wrote them last and when; no words once they were taken out."""

    place: str
    body: str
    by: str
    at: datetime
    checked_by: str = ""
    """Who else lets it be published; by name, as `by`."""
    by_id: str = ""

    @property
    def mark(self) -> str:
        return mark_of(self.body)


def mark_of(body: str) -> str:
    """Of these very words: by it is known what somebody has read. None where nothing stands."""
    return hashlib.sha256(body.encode()).hexdigest()[:16] if body else ""


@dataclass(frozen=True, slots=True)
class ReportAction:
    """Something agreed to be done, by a post or by somebody of the directory, as it is called."""

    id: int
    what: str
    owner: str
    due: date | None
    put_down: Period
    """In whose report."""
    outcome: ActionOutcome = ActionOutcome.OPEN
    came_of_it: str = ""
    ended_until: date | None = None
    """The last day of the period in whose report it ended."""
    owner_key: str = ""
    """As it is chosen: `post:team_manager`, `person:p1`."""

    @property
    def mark(self) -> str:
        """Of how it stands now."""
        said = (
            self.what,
            self.owner_key,
            self.due,
            self.outcome,
            self.came_of_it,
            self.ended_until,
        )
        return mark_of("\n".join(map(str, said)))

    def is_changed_in(self, period: Period) -> bool:
        """Once it has ended, in the report in which it did alone: what earlier ones say of it is over."""
        is_over_later = self.ended_until is not None and self.ended_until > period.until
        return self.stands_in(period) and not is_over_later

    def stands_in(self, period: Period) -> bool:
        """From the period in which it was put down until that in which it ended."""
        begun = self.put_down.until <= period.until
        return begun and (self.ended_until is None or self.ended_until >= period.since)

    def outcome_in(self, period: Period) -> ActionOutcome:
        """What is later than the period is not known in it."""
        later = self.ended_until is not None and self.ended_until > period.until
        return ActionOutcome.OPEN if later else self.outcome


def fault_of(text: str, called: str, most: int) -> str:
    """Why it cannot be kept, in a sentence; empty where it can."""
    if len(text) > most:
        return f"{called}: shorten it to {most:,} characters. It has {len(text):,}."
    if control_characters(text):
        return f"{called}: take out the characters that cannot be printed."
    if found := address_or_number(text):
        return f"{called}: take out {found}. What stands beside figures leads to nobody."
    return ""


def names_in_words(found: Iterable[str]) -> str:
    """What is asked of whoever has written it."""
    every = [f"'{one}'" for one in found]
    more = len(every) - MOST_NAMED
    said = joined(every[:MOST_NAMED]) + (f" and {more} more" if more > 0 else "")
    return (
        f"{said} may be a name or initials. Take out who is named, or tick that nobody is, and save again:"
        " what you wrote is below."
    )
