"""Rules about what is read: each contradiction and gap says what is used, and why; pages say what the file says."""

from collections.abc import Iterator, Mapping

from pydantic import BaseModel

from practice_alerts.domain.checks import clock_rules, independence, routes_through
from practice_alerts.domain.checks.rule import Hit, Subject, judged, lint_rule
from practice_alerts.domain.files.faults import hinted, nearest
from practice_alerts.domain.files.html_in_pages import attributes_in, lost_addresses_in, tags_in
from practice_alerts.domain.files.named_figures import (
    counts_written_out,
    names_in,
    times_written_out,
    unknown_names,
)
from practice_alerts.domain.files.named_posts import (
    strange_posts,
    strange_times,
    titles_written_out,
)
from practice_alerts.domain.files.references import name_of, timed_parts
from practice_alerts.domain.files.schema import Path
from practice_alerts.domain.procedure.ladder import Stage
from practice_alerts.domain.procedure.procedure import Procedure

_OURS = "Never hidden: where a text is silent or contradicts itself, the reader sees what was made of it"


@lint_rule("PA801", "error", _OURS)
def _unanswered(subject: Subject) -> Iterator[Hit]:
    """A contradiction without a reading.

    Write a reading about the place named: what the text says, what is used, and why.
    """
    for rule in (*clock_rules.RULES, *routes_through.RULES, *independence.RULES):
        if not rule.needs_reading:
            continue
        hits = list(rule.find(subject))
        for hit, finding in zip(hits, judged(rule, subject), strict=True):
            if finding.answered_by is None:
                where = " or ".join(subject.places(hit.path, *hit.about)[:2])
                says = f"{rule.id}, {hit.says}: no reading about {where} says what is used"
                yield Hit(hit.path, says, file=hit.file, line=hit.line)


@lint_rule("PA802", "warning", _OURS)
def _assumed(subject: Subject) -> Iterator[Hit]:
    """An assumption without a reading.

    assumed: true marks what the source does not say. A reading tells the reader, at the place
    named; stages.counted_from of the ladder tells it of all stages at once, and counted_from of
    the ladder of the time limit too.
    """
    for path, ladder in subject.ladders:
        if ladder.cap is not None and ladder.cap.assumed:
            here, name = (*path, "cap", "assumed"), path[-1]
            yield from _not_told(
                subject, here, "the start of the time limit", f"{name}.cap", f"{name}"
            )
    for path, _, stage in subject.stages:
        whole = str(path[1])
        for where, timed in timed_parts(stage):
            if timed.assumed:
                own = f"{stage.id}.{name_of(stage, where)}"
                what = f"what {stage.label} counts from"
                here = (*path, *where, "assumed")
                wider = (stage.id, f"{whole}.stages", whole)
                yield from _not_told(subject, here, what, own, *wider)


def _not_told(subject: Subject, path: Path, what: str, *places: str) -> Iterator[Hit]:
    """The first place is the nearest. Who answers, or what for, is another matter than since when."""
    wanted = subject.places(path, *places)
    exactly = {f"{place}{below}" for place in wanted for below in ("", ".counted_from")}
    if not any(reading.about in exactly for reading in subject.procedure.readings):
        yield Hit(path, f"{what} is assumed, and no reading about {wanted[0]} says so")


@lint_rule("PA803", "note", _OURS)
def _about_nothing(subject: Subject) -> Iterator[Hit]:
    """A reading about nothing.

    A reading is shown beside what it is about: a path that begins with a ladder, a stage, a kind, a
    form or a key of the file; or plain words.
    """
    heads = _known_heads(subject.procedure) | {"forms", *subject.forms}
    for place, reading in enumerate(subject.procedure.readings):
        head, *below = reading.about.split(".")
        if " " in reading.about:
            continue
        word, known = head, frozenset(heads)
        if head in heads and below:
            word, known = _unknown_below(subject, head, below)
        if word not in known:
            hint = nearest(word, sorted(known))
            says = f"{reading.id} is about '{reading.about}', which is no part of the procedure"
            yield Hit(("readings", place, "about"), hinted(says, hint))


def _unknown_below(subject: Subject, head: str, below: list[str]) -> tuple[str, frozenset[str]]:
    """The first word below the head that is looked up, and what it may be."""
    for name, ladder in subject.procedure.all_ladders():
        if head == name.rpartition(".")[2] and not ladder.has(head):
            if ladder.has(below[0]) and below[1:]:
                return below[1], _parts_of(ladder.stage(below[0]))
            return below[0], _keys(ladder) | {stage.id for stage in ladder.stages}
    stages = [stage for _, _, stage in subject.stages if stage.id == head]
    if stages:
        return below[0], frozenset().union(*map(_parts_of, stages))
    procedure = subject.procedure
    if head in procedure.kinds:
        return below[0], _keys(procedure.kinds[head])
    if head in procedure.referrals:
        return below[0], _keys(procedure.referrals[head])
    return below[0], _inside(subject, head) or frozenset(below)


