"""The only things that may stand in a notice.

None of them comes from the case: a reference, what the procedure prints, days, counts, a link, and who writes: the
council, and the working name and post of the officer whose alert it is. Nobody else is ever named.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

PLACEHOLDERS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "alert": "what the procedure calls this kind of alert, such as Practice alert or Escalation",
        "reference": "the alert's reference, such as LAM-2026-0042",
        "council": "the council, as its procedure calls it",
        "officer": "who writes: the working name and post of the officer whose alert it is",
        "contact": "whom to ask: the officer's e-mail address, and what the council's file says under `ring`",
        "otherwise": "what may follow without an answer, such as: it may go on to Stage Two",
        "opens": "how the link opens: by the council's own sign-in, or by a second e-mail",
        "stage": "the stage as the procedure prints it, such as Stage Two",
        "step": "a step of the stage as the procedure prints it, such as meeting",
        "doer": "whose step it is, by the post as the procedure titles it, such as Team Manager",
        "wanted": "all that is wanted of the reader, each with its day or why it has none; nothing where the notice says it",
        "answered": "of several who are each asked, the posts whose answer has come",
        "awaited": "the posts whose answer is still awaited",
        "due": "the day the notice is about, such as Thursday 24 April 2025",
        "limit": "the day on which the time limit ends",
        "link": "the address to open",
        "change": "what was changed in the directory, such as another mail address for you",
        "minutes": "for how many minutes the link works",
        "needs_you": "how many alerts wait for the reader to act",
        "to_judge": "how many of these have a response to review",
        "waiting": "how many alerts wait for somebody else",
        "holds": "how many holds end this week",
        "news": "the notices of the day that did not go at once, each under its subject",
        "list": "the alerts, each with its reference, what is due when, and its link",
    }
)
"""What may stand in braces, and what it is replaced with."""

OF_EVERY_ALERT: Final = ("alert", "council", "officer", "contact", "otherwise", "opens")
"""What every notice about an alert may say."""


@dataclass(frozen=True, slots=True)
class NoticeKind:
    """One notice. What it `must` say it says in its subject or its text; the rest it may."""

    to: str
    when: str
    must: tuple[str, ...] = ("reference", "due", "link")
    may: tuple[str, ...] = ("stage",)
    everywhere: bool = False
    """One text for all councils, because it is not about one of them."""
    later: bool = False
    """It came after the first: an older file that holds everybody's need not have it, and ours is used."""

    @property
    def placeholders(self) -> tuple[str, ...]:
        return (*self.must, *self.may, *(() if self.everywhere else OF_EVERY_ALERT))
