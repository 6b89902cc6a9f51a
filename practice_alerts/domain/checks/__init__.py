"""The linter: rules over one council's files, each small, each with the clause it rests on."""

from collections.abc import Iterable
from dataclasses import asdict
from typing import Any

from practice_alerts.domain.checks import (
    branch_rules,
    clock_rules,
    clock_start_rules,
    completeness,
    form_rules,
    independence,
    law,
    privacy,
    readings,
    routes_through,
    step_rules,
    worked,
)
from practice_alerts.domain.checks.rule import SEVERITIES, Finding, LintRule, Subject, judged
from practice_alerts.domain.errors import NoSuchRule
from practice_alerts.domain.files.faults import nearest
from practice_alerts.domain.text import plural

PARTS = (
    *(privacy, clock_rules, clock_start_rules, branch_rules, step_rules, routes_through),
    *(independence, form_rules, law, readings, completeness, worked),
)

RULES: dict[str, LintRule] = {rule.id: rule for part in PARTS for rule in part.RULES}

TEMPLATES = tuple(rule.id for rule in completeness.RULES if rule.id.startswith("PA9"))
"""The rules about forms, their Word templates and the rooms they lie in."""


def check(subject: Subject, only: Iterable[str] = tuple(RULES)) -> tuple[Finding, ...]:
    """Everything every rule finds, or those named, in the order of files and lines."""
    found = (finding for rule_id in only for finding in judged(RULES[rule_id], subject))
    return tuple(sorted(set(found), key=lambda one: (one.file, one.line, one.rule, one.says)))


def fails(findings: Iterable[Finding]) -> bool:
    """Is there an error that no reading answers?"""
    return bool(errors(findings))


def errors(findings: Iterable[Finding]) -> tuple[str, ...]:
    """Every error that no reading answers, in a line."""
    return tuple(
        _line(one) for one in findings if one.severity == "error" and one.answered_by is None
    )


def explain(rule_id: str) -> str:
    """What a rule is about, for reading. Raises NoSuchRule."""
    rule = RULES.get(rule_id.upper())
    if rule is None:
        raise NoSuchRule(rule_id, nearest(rule_id.upper(), RULES))
    reading = "\nWhat it finds must be answered by a reading." if rule.needs_reading else ""
    return (
        f"{rule.id} ({rule.severity}): {rule.title}\n{rule.why}{reading}\nRests on: {rule.clause}."
    )


def as_text(findings: Iterable[Finding]) -> str:
    """One finding a line, and a count at the end."""
    found = tuple(findings)
    lines = [_line(one) for one in found]
    counts = [(kind, sum(one.severity == kind for one in found)) for kind in SEVERITIES]
    answered = sum(one.answered_by is not None for one in found)
    total = (
        ", ".join(f"{count} {plural(count, kind)}" for kind, count in counts if count)
        or "nothing found"
    )
    return "\n".join((*lines, f"{total}; {answered} answered by a reading" if found else total))


def as_plain(findings: Iterable[Finding]) -> list[dict[str, Any]]:
    """The findings as JSON values."""
    return [asdict(one) for one in findings]


def _line(one: Finding) -> str:
    where = f" {one.where}:" if one.where else ""
    reading = f" [reading {one.answered_by}]" if one.answered_by else ""
    place = f"{one.council}/{one.file}:{one.line}:{where}"
    return f"{place} {one.rule} {one.severity}: {one.says}{reading}"
