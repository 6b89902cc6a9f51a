"""No page tells Streamlit words that are not its own without saying that they are to be shown as written."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from practice_alerts import PACKAGE, ROOT

PAGES = sorted([*(ROOT / "pages").glob("*.py"), *(PACKAGE / "ui").rglob("*.py")])
PLACES = frozenset({"st", "on", "back"})  # Streamlit, and the places for two buttons side by side
READS_MARKDOWN = frozenset(
    {"write", "markdown", "caption", "warning", "error", "info", "success", "toast", "expander"}
    | {"button", "checkbox", "toggle", "page_link", "link_button", "popover", "tabs", "metric"}
    | {"title", "header", "subheader", "badge", "pills", "segmented_control", "status", "spinner"}
    | {"radio", "selectbox", "multiselect", "text_input", "date_input", "number_input", "text_area"}
)


def told(module: ast.Module) -> Iterator[ast.expr]:
    """What is shown of each call that reads Markdown; a label that is put away is only heard, as it stands."""
    for node in ast.walk(module):
        match node:
            case ast.Call(func=ast.Attribute(value=ast.Name(id=where), attr=attr), args=args) if (
                where in PLACES
            ):
                more = {one.arg: one.value for one in node.keywords}
                if attr == "radio":
                    yield from (more[one] for one in ("format_func", "captions") if one in more)
                if attr in READS_MARKDOWN and "label_visibility" not in more:
                    yield more["label"] if "label" in more else args[0]


def is_ours(shown: ast.expr) -> bool:
    match shown:
        case ast.Constant() | ast.Call(func=ast.Name(id="as_written")):
            return True
        case ast.IfExp(body=body, orelse=otherwise):
            return is_ours(body) and is_ours(otherwise)
        case ast.Name(id=name) | ast.Attribute(value=ast.Name(id=name), attr="__getitem__"):
            return name.isupper()
        case ast.Lambda(body=body) | ast.ListComp(elt=body) | ast.FormattedValue(value=body):
            return is_ours(body)
        case ast.JoinedStr(values=values):
            return all(map(is_ours, values))
        case _:
            return False


@pytest.mark.parametrize("path", PAGES, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_words_that_are_not_of_this_file_are_shown_as_written(path: Path) -> None:
    module = ast.parse(path.read_text("utf-8"))
    assert [f"{one.lineno}: {ast.unparse(one)}" for one in told(module) if not is_ours(one)] == []
