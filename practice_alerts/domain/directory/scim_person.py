"""Somebody as a council's own system says they are, and what that comes to in the directory."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from practice_alerts.domain.directory.people_file import (
    ANOTHER,
    EVERY_TEAM,
    PersonLine,
    TitledPost,
    Titles,
    titled,
)
from practice_alerts.domain.procedure.posts import OFFICE_POSTS


@dataclass(frozen=True, slots=True)
class ScimPerson:
    """`active`: works there still. `until` is the last day of whoever is there for a time."""

    user_name: str
    name: str
    mail: str
    external_id: str = ""
    title: str = ""
    team: str = ""
    active: bool = True
    until: date | None = None

    @property
    def user_key(self) -> str:
        return self.user_name.casefold()

    def post(self, posts: Mapping[str, str], titles: Titles) -> TitledPost | None:
        """What their job title gives; None where nobody knows it, or it would be a post of running this office."""
        found = titled(self.title, posts, titles)
        if found is None or found.post in OFFICE_POSTS:
            return None
        team = found.team.removeprefix(EVERY_TEAM) if found.team else self.team
        return TitledPost(found.post, " ".join(team.split()) if found.post else "")

    def line(self, post: TitledPost, person_id: str = "") -> PersonLine:
        """As a list of people would say it; without an id, somebody else than whoever has that name already."""
        days = (None, self.until if post.post else None)
        return PersonLine(
            1, self.name, self.mail, post.post, post.team, *days, person_id or ANOTHER
        )
