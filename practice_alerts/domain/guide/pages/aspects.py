"""What councils are compared by: each aspect looks at one council and says one thing."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

from practice_alerts.domain.dates import in_full
from practice_alerts.domain.deadlines.due_date import Calendar
from practice_alerts.domain.deadlines.forecast import forecast
from practice_alerts.domain.errors import Expected
from practice_alerts.domain.guide.parts.ladder_figure import onward, route_name, who_acts
from practice_alerts.domain.guide.parts.marks import Marks
from practice_alerts.domain.guide.parts.markup import Markup, element, link, listed, text
from practice_alerts.domain.guide.parts.page import Council, Links
from practice_alerts.domain.guide.parts.stage_times import told_times
from practice_alerts.domain.procedure.ladder import Ladder
from practice_alerts.domain.procedure.procedure import Procedure
from practice_alerts.domain.text import capital, joined, plural, working_days
from practice_alerts.domain.wording.definitions import (
    clock_in_words,
    raisers_in_words,
    who_in_words,
)

SILENT = element("span", "Not said.", class_="silent-cell")


@dataclass(frozen=True)
class Compared:
    """One council as it stands in a comparison. `to` is the way to its first page.

    The slack is worked out for a first formal stage sent on `sent_on`.
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
    def ladder_id(self) -> str:
        return next(name for name, one in self.procedure.ladders.items() if one is self.ladder)

    def page(self, words: Markup, page: str, anchor: str = "") -> Markup:
        return link(words, f"{self.to}{page}/" + (f"#{anchor}" if anchor else ""))

    def signs(self, *paths: str) -> Markup:
        return Marks(self.procedure, Links("", base=self.to)).on(*paths)


Aspect = tuple[str, Callable[[Compared], Markup]]


def _stages(one: Compared) -> Markup:
    return listed(_rungs(one), name="ol", class_="rungs")


def _rungs(one: Compared) -> Iterator[Markup]:
    for stage in one.ladder.stages:
        times = joined([time.in_words for time in told_times(one.ladder_id, one.ladder, stage)])
        informal = "" if stage.formal else " (informal)"
        label = one.page(text(stage.label), "stages", stage.id)
        yield f"{label}{informal}<br>{text(who_acts(stage, one.procedure))}<br>{text(times)}"


def _cap(one: Compared) -> Markup:
    cap = one.ladder.cap
    if cap is None:
        return "No total is stated." + one.signs(f"{one.ladder_id}.cap")
    said = text(f"{capital(clock_in_words(cap.within))} over the {cap.over}")
    return said + one.signs(f"{one.ladder_id}.cap")


def _sum(one: Compared) -> Markup:
    formal = [stage.clock for stage in one.ladder.formal_stages()]
    clocks = dict.fromkeys(clock_in_words(clock) for clock in formal)
    counted = [f"{[clock_in_words(c) for c in formal].count(clock)} × {clock}" for clock in clocks]
    return text(joined(counted))


def _slack(one: Compared) -> Markup:
    try:
        found = forecast(one.ladder, one.sent_on, None, one.calendar)
    except Expected as error:  # hours cannot be counted from a day alone
        return text(str(error))
    if found.slack is None:
        return "No total, so no slack."
    said = _days(found.slack)
    if found.slack_with_all != found.slack and found.slack_with_all is not None:
        said += f"; {_days(found.slack_with_all)} with every formal stage"
    return text(said)


def _days(number: int) -> str:
    return f"{working_days(-number)} too few" if number < 0 else working_days(number)


def _hold(one: Compared) -> Markup:
    hold = one.ladder.hold
    if hold is None:
        return SILENT
    owner = who_in_words(hold.task_owner, one.procedure, silent="whoever is named")
    return text(f"{capital(clock_in_words(hold.until))}; the task is done by {owner}")


def _first_answer(one: Compared) -> Markup:
    first = one.ladder.first_formal
    return text(f"{who_acts(first, one.procedure)}: {clock_in_words(first.clock)}")


def _top(one: Compared) -> Markup:
    top = one.ladder.stages[-1]
    return text(f"{who_acts(top, one.procedure)}; then: {onward(one.ladder, top)}")


