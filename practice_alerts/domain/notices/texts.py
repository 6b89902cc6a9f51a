"""What a notice says: texts that a council edits, filled with nothing that comes from the case.

A text names what it wants in braces, `{reference}`. What may stand there is a closed list for each notice
(`notice_kinds`), and what it is filled with (`Facts`) has no room for a name, an answer or a sentence.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Final, Self

from practice_alerts.domain.complete import complete
from practice_alerts.domain.dates import DayOrMoment, in_full
from practice_alerts.domain.definition import Definition, Id
from practice_alerts.domain.notices.kinds import PLACEHOLDERS

PLACEHOLDER: Final = re.compile(r"\{([^{}\n]*)\}")
_REFERENCE = re.compile(r"[A-Z]{2,5}-[0-9]{4}-[0-9]{4,}", re.ASCII)
_ADDRESS = re.compile(r"https?://[\w.:\[\]-]+/[A-Za-z0-9/?=_.~-]*")


@dataclass(frozen=True, slots=True)
class Text:
    """A notice as it goes out."""

    subject: str
    body: str

    def marked(self, said: str) -> Self:
        """With a last line that says what of it is not from the council's procedure, if anything is."""
        return replace(self, body=f"{self.body.rstrip()}\n\n{said}\n") if said else self


@dataclass(frozen=True, slots=True)
class NoticeItem:
    """One alert in a list: its reference, what is due, when, and where to open it."""

    reference: str
    what: str
    """Words of ours, such as "answer due"."""
    day: DayOrMoment | None
    link: str


@dataclass(frozen=True, slots=True)
class NoticeFacts:
    """All that a notice can be filled with. A reference or an address that is none is a bug (ValueError)."""

    reference: str = ""
    stage: str = ""
    """Its label, as the procedure prints it."""
    due: DayOrMoment | None = None
    """Of a clock in hours with the time of day."""
    limit: DayOrMoment | None = None
    link: str = ""
    minutes: int = 0
    needs_you: int = 0
    to_judge: int = 0
    waiting: int = 0
    holds: int = 0
    listed: tuple[NoticeItem, ...] = ()
    more: int = 0
    """How many there are beyond those listed."""
    alert: str = ""
    """The title of its kind, as the procedure gives it."""
    step: str = ""
    change: str = ""
    """What was changed in the directory: words of ours (`DirectoryChange`)."""
    doer: str = ""
    """Whose step it is, by the title of their post."""
    answered: str = ""
    awaited: str = ""
    """Of several who are each asked, the posts that have answered, and those that have not."""

    def __post_init__(self) -> None:
        listed = ((one.reference, one.link) for one in self.listed)
        for reference, link in ((self.reference, self.link), *listed):
            if reference and not _REFERENCE.fullmatch(reference):
                raise ValueError("this is no reference of an alert")
            if link and not _ADDRESS.fullmatch(link):
                raise ValueError("this is no address of ours")

    def words(self, name: str) -> str:
        """What stands for the placeholder of that name. KeyError for a name that is none."""
        return _FILLED_WITH[name](self)


class NoticeText(Definition):
    """The text of one notice, with placeholders in braces."""

    subject: str
    """One line, at most 100 characters before it is filled."""
    body: str
    """Plain text, line for line as it goes out."""


class NoticeFile(Definition):
    """`notices.yml`: the texts of notices. A council's own file holds those that it says in its own way."""

    to_cover: str | None = None
    """What stands above a notice that goes to whoever stands in for the person it is meant for."""
    notices: dict[Id, NoticeText] = {}
    """By name; the names and what each may hold are listed in docs/notices.md."""


@dataclass(frozen=True)
class Notices:
    """The texts that hold for one council: everybody's, and its own in their place."""

    texts: Mapping[str, NoticeText]
    to_cover: str

    @classmethod
    def of(cls, everybodys: NoticeFile, own: NoticeFile | None = None) -> Self:
        """Both files must have been found in order (`notice_check`)."""
        own = own or NoticeFile()
        to_cover = everybodys.to_cover if own.to_cover is None else own.to_cover
        return cls({**everybodys.notices, **own.notices}, (to_cover or "").strip())

    def write(self, name: str, facts: NoticeFacts, *, cover: bool = False) -> Text:
        """The notice of that name. `cover`: for somebody who stands in for the reader it is meant for."""
        text = self.texts[name]
        above = f"{self.to_cover}\n\n" if cover and self.to_cover else ""
        return Text(_filled(text.subject.strip(), facts), above + _filled(text.body, facts))


def _filled(template: str, facts: NoticeFacts) -> str:
    return PLACEHOLDER.sub(lambda found: facts.words(found[1]), template)


def _list(facts: NoticeFacts) -> str:
    more = [f"and {facts.more} more in your work tray"] if facts.more else []
    return "\n\n".join([*map(_listed, facts.listed), *more])


def _listed(one: NoticeItem) -> str:
    when = f" {in_full(one.day)}" if one.day else ""
    return f"{one.reference}: {one.what}{when}\n{one.link}"


_FILLED_WITH: Mapping[str, Callable[[NoticeFacts], str]] = complete(
    PLACEHOLDERS,
    {
        "alert": lambda facts: " ".join(facts.alert.split()),
        "reference": lambda facts: facts.reference,
        "stage": lambda facts: " ".join(facts.stage.split()),
        "step": lambda facts: " ".join(facts.step.split()),
        "change": lambda facts: facts.change,
        "doer": lambda facts: " ".join(facts.doer.split()),
        "answered": lambda facts: " ".join(facts.answered.split()),
        "awaited": lambda facts: " ".join(facts.awaited.split()),
        "due": lambda facts: in_full(facts.due) if facts.due else "",
        "limit": lambda facts: in_full(facts.limit) if facts.limit else "not set by the procedure",
        "link": lambda facts: facts.link,
        "minutes": lambda facts: str(facts.minutes),
        "needs_you": lambda facts: str(facts.needs_you),
        "to_judge": lambda facts: str(facts.to_judge),
        "waiting": lambda facts: str(facts.waiting),
        "holds": lambda facts: str(facts.holds),
        "list": _list,
    },
)
