"""Looking at one alert. Nothing here changes anything but who looked; lists are in `tray`."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial

from practice_alerts.adapters.store.alerts import current_state
from practice_alerts.adapters.store.core.database import Tx
from practice_alerts.adapters.store.office import directory
from practice_alerts.casework.core import actors, reserve
from practice_alerts.casework.core.loaded_alert import (
    Known,
    about_child,
    as_kept,
    linked_with,
    load,
)
from practice_alerts.casework.core.on_duty import on_duty
from practice_alerts.domain.acts.act_rows import ACTS
from practice_alerts.domain.acts.acts import Offer, offers, own_side_of
from practice_alerts.domain.acts.permissions import Act, Actor, Relation
from practice_alerts.domain.dates import london_date
from practice_alerts.domain.deadlines.forecast import StepForecast, price_of_hold, step_forecasts
from practice_alerts.domain.deadlines.working_days import Calendar
from practice_alerts.domain.errors import BeforeCalendar, BeyondCalendar, NotFound
from practice_alerts.domain.procedure.beside_text import said_of_ours
from practice_alerts.domain.procedure.entry import ways_on
from practice_alerts.domain.procedure.procedure import Ours
from practice_alerts.domain.procedure.routes import ROUTES
from practice_alerts.domain.seeing.security_entries import SecurityEntry, SecurityKind
from practice_alerts.domain.standing.anchors import anchors
from practice_alerts.domain.standing.running_clocks import Clocks, running_clocks
from practice_alerts.domain.standing.stage_steps import steps_left
from practice_alerts.domain.standing.status import GROUND_OF, Where, is_decided, where
from practice_alerts.domain.text import sentence
from practice_alerts.domain.wording.clock_lines import price_in_words
from practice_alerts.domain.wording.history import Line, history
from practice_alerts.domain.wording.interest_words import interest_warnings
from practice_alerts.domain.wording.restriction_words import dispute_lines, restriction_warning
from practice_alerts.domain.wording.warnings import cautions
from practice_alerts.office import Office


@dataclass(frozen=True)
class Seen:
    """One alert as this person sees it now."""

    known: Known
    """As they may read it: what is not theirs is not in it."""
    actor: Actor
    relations: frozenset[Relation]
    clocks: Clocks
    where: Where
    offers: tuple[Offer, ...]
    history: tuple[Line, ...]
    asking_id: str | None
    """The address of this person's answer page, while they are asked."""
    warnings: tuple[str, ...]
    """Sentences to read before anything else; none while all is well."""
    steps: tuple[StepForecast, ...]
    """What must happen inside the present stage, each with its clock where its start is known."""
    ways_out: tuple[str, ...]
    """The outside routes to which the procedure points from the present stage, in words."""
    about_child: bool = True
    of_service: tuple[str, ...] = ()
    """Whom to ring for the reviewing service; for its own side, too, who acts where every manager is barred."""
    together: tuple[str, ...] = ()
    """The references of those raised together with it, or linked since, that this person may open."""


def see(office: Office, person_id: str, reference: str, *, record: bool = True) -> Seen:
    """Open one alert; that it was opened is recorded. Raises NotFound for anything not theirs."""
    with _noted(office, person_id, reference), office.database.reading() as tx:
        found, actor = _theirs(office, tx, person_id, reference)
        calendar = office.calendar(found.files.id, tx)
        asking = _own_asking(current_state.askings_of(tx, found.id), actor)
        names = directory.names(tx, {event.by for event in found.alert.happened})
        service = _of_service(office, tx, found, actor)
        others = linked_with(office, tx, found, actor)
    if record:
        _note_opened(office, found, person_id)
    clocks, now = running_clocks(found.alert, found.ladder, calendar), office.now()
    stands = where(found.alert, found.ladder, clocks, now)
    read = found.as_read(found.reader(actor))
    return Seen(
        known=read,
        actor=actor,
        relations=found.stands(actor).deciding,
        clocks=clocks,
        where=stands,
        offers=offers(actor, found.alert, found.rules),
        history=history(read.alert, found.ladder, names, ours=_ours(found)),
        asking_id=asking,
        warnings=_shut_out(found, actor) + _warnings(found, clocks, london_date(now)),
        steps=_steps(found, calendar),
        ways_out=_ways_out(read, stands),
        about_child=about_child(office, found),
        of_service=service,
        together=tuple(one.alert.reference for one in others),
    )


