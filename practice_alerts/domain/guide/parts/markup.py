"""The few pieces of HTML the guide draws with. All text that comes from a definition is escaped here."""

import re
from collections.abc import Iterable, Sequence
from html import escape, unescape

Markup = str
"""Text in which `<` already means a tag."""

_SPECIAL = re.compile(r"([\\`*_\[\]{}#|])")


def text(words: object) -> Markup:
    """Words from a definition, as HTML shows them."""
    return escape(str(words), quote=False)


_MARK = re.compile(r' ?<span class="(?:tag[^"]*|unseen)"[^>]*>[^<]*</span>')
_BREAK, _TAG = re.compile(r"<br>|</li>\s*(?=<li>)"), re.compile(r"<[^>]+>")


def plain(said: Markup) -> str:
    """The words alone, without marks and links; what stood on lines of its own is parted by semicolons."""
    words = _TAG.sub("", _BREAK.sub("; ", _MARK.sub("", said))).replace(".; ", "; ")
    return " ".join(unescape(words).split())


def heading(level: int, words: str, anchor: str) -> str:
    """A Markdown heading: the table of contents and the search are made from these."""
    return f"\n{'#' * level} {in_heading(words)} {{#{anchor}}}\n\n"


def in_heading(words: str) -> Markup:
    """Words from a definition, as they stand in a heading of Markdown."""
    return _SPECIAL.sub(r"\\\1", text(words))


def element(name: str, inside: Markup, **attributes: str | None) -> Markup:
    """`class_` and `for_` lose their underscore, others turn it into a hyphen; none given, none written."""
    written = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{escape(value)}"'
        for key, value in attributes.items()
        if value is not None
    )
    return f"<{name}{written}>{inside}</{name}>"


def link(words: Markup, to: str, **attributes: str | None) -> Markup:
    return element("a", words, href=to, **attributes)


def paragraph(inside: Markup, class_: str | None = None) -> Markup:
    return element("p", inside, class_=class_) + "\n"


def listed(items: Iterable[Markup], class_: str | None = None, name: str = "ul") -> Markup:
    """A list; nothing at all where there are no items."""
    inside = "\n".join(element("li", item) for item in items)
    return element(name, f"\n{inside}\n", class_=class_) + "\n" if inside else ""


def facts(pairs: Iterable[tuple[str, Markup]]) -> Markup:
    """Terms and what is said of each."""
    inside = "\n".join(fact(term, said) for term, said in pairs)
    return element("dl", f"\n{inside}\n", class_="facts") + "\n" if inside else ""


def fact(term: str, said: Markup) -> Markup:
    return element("div", element("dt", text(term)) + "\n" + element("dd", said))


def table(
    caption: str,
    columns: Sequence[str],
    rows: Iterable[Sequence[Markup]],
    *,
    said_above: bool = False,
) -> Markup:
    """A table whose first column heads its rows; on a narrow screen each row becomes a card.

    `said_above`: the heading right above says the same, so only those who cannot see it hear the caption.
    The roles are written out because a browser forgets them once a row is laid out as a card.
    """
    head = "\n".join(
        element("th", text(name), scope="col", role="columnheader") for name in columns
    )
    body = "\n".join(element("tr", _row(columns, row), role="row") for row in rows)
    return (
        '<table class="cards" role="table">\n'
        + element("caption", text(caption), class_="unseen" if said_above else None)
        + f'\n<thead role="rowgroup"><tr role="row">{head}</tr></thead>\n'
        + f'<tbody role="rowgroup">\n{body}\n</tbody>\n</table>\n'
    )


def _row(columns: Sequence[str], cells: Sequence[Markup]) -> Markup:
    """A cell carries the name of its column, which the style sheet shows on a card."""
    first = element("th", cells[0], scope="row", role="rowheader")
    rest = zip(columns[1:], cells[1:], strict=True)
    return first + "".join(
        "\n" + element("td", element("div", cell), role="cell", data_column=name)
        for name, cell in rest
    )


def note(title: str, inside: Markup, kind: str = "note") -> Markup:
    """A box beside the text: `kind` is ``note``, ``warning`` or ``silent``."""
    head = paragraph(element("strong", text(title)))
    return element("div", head + inside, class_=f"box box--{kind}") + "\n"


SILENCE = re.compile(r'<p class="silent">(.*?)</p>')
"""What such a paragraph says."""


def silent(about: str) -> Markup:
    """The one sentence that stands where the source says nothing."""
    return paragraph(f"The source says nothing about {text(about)}.", "silent")
