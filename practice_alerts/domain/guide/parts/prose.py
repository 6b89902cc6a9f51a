"""Chapters with what they take from the procedure put in, each clock leading to the calculator."""

from dataclasses import replace

from practice_alerts.domain.files.named_figures import Taken, filled_in, names_in
from practice_alerts.domain.guide.parts.markup import Markup, in_heading, link, text
from practice_alerts.domain.guide.parts.page import Council, calculator
from practice_alerts.domain.procedure.clock import Span, in_words


def as_the_file_says(council: Council) -> Council:
    """The council with each name between braces as its procedure says today."""
    known = names_in(council.procedure)
    chapters = {
        name: filled_in(one, known, _shown, in_heading) for name, one in council.chapters.items()
    }
    return replace(council, chapters=chapters)


def _shown(taken: Taken) -> Markup:
    said = text(taken.words)
    if isinstance(taken.clock, Span):
        return link(said, calculator(in_words(taken.clock)), class_="clock")
    return said
