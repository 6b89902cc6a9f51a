"""The ladder as a figure to be read in ten seconds: stage, who, how long, what then."""

from collections.abc import Iterator
from dataclasses import dataclass

from practice_alerts.domain.guide.parts.marks import Marks
from practice_alerts.domain.guide.parts.markup import Markup, element, fact, link, listed, text
from practice_alerts.domain.guide.parts.only_shown import only_shown
from practice_alerts.domain.guide.parts.stage_times import StageTime, in_one_line, told_times
from practice_alerts.domain.procedure.clock import Untimed
from practice_alerts.domain.procedure.directions import as_climbed
from practice_alerts.domain.procedure.ladder import Ladder, Stage
from practice_alerts.domain.procedure.procedure import Procedure
from practice_alerts.domain.procedure.routes import ROUTES
from practice_alerts.domain.text import capital, joined, plural, sentence
from practice_alerts.domain.wording.definitions import (
    clock_in_words,
    grounds_in_words,
    who_in_words,
)


@dataclass(frozen=True)
class Figure:
    """Draws one ladder of a procedure."""

    procedure: Procedure
    ladder_id: str
    marks: Marks

    @property
    def ladder(self) -> Ladder:
        return self.procedure.ladders[self.ladder_id]

    @property
    def _as_climbed(self) -> Procedure:
        return as_climbed(self.procedure, self.ladder)

    def drawn(self) -> Markup:
        caption = element("figcaption", text(self._caption()), id=f"ladder-{self.ladder_id}")
        words = ("Stage", "Who acts", "How long", "If it is not put right")
        spans = "".join(element("span", word) for word in words)
        heads = element("p", spans, class_="ladder__heads", aria_hidden="true")
        stages = listed(map(self._stage, self.ladder.stages), "ladder__stages", "ol")
        facts = "".join(fact(term, said) for term, said in self._facts())
        beside = element("dl", facts, class_="ladder__beside")
        return (
            f'<figure class="ladder" role="group" aria-labelledby="ladder-{self.ladder_id}">\n'
            f"{caption}\n{heads}\n{stages}{beside}\n{self._in_words()}</figure>\n"
        )

    def _caption(self) -> str:
        formal = len(self.ladder.formal_stages())
        informal = len(self.ladder.stages) - formal
        before = f", {_stages(informal, 'informal')} before" if informal else ""
        return (
            f"{ladder_called(self.procedure, self.ladder_id)}: {_stages(formal, 'formal')}{before}"
        )

    def _stage(self, stage: Stage) -> Markup:
        kind = "formal" if stage.formal else "informal"
        anchor = stage_anchor(self.procedure, self.ladder_id, stage)
        label = link(text(stage.label), self.marks.links.to("stages", anchor))
        times = told_times(self.ladder_id, self.ladder, stage)
        parts = (
            ("label", label + ("" if stage.formal else ' <span class="tag">informal</span>')),
            ("who", text(who_acts(stage, self._as_climbed)) + self.marks.on_who(stage.id)),
            ("time", "<br>".join(map(self._time, times))),
            ("then", self._then(stage)),
        )
        inside = "\n".join(element("div", said, class_=f"ladder__{part}") for part, said in parts)
        return element("div", inside, class_=f"ladder__stage ladder__stage--{kind}")

    def _time(self, time: StageTime) -> Markup:
        signs = self.marks.on(*time.paths)
        if time.clock is Untimed.NOT_STATED:
            return text(clock_in_words(time.clock)) + signs
        clock = element("strong", self.marks.clock(time.clock))
        signs = text(time.counted) + signs
        if time.is_step:
            return f"{text(capital(time.called))}: {clock}{signs}"
        return clock + ("" if time.what == "to answer" else f" {text(time.what)}") + signs

    def _then(self, stage: Stage) -> Markup:
        arrow = element("span", "", class_="ladder__arrow", aria_hidden="true")
        signs = self.marks.on(f"{stage.id}.then", f"{self.ladder_id}.{stage.id}.then")
        return arrow + text(capital(onward(self.ladder, stage))) + signs

    def _facts(self) -> Iterator[tuple[str, Markup]]:
        ladder, to, on = self.ladder, self.marks.links.to, self.marks.on
        if ladder.cap is None:
            yield "Time limit", "No time limit is stated" + on(f"{self.ladder_id}.cap")
        else:
            clock = self.marks.total(ladder.cap, self.ladder_id)
            yield (
                "Time limit",
                f"{element('strong', clock)} over the {text(ladder.cap.over)}{only_shown('TimeLimit.over')}",
            )
        if ladder.has_grounds_of_its_own:
            grounds = grounds_in_words(ladder.goes_on_when)
            yield "It goes on when", text(sentence(grounds).rstrip("."))
        if ladder.hold is not None:
            until = text(clock_in_words(ladder.hold.until))
            said = f"Task to be done {until}; it moves no other date"
            yield "A hold", said + on(f"{self.ladder_id}.hold")
        routes = [link(text(route_name(name)), to("outside-routes", name)) for name in self._ways()]
        if routes:
            yield "Open at any time, beside the ladder", joined(routes)
        if self.procedure.overrides is not None:
            events = link("Events to be told at once", to("outside-routes", "overrides"))
            yield "Bypasses the ladder", events

    def _ways(self) -> Iterator[str]:
        """The ways out for those whose alerts climb this ladder."""
        cases = {*self.procedure.cases_on(self.ladder_id)}
        for name, referral in self.procedure.referrals.items():
            if not cases or not referral.raised_as or cases & {*referral.raised_as}:
                yield name

    def _in_words(self) -> Markup:
        said = listed((text(self._sentence(stage)) for stage in self.ladder.stages), name="ol")
        inside = element("summary", "The ladder in words") + said
        return element("details", inside, class_="ladder__words") + "\n"

    def _sentence(self, stage: Stage) -> str:
        label = stage.label + ("" if stage.formal else " (informal)")
        times = in_one_line(told_times(self.ladder_id, self.ladder, stage))
        who = who_acts(stage, self._as_climbed)
        then = onward(self.ladder, stage)
        return sentence(f"{label}: {who}; {times}. If it is not put right: {then}")


