"""What people write beside the figures: texts by period, and actions that are carried on until they have ended.

Neither names anybody about whom an alert is. Who that could be is not asked of the alerts: whoever writes here may not
open them, and an answer would tell whether a child of that name has one.
"""

import hashlib
import re
from collections.abc import Collection, Iterable, Iterator
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date, datetime

from practice_alerts.domain.definition import Said
from practice_alerts.domain.forms.initials import may_be_initials
from practice_alerts.domain.forms.names_in_text import address_or_number, plain_words
from practice_alerts.domain.forms.validation import control_characters
from practice_alerts.domain.log.measures.periods import Period
from practice_alerts.domain.text import joined

LONGEST_TEXT, LONGEST_ACTION = 6_000, 600
_WORD = re.compile(r"[^\W\d_]+(?:['\u2019-][^\W\d_]+)*")
_BEFORE_A_BEGINNING = (*'.!?:;\u2022\u2013\u201c"(-',)
_CALENDAR = (
    "monday tuesday wednesday thursday friday saturday sunday january february march april may june"
    " july august september october november december easter christmas ofsted"
)
_EVERYBODYS = frozenset(_CALENDAR.split())
_BEGIN = (
    "although another arrange because before compared continue despite discuss during each eight embed"
    " encourage ensure especially finally five follow four further fewer greater half however identify"
    " improve increase instead introduce invite later learning less mainly many meanwhile more nearly nine"
    " numbers often once only others our overall performance progress publish raise recruit reduce refresh"
    " remind report revise same secure seven several share similarly six strengthen support ten thanks"
    " that their these they this those timeliness together train trends two update use we while work"
)
_BEGINNINGS = frozenset(_BEGIN.split())
"""With what sentences of such a text begin."""
_MOST_NAMED = 8


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


def may_name(text: str, known: Collection[str]) -> tuple[str, ...]:
    """What in it may be somebody's name or initials, as it was typed, each once: capitals that nothing `known` explains.

    `known` are the words of the council's own files, each as it is written there.
    """
    folded = {*_EVERYBODYS, *_BEGINNINGS, *(one.casefold() for one in known)}
    every = (
        *_capitals(text, known, folded),
        *(one for one in may_be_initials(text) if one not in known),
    )
    return tuple(dict.fromkeys(every))


def _capitals(text: str, known: Collection[str], folded: AbstractSet[str]) -> Iterator[str]:
    lower = {found[0] for found in _WORD.finditer(text) if found[0].islower()}
    for found in _WORD.finditer(text):
        typed = found[0]
        word = plain_words(typed)
        if not typed[0].isupper() or typed.isupper() or not word:
            continue
        begins = _is_a_beginning(text[: found.start()])
        if begins and (word in lower or not folded.isdisjoint(_forms_of(word))):
            continue
        if not begins and (typed in known or word in _EVERYBODYS):
            continue
        yield typed


def _is_a_beginning(before: str) -> bool:
    """Of a sentence, a line, an item or a saying."""
    said = before.rstrip()
    return not said or said.endswith(_BEFORE_A_BEGINNING) or "\n" in before[len(said) :]


def _forms_of(word: str) -> Iterator[str]:
    """The word, and as it may stand elsewhere: share, shared, sharing."""
    yield from (word, f"{word}s", f"{word}ed", f"{word}d", f"{word}ing", f"{word.rstrip('e')}ing")
    yield from (word.removesuffix(end) for end in ("s", "ed", "d", "ing", "ly"))


def names_in_words(found: Iterable[str]) -> str:
    """What is asked of whoever has written it."""
    every = [f"'{one}'" for one in found]
    more = len(every) - _MOST_NAMED
    said = joined(every[:_MOST_NAMED]) + (f" and {more} more" if more > 0 else "")
    return (
        f"{said} may be a name or initials. Take out who is named, or tick that nobody is, and save again:"
        " what you wrote is below."
    )


def words_as_written(texts: Iterable[str]) -> frozenset[str]:
    """Each word that stands in them, capitals kept."""
    return frozenset(found[0] for text in texts for found in _WORD.finditer(text))
