"""A council's people as another system lists them: a line for each post of each person."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from practice_alerts.domain.deadlines.typed_dates import read_when
from practice_alerts.domain.directory.mail_address import tidied
from practice_alerts.domain.errors import Expected, NotADate, quoted
from practice_alerts.domain.files.faults import nearest
from practice_alerts.domain.forms.validation import control_characters
from practice_alerts.domain.procedure.posts import OFFICE_POSTS
from practice_alerts.domain.text import joined

TableRow = tuple[int, tuple[str, ...]]
"""The line on which it begins, and its cells."""

_PEOPLE = ("name", "mail", "post", "title", "team", "since", "until", "id")
_TITLES = ("title", "post", "team")
_FORMULA = ("=", "+", "-", "@")  # what a spreadsheet may run
ANOTHER = "new"
"""In place of an id: somebody else than whoever has that name already."""

EVERY_TEAM = "*"
"""In the table of titles: held for the whole council, whatever team the line names."""


class BadTable(Expected):
    """A file that cannot be read as a table of people or of titles at all."""


@dataclass(frozen=True, slots=True)
class PersonLine:
    """What one line says. Without a post: somebody who works here and holds none."""

    line: int
    name: str
    mail: str
    post: str = ""
    team: str = ""
    since: date | None = None
    until: date | None = None
    id: str = ""

    @property
    def what(self) -> tuple[str, str]:
        """The post and its team, however that is spelled."""
        return self.post, self.team.casefold()


@dataclass(frozen=True, slots=True)
class LineFault:
    """One line that has to be mended. `mail` is whom it is about, as far as it says."""

    line: int
    sentence: str
    mail: str = ""


@dataclass(frozen=True, slots=True)
class PeopleFile:
    lines: tuple[PersonLine, ...]
    faults: tuple[LineFault, ...]


@dataclass(frozen=True, slots=True)
class TitledPost:
    """What somebody of a job title holds; no post: none."""

    post: str
    team: str = ""


Titles = Mapping[str, TitledPost]


class _WrongCellError(Exception):
    """What has to be mended in the line that is being read."""


def read_titles(rows: Sequence[TableRow], posts: Mapping[str, str], name: str) -> Titles:
    """The post for each job title, however that is spelled. `posts` are titles by id. Raises BadTable."""
    found: dict[str, TitledPost] = {}
    for line, cells in _cells(rows, _TITLES, ("title", "post"), name):
        try:
            _must_be_harmless(cells)
            title = _plain(cells["title"]).casefold()
            post = _post(cells["post"], posts) if cells["post"] else ""
        except _WrongCellError as wrong:
            raise BadTable(f"{name}, line {line}: {wrong}") from None
        if title in found:
            raise BadTable(f"{name}, line {line}: this title stands in the table already.")
        found[title] = TitledPost(post, cells.get("team", ""))
    return found


def read_people(
    rows: Sequence[TableRow], posts: Mapping[str, str], titles: Titles, name: str
) -> PeopleFile:
    """Every line, and what is wrong with those that cannot be read. Raises BadTable."""
    lines: list[PersonLine] = []
    faults: list[LineFault] = []
    for line, cells in _cells(rows, _PEOPLE, ("name", "mail"), name):
        if not {"post", "title"} & set(cells):
            raise BadTable(f"{name} has no column of posts: name one post, or title.")
        try:
            lines.append(_person(line, cells, posts, titles))
        except _WrongCellError as wrong:
            faults.append(LineFault(line, str(wrong), cells["mail"]))
    return PeopleFile(tuple(lines), tuple(faults))


def _cells(
    rows: Sequence[TableRow], columns: Sequence[str], needed: Sequence[str], name: str
) -> Iterator[tuple[int, dict[str, str]]]:
    """Each line below the headings, its cells by column. Raises BadTable."""
    if not rows:
        raise BadTable(f"{name} is empty: its first line names the columns {', '.join(columns)}.")
    headings = [cell.strip().lower() for cell in rows[0][1]]
    for one in headings:
        if one not in columns:
            hint = nearest(one, columns)
            also = f" ({hint})" if hint else ""
            raise BadTable(
                f'{name}: "{quoted(one)}" is no column here{also}. There are: {", ".join(columns)}.'
                " Take out what is not needed."
            )
        if headings.count(one) > 1:
            raise BadTable(f"{name} has two columns {one}.")
    if missing := [one for one in needed if one not in headings]:
        raise BadTable(f"{name} has no column {joined(missing)}: its first line names them.")
    for line, cells in rows[1:]:
        padded = [*cells, *[""] * (len(headings) - len(cells))]
        read = {one: padded[place].strip() for place, one in enumerate(headings)}
        if any(cell.strip() for cell in cells[len(headings) :]):
            read["beyond"] = "cells"
        yield line, read


def _person(
    line: int, cells: dict[str, str], posts: Mapping[str, str], titles: Titles
) -> PersonLine:
    if "beyond" in cells:
        raise _WrongCellError("It has more cells than there are columns.")
    _must_be_harmless(cells)
    held = _held(cells, posts, titles)
    team = cells.get("team", "") if not held.team else held.team.removeprefix(EVERY_TEAM)
    return PersonLine(
        line,
        _plain(cells["name"]),
        tidied(cells["mail"]),
        held.post,
        _plain(team) if held.post else "",
        _day("since", cells),
        _day("until", cells),
        cells.get("id", ""),
    )


def _held(cells: Mapping[str, str], posts: Mapping[str, str], titles: Titles) -> TitledPost:
    if post := cells.get("post", ""):
        return TitledPost(_post(post, posts))
    title = cells.get("title", "")
    if found := titled(title, posts, titles):
        return TitledPost(_not_of_the_office(found.post) if found.post else "", found.team)
    raise _WrongCellError(
        f'No post is known for the job title "{quoted(_plain(title))}". Put it into the table of titles,'
        " without a post if it has nothing to do with alerts."
    )


def titled(title: str, posts: Mapping[str, str], titles: Titles) -> TitledPost | None:
    """What somebody of that job title holds: by the table, else by the posts' own titles; None: nobody knows."""
    words = _plain(title).casefold()
    if not words:
        return TitledPost("")
    if words in titles:
        return titles[words]
    post = _by_title(posts).get(words)
    return TitledPost(post) if post is not None else None


