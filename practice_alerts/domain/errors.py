"""What people can cause, each with a sentence that says what to do; anything else is a bug."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from practice_alerts.domain.dates import in_full

_SHOWN = 60  # characters of what was typed that a sentence quotes


class ToldPlainly(Exception):  # noqa: N818 - the name says how to treat it: it is told, and no bug
    """Shown plainly: `str(error)` is the sentence for people, without a traceback. Of two kinds, told apart below."""


class Expected(ToldPlainly):
    """Something about what was asked for, which whoever asked can do otherwise."""


class TooMuchAtOnce(Expected):
    """So much waits for one person already."""

    def __init__(self) -> None:
        super().__init__("You have asked for too much at once. Wait until some of it is there.")


def quoted(text: str) -> str:
    return text if len(text) <= _SHOWN else text[:_SHOWN] + "…"


class NotANumber(Expected):
    """A setting that is a whole number, and was given as something else or too large."""

    def __init__(self, name: str, value: str, most: int, least: int = 1) -> None:
        said = f"give a whole number from {least} to {most}."
        super().__init__(f"{name} is {quoted(value)}: {said}")


class NotADate(Expected):
    def __init__(self, text: str) -> None:
        super().__init__(
            f'"{quoted(text.strip())}" is not a date. Write it as 5 June 2025, or with a time as'
            " 2025-06-05T16:45."
        )


class LeftOutHour(Expected):
    """A time of day that the clocks jumped over in spring."""

    def __init__(self, text: str) -> None:
        super().__init__(f"{quoted(text)} was left out when the clocks went forward.")


class NoSuch(Expected):
    """A council, ladder or stage that is not there; `hint` is "did you mean ...?" or none."""

    def __init__(self, what: str, name: str, known: Iterable[str], hint: str | None = None) -> None:
        also = f" ({hint})" if hint else ""
        super().__init__(
            f'There is no {what} "{quoted(name)}" here{also}. There are: {", ".join(known)}.'
        )


class NoneBeginsThere(Expected):
    """A stage of the ladder at which the procedure lets no alert begin."""

    def __init__(self, label: str, opened: Iterable[str]) -> None:
        where = " or ".join(opened)
        super().__init__(
            f"No alert begins at {label}: by the procedure it is come to from a stage before."
            f" One may begin at {where}."
        )


class NotAClock(Expected):
    def __init__(self, text: str) -> None:
        self.text = text
        super().__init__(
            f'"{quoted(text)}" is not a clock. Write it as one of: 4 working days; 72 hours; 1 week; '
            "7 calendar days; aim 5 working days; at most 20 working days; 5 working days before; "
            "5 days (unit not stated); 5 days before (unit not stated); immediately; "
            "by agreement; not stated. Numbers go from 1 to 999."
        )


class NeedsATime(Expected):
    """A clock in hours was asked to run from a date alone."""

    def __init__(self, phrase: str, day: date) -> None:
        super().__init__(
            f"{phrase}: hours are counted from a time of day. "
            f"Give the time on {in_full(day)} as well as the date."
        )


class BeyondCalendar(Expected):
    """`day` is the day asked for, or the first unknown day that a count would have to pass."""

    def __init__(self, day: date, last: date) -> None:
        self.day = day
        self.last = last
        super().__init__(
            f"This needs the bank holidays of {in_full(day)}, but they are known only up to "
            f"{in_full(last)}. Choose an earlier date, or ask an administrator whether a newer "
            "calendar has been published."
        )


class BeforeCalendar(Expected):
    """`day` is the day asked for, or the last unknown day that a count would have to pass."""

    def __init__(self, day: date, first: date) -> None:
        self.day = day
        self.first = first
        super().__init__(
            f"This needs the bank holidays of {in_full(day)}, but the calendar begins on "
            f"{in_full(first)}. Choose a later date."
        )


class BadTemplate(Expected):
    """A Word file that may not or cannot serve as a template; `reason` is the sentence's second half."""

    def __init__(self, reason: str) -> None:
        self.reason = reason
        super().__init__(f"This Word file cannot be used: {reason}")

    def in_file(self, path: str) -> "Fault":
        return Fault(path, 1, "", self.reason, "a Word template that can be filled in")


class TemplateFieldMissing(Expected):
    """`tag` is the path as the template's author wrote it, such as `stages[].sent_on`."""

    def __init__(self, tag: str) -> None:
        self.tag = tag
        super().__init__(
            f'The Word template asks for "{tag}", which this document does not have. '
            "Take the tag out of the template, correct its spelling, or add the field to the form."
        )


