"""What a notice says: texts that a council edits, filled with nothing that comes from the case.

A text names what it wants in braces, `{reference}`. What may stand there is a closed list for each notice
(`kinds`), and what it is filled with (`NoticeFacts`) has no room for an answer or a sentence, nor for any name but the officer's.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Final, Self

from practice_alerts.domain.complete import complete
from practice_alerts.domain.dates import DayOrMoment, in_full
from practice_alerts.domain.definition import Definition, Id
from practice_alerts.domain.notices.placeholders import PLACEHOLDERS
from practice_alerts.domain.notices.words_of_asking import WORDS

PLACEHOLDER: Final = re.compile(r"\{([^{}\n]*)\}")
_REFERENCE = re.compile(r"[A-Z]{2,5}-[0-9]{4}-[0-9]{4,}", re.ASCII)
_RULE: Final = f"\n\n{'-' * 40}\n\n"
_WITHOUT_EMPTY = re.compile(r"\n{3,}")
_ADDRESS = re.compile(r"https?://[\w.:\[\]-]+/[A-Za-z0-9/?=_.~-]*")


@dataclass(frozen=True, slots=True)
class Text:
    """A notice as it goes out."""

    subject: str
    body: str

    def followed_by(self, other: "Text") -> Self:
        """With the other's body below, under this subject."""
        return replace(self, body=f"{self.body.rstrip()}{_RULE}{other.body}")

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
    council: str = ""
    officer: str = ""
    """Working name and post of whose alert it is: nobody else is named."""
    contact: str = ""
    otherwise: str = ""
    opens: str = ""
    alert: str = ""
    """The title of its kind, as the procedure gives it."""
    step: str = ""
    news: tuple[Text, ...] = ()
    """Of the message of the day: what else was written to the reader."""
    change: str = ""
    """What was changed in the directory: words of ours (`DirectoryChange`)."""
    doer: str = ""
    """Whose step it is, by the title of their post."""
    wanted: tuple[str, ...] = ()
    """All that is wanted of the reader, where the notice itself does not say it: words of ours."""
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
    service: str | None = None
    """What the service is called, beside the council, in the sender's name."""
    ring: str | None = None
    """Whom to ring with a question, beside the officer's own address: a number and its hours."""
    notices: dict[Id, NoticeText] = {}
    """By name; the names and what each may hold are listed in docs/notices.md."""


@dataclass(frozen=True)
class Notices:
    """The texts that hold for one council: everybody's, and its own in their place."""

    texts: Mapping[str, NoticeText]
    to_cover: str
    service: str = ""
    ring: str = ""

    @classmethod
    def of(cls, everybodys: NoticeFile, own: NoticeFile | None = None) -> Self:
        """Both files must have been found in order (`notice_validation`)."""
        own = own or NoticeFile()

        def said(name: str) -> str:
            theirs = getattr(own, name)
            return (getattr(everybodys, name) if theirs is None else theirs) or ""

        lines = (_in_one_line(said(name)) for name in ("service", "ring"))
        return cls({**everybodys.notices, **own.notices}, said("to_cover").strip(), *lines)

    def write(self, name: str, facts: NoticeFacts, *, cover: bool = False) -> Text:
        """The notice of that name. `cover`: for somebody who stands in for the reader it is meant for."""
        text = self.texts[name]
        above = f"{self.to_cover}\n\n" if cover and self.to_cover else ""
        body = above + _WITHOUT_EMPTY.sub("\n\n", _filled(text.body, facts))
        found = Text(_filled(text.subject.strip(), facts), body)
        # A council's own text that has no place for it hides nothing that is wanted.
        has_no_place = name in WORDS and "{wanted}" not in text.body
        return found.marked(_wanted(facts)) if has_no_place else found


def _filled(template: str, facts: NoticeFacts) -> str:
    return PLACEHOLDER.sub(lambda found: facts.words(found[1]), template)


def _in_one_line(words: str) -> str:
    return " ".join(words.split())


def _list(facts: NoticeFacts) -> str:
    more = [f"and {facts.more} more in your work tray"] if facts.more else []
    return "\n\n".join([*map(_listed, facts.listed), *more])


def _wanted(facts: NoticeFacts) -> str:
    """Under its head, a line each; empty where there is none."""
    lines = (f"- {_in_one_line(one)}" for one in facts.wanted)
    return "\n".join(("Wanted of you:", *lines)) if facts.wanted else ""


def _under_subject(one: Text) -> str:
    return f"{one.subject}\n\n{one.body.strip()}"


def _listed(one: NoticeItem) -> str:
    when = f" {in_full(one.day)}" if one.day else ""
    return f"{one.reference}: {one.what}{when}\n{one.link}"


_FILLED_WITH: Mapping[str, Callable[[NoticeFacts], str]] = complete(
    PLACEHOLDERS,
    {
        "alert": lambda facts: _in_one_line(facts.alert),
        "council": lambda facts: _in_one_line(facts.council),
        "officer": lambda facts: _in_one_line(facts.officer),
        "contact": lambda facts: _in_one_line(facts.contact),
        "otherwise": lambda facts: _in_one_line(facts.otherwise),
        "opens": lambda facts: facts.opens,
        "reference": lambda facts: facts.reference,
        "stage": lambda facts: _in_one_line(facts.stage),
        "step": lambda facts: _in_one_line(facts.step),
        "change": lambda facts: facts.change,
        "doer": lambda facts: _in_one_line(facts.doer),
        "wanted": _wanted,
        "answered": lambda facts: _in_one_line(facts.answered),
        "awaited": lambda facts: _in_one_line(facts.awaited),
        "due": lambda facts: in_full(facts.due) if facts.due else "",
        "limit": lambda facts: in_full(facts.limit) if facts.limit else "not set by the procedure",
        "link": lambda facts: facts.link,
        "minutes": lambda facts: str(facts.minutes),
        "needs_you": lambda facts: str(facts.needs_you),
        "to_judge": lambda facts: str(facts.to_judge),
        "waiting": lambda facts: str(facts.waiting),
        "holds": lambda facts: str(facts.holds),
        "news": lambda facts: _RULE.join(map(_under_subject, facts.news)),
        "list": _list,
    },
)
