"""What Datasette tells of one council's log: its tables, columns, facets, order and questions."""

from collections.abc import Iterable
from typing import Any

from practice_alerts.domain.log.columns import Column, Table
from practice_alerts.domain.log.log_queries import QUESTIONS, VIEWS
from practice_alerts.domain.log.log_tables import STATEMENT, TABLES


def metadata() -> dict[str, Any]:
    described: dict[str, Any] = {table.name: _told(table) for table in TABLES}
    for view in VIEWS:
        columns = _columns(view.columns)
        described[view.name] = {"title": view.title, "description": view.says, "columns": columns}
    return {
        "title": "Alert log",
        "description": " ".join(text for _, text in STATEMENT),
        "tables": described,
        "queries": {
            question.name: {
                "title": question.title,
                "description": question.says,
                "sql": question.sql,
            }
            for question in QUESTIONS
        },
    }


def _told(table: Table) -> dict[str, Any]:
    told: dict[str, Any] = {
        "title": table.title,
        "description": table.says,
        "columns": _columns(table.columns),
        "sortable_columns": list(table.sortable),
        "label_column": table.key[0],
    }
    if table.facets:
        told["facets"] = list(table.facets)
    if table.sort:
        told["sort_desc" if table.newest_first else "sort"] = table.sort
    if table.hidden:
        told["hidden"] = True
    return told


def _columns(columns: Iterable[Column]) -> dict[str, str]:
    return {column.name: column.in_words for column in columns}