def _note_opened(office: Office, found: Known, person_id: str) -> None:
    entry = SecurityEntry(SecurityKind.ALERT_OPENED, person_id, found.files.id, found.id)
    office.security_log.note(entry)


_SAME_REFUSAL = timedelta(minutes=1)


@contextmanager
def _noted(office: Office, person_id: str, reference: str) -> Iterator[None]:
    """A refusal is put down, the same for what is not theirs and what there is none of."""
    try:
        yield
    except NotFound:
        with office.database.reading() as tx:
            row = current_state.nearest(tx, reference := as_kept(reference))
        is_one = row is not None and row.reference == reference
        alert = (row.council, row.id) if row is not None and is_one else ("", "")
        entry = SecurityEntry(SecurityKind.REFUSED, person_id, *alert, "an alert", reference)
        office.security_log.note(entry, once_in=_SAME_REFUSAL)
        raise


def _theirs(office: Office, tx: Tx, person_id: str, reference: str) -> tuple[Known, Actor]:
    """The alert, and this person as they may act on it.

    Where there is none, another is looked at: how long the answer takes would tell what exists.
    """
    reference = as_kept(reference)
    if row := current_state.nearest(tx, reference):
        actor = actors.actor_in(office, tx, person_id, row.council)
        found = load(office, tx, row.id)
        if found.may(actor, Act.SEE) and row.reference == reference:
            return found, actor
    raise NotFound("practice alert of that reference")


def _of_service(office: Office, tx: Tx, found: Known, actor: Actor) -> tuple[str, ...]:
    """Sentences about the reviewing service; nothing once the alert is closed."""
    if not found.alert.is_open:
        return ()
    said = [on_duty(office, tx, found.files.id)]
    if own_side_of(found.files.procedure) & actor.posts:
        barred = reserve.in_reserve(office, tx, found)
        said += [barred.in_words] if barred else []
    return tuple(filter(None, said))


def _shut_out(found: Known, actor: Actor) -> tuple[str, ...]:
    """For the officer's side and who manages it: who cannot go on with it for an interest in the child."""
    if not found.alert.is_open or not found.shut_out:
        return ()
    able = (Act.HAND_ON, Act.MOVE_CASE)
    if not any(found.may(actor, act) for act in able):
        return ()
    return interest_warnings(found.alert, found.shut_out, *(ACTS[act].title for act in able))


def _warnings(found: Known, clocks: Clocks, today: date) -> tuple[str, ...]:
    run, standstill = found.alert.run, found.alert.standstill
    of_record = (*dispute_lines(found.alert), *restriction_warning(found.alert, today))
    if found.ladder is None or run is None or not found.alert.is_open:
        return of_record
    still = (
        (f"Nothing to change meanwhile. Not to happen: {standstill.action}",) if standstill else ()
    )
    return (
        of_record
        + still
        + tuple(sentence(said) for said in cautions(found.ladder, run.stage, clocks, today))
    )


def _steps(found: Known, calendar: Calendar) -> tuple[StepForecast, ...]:
    run = found.alert.run
    if found.ladder is None or run is None:
        return ()
    here = steps_left(run, found.ladder.stage(run.stage))
    every = step_forecasts(found.ladder, run.stage, anchors(found.alert, found.ladder), calendar)
    return tuple(one for one in every if one.step in here)


def _ways_out(found: Known, stands: Where) -> tuple[str, ...]:
    """By rule from this stage, and those of which the procedure wants to be reminded after a stage."""
    run, raised = found.alert.run, found.alert.raised
    if found.ladder is None or run is None:
        return ()
    ways = ways_on(found.files.procedure, found.ladder, run.stage, raised.raised_as)
    is_over = stands.standing in GROUND_OF or is_decided(run, found.ladder.stage(run.stage))
    left = [one.stage for one in found.alert.runs[:-1]] + ([run.stage] if is_over else [])
    prompts = found.files.procedure.referrals
    due = (name for name in found.routes if prompts[name].prompted_after in left)
    return tuple(ROUTES[way].title for way in dict.fromkeys((*ways, *due)) if way in ROUTES)


