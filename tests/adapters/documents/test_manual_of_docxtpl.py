"""What docxtpl's own manual shows: each rendered as it renders it, or refused with the reason.

The table of docs/decisions/0064 is this one; a row that is missing there fails.
"""

import io
from collections.abc import Callable
from typing import Any

import pytest
from docx import Document
from docxtpl import DocxTemplate

from practice_alerts import ROOT
from practice_alerts.adapters.documents import WordTemplate
from practice_alerts.domain.errors import BadTemplate

ROWS = [{"a": "one", "b": "1"}, {"a": "two", "b": "2"}]
CONTEXT = {"name": "Ada & Son", "rows": ROWS, "yes": "yes", "no": "", "lines": "one\ntwo\tthree"}
DECISION = ROOT / "docs/decisions/0064-what-of-docxtpl-is-used.md"

Build = Callable[[Any], None]


def lines(*texts: str) -> Build:
    def build(document: Any) -> None:
        for text in texts:
            document.add_paragraph(text)

    return build


def table(*rows: list[str]) -> Build:
    def build(document: Any) -> None:
        made = document.add_table(rows=len(rows), cols=len(rows[0]))
        for row, texts in zip(made.rows, rows, strict=True):
            for cell, text in zip(row.cells, texts, strict=True):
                cell.text = text
        document.add_paragraph("{{ name }}")

    return build


def header_alone(document: Any) -> None:
    document.sections[0].header.paragraphs[0].text = "{{ name }}"
    document.add_paragraph("Nothing to fill in here.")


def with_header(document: Any) -> None:
    document.sections[0].header.paragraphs[0].text = "{{ name }}"
    document.add_paragraph("{{ name }}")


AS_DOCXTPL: dict[str, Build] = {
    "a field": lines("Dear {{ name }},"),
    "a field in header or footer": with_header,
    "a loop over paragraphs": lines("{%p for r in rows %}", "{{ r.a }}", "{%p endfor %}"),
    "a loop over rows": table(
        ["A", "B"],
        ["{%tr for r in rows %}", ""],
        ["{{ r.a }}", "{{ r.b }}"],
        ["{%tr endfor %}", ""],
    ),
    "a loop within a line": lines("{% for r in rows %}{{ r.a }} {% endfor %}"),
    "a condition within a line": lines("{% if yes %}in{% else %}out{% endif %}"),
    "a condition over paragraphs": lines(
        "{%p if no %}", "gone", "{%p else %}", "here", "{%p endif %}"
    ),
    "a condition over rows": table(
        ["{%tr if no %}", ""], ["gone", "gone"], ["{%tr endif %}", ""], ["a", "b"]
    ),
    "new lines and tabs in a value": lines("{{ lines }}"),
    "a filter": lines("{{ name|upper }}"),
    "a default for what is missing": lines("{{ missing|default('none') }}"),
    "a comment": lines("{# note #}{{ name }}"),
    "a comment that takes its paragraph or row along": table(["{#tr note #}", ""], ["a", "b"]),
    "dashes that join what stands around": lines(
        "one {{- name }}", "{%- if yes -%}", "x{%- endif -%}"
    ),
    "braces to be printed": lines("{{ name }} {_{ x }_}"),
}

REFUSED: dict[str, tuple[Build, str]] = {
    "rich text": (lines("{{r name }}"), "leave out the r"),
    "rich text around a loop": (
        lines("{%r for r in rows %}{{ r.a }}{%r endfor %}"),
        "leave out the r",
    ),
    "a value that is a paragraph, or a sub-document": (
        lines("{{p name }}"),
        "would replace a whole paragraph",
    ),
    "a loop over columns": (
        table(["{%tc for r in rows %}", "{{ r.a }}", "{%tc endfor %}"]),
        "a column cannot be repeated; repeat rows",
    ),
    "a cell across several columns": (
        table(["{% colspan 2 %}{{ name }}", "b"]),
        "cells cannot be merged or coloured by a tag",
    ),
    "cells merged sideways": (
        table(["{% hm %}{{ name }}", "b"]),
        "cells cannot be merged or coloured by a tag",
    ),
    "cells merged downwards": (
        table(["{% vm %}{{ name }}", "b"]),
        "cells cannot be merged or coloured by a tag",
    ),
    "a coloured cell": (
        table(["{% cellbg 'FF0000' %}{{ name }}", "b"]),
        "cells cannot be merged or coloured by a tag",
    ),
    "a call": (lines("{{ name.upper() }}"), "it calls something"),
    "a variable of its own": (lines("{% set x = name %}{{ x }}"), "does more than print"),
    "a macro": (lines("{% macro m() %}x{% endmacro %}{{ name }}"), "does more than print"),
    "another file": (lines("{% include 'x' %}{{ name }}"), "does more than print"),
    "tags in header or footer alone": (header_alone, "its text holds no tags"),
}


def made(build: Build) -> bytes:
    document, buffer = Document(), io.BytesIO()
    build(document)
    document.save(buffer)
    return buffer.getvalue()


def read(document: bytes) -> list[Any]:
    found = Document(io.BytesIO(document))
    return [
        [one.text for one in found.sections[0].header.paragraphs],
        [one.text for one in found.paragraphs],
        [[cell.text for cell in row.cells] for one in found.tables for row in one.rows],
    ]


def by_docxtpl(template: bytes) -> bytes:
    document, buffer = DocxTemplate(io.BytesIO(template)), io.BytesIO()
    document.render(dict(CONTEXT), autoescape=True)
    document.save(buffer)
    return buffer.getvalue()


@pytest.mark.parametrize("what", AS_DOCXTPL)
def test_what_the_manual_shows_comes_out_as_docxtpl_makes_it(what: str) -> None:
    template = made(AS_DOCXTPL[what])
    ours = WordTemplate.read(template).render(dict(CONTEXT))
    assert read(ours) == read(by_docxtpl(template))


@pytest.mark.parametrize("what", REFUSED)
def test_or_it_is_refused_with_the_reason(what: str) -> None:
    build, reason = REFUSED[what]
    with pytest.raises(BadTemplate, match=reason):
        WordTemplate.read(made(build))


def test_the_decision_has_each_of_them() -> None:
    rows = DECISION.read_text("utf-8").splitlines()
    told = {line.split(" | ")[0].removeprefix("| "): line for line in rows if line.startswith("| ")}
    for what in AS_DOCXTPL:
        assert told[what].endswith("| as docxtpl |")
    for what, (_, reason) in REFUSED.items():
        assert reason in told[what]
