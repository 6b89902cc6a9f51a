"""An alert with what it rests on: its edition's files and its ladder."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache, cached_property
from typing import Any

from practice_alerts.adapters.files.procedures import CouncilFiles
from practice_alerts.adapters.store.alerts import event_store, shut_out_rows
from practice_alerts.adapters.store.core.database import Tx
from practice_alerts.adapters.store.office import directory
from practice_alerts.domain import text
from practice_alerts.domain.acts.acts import Rules, ways_up
from practice_alerts.domain.acts.permissions import (
    OFFICERS_SIDE,
    Act,
    Actor,
    NamedPosts,
    Stands,
    is_allowed,
    is_challenged,
    stands,
)
from practice_alerts.domain.alert.alert import Alert, fold
from practice_alerts.domain.alert.events import Corrected, Happened
from practice_alerts.domain.alert.stage_run import StageRun
from practice_alerts.domain.documents.alert_document import forms_used
from practice_alerts.domain.errors import NotFound, NotPossible
from practice_alerts.domain.forms.form import RAISED_AS
from practice_alerts.domain.forms.subject import is_about_child
from practice_alerts.domain.procedure.directions import raised_in
from practice_alerts.domain.procedure.entry import routes_for
from practice_alerts.domain.procedure.ladder import Ladder, Stage, label_of
from practice_alerts.domain.seeing.families import linked_to
from practice_alerts.domain.seeing.readers import AlertReader, as_read, reader_standing
from practice_alerts.office import Office


@dataclass(frozen=True)
class Known:
    """An alert with what it rests on."""

    id: str
    alert: Alert
    files: CouncilFiles
    ladder: Ladder | None
    vacant: frozenset[str] = frozenset()
    """Posts with a stand-in that nobody holds today, or nobody who may open it."""
    shut_out: frozenset[str] = frozenset()
    """The ids of those with an interest in its child: nobody chooses, asks or tells them."""

    @property
    def run(self) -> StageRun:
        """The stay at the present stage. Raises NotPossible for an alert without stages."""
        if self.alert.run is None:
            raise NotPossible("This kind of alert has no stages and asks for no answer.")
        return self.alert.run

    @property
    def stage(self) -> Stage | None:
        """Its present, or last, stage; none where it climbs no ladder."""
        run = self.alert.run
        return self.ladder.stage(run.stage) if self.ladder and run else None

    @property
    def answers(self) -> Mapping[str, Any]:
        """What its forms say, and as what it was raised, whether a form asked for that or it was implied."""
        return {RAISED_AS: self.alert.raised.raised_as, **self.alert.answers}

    @property
    def rules(self) -> Rules:
        """What decides, beside the alert itself, what can be done to it."""
        return Rules(self.files.procedure, self.ladder, self.vacant)

    @cached_property
    def named(self) -> NamedPosts:
        """The posts that have a say at its present stage: asked for each act and each reader."""
        return self.rules.named(self.alert)

    @property
    def stages_reached(self) -> tuple[str, ...]:
        """The stages up to the highest it was ever sent to."""
        if self.ladder is None or not self.alert.runs:
            return ()
        highest = max(self.ladder.place(run.stage) for run in self.alert.runs)
        return tuple(stage.id for stage in self.ladder.stages[: highest + 1])

    @property
    def sent_answers(self) -> Mapping[str, Any]:
        """What was last said of each question that is asked anew at each stage."""
        return {name: said for run in self.alert.runs for name, said in run.sent.answers.items()}

    @property
    def ways_up(self) -> tuple[Stage, ...]:
        """The stages it may climb to now."""
        return ways_up(self.alert, self.ladder, self.rules.gate(self.alert)) if self.ladder else ()

    @property
    def routes(self) -> tuple[str, ...]:
        """The ways out of the authority for a case of this type."""
        return routes_for(self.files.procedure, self.alert.raised.raised_as)

    def may(self, actor: Actor, which: Act) -> bool:
        """Does any row of the table allow this act, given whom the procedure names here?"""
        every, deciding = self.stands(actor)
        return is_allowed(every if which is Act.SEE else deciding, which, self.alert)

    def stands(self, actor: Actor) -> Stands:
        """How this person stands to it. Worked out once for each who asks: it is asked for each act and each part."""
        if actor not in self._stand_to_it:
            self._stand_to_it[actor] = stands(actor, self.alert, self.named)
        return self._stand_to_it[actor]

    @cached_property
    def _stand_to_it(self) -> dict[Actor, Stands]:
        return {}

    def must_not_challenge(self, who: Actor) -> None:
        """What becomes of it as a record is decided by others. Raises NotPossible; a command is nobody."""
        if who.id and is_challenged(who, self.alert, self.named):
            raise NotPossible(
                f"{self.alert.reference} challenges you, so somebody else decides what becomes of it as a record:"
                " another IRO manager, or the information governance officer."
            )

    def reader(self, actor: Actor) -> AlertReader:
        """What this person reads of each part of it."""
        return reader_standing(actor, self.stands(actor))

    def as_read(self, by: AlertReader) -> "Known":
        """With nothing in it that they may not read: what every page and paper is made from."""
        return replace(self, alert=as_read(self.alert, by))

    def is_of_officers_side(self, actor: Actor) -> bool:
        """Does this person record whatever takes place, and not only what is theirs to do?"""
        return bool(self.stands(actor).deciding & OFFICERS_SIDE)

    @property
    def kind_title(self) -> str:
        """What the procedure calls this kind of alert."""
        return self.files.procedure.kinds[self.alert.raised.alert_kind].title

    @property
    def stage_label(self) -> str:
        run = self.alert.run
        return label_of(self.ladder, run.stage) if run else ""


def _is_gone(happened: Iterable[Happened]) -> bool:
    """Is nothing left of it that was typed? So it is where it was destroyed, and where there never was one."""
    return all(event.what is None for event in happened)


def load(office: Office, tx: Tx, alert_id: str) -> Known:
    """The alert as it stands, under the edition it was raised under. Raises NotFound."""
    happened = event_store.happened(tx, alert_id)
    if _is_gone(happened):
        raise NotFound("practice alert")
    found = known(office, alert_id, fold(happened))
    shut_out = shut_out_rows.of_alert(tx, alert_id)
    return replace(found, vacant=_vacant(office, tx, found.files, shut_out), shut_out=shut_out)


def load_in_turn(office: Office, tx: Tx, alert_ids: Iterable[str]) -> Iterator[Known]:
    """As `load_each`, so many at once that not all of a council's are in memory together."""
    for some in event_store.in_turn(alert_ids):
        yield from load_each(office, tx, some).values()


