"""What people can cause, each with a sentence that says what to do; anything else is a bug."""

from datetime import date

from practice_alerts.domain.dates import in_full


class Expected(Exception):  # noqa: N818 - the name says how to treat it: expected, so shown plainly
    """Expected, shown plainly: `str(error)` is the sentence for people, without a traceback."""


class NotAClock(Expected):
    def __init__(self, text: str) -> None:
        self.text = text
        shown = text if len(text) <= 60 else text[:60] + "…"
        super().__init__(
            f'"{shown}" is not a clock. Write it as one of: 4 working days; 72 hours; 1 week; '
            "7 days; aim 5 working days; at most 20 working days; 5 working days before; "
            "5 days (unit not stated); 5 days before (unit not stated); immediately; "
            "by agreement; not stated. Numbers go from 1 to 999."
        )


class NeedsATime(Expected):
    """A clock in hours was asked to run from a date alone."""

    def __init__(self, phrase: str, day: date) -> None:
        self.phrase = phrase
        self.day = day
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
