"""Rules about time passing by: editions past their review, and law that has been replaced."""

from collections.abc import Iterator, Mapping

from pydantic import BaseModel

from practice_alerts.domain.checks.rule import Hit, Subject, lint_rule
from practice_alerts.domain.dates import in_full
from practice_alerts.domain.files.faults import nearest
from practice_alerts.domain.files.schema import Path
from practice_alerts.domain.procedure.case_types import LOOKED_AFTER, About
from practice_alerts.domain.procedure.keeping import WRITTEN, read_keep

_AS_THE_DOCUMENT_SAYS = ("law", "readings", "also_printed", "also_called")
_CITE = "A reader must be able to look the law up as it is"


@lint_rule("PA701", "warning", "The document's own date of review")
def _past_review(subject: Subject) -> Iterator[Hit]:
    """Past its review date.

    The edition may still be in force; readers are told that its review is overdue.
    """
    review_by = subject.procedure.edition.review_by
    if review_by is not None and subject.procedure.edition.past_review(subject.today):
        says = f"the review was due by {in_full(review_by)}"
        yield Hit(("edition", "review_by"), says, ("edition.review_by", "edition"))


@lint_rule("PA702", "warning", _CITE)
def _dated_basis(subject: Subject) -> Iterator[Hit]:
    """Law that has been replaced, given as if it were in force.

    The present basis stands first (law: id, or now) and what the document cites stands after it
    (as_printed). Outside law and readings a dated name is best replaced.
    """
    for place, law in enumerate(subject.procedure.law):
        for old, now in subject.book.outdated(law.now or ""):
            yield Hit(
                ("law", place, "now"), f"'{old}' is given as present law; read {now}", ("law",)
            )
    for path, text in _texts(subject.procedure, ()):
        if not set(path) & set(_AS_THE_DOCUMENT_SAYS):
            for old, now in subject.book.outdated(text):
                yield Hit(path, f"'{old}' has been replaced by {now}", ("law", str(path[0])))


@lint_rule("PA705", "error", "Records are destroyed by a day that can be worked out, or not at all")
def _kept_how_long(subject: Subject) -> Iterator[Hit]:
    """How long records are kept is not said so that it can be worked out.

    Nothing of the kind ever falls due, and somebody has to look through it by hand.
    """
    keep, own = subject.procedure.keep, subject.procedure.case_types
    said: list[tuple[Path, str | None]]
    said = [(("keep", name), getattr(keep, name)) for name in type(keep).model_fields]
    said += [(("case_types", name, "keep"), one.keep) for name, one in own.items()]
    for path, words in said:
        if words and read_keep(words) is None:
            yield Hit(path, f"“{words}” cannot be worked out; write {WRITTEN}")
    for name, one in own.items():
        rule = read_keep(one.keep or "")
        if one.about is About.NOBODY and rule is not None and rule.birthday is not None:
            says = f"{one.title} is about nobody, whose birthday never comes; write “6 years after closing”"
            yield Hit(("case_types", name, "keep"), says)


@lint_rule(
    "PA706", "warning", "Records are destroyed by a day that can be worked out, or not at all"
)
def _not_said_how_long(subject: Subject) -> Iterator[Hit]:
    """How long records of a case type are kept is not said.

    Of looked-after children the law says it. Of all others nothing falls due until the file does, in `keep` or in
    the case type's own, so they stay for good.
    """
    procedure = subject.procedure
    for case in procedure.raised_by:
        own = procedure.case_types.get(case)
        if case == LOOKED_AFTER or (own.keep if own else getattr(procedure.keep, case, None)):
            continue
        path = ("case_types", case, "keep") if own else ("keep", case)
        says = (
            f"how long records about {procedure.case_titles.get(case, case)} are kept is not said"
        )
        what = f"so none ever falls due; write {'.'.join(path)}, such as {WRITTEN}"
        yield Hit(
            ("case_types", case) if own else ("raised_by", case),
            f"{says}, {what}",
            (".".join(path), "keep"),
        )


@lint_rule("PA703", "note", _CITE)
def _kept_as_printed(subject: Subject) -> Iterator[Hit]:
    """A dated citation, kept as printed.

    The document cites what has been replaced since. It is shown after the present basis.
    """
    for place, law in enumerate(subject.procedure.law):
        for old, _ in subject.book.outdated(law.as_printed or ""):
            says = f"'{old}' is kept as the document prints it, after the present basis"
            yield Hit(("law", place, "as_printed"), says, ("law",))


@lint_rule("PA704", "error", _CITE)
def _unknown_law(subject: Subject) -> Iterator[Hit]:
    """An id that law.yml does not have.

    Add it to procedures/law.yml, or write the basis in words (law: now).
    """
    for place, law in enumerate(subject.procedure.law):
        if law.id is not None and law.id not in subject.book.entries:
            hint = nearest(law.id, subject.book.entries)
            says = f"'{law.id}' is not in law.yml"
            yield Hit(("law", place, "id"), f"{says}; {hint}" if hint else says)


def _texts(value: object, path: Path) -> Iterator[tuple[Path, str]]:
    if isinstance(value, str):
        yield path, value
    elif isinstance(value, BaseModel):
        for name, field in type(value).model_fields.items():
            yield from _texts(getattr(value, name), (*path, field.alias or name))
    elif isinstance(value, Mapping):
        for name, item in value.items():
            yield from _texts(item, (*path, name))
    elif isinstance(value, tuple):
        for place, item in enumerate(value):
            yield from _texts(item, (*path, place))


RULES = (
    _past_review,
    _dated_basis,
    _kept_as_printed,
    _unknown_law,
    _kept_how_long,
    _not_said_how_long,
)
