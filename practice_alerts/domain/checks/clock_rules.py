"""Rules about clocks: do the times of a ladder fit one another?"""

from collections.abc import Callable, Iterator
from functools import partial

from practice_alerts.domain.checks.rule import Hit, Subject, consults, lint_rule
from practice_alerts.domain.deadlines.forecast import has_aim_for_whole
from practice_alerts.domain.deadlines.ladder_in_days import (
    HANDBOOK,
    LadderInDays,
    figures,
    is_longer,
    working_days,
)
from practice_alerts.domain.deadlines.stage_clocks import ClockKind, kind_of
from practice_alerts.domain.files.references import name_of, timed_parts
from practice_alerts.domain.files.schema import Path
from practice_alerts.domain.procedure.clock import (
    Clock,
    Direction,
    Span,
    Strength,
    Unit,
    Untimed,
    in_words,
)
from practice_alerts.domain.procedure.ladder import Ladder, Timed
from practice_alerts.domain.text import joined, plural

_HANDBOOK = "IRO Handbook (statutory guidance, 2010): a dispute is settled within 20 working days"
_CARE_PLANNING = "The procedure's own text; no clause tells a council which unit to use"


def _totals(
    subject: Subject, *, of_handbook: bool = False
) -> Iterator[tuple[Ladder, LadderInDays, Callable[[str], Hit]]]:
    """The council's own ladders in figures, each with what makes a hit at its total.

    `of_handbook`: only those that alerts about looked-after children climb.
    """
    for name, ladder in subject.procedure.ladders.items():
        if of_handbook and "looked_after" not in subject.procedure.cases_on(name):
            continue
        hit = partial(Hit, ("ladders", name, "cap"), about=(f"{name}.cap",))
        yield ladder, figures(ladder), hit


@lint_rule("PA201", "warning", _HANDBOOK, needs_reading=True)
def _over_the_time_limit(subject: Subject) -> Iterator[Hit]:
    """The formal stages take longer than the time limit.

    Each stage keeps its own clock and the time limit its own; neither is bent to fit the other.
    Whoever climbs every stage passes the time limit, and must know it beforehand. Where a result or a question
    decides about steps, each stage counts with its longest branch, which is named.
    """
    for ladder, found, hit in _totals(subject):
        if found.time_limit is not None and found.longest > found.time_limit:
            stages = len(ladder.formal_stages())
            take = f"{stages} formal {plural(stages, 'stage')} take{'s' if stages == 1 else ''}"
            on = f" where {found.branch}" if found.branch else ""
            limit = f"{_called(ladder)} allows {found.time_limit}"
            longest = f"{found.days(found.longest)}{on}, {limit}"
            with_less = f"; {found.formal} without" if found.branch else ""
            yield hit(f"{take} {longest}{with_less}")


@lint_rule("PA202", "warning", _HANDBOOK, needs_reading=True)
def _none_to_spare(subject: Subject) -> Iterator[Hit]:
    """The time limit leaves no day for reading answers.

    The stages fit it only if every response is reviewed, and the alert sent on, on the very day
    it came. Reading each one the next working day takes a day a stage.
    """
    for ladder, found, hit in _totals(subject):
        if found.time_limit is not None and found.usual <= found.time_limit < found.read_next_day:
            left_out = (
                ", with no step on which a result or a question decides" if found.branch else ""
            )
            yield hit(
                f"the stages from {_ends(ladder)} take {found.usual} of {found.days(found.time_limit)}"
                f"{left_out}, and {found.read_next_day} when each answer is read the next {found.day}"
            )


def _ends(ladder: Ladder) -> str:
    path = ladder.usual_way_up()
    return f"{path[0].label} to {path[-1].label}"


@lint_rule("PA203", "warning", _HANDBOOK, needs_reading=True)
def _no_time_limit(subject: Subject) -> Iterator[Hit]:
    """No time limit is stated.

    The Handbook's 20 working days are shown beside the alert as an outside yardstick; no time limit is
    invented for the council.
    """
    for _, found, hit in _totals(subject, of_handbook=True):
        if found.time_limit is None:
            on_top = f"; on top come {' and '.join(found.on_top)}" if found.on_top else ""
            on = f" where {found.branch}" if found.branch else ""
            chain = (
                f"the formal chain takes {found.days(found.chain)}{on}"
                if found.chain
                else "no formal stage states a time"
            )
            theirs = f"beside the Handbook's {found.handbook}"
            yield hit(f"no time limit is stated; {chain} {theirs}{on_top}")


@lint_rule("PA204", "warning", _HANDBOOK, needs_reading=True)
def _other_time_limit(subject: Subject) -> Iterator[Hit]:
    """The time limit is not the Handbook's.

    A council may set a shorter time limit. A longer one departs from statutory guidance, for which it
    needs a good reason.
    """
    for ladder, found, hit in _totals(subject, of_handbook=True):
        if (
            found.time_limit is not None
            and ladder.cap
            and working_days(ladder.cap.within) != HANDBOOK
        ):
            yield hit(
                f"{_called(ladder)} is {found.days(found.time_limit)}, the Handbook's is {found.handbook}"
            )


