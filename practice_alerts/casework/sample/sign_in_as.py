"""Signing in as anybody of the sample office, without an e-mail: where it is shown, and nowhere else."""

from collections.abc import Iterator
from dataclasses import dataclass

from practice_alerts.adapters.links_and_sessions import Entered
from practice_alerts.casework.directory import staff
from practice_alerts.casework.sample.sample_people import STORY
from practice_alerts.office import Office


@dataclass(frozen=True, slots=True)
class MadeUp:
    """Somebody made up, with their posts in one council in words."""

    id: str
    name: str
    posts: str


@dataclass(frozen=True, slots=True)
class SampleDoor:
    office: Office

    def people(self) -> dict[str, list[MadeUp]]:
        """Whoever holds a post today, by the council's name; the council whose story is told comes first."""
        found: dict[str, list[MadeUp]] = {}
        everybody = [one for one in staff.everybody(self.office) if one.person.sample]
        for council in sorted(self.office.councils, key=lambda one: one != STORY):
            here = [line for one in everybody for line in _at(one, council)]
            if here:
                found[self.office.councils[council].procedure.council] = here
        return found

    def enter(self, person_id: str, next_path: str) -> Entered | None:
        """Open a session; None for an id that is none of these people's."""
        if not any(one.id == person_id for each in self.people().values() for one in each):
            return None
        entered = self.office.sign_in.use(self.office.sign_in.issue_link(person_id, next_path))
        return entered if isinstance(entered, Entered) else None


def sample_door(office: Office) -> SampleDoor | None:
    """None where the office is not served as a sample."""
    return SampleDoor(office) if office.settings.sample else None


def _at(one: staff.StaffLine, council: str) -> Iterator[MadeUp]:
    held = zip(one.posts, one.titles, strict=True)
    titles = [title for post, title in held if post.council == council]
    if titles:
        yield MadeUp(one.person.id, one.person.name, ", ".join(titles))