def _inside(subject: Subject, head: str) -> frozenset[str]:
    """What stands directly under a key of the file: ids, or keys; nothing where neither can be told."""
    if head == "forms":
        return frozenset(subject.forms)
    held = getattr(subject.procedure, head, None)
    if isinstance(held, BaseModel):
        return _keys(held)
    if isinstance(held, Mapping):
        every = (one for one in held.values() if isinstance(one, BaseModel))
        return frozenset(held).union(*map(_keys, every))
    if isinstance(held, tuple):
        return frozenset(one.id for one in held if getattr(one, "id", None))
    return frozenset()


def _parts_of(stage: Stage) -> frozenset[str]:
    return _keys(stage) | {"counted_from", *(step.id for step in stage.steps)}


def _keys(definition: BaseModel) -> frozenset[str]:
    fields = type(definition).model_fields.items()
    return frozenset(field.alias or name for name, field in fields) | {"counted_from"}


def _known_heads(procedure: Procedure) -> set[str]:
    ladders = [*procedure.ladders.values(), *procedure.partners.values()]
    return {
        *type(procedure).model_fields,
        *procedure.ladders,
        *procedure.partners,
        *procedure.kinds,
        *procedure.referrals,
        *(stage.id for ladder in ladders for stage in ladder.stages),
    }


_ONE_SOURCE = (
    "What a page says and what the file says are one (docs/procedure-format.md, the manual's page)"
)


@lint_rule("PA108", "error", _ONE_SOURCE)
def _unknown_name(subject: Subject) -> Iterator[Hit]:
    """A name between braces that the procedure does not have.

    {time of stage-2}, {post of stage-2}, {copy of stage-2}, {label of stage-2}, {time limit} and the
    like stand for what procedure.yml says. The guide is not built while one is unknown.
    """
    known = names_in(subject.procedure)
    for file, text in _pages(subject):
        for line, name in unknown_names(text, known):
            hint = nearest(name, known)
            says = f"the procedure has no “{name}”"
            yield Hit((), hinted(says, hint), file=file, line=line)


@lint_rule("PA109", "note", _ONE_SOURCE)
def _written_out(subject: Subject) -> Iterator[Hit]:
    """A time, a count or a post of the procedure written out in a page.

    It goes on saying so when the file says something else. What is quoted stands in “ ”.
    """
    known = names_in(subject.procedure)
    for file, text in _pages(subject):
        for line, words, name in times_written_out(text, known):
            says = f"“{words}” is a clock of the procedure; {{{name}}} follows the file"
            yield Hit((), says, file=file, line=line)
        for line, words, name in counts_written_out(text, known):
            says = f"“{words}” is what the procedure has; {{{name}}} follows the file"
            yield Hit((), says, file=file, line=line)
        for line, words, name in titles_written_out(text, subject.procedure):
            says = f"“{words}” is a post of the procedure; {{{name}}} follows the file"
            yield Hit((), says, file=file, line=line)


@lint_rule("PA110", "note", _ONE_SOURCE)
def _not_of_the_file(subject: Subject) -> Iterator[Hit]:
    """A post or a time in a page that the procedure does not have.

    Most likely it was renamed or changed in the file. Write its name between braces, or put what is the
    text's own, and no rule, into “ ”.
    """
    known = names_in(subject.procedure)
    for file, text in _pages(subject):
        for line, words in strange_posts(text, subject.procedure):
            yield Hit((), f"“{words}” is no post of the procedure", file=file, line=line)
        for line, words in strange_times(text, known):
            yield Hit((), f"“{words}” is no time of the procedure", file=file, line=line)


@lint_rule("PA111", "warning", _ONE_SOURCE)
def _html(subject: Subject) -> Iterator[Hit]:
    """HTML in a page, attributes between braces, a link that would act, or a picture from elsewhere.

    HTML and attributes are printed as they are written; of such a link or picture only its words stand. A page is Markdown: headings
    with a name at most, lists, tables, links to pages, mailboxes and telephones. A "<" that is meant as one may stand.
    """
    for file, text in _pages(subject):
        for line, tag in tags_in(text):
            yield Hit((), f"“{tag}” is HTML, and is printed as text", file=file, line=line)
        for line, said in attributes_in(text):
            yield Hit((), f"“{said}” is printed as text", file=file, line=line)
        for line, address in lost_addresses_in(text):
            yield Hit((), f"“{address}” leads nowhere from a page", file=file, line=line)


def _pages(subject: Subject) -> Iterator[tuple[str, str]]:
    return ((file, text) for file, text in subject.texts.items() if file.endswith(".md"))


RULES = (
    _unanswered,
    _assumed,
    _about_nothing,
    _unknown_name,
    _written_out,
    _not_of_the_file,
    _html,
)
