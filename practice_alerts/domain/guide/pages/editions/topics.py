"""What an edition says, topic by topic, as the guide prints it: what two editions are compared by."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from practice_alerts.domain.dates import in_full
from practice_alerts.domain.guide.pages.clocks import duty_row
from practice_alerts.domain.guide.pages.outside import (
    overrides_told,
    partner_facts,
    partner_stage,
    referral_facts,
)
from practice_alerts.domain.guide.pages.stages import (
    after_gate,
    stage_facts,
    step_rows,
    whole_facts,
)
from practice_alerts.domain.guide.pages.subjects import kind_in_words
from practice_alerts.domain.guide.parts.ladder_figure import (
    ladder_called,
    leads_on,
    route_title,
    who_acts,
)
from practice_alerts.domain.guide.parts.markup import Markup, plain
from practice_alerts.domain.guide.parts.stage_times import in_one_line, told_times
from practice_alerts.domain.guide.parts.writing import GuideWriter
from practice_alerts.domain.procedure.categories import Example
from practice_alerts.domain.procedure.directions import as_climbed
from practice_alerts.domain.procedure.ladder import Ladder
from practice_alerts.domain.standing.how_long_kept import rules_in_words
from practice_alerts.domain.text import capital, joined, sentence
from practice_alerts.domain.wording.definitions import (
    cases_in_words,
    raisers_in_words,
    who_in_words,
)


@dataclass(frozen=True)
class Topic:
    """Something that an edition speaks of. `said` is by term; of a list the terms are its items.

    `key` tells it from others across editions; `headline` introduces it where it is new.
    """

    key: tuple[str, ...]
    about: str
    said: Mapping[str, str]
    headline: str = ""
    is_list: bool = False


NAME = "Name"
"""The term under which a topic says what it is called."""
WORDING = "Wording"
"""The same of a question: what it asks."""


def topics(writing: GuideWriter) -> Iterator[Topic]:
    """Everything, in the order of the guide. Readings are ours, so they are no part of what a council changed."""
    unread = writing.procedure.model_copy(update={"readings": ()})
    for part in _PARTS:
        yield from part(writing.of(unread))


def _document(on: GuideWriter) -> Iterator[Topic]:
    procedure = on.procedure
    review = procedure.edition.review_by
    said = {
        NAME: procedure.title,
        "Also called": joined(procedure.also_called),
        "Status": procedure.edition.status,
        "To be reviewed by": in_full(review) if review else "",
        "Raised by": "; ".join(raisers_in_words(procedure).values()),
        "Recorded in": procedure.case_system,
        "Scope": procedure.about or "",
        "How long records are kept": _more(
            *(f"{whose}: {how}" for whose, how in rules_in_words(procedure))
        ),
    }
    yield Topic(("document",), "The document", said)


def _gate(on: GuideWriter) -> Iterator[Topic]:
    if gate := on.procedure.gate:
        said = {"Yes": after_gate(on, gate.yes), "No": after_gate(on, gate.no)}
        first = {"Question": gate.question, **{term: plain(one) for term, one in said.items()}}
        yield Topic(("gate",), "The question before the ladder", first, gate.question)


def _kinds(on: GuideWriter) -> Iterator[Topic]:
    for name, kind in on.procedure.kinds.items():
        words = plain(kind_in_words(on, name, kind))
        said = {NAME: kind.title, "What it is": words}
        yield Topic(("kinds", name), f"The kind of alert “{kind.title}”", said, words)


def _ladders(on: GuideWriter) -> Iterator[Topic]:
    for ladder_id, ladder in on.procedure.ladders.items():
        about = ladder_called(on.procedure, ladder_id)
        said = {**_plain(whole_facts(on, ladder_id, ladder)), "Note": ladder.note or ""}
        yield Topic(("ladders", ladder_id), about, said, joined([s.label for s in ladder.stages]))
        yield from _stages(on, ladder_id, ladder)


def _stages(on: GuideWriter, ladder_id: str, ladder: Ladder) -> Iterator[Topic]:
    for stage in ladder.stages:
        key = ("ladders", ladder_id, stage.id)
        steps = (tuple(map(plain, row)) for row in step_rows(on, ladder_id, ladder, stage))
        said = {
            NAME: stage.label,
            "What it is": stage.what or "",
            **_plain(stage_facts(on, ladder_id, ladder, stage)),
            **{f"“{row[0]}”": "; ".join(one for one in row[1:] if one != "–") for row in steps},
            "Note": stage.note or "",
        }
        if not leads_on(ladder, stage):
            said["Goes on to"] = "nothing further"
        times = in_one_line(told_times(ladder_id, ladder, stage))
        yield Topic(
            key, stage.label, said, f"{who_acts(stage, as_climbed(on.procedure, ladder))}; {times}"
        )
        if stage.criteria:
            grounds = {
                one.title: _more(
                    *one.examples, cases_in_words(one.cases, on.procedure), one.mandatory and "must"
                )
                for one in stage.criteria
            }
            yield Topic((*key, "grounds"), f"The grounds for {stage.label}", grounds, is_list=True)


def _partners(on: GuideWriter) -> Iterator[Topic]:
    for name, ladder in on.procedure.partners.items():
        here = as_climbed(on.procedure, ladder)
        rows = (partner_stage(on, name, ladder, stage, here) for stage in ladder.stages)
        said = _plain(partner_facts(on, name, ladder))
        for label, to, copied in (map(plain, row) for row in rows):
            said[label] = f"{to}; copied: {copied}"
        title = on.procedure.partner_title(name)
        yield Topic(("partners", name), f"The agency “{title}”", {NAME: title, **said})


def _ways_out(on: GuideWriter) -> Iterator[Topic]:
    for name, referral in on.procedure.referrals.items():
        said = _plain(referral_facts(on, name, referral))
        yield Topic(("referrals", name), route_title(name), said, said.get("In this procedure", ""))
    if overrides := on.procedure.overrides:
        events = dict.fromkeys(overrides.events, "")
        about = "The events that bypass the ladder"
        yield Topic(("overrides",), about, events, is_list=True)
        yield Topic(("overrides", "told"), about, {"Told": plain(overrides_told(on, overrides))})


def _about(on: GuideWriter) -> Iterator[Topic]:
    for one in on.procedure.categories:
        examples = {each.text: _example(on, each) for each in one.examples}
        about = f"The category “{one.title}”"
        yield Topic(("categories", one.id), about, {NAME: one.title, "Note": one.note or ""})
        yield Topic(
            ("categories", one.id, "examples"),
            f"The examples of “{one.title}”",
            examples,
            is_list=True,
        )
    for number, changes in enumerate(on.procedure.significant_changes):
        items = {
            each.text: _more(each.threshold, cases_in_words(each.cases, on.procedure), each.note)
            for each in changes.items
        }
        about = "The significant changes to be told"
        told = {
            "By whom and when": plain(
                f"{on.who(changes.by)} to {on.who(changes.to)}, {changes.within}"
            )
        }
        yield Topic(("changes", str(number)), about, items, is_list=True)
        yield Topic(("changes", str(number), "told"), about, told)
    required = dict.fromkeys(on.procedure.reviews_required, "")
    yield Topic(("reviews",), "The reviews that must be held", required, is_list=True)


def _beside(on: GuideWriter) -> Iterator[Topic]:
    procedure = on.procedure
    for duty in procedure.duties:
        what, between, by_when = map(plain, duty_row(on, duty))
        whom = cases_in_words(duty.cases, procedure)
        said = {NAME: what, "Who to whom": between, "By when": by_when, "For whom": whom}
        yield Topic(("duties", duty.id), f"“{what}”", said, f"{between}; {by_when}")
    kept = {
        one.what: f"{one.where}, {who_in_words(one.by, procedure)}, {one.within}"
        for one in procedure.recording
    }
    yield Topic(("recording",), "What is recorded", kept, is_list=True)
    watched = {
        one.what: _more(
            who_in_words(one.by, procedure), f"to {on.who(one.to)}" if one.to else "", one.how_often
        )
        for one in procedure.oversight
    }
    yield Topic(("oversight",), "How the whole is watched over", watched, is_list=True)


def _throughout(on: GuideWriter) -> Iterator[Topic]:
    procedure = on.procedure
    for rule in (*procedure.standing_rules, *procedure.rules_in_words):
        yield Topic(
            ("rules", rule.id), "A rule that holds throughout", {"Words": rule.text}, rule.text
        )
    for name, role in procedure.roles.items():
        also = joined([one for one in (role.short, *role.also_printed) if one])
        about = f"The post “{role.title}”"
        yield Topic(
            ("roles", name),
            about,
            {
                NAME: role.title,
                "Also called": also,
                "Note": role.note or "",
                "When empty": procedure.title_of(role.stands_in) if role.stands_in else "",
            },
        )
    today = ((one, one.today(on.council.book)) for one in procedure.law)
    cited = {one.as_printed or now: f"today {now}" if one.as_printed else "" for one, now in today}
    yield Topic(("law",), "The law that it cites", cited, is_list=True)


_PARTS: tuple[Callable[[GuideWriter], Iterator[Topic]], ...] = (
    *(_document, _gate, _kinds, _ladders, _partners, _ways_out, _about, _beside, _throughout),
)
_OURS = "Ours, and not in the text"


def _plain(pairs: Iterator[tuple[str, Markup]]) -> dict[str, str]:
    """What is ours follows from what the text does not say: it is no change of the text."""
    return {term: plain(said) for term, said in pairs if term != _OURS}


def _example(on: GuideWriter, example: Example) -> str:
    whose = f"responsible: {on.who(example.responsible)}" if example.responsible else ""
    for_whom = cases_in_words(example.cases, on.procedure)
    return _more(*example.examples, whose, for_whom, example.note)


def _more(*parts: str | Literal[False] | None) -> str:
    return "; ".join(part.rstrip(".") for part in parts if part)


def headline(topic: Topic) -> str:
    return sentence(capital(topic.headline)) if topic.headline else ""