def _called(ladder: Ladder) -> str:
    return "the aim for the whole" if has_aim_for_whole(ladder) else "the time limit"


@lint_rule("PA205", "note", _HANDBOOK)
def _aims(subject: Subject) -> Iterator[Hit]:
    """Aims stand beside a limit.

    An aim and a limit are two things: passing the aim is shown and never called overdue, passing
    the limit is.
    """
    for _, found, hit in _totals(subject):
        if found.aims_only and found.time_limit is not None and found.formal <= found.time_limit:
            yield hit(
                f"the aims add up to {found.days(found.formal)} and fit inside the limit of "
                f"{found.time_limit}; an aim passed is not overdue"
            )


@lint_rule("PA206", "warning", _CARE_PLANNING, needs_reading=True)
def _mixed_units(subject: Subject) -> Iterator[Hit]:
    """One ladder is timed in several units.

    Hours run through nights and weekends, weeks are seven days each, working days leave out
    weekends, bank holidays and closures. Beside one another they are easily misread.
    """
    for name, ladder in subject.procedure.ladders.items():
        clocks = list(_clocks(ladder))
        units = sorted({clock.facts.several for _, clock in clocks})
        if len(units) > 1:
            odd = [place for place, clock in clocks if clock.unit is not Unit.WORKING_DAYS]
            says = f"the stages are timed in {joined(units)}"
            yield Hit(("ladders", name, "stages"), says, (*odd, f"{name}.stages"))


def _clocks(ladder: Ladder) -> Iterator[tuple[str, Span]]:
    for stage in ladder.stages:
        for part, timed in timed_parts(stage):
            if isinstance(timed.within, Span):
                yield f"{stage.id}.{name_of(stage, part)}", timed.within


@lint_rule("PA207", "warning", _CARE_PLANNING, needs_reading=True)
def _unit_not_stated(subject: Subject) -> Iterator[Hit]:
    """Days, and not said which.

    Where the unit is not stated both dates are shown and work goes by the earlier.
    """
    duties = enumerate(subject.procedure.duties)
    open_duties = [(place, duty) for place, duty in duties if _is_unstated(duty.within)]
    if open_duties:
        names = tuple(f"duties.{duty.id}" for _, duty in open_duties)
        timed = "1 duty is timed" if len(names) == 1 else f"{len(names)} duties are timed"
        says = f"{timed} in days, working or not; both dates are shown"
        yield Hit(("duties", open_duties[0][0], "within"), says, names)
    for path, ladder in subject.ladders:
        for name, clock in _clocks(ladder):
            if _is_unstated(clock):
                says = f"{name}: whether working days is not said; both dates are shown"
                yield Hit((*path, "stages"), says, (name, f"{path[-1]}.stages"))


def _is_unstated(clock: Clock) -> bool:
    return isinstance(clock, Span) and not clock.facts.is_stated


@lint_rule("PA209", "error", _CARE_PLANNING)
def _bare_days(subject: Subject) -> Iterator[Hit]:
    """Days, without a word on which.

    Councils print "5 days" and mean either. Nobody can work to it before it is said.
    """
    for path, _, stage in subject.stages:
        for where, timed in timed_parts(stage):
            yield from _bare((*path, *where, "within"), timed.within)
    for place, duty in enumerate(subject.procedure.duties):
        yield from _bare(("duties", place, "within"), duty.within)
    for path, clock in _beside_stages(subject):
        yield from _bare(path, clock)


def _beside_stages(subject: Subject) -> Iterator[tuple[Path, Clock]]:
    """Every clock of an alert that is no stage's own: of its total, of holds, of what is spoken or told first."""
    for path, ladder in subject.ladders:
        if ladder.cap is not None:
            yield (*path, "cap", "within"), ladder.cap.within
            yield (*path, "cap", "exceptional"), ladder.cap.exceptional
        if ladder.hold is not None:
            yield (*path, "hold", "until"), ladder.hold.until
    for path, _, consult in consults(subject):
        yield (*path, "within"), consult.within
    grave = subject.procedure.overrides
    if grave is not None and isinstance(grave.within, Timed):
        yield ("overrides", "within", "within"), grave.within.within