def ladder_called(procedure: Procedure, ladder_id: str) -> str:
    """Its title; where it has none and there are several, the kinds of alert that climb it."""
    ladder = procedure.ladders[ladder_id]
    kinds = [kind.title for kind in procedure.kinds.values() if kind.ladder == ladder_id]
    several = len(procedure.ladders) > 1
    return capital(ladder.title or (joined(kinds) if several else "")) or "The ladder"


def stage_anchor(procedure: Procedure, ladder_id: str, stage: Stage) -> str:
    """Where the stage stands on the stages page; only a second ladder needs its name before it."""
    first = next(iter(procedure.ladders))
    return stage.id if ladder_id == first else f"{ladder_id}-{stage.id}"


def who_acts(stage: Stage, procedure: Procedure) -> str:
    """Who must act first at a stage, in words."""
    if stage.answer is None and stage.steps and stage.steps[0].with_ is not None:
        by = who_in_words(stage.steps[0].by, procedure, silent="")
        others = who_in_words(stage.steps[0].with_, procedure)
        return capital(f"{by} with {others}" if by else others)
    return capital(who_in_words(procedure.asked_at(stage), procedure))


def leads_on(ladder: Ladder, stage: Stage) -> bool:
    """Is there anywhere to go from this stage?"""
    return bool(stage.then or ladder.next_stages(stage.id))


def onward(ladder: Ladder, stage: Stage) -> str:
    """Where it goes from a stage: the next one, a choice of ways, or nowhere."""
    if stage.then:
        ways = (
            ladder.stage(way).label if ladder.has(way) else route_name(way) for way in stage.then
        )
        return joined(list(ways), "or")
    after = ladder.next_stages(stage.id)
    return after[0].label if after else "the ladder ends here"


def route_title(name: str) -> str:
    return ROUTES[name].title if name in ROUTES else name.replace("_", " ").capitalize()


def route_name(name: str) -> str:
    """Where the way leads: ``CAFCASS`` for the referral to it."""
    return route_title(name).removeprefix("Referral to ")


def _stages(amount: int, kind: str) -> str:
    words = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
    number = words[amount] if amount < len(words) else str(amount)
    return f"{number} {kind} {plural(amount, 'stage')}"
