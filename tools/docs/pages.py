"""Every made page with what it must hold now: whole, or in the parts between its marks."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from functools import cache, partial
from pathlib import Path

from practice_alerts.adapters.files.procedures import load_all
from practice_alerts.domain.files.schema import form_schema, notices_schema, procedure_schema
from tools.docs.cases import cases_tables
from tools.docs.coverage import coverage
from tools.docs.data_protection import alert_log_columns, security_log_columns
from tools.docs.emails import emails_page
from tools.docs.figures import figures_page
from tools.docs.forms import forms_page
from tools.docs.grounds import grounds_table
from tools.docs.notices import notices_table, placeholders_table
from tools.docs.paragraphs import read_paragraphs
from tools.docs.permissions import permissions_page
from tools.docs.reference import reference, rules_table

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"

PARTS = {
    "procedure-format.md": {
        "grounds": grounds_table,
        "cases": cases_tables,
        "reference": reference,
        "rules": rules_table,
    },
    "data-protection.md": {
        "alert-log": alert_log_columns,
        "security-log": security_log_columns,
    },
    "notices.md": {"notices": notices_table, "placeholders": placeholders_table},
}
"""What is made inside a page that people write: name of the part to its maker."""
SCHEMAS = {"procedure": procedure_schema, "form": form_schema, "notices": notices_schema}
"""For editors: `docs/schema/NAME.json`, which nothing reads at run time."""


def pages(docs: Path = DOCS) -> dict[Path, str]:
    """By its path below `docs`, where the pages stand that people write."""
    return {
        **{docs / page: _with_parts(docs / page) for page in PARTS},
        **{docs / page: make() for page, make in WHOLE.items()},
    }


def write(made: dict[Path, str]) -> list[Path]:
    """Write what is out of date, and say which that was."""
    old = [
        path for path, text in made.items() if not path.exists() or path.read_text("utf-8") != text
    ]
    for path in old:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(made[path], "utf-8")
    return old


def coverage_page() -> str:
    councils = load_all(ROOT / "procedures", ROOT / "form_templates")
    paragraphs = map(read_paragraphs, sorted((ROOT / "docs/coverage").glob("*.yml")))
    return coverage(
        {name: files.procedure for name, files in councils.items()},
        {one.council_id: one for one in paragraphs},
    )


def _schema(name: str) -> str:
    return json.dumps(SCHEMAS[name](), indent=2, ensure_ascii=False) + "\n"


WHOLE: Mapping[str, Callable[[], str]] = {
    **{f"schema/{name}.json": partial(_schema, name) for name in SCHEMAS},
    "coverage.md": coverage_page,
    "forms.md": cache(forms_page),  # eight seconds
    "emails.md": emails_page,
    "figures.md": figures_page,
    "permissions.md": permissions_page,
}
"""What is made from its first line to its last: the page below `docs` to its maker."""


def _with_parts(page: Path) -> str:
    text = page.read_text("utf-8")
    for name, make in PARTS[page.name].items():
        text = with_part(text, name, make())
    return text


def with_part(text: str, name: str, made: str) -> str:
    """The text with what stands between the part's two marks made anew; ValueError without them."""
    begin, end = f"<!-- made: {name} -->\n", f"<!-- end of {name} -->"
    before, found, rest = text.partition(begin)
    _, also_found, after = rest.partition(end)
    if not (found and also_found):
        raise ValueError(f"the page has no marks for the part {name}")
    return f"{before}{begin}\n{made}\n{end}{after}"