def load_each(office: Office, tx: Tx, alert_ids: Iterable[str]) -> dict[str, Known]:
    """Several alerts at once, by id; without those that were destroyed."""
    happened = event_store.happened_to_each(tx, alert_ids).items()
    found = {
        alert_id: known(office, alert_id, fold(events))
        for alert_id, events in happened
        if not _is_gone(events)
    }
    shut_out = shut_out_rows.of_each(tx, found)

    @cache
    def vacant(digest: str, out: frozenset[str]) -> frozenset[str]:
        return _vacant(office, tx, office.edition(digest), out)

    return {
        name: replace(one, vacant=vacant(one.files.digest, out), shut_out=out)
        for name, one in found.items()
        for out in (shut_out.get(name, frozenset()),)
    }


_AROUND = " \t\r\n\u00a0.,;:"


def as_kept(reference: str) -> str:
    """One that was typed, or copied with the end of a sentence."""
    return text.as_kept(reference).strip(_AROUND).upper()


def linked_with(office: Office, tx: Tx, found: Known, actor: Actor) -> tuple[Known, ...]:
    """Those raised in one go with it or linked since, about brothers or sisters, that this person may open; by reference."""
    if not (linked := linked_to(found.alert)):
        return ()
    every = load_each(office, tx, linked).values()
    able = (one for one in every if found.id in linked_to(one.alert) and one.may(actor, Act.SEE))
    return tuple(sorted(able, key=lambda one: one.alert.reference))


def known(office: Office, alert_id: str, alert: Alert) -> Known:
    files = from_side(office.edition(alert.raised.edition), alert.raised.raised_in)
    ladder = files.procedure.ladder_of(alert.raised.alert_kind, alert.raised.partner)
    return Known(alert_id, _with_marks(office, files, alert), files, ladder)


def _with_marks(office: Office, files: CouncilFiles, alert: Alert) -> Alert:
    """What corrections of long ago do not say: whether the form marks the question as one that names the child."""
    if all(one.names_child is not None for _, one in alert.corrections):
        return alert
    every = [one for name in forms_used(alert) for one in office.form(files, name).fields()]
    marked = {one.id for one in every if one.names_child}

    def said(one: Happened) -> Happened:
        if not isinstance(one.what, Corrected) or one.what.names_child is not None:
            return one
        told = one.what.model_copy(update={"names_child": one.what.field in marked})
        return replace(one, what=told)

    return fold([said(one) for one in alert.happened])


def about_child(office: Office, found: Known) -> bool:
    """Is it about a child, by its case type and the forms that were filled?"""
    alert = found.alert
    forms = (office.form(found.files, name) for name in forms_used(alert))
    return is_about_child(found.files.procedure, alert.raised.raised_as, forms, alert.answers)


def from_side(files: CouncilFiles, role: str) -> CouncilFiles:
    """The files as they are for an alert raised in that post: on which side each stands."""
    procedure = raised_in(files.procedure, role)
    return files if procedure is files.procedure else replace(files, procedure=procedure)


def _vacant(
    office: Office, tx: Tx, files: CouncilFiles, shut_out: frozenset[str]
) -> frozenset[str]:
    stood_in = (name for name, role in files.procedure.roles.items() if role.stands_in)
    return frozenset(
        name
        for name in stood_in
        if shut_out >= {one.id for one in directory.holders(tx, files.id, name, office.today)}
    )
