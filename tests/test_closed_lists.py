"""A member of a closed list that somebody forgot stops the program at its start, or this test."""

import ast
import importlib.util
import sys
from collections.abc import Iterator
from enum import Enum
from pathlib import Path

import pytest

from practice_alerts import PACKAGE
from practice_alerts.domain.alert import choices, events
from practice_alerts.domain.complete import complete
from practice_alerts.domain.forms import field_types, form
from practice_alerts.domain.forms.field_types import FieldType
from practice_alerts.domain.notices import texts
from practice_alerts.domain.notices.placeholders import PLACEHOLDERS
from practice_alerts.domain.procedure import clock
from practice_alerts.domain.procedure.ladder import EntryReason, Ground, Rationale
from practice_alerts.domain.procedure.posts import Of
from practice_alerts.domain.standing import standings
from practice_alerts.domain.standing.standings import STANDINGS, Pile, Standing

ENUMS: tuple[type[Enum], ...] = (
    *(FieldType, form.OptionsFrom, form.Test, form.FilledBy, Ground, Rationale, EntryReason, Of),
    *(events.Response, events.Outcome, events.EndingKind, events.FollowUpKind, Standing, Pile),
)
LISTS = {one.__name__: {str(member.value) for member in one} for one in ENUMS} | {
    "placeholders": set(PLACEHOLDERS)
}


def load(path: Path, written: str, instead: str, tmp_path: Path) -> object:
    """The module at `path` as it would be with that piece of it written otherwise."""
    source = path.read_text("utf-8")
    assert source.count(written) == 1, f"{written!r} does not stand once in {path.name}"
    changed = tmp_path / f"changed_{path.name}"
    changed.write_text(source.replace(written, instead), "utf-8")
    spec = importlib.util.spec_from_file_location(changed.stem, changed)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[changed.stem] = module  # dataclasses look their own module up
    try:
        spec.loader.exec_module(module)
    finally:
        del sys.modules[changed.stem]
    return module


@pytest.mark.parametrize(
    ("module", "before", "made_up"),
    [
        (field_types, '    TEAM = TypeFacts("team"', '    FORGOTTEN = "forgotten"'),
        (standings, '    REVIEW = "judge", PileFacts(', '    FORGOTTEN = "forgotten"'),
        (standings, '    SENT = "sent, no answer asked for"', '    FORGOTTEN = "forgotten"'),
        (clock, "    WEEKS = UnitFacts(", '    FORGOTTEN = "forgotten"'),
        (choices, '    WITHDRAWN = "withdrawn", "Withdrawn"', '    FORGOTTEN = "forgotten"'),
        (choices, '    OTHER = "other", "Something else"', '    FORGOTTEN = "forgotten"'),
        (choices, '    NOT_SATISFACTORY = "not_satisfactory",', '    FORGOTTEN = "forgotten"'),
    ],
    ids=["field type", "pile", "standing", "unit", "ending", "response", "verdict"],
)
def test_a_made_up_member_of_which_nothing_is_said_stops_the_program(
    module: object, before: str, made_up: str, tmp_path: Path
) -> None:
    path = Path(str(getattr(module, "__file__", "")))
    with pytest.raises((TypeError, AttributeError, RuntimeError), match=r"(?i)forgotten|'str'"):
        load(path, before, f"{made_up}\n{before}", tmp_path)
    load(path, before, before, tmp_path)


def test_a_placeholder_that_nothing_fills_stops_the_program(tmp_path: Path) -> None:
    row = '        "holds": lambda facts: str(facts.holds),\n'
    with pytest.raises(TypeError, match=r"missing \['holds'\]"):
        load(Path(texts.__file__), row, "", tmp_path)


def test_a_type_without_a_widget_stops_the_app(tmp_path: Path) -> None:
    """The app's modules can be loaded inside Streamlit alone, so the table is taken out of its own."""
    source = (PACKAGE / "ui" / "page" / "form_fields.py").read_text("utf-8")
    table = source[source.index("_WIDGETS: ") :].partition("\n)\n")[0] + "\n)\n"
    names = ("_text", "_date", "_choose", "_many_of", "_person", "_team", "_group")
    apart = tmp_path / "widgets.py"
    apart.write_text(
        "from practice_alerts.domain.complete import complete\n"
        "from practice_alerts.domain.forms.field_types import FieldType\n"
        f"from collections.abc import Mapping\n_Widget = object\n{' = '.join(names)} = None\n{table}"
    )
    load(apart, "FieldType.TEAM: _team,", "FieldType.TEAM: _text,", tmp_path)
    with pytest.raises(TypeError, match=r"missing \[<FieldType\.TEAM"):
        load(apart, "FieldType.TEAM: _team,", "", tmp_path)


@pytest.mark.parametrize(
    ("members", "table"),
    [
        ((*Standing, "email"), STANDINGS),
        ((*PLACEHOLDERS, "email"), texts._FILLED_WITH),
    ],
)
def test_one_member_more_than_the_table_has_is_named(members: object, table: object) -> None:
    with pytest.raises(TypeError, match=r"missing \['email'\]"):
        complete(members, table)  # type: ignore[arg-type]  # of several kinds at once


def literals(path: Path) -> Iterator[tuple[int, set[str]]]:
    """The line and the keys of each dict that is written out with words for all its keys."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Dict):
            keys = [one.value for one in node.keys if isinstance(one, ast.Constant)]
            words = {one for one in keys if isinstance(one, str)}
            if len(words) == len(node.keys) > 1:
                yield node.lineno, words


ALLOWED = {
    "adapters/log/alert_log.py: FieldType": "the two types of columns, complete by construction",
    "domain/log/life_rows.py: FieldType": "whose turn it is, complete by construction",
    "domain/notices/placeholders.py: placeholders": "the list itself",
    "domain/notices/texts.py: placeholders": "complete by construction",
}


def test_no_table_is_keyed_by_the_words_of_a_closed_list() -> None:
    found = {
        f"{path.relative_to(PACKAGE)}: {name}": line
        for path in sorted(PACKAGE.rglob("*.py"))
        for line, keys in literals(path)
        for name, words in LISTS.items()
        if keys <= words
    }
    assert set(found) == set(ALLOWED), found
