"""Everything about one person as pieces that can be kept back one by one: alert by alert, entry by entry."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Final

from practice_alerts.domain.acts.act_rows import ACT_OF_KIND
from practice_alerts.domain.alert import events
from practice_alerts.domain.alert.alert import Alert
from practice_alerts.domain.alert.choices import Part
from practice_alerts.domain.dates import LONDON, in_full
from practice_alerts.domain.disclosure.disclosed import DisclosureBegun
from practice_alerts.domain.disclosure.requesters import REQUESTERS, AboutWhom, Mark, WhoIsNamed
from practice_alerts.domain.disclosure.same_person import stands_in
from practice_alerts.domain.forms.answer_in_words import answer_in_words
from practice_alerts.domain.forms.form import FormField
from practice_alerts.domain.procedure.ladder import Ladder
from practice_alerts.domain.seeing.parts import for_everybody, part_of, said_in
from practice_alerts.domain.seeing.parts import kept_back as kept_back_there
from practice_alerts.domain.seeing.search_words import FormOf, typed_in
from practice_alerts.domain.wording.history import KEPT_TO, told

Fields = Mapping[str, FormField]

DESTROYED: Final = "What was typed here has been destroyed."


@dataclass(frozen=True, slots=True)
class Piece:
    """One answer, or one text: what can be kept back by itself."""

    place: str
    label: str
    text: str
    mark: Mark | None = None


@dataclass(frozen=True, slots=True)
class BundleEntry:
    """What happened once; `mark` keeps all of it back but that it happened."""

    place: str
    at: datetime
    who: str
    kept_to: str
    """Whose part it is of, in words; empty for the shared record."""
    pieces: tuple[Piece, ...]
    mark: Mark | None = None

    @property
    def when(self) -> str:
        here = self.at.astimezone(LONDON)
        return f"{in_full(here.date())}, {here:%H:%M}"

    @property
    def kept_back(self) -> int:
        return len(self.pieces) if self.mark else sum(one.mark is not None for one in self.pieces)


@dataclass(frozen=True, slots=True)
class BundleAlert:
    """One alert of it."""

    reference: str
    title: str
    facts: tuple[tuple[str, str], ...]
    entries: tuple[BundleEntry, ...]
    left_out: int = 0
    """How many entries are not in it: of a part that is left out, or not about the member of staff."""


@dataclass(frozen=True, slots=True)
class Rests:
    """What one alert is told with: its place in the bundle, its ladder and forms, and the names of the directory."""

    place: int
    ladder: Ladder | None
    form_of: FormOf
    names: Mapping[str, str]


def entries_of(alert: Alert, begun: DisclosureBegun, rests: Rests) -> tuple[BundleEntry, ...]:
    """As it is handed out where nobody marks anything."""
    names = {**rests.names, **{one.id: one.name for one in alert.people_named.values()}}
    found, kept = [], kept_back_there(alert)
    for event in alert.happened:
        if not _is_in(alert, event, begun):
            continue
        what = event.what
        if what is not None and Part.OWN not in begun.parts:
            what = for_everybody(what, kept.get(event.number, frozenset()))
        place = f"{rests.place}-{event.number}"
        who, part = (
            names.get(event.by, "Somebody"),
            part_of(alert, what)[0] if what else Part.SHARED,
        )
        pieces = (
            tuple(_pieces(alert, what, place, rests))
            if what
            else (Piece(f"{place}-what", "", DESTROYED),)
        )
        found.append(BundleEntry(place, event.at, who, KEPT_TO[part].removeprefix(", "), pieces))
    return tuple(_begun_with(found, alert, begun, rests))


def _is_in(alert: Alert, event: events.Happened, begun: DisclosureBegun) -> bool:
    if begun.meant.about is AboutWhom.STAFF and not stands_in(begun.meant, event):
        return False
    return event.what is None or part_of(alert, event.what)[0] in begun.parts


def _pieces(alert: Alert, what: events.Event, place: str, rests: Rests) -> Iterator[Piece]:
    """What stands in the history, then whatever else was typed, then the answers to a form."""
    happened, said = told(what, rests.ladder)
    yield Piece(f"{place}-what", "", happened)
    if said:
        yield Piece(f"{place}-said", "", said)
    shown = f"{happened}\n{said}"
    act = ACT_OF_KIND.get(events.kind_of(type(what)))
    asked = (
        {one.id: one.label for one in rests.form_of(act.form).fields()} if act and act.form else {}
    )
    for name, text in typed_in(what):
        if text.strip() and text not in shown:
            yield Piece(
                f"{place}-{name}", asked.get(name, name.replace("_", " ").capitalize()), text
            )
    for field, value in _answered(alert, int(place.split("-")[1]), what, rests):
        if words := answer_in_words(field, value):
            yield Piece(f"{place}-{field.id}", field.label, words)


def _answered(
    alert: Alert, number: int, what: events.Event, rests: Rests
) -> Iterator[tuple[FormField, Any]]:
    """Without what was put right and named a child: it may be another one."""
    given, fields = said_in(what), _fields(alert, what, rests)
    other = {
        (one.number, one.field) for _, one in alert.corrections if one.names_child is not False
    }
    for name, field in fields.items():  # in the order of the form
        if name in given and (number, name) not in other:
            yield field, given[name]


def _fields(alert: Alert, what: events.Event, rests: Rests) -> dict[str, FormField]:
    """Whatever may have been asked: blocks of the council's own form are asked with some acts."""
    act = ACT_OF_KIND.get(events.kind_of(type(what)))
    forms = (alert.raised.form, *(run.sent.form for run in alert.runs), act.form if act else "")
    return {
        one.id: one for name in dict.fromkeys(forms) if name for one in rests.form_of(name).fields()
    }