def _raised_by(one: Compared) -> Markup:
    return "<br>".join(map(text, raisers_in_words(one.procedure).values()))


def _route(name: str) -> Callable[[Compared], Markup]:
    def said(one: Compared) -> Markup:
        referral = one.procedure.referrals.get(name)
        if referral is None:
            return SILENT
        words = text(referral.wording or referral.test or "Open at any time.")
        return (
            words + " " + one.page("More", "outside-routes", name) + one.signs(f"referrals.{name}")
        )

    return said


def _other_routes(one: Compared) -> Markup:
    others = [
        name for name in one.procedure.referrals if name not in {"cafcass", "lscp", "legal_advice"}
    ]
    return text(capital(joined([route_name(name) for name in others]))) or SILENT


def _overrides(one: Compared) -> Markup:
    found = one.procedure.overrides
    return listed(text(capital(event)) for event in found.events) if found is not None else SILENT


def _partners(one: Compared) -> Markup:
    number = len(one.procedure.partners)
    return one.page(f"{number} ladders", "partner-agencies") if number else SILENT


def _good_practice(one: Compared) -> Markup:
    kinds = [kind for kind in one.procedure.kinds.values() if kind.ladder is None]
    return "<br>".join(text(kind.title) for kind in kinds) or SILENT


def _rule(rule_id: str) -> Callable[[Compared], Markup]:
    def said(one: Compared) -> Markup:
        rules = (*one.procedure.standing_rules, *one.procedure.rules_in_words)
        found = [rule.text for rule in rules if rule.id == rule_id]
        return text(found[0]) if found else SILENT

    return said


def _counted(number: int, one: str) -> str:
    return f"{number} {plural(number, one)}" if number else SILENT


def _changes(one: Compared) -> Markup:
    number = sum(len(changes.items) for changes in one.procedure.significant_changes)
    return one.page(f"{number} listed", "significant-changes") if number else SILENT


def _categories(one: Compared) -> Markup:
    titles = [text(category.title) for category in one.procedure.categories]
    return listed(titles) or SILENT


def _duties(one: Compared) -> Markup:
    return text(_counted(len(one.procedure.duties), "other clock"))


def _reports(one: Compared) -> Markup:
    often = [
        f"{capital(oversight.what)}: {oversight.how_often}"
        for oversight in one.procedure.oversight
        if oversight.how_often != "not stated"
    ]
    return listed(map(text, often)) or SILENT


def _readings(one: Compared) -> Markup:
    number = len(one.procedure.readings)
    return one.page(_counted(number, "reading"), "readings") if number else "None"


def _edition(one: Compared) -> Markup:
    edition = one.procedure.edition
    issued = in_full(edition.issued) if isinstance(edition.issued, date) else edition.issued
    return text(
        f"{edition.version}{f', issued {issued}' if issued else ''}, status: {edition.status}"
    )


ASPECTS: tuple[Aspect, ...] = (
    ("The document", lambda one: text(one.procedure.title)),
    ("Edition", _edition),
    ("Raised by", _raised_by),
    ("Stages, who acts, how long", _stages),
    ("First formal answer", _first_answer),
    ("Times of the formal stages", _sum),
    ("Total limit", _cap),
    ("Slack", _slack),
    ("Top of the ladder", _top),
    ("Hold", _hold),
    ("CAFCASS", _route("cafcass")),
    ("Safeguarding partnership", _route("lscp")),
    ("Independent legal advice", _route("legal_advice")),
    ("Other ways out", _other_routes),
    ("Partner agencies", _partners),
    ("Events that bypass the ladder", _overrides),
    ("Nothing harmful meanwhile", _rule("standstill")),
    ("Against the child's wishes", _rule("against_wishes")),
    ("Telling the child", _rule("child_told")),
    ("Without a ladder", _good_practice),
    ("Categories", _categories),
    ("Significant changes", _changes),
    ("Clocks that belong to no alert", _duties),
    ("Reports", _reports),
    ("Readings", _readings),
)


def column_head(one: Compared) -> Markup:
    return element("a", text(one.council.name), href=one.to)
