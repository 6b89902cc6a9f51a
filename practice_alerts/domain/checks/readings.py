"""Rules about readings: each contradiction and gap must say what is used, and why."""

from collections.abc import Iterator

from practice_alerts.domain.checks import clock_rules, independence, routes_through
from practice_alerts.domain.checks.rule import Hit, Subject, judged, lint_rule
from practice_alerts.domain.files.faults import nearest
from practice_alerts.domain.files.references import timed_parts
from practice_alerts.domain.procedure.procedure import Procedure, Reading

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
                where = " or ".join(hit.about[:2])
                says = f"{rule.id}, {hit.says}: no reading about {where} says what is used"
                yield Hit(hit.path, says, file=hit.file, line=hit.line)


@lint_rule("PA802", "warning", _OURS)
def _assumed(subject: Subject) -> Iterator[Hit]:
    """An assumption without a reading.

    assumed: true marks what the source does not say. A reading tells the reader.
    """
    for path, ladder in subject.ladders:
        time_limit, name = ladder.cap, str(path[-1])
        if time_limit is not None and time_limit.assumed and not _says_so(subject, f"{name}.cap"):
            says = "the start of the total is assumed, and no reading says so"
            yield Hit((*path, "cap", "assumed"), says)
    for path, _, stage in subject.stages:
        for where, timed in timed_parts(stage):
            if timed.assumed and not _says_so(subject, stage.id, f"{path[1]}.stages"):
                says = f"what {stage.label} counts from is assumed, and no reading says so"
                yield Hit((*path, *where, "assumed"), says)


def _says_so(subject: Subject, *about: str) -> bool:
    """A reading about the place, or one that says of the whole procedure what was assumed."""
    assumed = (_is_on_assumptions(reading) for reading in subject.procedure.readings)
    return subject.reading_of(*about) is not None or any(assumed)


def _is_on_assumptions(reading: Reading) -> bool:
    used = f"{reading.used} {reading.why or ''}".lower()
    return reading.about.endswith("counted_from") or "assumed" in used


@lint_rule("PA803", "note", _OURS)
def _about_nothing(subject: Subject) -> Iterator[Hit]:
    """A reading about nothing.

    A reading is shown beside what it is about: a path that begins with a ladder, a stage, a kind, a
    form or a key of the file; or plain words.
    """
    known = _known_heads(subject.procedure) | {"forms", *subject.forms}
    for place, reading in enumerate(subject.procedure.readings):
        head = reading.about.partition(".")[0]
        if " " not in reading.about and head not in known:
            hint = nearest(head, sorted(known))
            says = f"{reading.id} is about '{reading.about}', which is no part of the procedure"
            yield Hit(("readings", place, "about"), f"{says} ({hint})" if hint else says)


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


RULES = (_unanswered, _assumed, _about_nothing)
