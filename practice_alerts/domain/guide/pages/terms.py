"""Words for the same thing: what each council calls it."""

import re
from collections.abc import Iterator, Sequence

from practice_alerts.domain.guide.parts.markup import Markup, heading, listed, table, text
from practice_alerts.domain.guide.parts.page import Council
from practice_alerts.domain.procedure.directions import as_climbed
from practice_alerts.domain.procedure.posts import Role
from practice_alerts.domain.procedure.procedure import Procedure
from practice_alerts.domain.text import capital, joined


def words_for_the_same(councils: Sequence[Council]) -> Markup:
    """The things all have, then the posts that at least two councils name."""
    called = {one.name: _things(one.procedure) for one in councils}
    things = (
        table(
            title,
            ("Council", "What it is called"),
            [(text(name), text(words[place])) for name, words in called.items()],
        )
        for place, title in enumerate(_THINGS)
    )
    columns = ("Post", "What each council calls it")
    posts = table("Posts named by more than one council", columns, _posts(councils))
    return heading(2, "Things", "things") + "".join(things) + heading(2, "Posts", "posts") + posts


_THINGS = ("The procedure", "An alert", "The stages", "The case system")


def _things(procedure: Procedure) -> tuple[str, str, str, str]:
    """What a council calls each of them."""
    return (
        joined((procedure.title, *procedure.also_called)),
        joined([kind.title for kind in procedure.kinds.values()]),
        ", ".join(stage.label for stage in procedure.main_ladder.stages),
        procedure.case_system,
    )


def _posts(councils: Sequence[Council]) -> Iterator[tuple[Markup, Markup]]:
    own = {council.id: _own_posts(council.procedure) for council in councils}
    every = dict.fromkeys(name for council in councils for name in own[council.id])
    for name in every:
        having = [(one.name, one.procedure.roles[name]) for one in councils if name in own[one.id]]
        if len(having) > 1:
            said = listed(f"{text(council)}: {_post(role)}" for council, role in having)
            yield text(having[0][1].title), said


def _own_posts(procedure: Procedure) -> tuple[str, ...]:
    """Posts of the authority: a surgery's practice manager is another than a social work team's."""
    theirs = {
        post.role
        for ladder in procedure.partners.values()
        for stage in ladder.stages
        for post in as_climbed(procedure, ladder).asked_at(stage).each
        if post.of in {"agency", "placement_area"}
    }
    return tuple(name for name in procedure.roles if name not in theirs)


def _post(role: Role) -> Markup:
    others = [word for word in (role.short, *role.also_printed) if word]
    return text(capital(role.title) + (f" (also {joined(others, 'or')})" if others else ""))


_LAST_CELL = re.compile(r"^(\|[^|\n]*\|(?:[^|\n]*\|)+)[^|\n]*\|$", re.MULTILINE)
_ON_THAT_CELL = re.compile(r"The right-hand column[^.]*\.\s")
_LINK_OUT = re.compile(r"\[([^\]]+)\]\((?!#)[^)]*\)")
_REPOSITORY_ONLY = re.compile(
    r"\s*^## For those who change the product$.*|(?<=\.) Some words took the place of others;[^.]*\.",
    re.MULTILINE | re.DOTALL,
)


def for_readers(glossary: str) -> str:
    """The glossary without words, column and ways into the code that are for programmers."""
    shown = _REPOSITORY_ONLY.sub("", glossary)
    return _LINK_OUT.sub(r"\1", _LAST_CELL.sub(r"\1", _ON_THAT_CELL.sub("", shown))).rstrip() + "\n"
