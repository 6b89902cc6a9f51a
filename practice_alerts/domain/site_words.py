"""What a council gives its readers beside the procedure: words they search with, whom to ring, where mistakes go."""

from typing import Annotated

from pydantic import Field

from practice_alerts.domain.definition import Definition, Words

Synonyms = Annotated[tuple[Words, ...], Field(min_length=2)]
"""Words for one thing: whoever searches with one of them finds what is said with another."""

WEB = r"^https://[^\s\"'<>]+$"
"""A page on the web."""
_ADDRESS = r"^(https://[^\s\"'<>]+|[^\s@\"'<>/?&]+@[^\s@\"'<>/?&]+)$"


class Ring(Definition):
    """Who answers the telephone, for what, and the number."""

    who: Words
    number: Annotated[str, Field(pattern=r"^[0-9+][0-9 ]{2,20}$")]
    when: Words | None = None
    """At what hours, or for what."""

    @property
    def in_words(self) -> str:
        """``Emergency duty team (out of hours): 020 7946 0000``."""
        return f"{self.who}{f' ({self.when})' if self.when else ''}: {self.number}"


class Related(Definition):
    """A chapter or procedure that belongs to this one, and where it can be read."""

    title: Words
    at: Annotated[str, Field(pattern=WEB)] | None = None


class Site(Definition):
    """What of the guide is the council's own."""

    synonyms: tuple[Synonyms, ...] = ()
    """Beside those that come with the product."""
    mistakes_to: Annotated[str, Field(pattern=_ADDRESS)] | None = None
    """Whom readers tell of a mistake on a page: an address for e-mail, or a page of the council's."""
    related: tuple[Related, ...] = ()
    """What the document names as belonging to it."""
    ring: tuple[Ring, ...] = ()
    """Whom to ring when somebody is in danger now, and with an allegation."""
