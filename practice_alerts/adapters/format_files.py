"""Writes what follows from the format's models: JSON Schemas, and the reference in docs/.

`python -m practice_alerts.adapters.format_files` writes them anew under docs/.
"""

from __future__ import annotations

import json
from pathlib import Path

from practice_alerts.domain.format.notice_words import notices_table, placeholders_table
from practice_alerts.domain.format.reference import reference, rules_table
from practice_alerts.domain.schema import form_schema, notices_schema, procedure_schema

PAGES = {
    "procedure-format.md": {"reference": reference, "rules": rules_table},
    "notices.md": {"notices": notices_table, "placeholders": placeholders_table},
}
"""What each page takes from the models: name of the part to its maker."""


def format_files(docs: Path) -> dict[Path, str]:
    """Each file with what it must hold; a page keeps all that stands outside its made parts."""
    pages = {}
    for page, parts in PAGES.items():
        text = (docs / page).read_text("utf-8")
        for name, make in parts.items():
            text = with_part(text, name, make())
        pages[docs / page] = text
    schemas = {
        "procedure": procedure_schema(),
        "form": form_schema(),
        "notices": notices_schema(),
    }
    return {
        **pages,
        **{
            docs / "schema" / f"{name}.json": json.dumps(schema, indent=2, ensure_ascii=False)
            + "\n"
            for name, schema in schemas.items()
        },
    }


def write_format(docs: Path) -> tuple[Path, ...]:
    """Write the schemas and the pages; returns the files that were out of date."""
    changed = []
    for path, text in format_files(docs).items():
        if not path.exists() or path.read_text("utf-8") != text:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, "utf-8")
            changed.append(path)
    return tuple(changed)


def with_part(text: str, name: str, made: str) -> str:
    """The text with what stands between the part's two marks made anew; ValueError without them."""
    begin, end = f"<!-- made: {name} -->\n", f"<!-- end of {name} -->"
    before, found, rest = text.partition(begin)
    _, also_found, after = rest.partition(end)
    if not (found and also_found):
        raise ValueError(f"the page has no marks for the part {name}")
    return f"{before}{begin}\n{made}\n{end}{after}"


if __name__ == "__main__":
    write_format(Path("docs"))
