"""What a row about an act says, and the words it says it in: whoever may, and when, and what a form asks."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Literal

from practice_alerts.domain.alert import events
from practice_alerts.domain.forms.field_types import FieldType
from practice_alerts.domain.forms.form import OptionsFrom


class Relation(StrEnum):
    """How somebody stands to one alert."""

    RAISER = "whoever raised it, or the officer it was given to"
    COVERS_RAISER = "cover of whoever raised it"
    NAMED_TO_REVIEW = "post of the IRO service that reviews the response at the present stage"
    NAMED_TO_ESCALATE = "post of the IRO service that escalates at the present stage"
    NAMED_FOR_STEP = "post of the IRO service that has a step at the present stage"
    GAVE_AWAY = "whoever raised it and no longer has it"
    ASKED = "asked at the present stage"
    COVERS_ASKED = "cover of somebody asked at the present stage"
    DRAFTS = "drafts the answer of somebody asked at the present stage, until it is given"
    HEARS_OUTSIDE = "side of whoever raised it, where only people outside the directory are asked"
    DOES_STEP = "does a step that is to be recorded"
    COVERS_DOER = "cover of somebody who does a step"
    WAS_ASKED = "asked at an earlier stage"
    COPIED = "sent a copy, invited or told"
    IRO_MANAGER = "manager of the IRO service"
    UNMANAGED = "whoever raised it or their cover, where the alert is about the service that the manager has"
    AUDIT_SAMPLE = "QA lead, for whom it was drawn as an audit sample that still runs"
    AUDITOR = "auditor"
    NAMED_READER = "named to open it while it is restricted"
    SECOND_PERSON = "named to confirm that it is restricted"
    IRO_SUPPORT = "support of the IRO service"
    MAY_RAISE = "holds a post that raises alerts"


class Phase(StrEnum):
    """Which alerts an act can be done to."""

    BEFORE = "before it is raised"
    ALWAYS = "always"
    WHILE_OPEN = "while open"
    WHEN_CLOSED = "when closed"


Asks = Mapping[str, frozenset[FieldType]]
"""Fields by id, each of one of these types."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ActRow:
    """Everything that is known of an act but how it is decided."""

    title: str
    button: str
    done: str
    """What is said once it is done; `{is_told}` stands for when the notice that `tells` names reaches its reader."""
    logged: str
    """The word for it in the log."""
    tells: str | None = None
    """The notice of which `done` speaks, by its name in the files."""
    who: tuple[Relation, ...]
    """Whoever stands so to the alert; nobody else, and never one of those who are challenged but to answer."""
    when: Phase = Phase.WHILE_OPEN
    event: type[events.Event]
    """What it becomes, besides what may come with it: a review with the closing, a sending with the escalation."""
    form: str
    """The name of its form's file."""
    needs: Asks
    """What the act rests on: its form must ask it."""
    may: Asks = field(default_factory=dict)
    """What the act knows, and a council may leave out."""
    chosen: Mapping[str, OptionsFrom] = field(default_factory=dict)
    """Of these fields the only choices of which the act can record anything."""
    own_block: Literal["answerer", "judge"] | None = None
    """Whose block of the council's own paper is asked with it."""
    without_scripts: bool = False
    """Is it asked on the page on which a manager answers? That page works without scripts."""
    printed: bool = False
    """Has it a Word document of its own?"""
    in_sight: bool = False
    """Does it stand on an alert's page in sight? The others are one click away."""

    @property
    def at_stage(self) -> bool:
        """Is it done at the present stage, and not to the alert as a whole?"""
        return issubclass(self.event, events.StageEvent)

    @property
    def knows(self) -> frozenset[str]:
        """The fields the act itself knows; whatever else its form asks goes to the event's `answers`."""
        return frozenset({*self.needs, *self.may})


TEXT = frozenset(one for one in FieldType if one.facts.as_text)
DAY = frozenset({FieldType.DATE})
ONE = frozenset({FieldType.ONE_OF})
SEVERAL = frozenset({FieldType.MANY_OF})
YES_NO = frozenset({FieldType.YES_NO})


@dataclass(frozen=True, slots=True)
class NamedPosts:
    """The posts of the IRO service that the procedure names at the present stage, beside the raiser's."""

    reviewing: frozenset[str] = frozenset()
    escalating: frozenset[str] = frozenset()
    own_side: frozenset[str] | None = None
    """Every post of the IRO service: nobody else acts as an officer's cover. None where nobody says."""
    challenged: frozenset[str] = frozenset()
    """Every post of the other side that the alert's ladder asks, at whatever stage."""
    doers: frozenset[str] = frozenset()
    """Ids of those who have a step to record."""
    covered_doers: frozenset[str] = frozenset()
    """Ids of those of them for whom their cover records it: while the alert stands at its stage."""
    doing: frozenset[str] = frozenset()
    """The posts of the IRO service that have one."""
    for_steps: frozenset[str] = frozenset()
    """The posts of the IRO service that have a step at the stage at all, open or not."""

    @property
    def here(self) -> frozenset[str]:
        """Those with a say at the stage."""
        return self.reviewing | self.escalating

    @property
    def looking_on(self) -> frozenset[str]:
        """Those who may read it because of the stage."""
        return self.here | self.for_steps


NOBODY = NamedPosts()


READERS_ONLY = frozenset(
    {Relation.GAVE_AWAY, Relation.WAS_ASKED, Relation.COPIED, Relation.AUDIT_SAMPLE}
)
"""Who has nothing to do with it now, and does not open it while its accuracy is disputed."""
