"""Posts: who acts, answers or is told. A procedure names posts, never people."""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, WithJsonSchema

from practice_alerts.domain.definition import ID_PATTERN, Definition, Id, Said, Words


class Of(Said):
    """Whose post it is, and how that is said after its title."""

    CHILD = "child", ""
    RAISER = "raiser", " of whoever raised it"
    COUNCIL = "council", ""
    OTHER_PART = "other_part", " of the other part of the council"
    PLACEMENT_AREA = "placement_area", " of the area where the child is placed"
    AGENCY = "agency", " at the agency"


How = Literal["one", "any_of", "all_of", "normally", "not_stated"]

RAISER = "raiser"
"""May stand wherever a role may: whoever raised the alert."""

OFFICE_POSTS = {
    "iro_manager": "IRO manager",
    "reserve_manager": "Reserve IRO manager",
    "qa_lead": "QA lead",
    "administrator": "Administrator",
    "auditor": "Auditor",
    "iro_support": "IRO support",
    # Procedures have a "director" of their own.
    "informed_director": "Director informed weekly",
    "information_officer": "Information governance officer",
}
"""Posts that belong to running this office rather than to a procedure, with their titles."""

AUDITOR = "auditor"
"""Reads, and changes nothing: whoever holds it is nothing else in that council."""

NEED_NOBODY = frozenset({AUDITOR, "iro_support", "informed_director", "information_officer"})
"""Posts of the office that may stand empty, so that nobody is reminded of them."""

_GROUPS: tuple[How, ...] = ("any_of", "all_of", "normally")


class Post(Definition):
    """One post and whose it is: the child's team manager is another than that of whoever raised it."""

    role: Id
    of: Of = Of.CHILD
    ask: Words | None = None
    """A yes/no question put to whoever acts; the post is meant only when the answer is yes."""


class Who(Definition):
    """One post or several: one of them, all of them, normally these, or nobody named by the source."""

    how: How
    posts: tuple[Post | Who, ...] = ()

    @property
    def each(self) -> Iterator[Post]:
        """Every post named, in order, whatever the grouping."""
        for post in self.posts:
            if isinstance(post, Who):
                yield from post.each
            else:
                yield post

    @property
    def roles(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(post.role for post in self.each))

    def beside(self, asked: Container[Post]) -> Who:
        """Whoever is meant when these are asked anyhow: a group of which one is enough is met by any of them."""
        if self.how == "any_of" and any(post in asked for post in self.each):
            return NOBODY_NAMED
        cut = (post.beside(asked) if isinstance(post, Who) else post for post in self.posts)
        left = tuple(
            post for post in cut if (post.posts if isinstance(post, Who) else post not in asked)
        )
        return self._with_left(left)

    def without(self, roles: Container[str]) -> Who:
        """Whoever is left when these are taken out, grouped as before; nobody where none is left."""
        cut = (post.without(roles) if isinstance(post, Who) else post for post in self.posts)
        left = tuple(
            post
            for post in cut
            if (post.posts if isinstance(post, Who) else post.role not in roles)
        )
        return self._with_left(left)

    def _with_left(self, posts: tuple[Post | Who, ...]) -> Who:
        """Of a group of which only one post is left, it is that one: there is nothing to choose between posts."""
        if self.how == "any_of" and len(posts) == 1:
            return self.model_copy(update={"how": "one", "posts": posts})
        return self.model_copy(update={"posts": posts}) if posts else NOBODY_NAMED


NOBODY_NAMED = Who(how="not_stated")


def read_who(written: Any) -> Any:
    """Turn the short ways of writing (``team_manager``, ``{any_of: [...]}``, ``not stated``) into a `Who`."""
    if isinstance(written, Who):
        return written
    if isinstance(written, str):
        return (
            NOBODY_NAMED if written == "not stated" else Who(how="one", posts=(Post(role=written),))
        )
    if isinstance(written, list | tuple):
        return Who(how="all_of", posts=tuple(_read_post(item) for item in written))
    if isinstance(written, Mapping):
        for group in _GROUPS:
            if set(written) == {group} and isinstance(written[group], list | tuple):
                return Who(how=group, posts=tuple(_read_post(item) for item in written[group]))
        if "role" in written:
            return Who(how="one", posts=(Post.model_validate(written),))
    raise ValueError(
        "expected a role id, {role: ..., of: ...}, any_of, all_of, normally, or 'not stated'"
    )


def _read_post(written: Any) -> Post | Who:
    who: Who = read_who(written)
    return who.posts[0] if who.how == "one" else who


WhoField = Annotated[
    Who, BeforeValidator(read_who), WithJsonSchema({"anyOf": [{"$ref": "#/$defs/Who"}]})
]
"""A field of a definition in which any way of writing a `Who` may stand."""


def _read_posts(written: Any) -> Any:
    return (written,) if isinstance(written, str) else written


RaisingPosts = Annotated[
    tuple[Id, ...],
    Field(min_length=1),
    BeforeValidator(_read_posts),
    WithJsonSchema(
        {
            "anyOf": [
                {"type": "string", "pattern": ID_PATTERN},
                {"type": "array", "items": {"type": "string", "pattern": ID_PATTERN}},
            ]
        }
    ),
]
"""One role, or a list of those of which each may raise."""


class Side(Said):
    """On which side of an alert a post stands: that which raises it, or that which has to answer."""

    CHALLENGING = "challenging", "the side that raises and reviews the response"
    CHALLENGED = "challenged", "the side that is asked to answer"


class Role(Definition):
    """A post, its title and how else the document prints it. Who holds it is kept elsewhere."""

    title: Words
    short: Words | None = None
    also_printed: tuple[Words, ...] = ()
    team: bool = False
    held_by: Literal["people", "a setting"] = "people"
    stands_in: Id | None = None
    """The post that acts when this one is empty, where the procedure says so."""
    in_iro_service: bool = False
    """The post belongs to the IRO's service. Where `side` is not said, its side follows from this."""
    side: Side | None = None
    note: Words | None = None

    @property
    def own_side(self) -> bool:
        """Does it belong to the side that challenges, and not to the chain that is challenged?"""
        return self.in_iro_service if self.side is None else self.side is Side.CHALLENGING
