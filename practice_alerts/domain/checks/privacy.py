"""Rules that keep people out of the files: posts have names there, people do not."""

import re
from collections.abc import Iterator, Mapping

from practice_alerts.domain.checks.rule import Hit, Subject, lint_rule
from practice_alerts.domain.files.references import unknown_roles

_UK_GDPR = "UK GDPR, article 5(1)(c), data minimisation; a procedure file is published"

_EMAIL = re.compile(r"(?<![\w.+%-])[\w.+%-]++@[\w-]+(?:\.[\w-]+)+")
_TELEPHONE = re.compile(r"(?<![\w/-])(?:\+44[ .-]?\(?0?\)?|0)\d(?:[ .-]?\d){8,9}(?![\w/-])")
_TITLED = re.compile(r"\b(?:Mrs?|Ms|Miss|Mx|Dr|Prof|Sir|Dame)\.? [A-Z][a-z]+(?:[ -][A-Z][a-z]+)*")
_TWO_WORDS = re.compile(
    r"\b([A-Z][a-z]+)[ -](?:[A-Z]\. )?([A-Z][a-z]{2,})\b(?! (?:Centre|"
    r"Clinic|Court|Foundation|Hospital|House|Road|School|Street|Trust|Unit)\b)"
)

# Common first names that are no ordinary English words and no places; enough to stop a pasted
# contact list, not a proof that nobody is named.
_FIRST_NAMES_IN_ORDER = """
    Adam Aisha Alan Alex Alexander Alice Alison Amanda Amy Andrea Andrew Angela Ann Anna Anne Anthony
    Barbara Ben Benjamin Brian Carol Caroline Catherine Charles Charlotte Chloe Chris Christine
    Christopher Claire Clare Colin Craig Daniel David Deborah Debbie Denise Diane Donna Edward
    Elizabeth Emily Emma Fatima Fiona Frances Gareth Gary Geoffrey George Gillian Graham Hannah
    Harry Heather Helen Ian Jacqueline James Jane Janet Jean Jennifer Jessica Joan Joanna Joanne John
    Jonathan Joseph Joyce Judith Julia Julie Karen Kate Katherine Kathleen Keith Kelly Kevin Laura
    Lauren Lesley Linda Lisa Louise Lucy Lynn Margaret Maria Marie Martin Mary Matthew Maureen
    Michael Michelle Mohammed Muhammad Nadia Natalie Natasha Neil Nicola Nicholas Nicole Olivia
    Pamela Patricia Patrick Paul Pauline Peter Philip Priya Rachel Rebecca Richard Robert Rosemary
    Ruth Ryan Samantha Samuel Sandra Sarah Sharon Sheila Shirley Simon Sophie Stephanie Stephen
    Steven Stuart Susan Suzanne Teresa Theresa Thomas Timothy Tracey Tracy Valerie Victoria Wendy
    William Yvonne Zoe
"""
_FIRST_NAMES = frozenset(_FIRST_NAMES_IN_ORDER.split())


@lint_rule("PA601", "error", _UK_GDPR)
def _emails(subject: Subject) -> Iterator[Hit]:
    """An e-mail address.

    Who holds a post, and how to reach them, is kept in the directory of the running system. The one to
    which readers tell of a mistake stands under `site.mistakes_to`.
    """
    for file, number, line in _lines(subject.texts):
        for found in set(_EMAIL.findall(line)) - {subject.procedure.site.mistakes_to}:
            yield Hit((), f"the e-mail address {_hidden(found)}", file=file, line=number)


@lint_rule("PA602", "error", _UK_GDPR)
def _telephones(subject: Subject) -> Iterator[Hit]:
    """A telephone number.

    Who holds a post, and how to reach them, is kept in the directory of the running system. Whom to ring
    when somebody is in danger stands under `site.ring`.
    """
    to_ring = [set(_TELEPHONE.findall(one.number)) for one in subject.procedure.site.ring]
    for file, number, line in _lines(subject.texts):
        for found in set(_TELEPHONE.findall(line)).difference(*to_ring):
            yield Hit((), f"the telephone number {_hidden(found)}", file=file, line=number)


@lint_rule("PA603", "error", _UK_GDPR)
def _names(subject: Subject) -> Iterator[Hit]:
    """A person's name.

    A procedure names posts, never people. The rule knows titles (Mrs, Dr) and common first names;
    it is a net, not a proof.
    """
    for file, number, line in _lines(subject.texts):
        named = [found.group() for found in _TITLED.finditer(line)]
        named += [
            found.group()
            for found in _TWO_WORDS.finditer(line)
            if found.group(1) in _FIRST_NAMES and not any(found.group() in one for one in named)
        ]
        for name in named:
            yield Hit((), f"what looks like a person's name, {name}", file=file, line=number)


def _lines(texts: Mapping[str, str]) -> Iterator[tuple[str, int, str]]:
    for file, text in texts.items():
        for number, line in enumerate(text.split("\n"), start=1):
            yield file, number, line


def _hidden(found: str) -> str:
    """Enough to find it in the file, without repeating it in a report."""
    return f"{found[:3]}…"


@lint_rule("PA101", "error", "The format: docs/procedure-format.md, roles")
def _unknown_roles(subject: Subject) -> Iterator[Hit]:
    """A role that is not in the catalogue.

    Every post a procedure names stands under roles, with its title. A file with one that does not
    is refused when it is read.
    """
    for problem in unknown_roles(subject.procedure):
        hint = f" ({problem.hint})" if problem.hint else ""
        yield Hit(problem.path, f"{problem.found} is not in the catalogue of roles{hint}")


RULES = (_unknown_roles, _emails, _telephones, _names)
