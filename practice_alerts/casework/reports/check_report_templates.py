"""Looking over the Word templates of reports: can each be filled in, and does it ask for what there is?"""

from collections.abc import Iterable, Iterator
from pathlib import Path

from practice_alerts.adapters.documents import WordTemplate, left_behind
from practice_alerts.adapters.files.procedures import COMMON
from practice_alerts.domain.checks.rule import Finding, Severity
from practice_alerts.domain.errors import BadDefinition, BadTemplate, Fault
from practice_alerts.domain.files.faults import hinted, nearest
from practice_alerts.domain.reports.contents import REPORTS, Report
from practice_alerts.domain.reports.template_tags import offered

FOLDER = "reports"
"""Beside a council's forms, and no part of an alert's edition."""
_BY_NAME = {name.value: report for name, report in REPORTS.items()}


def report_templates(form_templates: Path, councils: Iterable[str]) -> list[Path]:
    """Those of these councils, and those that serve all; Word leaves ~$name.docx beside what is open."""
    rooms = (form_templates / room / FOLDER for room in (*councils, COMMON))
    return [
        path
        for room in rooms
        for path in sorted(room.glob("*.docx"))
        if not path.name.startswith("~$")
    ]


def check_report_templates(paths: Iterable[Path]) -> tuple[Finding, ...]:
    """Raises BadDefinition for those that cannot be read, each with the reason."""
    findings: list[Finding] = []
    faults: list[Fault] = []
    for path in paths:
        try:
            findings += _found(path)
        except BadTemplate as error:
            faults.append(error.in_file(str(path)))
    if faults:
        raise BadDefinition(faults)
    return tuple(findings)


def _found(path: Path) -> Iterator[Finding]:
    docx = path.read_bytes()
    report = _BY_NAME.get(path.stem)
    if report is None:
        hint = nearest(path.stem, sorted(_BY_NAME))
        yield _finding(path, "PA901", "error", hinted("there is no report of that name", hint))
        return
    for says in _unknown(report, WordTemplate.read(docx).paths()):
        yield _finding(path, "PA901", "error", says)
    for what in left_behind(docx):
        yield _finding(path, "PA907", "warning", f"the Word template holds {what}")


def _unknown(report: Report, paths: Iterable[str]) -> Iterator[str]:
    known = offered(report)
    for path in sorted(set(paths) - known):
        yield hinted(f"the tag '{path}' has nothing to print", nearest(path, sorted(known)))


def _finding(path: Path, rule: str, severity: Severity, says: str) -> Finding:
    council = path.parent.parent.name
    return Finding(rule, severity, council, f"{FOLDER}/{path.name}", 1, "", says, None)
