"""What councils are compared by: each aspect looks at one council and says one thing."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from practice_alerts.domain.deadlines.branches import left_out_in_words
from practice_alerts.domain.deadlines.forecast import forecast
from practice_alerts.domain.deadlines.working_days import Calendar
from practice_alerts.domain.errors import Expected
from practice_alerts.domain.guide.parts.ladder_figure import (
    onward,
    route_name,
    stage_anchor,
    who_acts,
)
from practice_alerts.domain.guide.parts.marks import Marks
from practice_alerts.domain.guide.parts.markup import Markup, element, link, listed, text
from practice_alerts.domain.guide.parts.page import Council, Links
from practice_alerts.domain.guide.parts.stage_times import in_one_line, own_times, told_times
from practice_alerts.domain.guide.parts.writing import edition_in_words
from practice_alerts.domain.procedure.beside_text import StandingRuleId, said_of_ours
from practice_alerts.domain.procedure.directions import as_climbed
from practice_alerts.domain.procedure.ladder import Ladder
from practice_alerts.domain.procedure.procedure import Ours, Procedure
from practice_alerts.domain.text import capital, joined, plural, working_days
from practice_alerts.domain.wording.definitions import (
    clock_in_words,
    clock_with,
    raisers_in_words,
    total_in_words,
    who_in_words,
)

SILENT = element("span", "Not said.", class_="silent-cell")

_ROUTES = {
    "cafcass": "CAFCASS",
    "lscp": "Safeguarding partnership",
    "legal_advice": "Independent legal advice",
}
"""The ways out that have a row of their own."""


@dataclass(frozen=True)
class Compared:
    """One council as it stands in a comparison. `to` is the way to its first page.

    The days to spare are worked out for a first formal stage sent on `sent_on`.
    """

    council: Council
    to: str
    sent_on: date
    calendar: Calendar

    @property
    def procedure(self) -> Procedure:
        return self.council.procedure

    @property
    def ladder(self) -> Ladder:
        return self.procedure.main_ladder

    @property
    def as_climbed(self) -> Procedure:
        return as_climbed(self.procedure, self.ladder)

    @property
    def ladder_id(self) -> str:
        return next(name for name, one in self.procedure.ladders.items() if one is self.ladder)

    def page(self, words: Markup, page: str, anchor: str = "") -> Markup:
        return link(words, f"{self.to}{page}/" + (f"#{anchor}" if anchor else ""))

    def counted(self, number: int, words: str, page: str) -> Markup:
        return self.page(f"{number} {words}", page) if number else SILENT

    def signs(self, *paths: str) -> Markup:
        return Marks(self.procedure, Links("", base=self.to)).on(*paths)


def aspects(one: Compared) -> Iterator[tuple[str, Markup]]:
    """What councils are compared by, each with what is said of this one, in the order of the table."""
    yield from _on_the_ladder(one)
    yield from _beside_the_ladder(one)
    yield from _without_a_ladder(one)


def _on_the_ladder(one: Compared) -> Iterator[tuple[str, Markup]]:
    procedure, ladder = one.procedure, one.ladder
    first, top = ladder.first_formal, ladder.stages[-1]
    yield "The document", text(procedure.title)
    yield "Edition", text(edition_in_words(procedure.edition))
    yield "Raised by", "<br>".join(map(text, raisers_in_words(procedure).values()))
    yield "Stages, who acts, how long", listed(_rungs(one), name="ol", class_="rungs")
    times = in_one_line(own_times(told_times(one.ladder_id, ladder, first)))
    answer = f"{who_acts(first, one.as_climbed)}; {times}"
    yield "First formal answer", text(answer)
    yield "Times of the formal stages", _sum(ladder)
    yield "Time limit", _time_limit(one)
    yield "Days to spare", _days_to_spare(one)
    yield "Top of the ladder", text(f"{who_acts(top, one.as_climbed)}; then: {onward(ladder, top)}")
    yield "Hold", _hold(one)


def _beside_the_ladder(one: Compared) -> Iterator[tuple[str, Markup]]:
    procedure = one.procedure
    yield from ((title, _route(one, name)) for name, title in _ROUTES.items())
    others = [route_name(name) for name in procedure.referrals if name not in _ROUTES]
    yield "Other ways out", text(capital(joined(others))) or SILENT
    yield "Partner agencies", one.counted(len(procedure.partners), "ladders", "partner-agencies")
    events = procedure.overrides.events if procedure.overrides is not None else ()
    yield "Events that bypass the ladder", listed(map(text, map(capital, events))) or SILENT
    yield "Nothing to change meanwhile", _rule(procedure, StandingRuleId.STANDSTILL)
    yield "Against the child's wishes", _rule(procedure, StandingRuleId.AGAINST_WISHES)
    yield "Telling the child", _rule(procedure, StandingRuleId.CHILD_TOLD)


def _without_a_ladder(one: Compared) -> Iterator[tuple[str, Markup]]:
    procedure, readings = one.procedure, len(one.procedure.readings)
    kinds = [text(kind.title) for kind in procedure.kinds.values() if kind.ladder is None]
    yield "Without a ladder", "<br>".join(kinds) or SILENT
    grounds = (ground for stage in one.ladder.stages for ground in stage.criteria)
    yield (
        "Categories or grounds",
        listed(text(each.title) for each in procedure.categories or grounds) or SILENT,
    )
    changes = sum(len(changes.items) for changes in procedure.significant_changes)
    yield "Significant changes", one.counted(changes, "listed", "significant-changes")
    number = len(procedure.duties)
    duties = f"{number} {plural(number, 'other clock')}" if number else SILENT
    yield "Clocks that belong to no alert", duties
    told = [each for each in procedure.oversight if each.how_often != "not stated"]
    reports = (text(f"{capital(each.what)}: {each.how_often}") for each in told)
    yield "Reports", listed(reports) or SILENT
    words = plural(readings, "reading")
    yield "Readings", one.counted(readings, words, "readings") if readings else "None"


def _rungs(one: Compared) -> Iterator[Markup]:
    for stage in one.ladder.stages:
        times = in_one_line(told_times(one.ladder_id, one.ladder, stage))
        informal = "" if stage.formal else " (informal)"
        anchor = stage_anchor(one.procedure, one.ladder_id, stage)
        label = one.page(text(stage.label), "stages", anchor)
        yield f"{label}{informal}<br>{text(who_acts(stage, one.as_climbed))}<br>{text(times)}"


def _sum(ladder: Ladder) -> Markup:
    counted = Counter(clock_with(stage.clock) for stage in ladder.formal_stages())
    return text(joined([f"{number} × {clock}" for clock, number in counted.items()]))


def _time_limit(one: Compared) -> Markup:
    time_limit = one.ladder.cap
    said = (
        f"{capital(total_in_words(time_limit))} over the {time_limit.over}"
        if time_limit is not None
        else ""
    )
    return (text(said) or "No time limit is stated.") + one.signs(f"{one.ladder_id}.cap")


def _days_to_spare(one: Compared) -> Markup:
    try:
        found = forecast(one.ladder, one.sent_on, None, one.calendar)
    except Expected as error:  # hours cannot be counted from a day alone
        return text(str(error))
    if found.days_to_spare is None:
        return "No time limit, so none to spare."
    said = _days(found.days_to_spare)
    if found.to_spare_with_all != found.days_to_spare and found.to_spare_with_all is not None:
        said += f"; {_days(found.to_spare_with_all)} with every formal stage"
    branches = left_out_in_words(one.ladder.stages)
    return text(f"{said}. {branches}" if branches else said)


def _days(number: int) -> str:
    return f"{working_days(-number)} too few" if number < 0 else working_days(number)


def _hold(one: Compared) -> Markup:
    hold = one.ladder.hold
    if hold is None:
        ours = said_of_ours(one.procedure, one.ladder, Ours.HOLD)
        return f"{SILENT} {text(ours)}" if ours else SILENT
    owner = who_in_words(hold.task_owner, one.procedure, silent="whoever is named")
    return text(f"{capital(clock_in_words(hold.until))}; the task is done by {owner}")


def _route(one: Compared, name: str) -> Markup:
    referral = one.procedure.referrals.get(name)
    if referral is None:
        return SILENT
    words = text(referral.wording or referral.test or "Open at any time.")
    more = one.page("More", "outside-routes", name)
    return f"{words} {more}{one.signs(f'referrals.{name}')}"


def _rule(procedure: Procedure, rule_id: StandingRuleId) -> Markup:
    rules = (*procedure.standing_rules, *procedure.rules_in_words)
    return next((text(rule.text) for rule in rules if rule.id == rule_id), SILENT)