def hold_price(office: Office, found: Known, clocks: Clocks, until: object) -> str:
    """What a hold until that day, as it is typed, costs if it fails; a sentence, or empty."""
    try:
        day = date.fromisoformat(str(until or ""))
    except ValueError:
        return ""
    if found.ladder is None or found.alert.run is None:
        return ""
    calendar, stage = office.calendar(found.files.id), found.alert.run.stage
    try:
        limit, happened = clocks.time_limit, anchors(found.alert, found.ladder)
        price = price_of_hold(found.ladder, stage, day, limit, calendar, happened=happened)
    except (BeyondCalendar, BeforeCalendar):
        return ""
    return sentence(price_in_words(price)) if price else ""


def teams(office: Office, council: str) -> tuple[str, ...]:
    with office.database.reading() as tx:
        return directory.teams(tx, council, office.today)


@dataclass(frozen=True, slots=True)
class KnownPerson:
    """Somebody of the directory, as a form offers them."""

    id: str
    name: str
    posts: frozenset[str]
    says: str
    """Their posts and teams in words: what tells two of one name apart."""
    held: frozenset[tuple[str, str]] = frozenset()
    """Each post with its team, empty for the whole council."""

    def nearness(self, post: str, team: str) -> int:
        """How near somebody in this post is to that team: in it, for every team, or elsewhere."""
        near = ((post, team), (post, ""))
        return next((place for place, one in enumerate(near) if one in self.held), len(near))

    @property
    def label(self) -> str:
        return f"{self.name} ({self.says})"


def people_of(office: Office, council: str) -> tuple[KnownPerson, ...]:
    """Everybody who holds a post there today, by name."""
    procedure = office.council(council).procedure
    with office.database.reading() as tx:
        everybody = directory.everybody(tx, council)
        held = [one for one in directory.holdings_of(tx, council) if one.on(office.today)]
    found = []
    for person in everybody:
        mine = [one for one in held if one.person_id == person.id]
        titles = (
            ", ".join(filter(None, (actors.title_or_id(procedure, one.post), one.team)))
            for one in mine
        )
        posts = frozenset(one.post for one in mine)
        if posts:
            says = "; ".join(dict.fromkeys(titles))
            pairs = frozenset((one.post, one.team) for one in mine)
            found.append(KnownPerson(person.id, person.name, posts, says, pairs))
    return tuple(found)


def offered_for(people: Sequence[KnownPerson], post: str, team: str) -> tuple[KnownPerson, ...]:
    """Those who hold the post: first those of the team, then those for every team."""
    holders = (one for one in people if post in one.posts)
    return tuple(sorted(holders, key=lambda one: one.nearness(post, team)))


def chosen_of(people: Sequence[KnownPerson], said: str) -> KnownPerson | None:
    """Who is meant by what was chosen or typed; None for a name that is nobody's, or of several."""
    called = _called(people, said)
    return called[0] if len(called) == 1 else None


def are_several(people: Sequence[KnownPerson], said: str) -> bool:
    """Is what was typed the name of more than one of them?"""
    return len(_called(people, said)) > 1


def _called(people: Sequence[KnownPerson], said: str) -> list[KnownPerson]:
    name = _in_small(said)
    exact = [one for one in people if _in_small(one.label) == name]
    return exact or [one for one in people if _in_small(one.name) == name]


def _in_small(name: str) -> str:
    return " ".join(name.casefold().split())


def _ours(found: Known) -> Callable[[Ours], str]:
    return partial(said_of_ours, found.files.procedure, found.ladder)


def _own_asking(askings: Iterable[current_state.Asking], actor: Actor) -> str | None:
    whose = {actor.id, *actor.covers_for}
    return next((one.id for one in askings if one.is_present and one.person_id in whose), None)