def _by_title(posts: Mapping[str, str]) -> dict[str, str]:
    return {title.casefold(): post for post, title in posts.items()}


def _post(written: str, posts: Mapping[str, str]) -> str:
    is_post = written in {*posts, *OFFICE_POSTS}
    post = written if is_post else _by_title(posts).get(written.casefold(), "")
    if not post:
        hint = nearest(written, sorted(posts))
        also = f" ({hint})" if hint else ""
        raise _WrongCellError(f'This council has no post "{quoted(written)}"{also}.')
    return _not_of_the_office(post)


def _not_of_the_office(post: str) -> str:
    if post in OFFICE_POSTS:
        raise _WrongCellError(
            f"{OFFICE_POSTS[post]} is a post of running this office, which no file gives: give it"
            " with practice-alerts people post, or on the page “Directory”."
        )
    return post


def _must_be_harmless(cells: Mapping[str, str]) -> None:
    for column, cell in cells.items():
        if control_characters(cell):
            raise _WrongCellError(
                f"{column} holds characters that cannot be printed. Write it anew."
            )
        if cell.startswith(_FORMULA):
            raise _WrongCellError(
                f'{column}: "{quoted(cell)}" begins as a formula of a spreadsheet does. Write plain words.'
            )


def _day(column: str, cells: Mapping[str, str]) -> date | None:
    written = cells.get(column, "")
    if not written:
        return None
    try:
        found = read_when(written)
    except NotADate:
        found = None
    if found is None or isinstance(found, datetime):
        said = f'{column}: "{quoted(written)}" is not a date alone. Write it as 2025-06-05.'
        raise _WrongCellError(said)
    return found


def _plain(words: str) -> str:
    """In one line: a spreadsheet breaks a long cell where it likes."""
    return " ".join(words.split())


def mails_of(faults: Iterable[LineFault]) -> frozenset[str]:
    """Whom the faults are about."""
    return frozenset(one.mail.lower() for one in faults if one.mail)
