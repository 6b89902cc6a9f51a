"""Words for the same thing: what each council calls it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from practice_alerts.domain.guide.parts.markup import Markup, heading, listed, table, text
from practice_alerts.domain.guide.parts.page import Council
from practice_alerts.domain.procedure.procedure import Procedure, Role
from practice_alerts.domain.text import capital, joined


def words_for_the_same(councils: Sequence[Council]) -> Markup:
    """The things all have, then the posts that at least two councils name."""
    return (
        heading(2, "Things", "things")
        + "\n"
        + "".join(_one_thing(title, saying, councils) for title, saying in _THINGS)
        + heading(2, "Posts", "posts")
        + "\n"
        + table(
            "Posts named by more than one council",
            ("Post", "What each council calls it"),
            _posts(councils),
        )
    )


def _called(council: Council) -> str:
    procedure = council.procedure
    return joined((procedure.title, *procedure.also_called))


def _labels(council: Council) -> str:
    return ", ".join(stage.label for stage in council.procedure.main_ladder.stages)


def _kinds(council: Council) -> str:
    return joined([kind.title for kind in council.procedure.kinds.values()])


def _system(council: Council) -> str:
    return council.procedure.case_system


_THINGS: tuple[tuple[str, Callable[[Council], str]], ...] = (
    ("The procedure", _called),
    ("An alert", _kinds),
    ("The stages", _labels),
    ("The case system", _system),
)


def _one_thing(title: str, saying: Callable[[Council], str], councils: Sequence[Council]) -> Markup:
    rows = [(text(one.name), text(saying(one))) for one in councils]
    return table(title, ("Council", "What it is called"), rows)


def _posts(councils: Sequence[Council]) -> Iterator[tuple[Markup, Markup]]:
    own = {council.id: _own_posts(council.procedure) for council in councils}
    every = dict.fromkeys(name for council in councils for name in own[council.id])
    for name in every:
        having = [council for council in councils if name in own[council.id]]
        if len(having) > 1:
            first = having[0].procedure.roles[name]
            yield (
                text(first.title),
                listed(f"{text(one.name)}: {_post(one.procedure.roles[name])}" for one in having),
            )


def _own_posts(procedure: Procedure) -> tuple[str, ...]:
    """Posts of the authority: a surgery's practice manager is another than a social work team's."""
    stages = (stage for ladder in procedure.partners.values() for stage in ladder.stages)
    theirs = {
        post.role
        for stage in stages
        for post in stage.asked.each
        if post.of in {"agency", "placement_area"}
    }
    return tuple(name for name in procedure.roles if name not in theirs)


def _post(role: Role) -> Markup:
    others = [word for word in (role.short, *role.also_printed) if word]
    return text(capital(role.title) + (f" (also {joined(others, 'or')})" if others else ""))


_LAST_CELL = re.compile(r"^(\|[^|\n]*\|(?:[^|\n]*\|)+)[^|\n]*\|$", re.MULTILINE)
_ON_THAT_CELL = re.compile(r"The right-hand column[^.]*\.\s")
_LINK_OUT = re.compile(r"\[([^\]]+)\]\((?!#)[^)]*\)")


def for_readers(glossary: str) -> str:
    """The glossary without its column for programmers and without ways into the code."""
    return _LINK_OUT.sub(r"\1", _LAST_CELL.sub(r"\1", _ON_THAT_CELL.sub("", glossary)))