@lint_rule("PA219", "error", "The format: docs/procedure-format.md, clocks")
def _limits_nothing(subject: Subject) -> Iterator[Hit]:
    """A clock that cannot be meant where it stands.

    A hold ends on a day, which an aim does not forbid to pass: what is only aimed at belongs into words. What has
    begun is counted forwards, so nothing but a duty is counted back. A time limit that is an aim has no
    exceptional one beside it that is none, nor the other way round.
    """
    for path, clock in _beside_stages(subject):
        if isinstance(clock, Span) and clock.direction is Direction.BEFORE:
            yield Hit(
                path,
                "it is counted back from what has not come yet; write it as a duty, or in words",
            )
        elif path[-2:] == ("hold", "until"):
            yield from _no_end(path, clock)
    for path, ladder in subject.ladders:
        longer = ladder.exceptional
        if ladder.cap is not None and longer is not None and isinstance(ladder.cap.within, Span):
            kinds = {one.strength is Strength.AIM for one in (longer, ladder.cap.within)}
            if len(kinds) > 1:
                says = "of the usual and the exceptional time limit one is an aim and one is none"
                yield Hit((*path, "cap", "exceptional"), says)


@lint_rule("PA221", "warning", "The format: docs/procedure-format.md, hold")
def _outlasts_the_limit(subject: Subject) -> Iterator[Hit]:
    """A hold that may last longer than the time limit.

    A hold moves neither the answer's day nor the time limit. One that ends after the time limit leaves no time for
    the stages after it.
    """
    for path, ladder in subject.ladders:
        if ladder.hold is None or ladder.cap is None or kind_of(ladder.cap.within) is ClockKind.AIM:
            continue
        until, limit = ladder.hold.until, ladder.cap.within
        if is_longer(until, limit):
            says = f"a hold of '{in_words(until)}' may outlast the time limit, '{in_words(limit)}'"
            about = (f"{path[1]}.hold", "hold")
            yield Hit(
                (*path, "hold", "until"), f"{says}: write a shorter one, or 'by agreement'", about
            )


@lint_rule("PA220", "warning", "The format: docs/procedure-format.md, settle")
def _nobody_sets_it(subject: Subject) -> Iterator[Hit]:
    """A day for putting right that a clock gives and somebody is to set as well.

    Where there is an amount the clock gives the day, and nobody is asked for one.
    """
    for path, _, stage in subject.stages:
        settle = stage.settle
        if settle is not None and settle.set_by is not None and isinstance(settle.within, Span):
            says = f"'{in_words(settle.within)}' gives the day, so nobody is asked to set one"
            about = (f"{stage.id}.settle",)
            yield Hit((*path, "settle", "set_by"), f"{says}: leave one of the two out", about)


def _no_end(path: Path, clock: Clock) -> Iterator[Hit]:
    either = "'10 working days' or 'by agreement'"
    if isinstance(clock, Span) and clock.strength is Strength.AIM:
        says = (
            f"'{in_words(clock)}' ends no hold: write how long one may last at most, as in {either}"
        )
        yield Hit(path, says)
    elif clock is Untimed.IMMEDIATELY:
        yield Hit(path, f"a hold cannot end at once: write {either}")


def _bare(path: Path, clock: Clock) -> Iterator[Hit]:
    if isinstance(clock, Span) and clock.is_bare:
        said, back = clock.amount, " before" if clock.direction is Direction.BEFORE else ""
        yield Hit(
            path,
            f"which days are meant is not said: write '{said} working days{back}', "
            f"'{said} calendar days{back}', or '{said} days{back} (unit not stated)'",
        )


@lint_rule("PA211", "warning", _HANDBOOK, needs_reading=True)
def _longer_by_closures(subject: Subject) -> Iterator[Hit]:
    """Closing the offices makes the time limit longer.

    A child waits no less because a council is closed. Where the text lets closed days lengthen the
    time limit, a reading says so; left out, they do not.
    """
    for ladder, _, hit in _totals(subject):
        if ladder.cap is not None and ladder.cap.moved_by_closures:
            yield hit("days on which the council is closed make the time limit longer")


@lint_rule("PA213", "error", "The format: docs/procedure-format.md, cap")
def _no_longer(subject: Subject) -> Iterator[Hit]:
    """An exceptional time limit that is not longer than the usual one.

    All figures go by the usual time limit. The exceptional one takes its place once it is recorded that an
    alert is exceptional, and gives it more time: both need an amount.
    """
    for path, ladder in subject.ladders:
        limit = ladder.cap
        if limit is None or limit.exceptional is Untimed.NOT_STATED:
            continue
        if not is_longer(limit.exceptional, limit.within):
            says = (
                f"the exceptional time limit, {in_words(limit.exceptional)}, is not longer than the usual"
                f" one, {in_words(limit.within)}: write a longer one, or leave it out"
            )
            yield Hit((*path, "cap", "exceptional"), says)


RULES = (
    _over_the_time_limit,
    _none_to_spare,
    _no_time_limit,
    _other_time_limit,
    _aims,
    _mixed_units,
    _unit_not_stated,
    _bare_days,
    _limits_nothing,
    _outlasts_the_limit,
    _nobody_sets_it,
    _longer_by_closures,
    _no_longer,
)