class TextTooLong(Expected):
    def __init__(self, found: int, limit: int) -> None:
        super().__init__(
            f"The document would hold {found:,} characters; at most {limit:,} fit. "
            "Shorten the longest answers, or put the material on the case system and refer to it."
        )


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong in a definition file. `line` counts from 1, `path` is ladders.x.stages[2]."""

    file: str
    line: int
    path: str
    found: str
    expected: str
    hint: str | None = None

    @property
    def sentence(self) -> str:
        where = f"{self.file}:{self.line}: "
        place = f"{self.path}: " if self.path else ""
        hint = f" ({self.hint})" if self.hint else ""
        return f"{where}{place}found {self.found}, expected {self.expected}{hint}"


class BadDefinition(Expected):
    """All the faults of all the files that were read together."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = tuple(faults)
        super().__init__("\n".join(fault.sentence for fault in self.faults))


class NotAllowed(Expected):
    """The act is not this person's."""

    def __init__(self, act: str, whose: str = "") -> None:
        super().__init__(
            f"You cannot {act} this alert. {whose or 'It belongs to somebody else.'}".strip()
        )


class NotPossible(Expected):
    """The act cannot be done now, whoever asks: why, in one sentence."""


class SomeoneWasFaster(Expected):
    """The alert changed while this person was deciding; nothing of theirs is lost or done."""

    def __init__(self) -> None:
        super().__init__(
            "Somebody else acted on this alert while you were deciding. What you typed is kept."
            " Look at what has happened, then decide again."
        )


class Unsendable(Expected):
    """What was sent does not say which press of which button it was, so nobody could tell it from a second one."""

    def __init__(self) -> None:
        super().__init__(
            "This came without the mark that its page puts on it, so nothing was recorded. Open the"
            " page again and send it from there."
        )


class Storage(StrEnum):
    """What keeps something from being kept or read; with a clock that jumped nobody knows as of when."""

    FULL = "full"
    READ_ONLY = "read-only"
    BUSY = "busy"
    DAMAGED = "damaged"
    AWAY = "away"
    REPLACED = "replaced"
    ALTERED = "altered"
    CLOCK = "clock"


_OF_STORAGE = {
    Storage.FULL: "The disk is full, so nothing was recorded. Whoever runs the service makes room; then it goes"
    " on by itself.",
    Storage.READ_ONLY: "The store may only be read, so nothing was recorded. Whoever runs the service lets it be"
    " written to again; then it goes on by itself.",
    Storage.BUSY: "The store is busy, so nothing was recorded. Try again in a minute.",
    Storage.DAMAGED: "The store is damaged, so nothing was recorded. Whoever runs the service restores it from a"
    " backup.",
    Storage.AWAY: "The store cannot be reached, so nothing was recorded. Whoever runs the service looks at its"
    " disk or its server; then it goes on by itself.",
    Storage.REPLACED: "The store was taken away, or another put in its place, so nothing was recorded. Whoever runs"
    " the service puts back the one that was there; then it goes on by itself. To go on with another, they stop the"
    " service, put it in place and start again.",
    Storage.ALTERED: "There is something in the store that the product did not make, so nothing was recorded. Whoever"
    " runs the service takes out what practice-alerts doctor names, or restores a backup; then it goes on by itself.",
    Storage.CLOCK: "The clock of the machine jumped, so nothing was recorded. Whoever runs the service sets it"
    " right, or says by name that it is right now (practice-alerts clock); then it goes on by itself.",
}


class StorageTrouble(ToldPlainly):
    """The store, or a file beside it, cannot be read or written now; nothing about what was asked: whoever catches what is `Expected` spares it."""

    def __init__(self, what: Storage, says: str = "", server: str = "") -> None:
        """`server`: what it said itself, for whoever runs the machine."""
        self.what, self.server = what, server
        super().__init__(says or _OF_STORAGE[what])

    @property
    def again_after(self) -> int:
        """Seconds, after which it is worth trying once more."""
        return 60 if self.what is Storage.BUSY else 300


def trouble_in(fault: BaseException) -> StorageTrouble | None:
    """Trouble of the storage, where it is that and nothing else, however often."""
    if isinstance(fault, BaseExceptionGroup):
        found = [trouble_in(one) for one in fault.exceptions]
        return found[0] if found and all(found) else None
    return fault if isinstance(fault, StorageTrouble) else None


class BadAnswers(Expected):
    """Answers on a form that need mending; `faults` maps field id to what to do."""

    def __init__(self, faults: dict[str, str]) -> None:
        self.faults = faults
        super().__init__("There is a problem. " + " ".join(faults.values()))


class NotFound(Expected):
    def __init__(self, what: str) -> None:
        super().__init__(f"There is no {what} here that you may see.")


class NoSuchRule(Expected):
    def __init__(self, rule_id: str, hint: str | None = None) -> None:
        also = f"; {hint}" if hint else "."
        super().__init__(f"There is no rule {rule_id}. Rules are named PA101 and so on{also}")