def _begun_with(
    entries: Iterable[BundleEntry], alert: Alert, begun: DisclosureBegun, rests: Rests
) -> Iterator[BundleEntry]:
    """With what the requester's row keeps back."""
    row, by_number = REQUESTERS[begun.requester], {one.number: one.what for one in alert.happened}
    confided = {} if row.confided else kept_back_there(alert)
    for entry in entries:
        number = int(entry.place.split("-")[1])
        what, kept = by_number[number], confided.get(number, frozenset())
        fields = _fields(alert, what, rests) if what else {}
        if isinstance(what, events.Corrected) and part_of(alert, what)[0] is Part.OWN:
            kept = frozenset() if row.confided else frozenset({"what", "said"})

        def marked(piece: Piece, kept: Collection[str] = kept, fields: Fields = fields) -> Piece:
            name = _name(piece.place)
            field = fields.get(name)
            if name in kept:
                return replace(piece, mark=Mark.CONFIDENCE)
            is_named = field is not None and _names(field) & row.kept_back
            return replace(piece, mark=Mark.THIRD_PARTY) if is_named else piece

        yield replace(entry, pieces=tuple(map(marked, entry.pieces)))


def _name(place: str) -> str:
    return place.split("-", 2)[2]


def _names(field: FormField) -> frozenset[WhoIsNamed]:
    own = frozenset({WhoIsNamed(field.identifies)}) if field.identifies else frozenset[WhoIsNamed]()
    return own.union(*map(_names, field.fields))


def places(alerts: Iterable[BundleAlert]) -> frozenset[str]:
    """Of everything that can be kept back."""
    entries = tuple(entry for alert in alerts for entry in alert.entries)
    return frozenset(
        {one.place for one in entries} | {one.place for entry in entries for one in entry.pieces}
    )


def marked(alerts: Iterable[BundleAlert], marks: Mapping[str, Mark]) -> tuple[BundleAlert, ...]:
    """With these marks and no others."""
    return tuple(
        replace(
            alert,
            entries=tuple(
                replace(
                    entry,
                    mark=marks.get(entry.place),
                    pieces=tuple(replace(one, mark=marks.get(one.place)) for one in entry.pieces),
                )
                for entry in alert.entries
            ),
        )
        for alert in alerts
    )


def kept_back(alerts: Iterable[BundleAlert]) -> int:
    """How many pieces."""
    return sum(entry.kept_back for alert in alerts for entry in alert.entries)


def without_kept_back(alerts: Iterable[BundleAlert]) -> tuple[BundleAlert, ...]:
    """As it leaves the council: what is kept back is not in it, in no form, and neither is how long it was."""

    def left(entry: BundleEntry) -> BundleEntry:
        if entry.mark:
            return replace(entry, pieces=(Piece(entry.place, "", "", entry.mark),))
        pieces = (replace(one, text="") if one.mark else one for one in entry.pieces)
        return replace(entry, pieces=tuple(pieces))

    return tuple(replace(one, entries=tuple(map(left, one.entries))) for one in alerts)
