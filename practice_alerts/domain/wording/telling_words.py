"""Who is told, in words: whom the product writes to, and whom somebody has to reach themselves."""

from collections.abc import Iterable, Iterator
from datetime import date

from practice_alerts.domain.alert.events import Person, Told
from practice_alerts.domain.dates import in_full
from practice_alerts.domain.procedure.directions import is_exchanged
from practice_alerts.domain.procedure.procedure import Procedure
from practice_alerts.domain.text import capital

TELEPHONE_FIRST = (
    "Telephone first. This notifies nobody outside the directory and replaces no statutory"
    " notification."
)
_OUR_WORD = "practice alert"


BY_YOU = "not in the directory, so no mail is sent: hand the document over yourself"


def is_told(day: date | None) -> str:
    """Of whoever gets an e-mail: it has left, or leaves on the morning of that day."""
    return f"is told on {in_full(day)}, in the morning’s e-mail" if day else "has been told"


def how_asked(people: Iterable[Person], day: date | None = None) -> Iterator[str]:
    """Whom the product writes to, on the morning of that day or at once, and to whom somebody else does."""
    every, when = tuple(people), f" by an e-mail on {in_full(day)}" if day else ""
    for names, how in (
        (
            " and ".join(one.in_words for one in every if one.id),
            f"asked in writing to answer{when}.",
        ),
        (" and ".join(one.in_words for one in every if not one.id), f"{BY_YOU}."),
    ):
        if names:
            yield f"{names}: {how}"


def lines(every: Iterable[Told]) -> list[tuple[str, str]]:
    """Each occasion with those who get an e-mail for it; last, whoever has to be told by hand."""
    every = tuple(every)
    found = [(one.occasion.words, people(p for p in one.people if p.id)) for one in every]
    outside = people(p for one in every for p in one.people if not p.id)
    return [*((what, who) for what, who in found if who), *by_hand(outside)]


def by_hand(outside: str) -> list[tuple[str, str]]:
    return [("To be told by hand", outside)] if outside else []


def people(every: Iterable[Person]) -> str:
    """Names with their posts, each once."""
    return "; ".join(dict.fromkeys(person.in_words for person in every))


def who_reads(procedure: Procedure) -> str:
    """Who can read an alert beside those to whom it goes: never the manager of a service that it is about."""
    service = "check" if is_exchanged(procedure) else "manage or check"
    return (
        f"They, whoever stands in for them, and those who {service} the reviewing service can read the alert;"
        " those reached by hand cannot."
    )


def alert_word(procedure: Procedure) -> str:
    """What the council calls such a thing: practice alert where its text does, else its first kind's title."""
    titles = [one.title for one in procedure.kinds.values()]
    texts = (procedure.title, *procedure.also_called, *titles)
    if any(_OUR_WORD in text.lower() for text in texts):
        return _OUR_WORD
    return titles[0]


def raise_words(procedure: Procedure, kind: str = "") -> str:
    """The title of the screen on which one is raised: by the kind, once one of several is chosen."""
    word = alert_word(procedure)
    if kind in procedure.kinds:
        title = procedure.kinds[kind].title
        return (
            f"Raise a {word}" if title.lower() == word == _OUR_WORD else f"Raise: {capital(title)}"
        )
    if word == _OUR_WORD:
        return f"Raise a {word}"
    return "Raise an alert" if len(procedure.kinds) > 1 else f"Raise: {capital(word)}"
