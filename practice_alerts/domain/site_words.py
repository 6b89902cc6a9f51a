"""What a council gives its readers beside the procedure: words they search with, whom to ring, where mistakes go."""

from typing import Annotated

from pydantic import Field

from practice_alerts.domain.definition import Definition, Words

Synonyms = Annotated[tuple[Words, ...], Field(min_length=2)]
"""Words for one thing: whoever searches with one of them finds what is said with another."""


class Site(Definition):
    """What of the guide is the council's own."""

    synonyms: tuple[Synonyms, ...] = ()
    """Beside those that come with the product."""
