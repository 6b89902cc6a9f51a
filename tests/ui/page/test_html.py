"""Nothing that somebody typed is ever taken for HTML: what is put into a piece is escaped by its type."""

import ast
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from inspect import Parameter, getmembers, isfunction, signature
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from markupsafe import Markup, escape
from streamlit.testing.v1 import AppTest  # noqa: TID251 - it runs the app

from practice_alerts import ROOT
from practice_alerts.ui.page import html as show

SHOW = Path(show.__file__)
PAGES = sorted([ROOT / "app.py", *ROOT.glob("pages/*.py"), *SHOW.parent.glob("**/*.py")])
FACES = sorted([*PAGES, *ROOT.glob("practice_alerts/web/**/*.py")])
TAG = re.compile(r"</?[A-Za-z!]")

HOSTILE = "<script>'{0}' {} & \"%s\"</script>"
FILLED: dict[Any, Any] = {
    str: HOSTILE,
    Iterable[str]: [HOSTILE],
    Sequence[str]: (HOSTILE, HOSTILE),
    Iterable[show.Row]: [(HOSTILE, HOSTILE)],
    Iterable[tuple[str, str]]: [(HOSTILE, HOSTILE)],
}
MAKERS = {
    name: function
    for name, function in getmembers(show, isfunction)
    if function.__module__ == show.__name__ and not name.startswith("_")
}


def words_of(function: Callable[..., object]) -> dict[str, Parameter]:
    """The arguments that hold words; each of the others is a number, a yes or one of a few."""
    named = signature(function).parameters
    assert {one.annotation for one in named.values()} <= {*FILLED, int, bool, show.Width, Markup}
    return {name: one for name, one in named.items() if one.annotation in FILLED}


def _call(name: str, words: dict[str, object], more: tuple[str, ...]) -> None:
    """A page of one piece; it is run by its text."""
    from practice_alerts.ui.page import html as show

    made = getattr(show, name)(*more, **words)
    if made is not None:
        show.html(made)


WORDS = [
    (name, word)
    for name, function in MAKERS.items()
    for word in words_of(function)
    if (name, word) != ("title", "tab")  # what the browser's tab says is no HTML
]


@pytest.mark.parametrize(("name", "word"), WORDS)
def test_what_is_put_into_a_piece_is_escaped(name: str, word: str) -> None:
    words = words_of(MAKERS[name])
    filled = {
        one: FILLED[words[one].annotation] if one == word else begun(words[one])
        for one in words
        if words[one].kind is not Parameter.VAR_POSITIONAL
    }
    if (name, word) == ("table", "none"):  # said where there are no rows
        filled["rows"] = []
    more = (HOSTILE,) if words[word].kind is Parameter.VAR_POSITIONAL else ()
    page = AppTest.from_function(_call, args=(name, filled, more), default_timeout=60).run()
    (html,) = [str(one.proto.body) for one in page.get("html")]
    # In an address everything is written by its numbers, so that nothing is left to escape.
    shown = (
        quote(HOSTILE, safe="@")
        if (name, word) == ("mail_link", "address")
        else str(escape(HOSTILE))
    )
    assert shown in html
    assert HOSTILE not in html
    assert "<script" not in html


def begun(words: Parameter) -> Any:
    """What stands in an argument that is not looked at."""
    plain: dict[Any, Any] = {str: "a", Iterable[str]: ["a"], Sequence[str]: ("a", "b")}
    pairs = {Iterable[show.Row]: [("a", "b")], Iterable[tuple[str, str]]: [("a", "b")]}
    return (plain | pairs)[words.annotation]


@pytest.mark.parametrize("name", ["lead", "quiet", "state", "aside", "unseen"])
def test_a_piece_inside_a_piece_stays_one(name: str) -> None:
    inside = show.link("Read on", "/app/")
    filled = {"words": inside, **({"tone": "due"} if name == "state" else {})}
    page = AppTest.from_function(_call, args=(name, filled, ()), default_timeout=60).run()
    assert inside in str(page.get("html")[0].proto.body)


def test_a_text_is_refused_where_a_piece_is_wanted() -> None:
    text: Any = "<p>Nobody has escaped this.</p>"
    with pytest.raises(TypeError, match="HTML is Markup"):
        show.html(text)
    with pytest.raises(TypeError, match="HTML is Markup"):
        show.html(f"{Markup('<p>')}{text}")  # type: ignore[arg-type] # it made a text of the piece


def test_one_place_alone_puts_html_into_a_page() -> None:
    """Streamlit's own ways to do it are called there only."""
    found = {path for path in PAGES for _ in ways_round(tree(path))}
    assert found == {SHOW}


def ways_round(module: ast.Module) -> Iterator[ast.AST]:
    for node in ast.walk(module):
        match node:
            case ast.Attribute(value=ast.Name(id="st"), attr="html"):
                yield node
            case ast.keyword(arg="unsafe_allow_html"):
                yield node
            case _:
                pass


@pytest.mark.parametrize("path", FACES, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_no_html_is_made_of_plain_text(path: Path) -> None:
    """Neither by an f-string nor by hand; a tag stands in Markup("..."), which ruff wants to be a constant."""
    assert [ast.unparse(node) for node in by_hand(tree(path))] == []


def by_hand(module: ast.Module) -> Iterator[ast.AST]:
    for node in ast.walk(module):
        match node:
            case ast.ImportFrom(names=names) if "escape" in {one.name for one in names}:
                yield node
            case ast.JoinedStr(values=values) if TAG.search("".join(map(plain, values))):
                yield node
            case ast.Call(
                func=ast.Attribute(value=ast.Constant(value=str() as text)), args=[_, *_]
            ):
                yield from [node] * bool(TAG.search(text))
            case ast.BinOp(left=ast.Constant(value=str() as text)) if TAG.search(text):
                yield node
            case _:
                pass


def plain(part: ast.expr) -> str:
    return str(part.value) if isinstance(part, ast.Constant) else "-"


def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text("utf-8"), str(path))


@pytest.mark.parametrize(
    "line",
    [
        'f"<p>{name}</p>"',
        '"<p>{}</p>".format(name)',
        '"<p>%s</p>" % name',
        '"<p>" + name',
        'Markup(f"<p>{name}</p>")',
        "from html import escape",
        '"<br>".join(names)',
    ],
)
def test_html_by_hand_would_be_found(line: str) -> None:
    assert list(by_hand(ast.parse(line)))
