"""A form's Word template with nothing filled in: what is typed on paper where the service cannot be reached."""

import re
from collections.abc import Iterable
from typing import Any

from practice_alerts.domain.acts.options import with_choices
from practice_alerts.domain.documents.alert_document import shown
from practice_alerts.domain.forms.form import Form
from practice_alerts.domain.procedure.procedure import Procedure

LINE = "……………………"
"""Where something is written by hand."""

_PART = re.compile(r"([a-z0-9_]+)(\[\])?")


def blank_paper(
    procedure: Procedure, name: str, form: Form, paths: Iterable[str]
) -> dict[str, Any]:
    """What fills a template whose tags name these paths (`stages[].label`): its head, and every other place empty.

    `name` is the form's own. A list whose choices the procedure offers stands there unticked; what repeats, once.
    """
    blank: dict[str, Any] = {}
    for path in sorted(paths):
        _put(blank, _PART.findall(path))
    offered = with_choices(form, procedure, name).fields()
    ticked = {one.id: shown(one, {}) for one in offered if one.is_ticked}
    head = {
        "council": procedure.council,
        "title": form.title,
        "marking": procedure.marking,
        "procedure_edition": procedure.edition.version,
        "stands": "",
    }
    return {**blank, **ticked, **head}


def _put(into: dict[str, Any], path: list[tuple[str, str]]) -> None:
    """A line to write on at the end of the path; a list on the way has one item, however else it is asked for."""
    (name, many), *rest = path
    if many:
        found = into[name] if isinstance(into.get(name), list) else [{}]
        into[name] = found
        if rest:
            _put(found[0], rest)
    elif rest:
        _put(into.setdefault(name, {}), rest)
    else:
        into.setdefault(name, LINE)
