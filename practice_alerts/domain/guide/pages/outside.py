"""Ways out of the authority, events that bypass the ladder, and the ladders into partner agencies."""

from collections.abc import Iterator, Sequence

from practice_alerts.domain.guide.pages.law_page import law_in_words
from practice_alerts.domain.guide.pages.stages import ladder_note, whole_facts
from practice_alerts.domain.guide.parts.ladder_figure import route_title, who_acts
from practice_alerts.domain.guide.parts.markup import (
    Markup,
    facts,
    heading,
    link,
    listed,
    note,
    paragraph,
    silent,
    table,
    text,
)
from practice_alerts.domain.guide.parts.only_shown import marked, only_shown
from practice_alerts.domain.guide.parts.stage_times import told_times
from practice_alerts.domain.guide.parts.writing import GuideWriter, consult_in_words
from practice_alerts.domain.procedure.clock import Untimed
from practice_alerts.domain.procedure.directions import as_climbed
from practice_alerts.domain.procedure.ladder import Ladder, Stage
from practice_alerts.domain.procedure.procedure import OutsideRoute, Overrides, Procedure
from practice_alerts.domain.procedure.routes import ROUTES
from practice_alerts.domain.text import capital, sentence
from practice_alerts.domain.wording.definitions import (
    cases_in_words,
    clock_in_words,
    everybody_in_words,
)


def routes_page(writing: GuideWriter) -> str:
    procedure = writing.procedure
    said = (
        "These ways out are open at any time. They run beside the ladder and do not end the alert."
    )
    parts = [paragraph(said, "lead")]
    for name, referral in procedure.referrals.items():
        parts += [
            heading(2, route_title(name), name),
            facts(referral_facts(writing, name, referral)),
        ]
    if not procedure.referrals:
        parts.append(silent("ways out of the authority"))
    parts += [heading(2, "Events that bypass the ladder", "overrides"), _overrides(writing)]
    parts += [heading(2, "The law", "law"), _law(writing)]
    return "\n".join(parts)


def referral_facts(
    writing: GuideWriter, name: str, referral: OutsideRoute
) -> Iterator[tuple[str, Markup]]:
    route = ROUTES.get(name)
    read = writing.marks.how_read(f"referrals.{name}", name)
    consult = consult_in_words(writing, referral.consult) if referral.consult is not None else ""
    after = _label(writing, referral.prompted_after) if referral.prompted_after else ""
    independent = "From somebody who does not work for the authority."
    said = (
        ("What it is", text(route.about) if route is not None else ""),
        ("Legal basis today", text(route.law or "") if route is not None else ""),
        ("For whom", text(capital(cases_in_words(referral.raised_as, writing.procedure)))),
        (
            "In this procedure",
            marked(text(sentence(referral.wording or "")), "OutsideRoute.wording"),
        ),
        ("When", marked(text(sentence(referral.test or "")), "OutsideRoute.test")),
        (
            "Asked for by",
            marked(capital(writing.who(referral.asked_by, "")), "OutsideRoute.asked_by"),
        ),
        (
            "Independent",
            marked(independent if referral.independent else "", "OutsideRoute.independent"),
        ),
        ("Spoken to beforehand", consult),
        ("The product reminds you", after and f"After {text(after)}. It is open before as well."),
        ("How we read it", read),
    )
    yield from ((term, words) for term, words in said if words)


def _label(writing: GuideWriter, stage_id: str) -> str:
    for _, ladder in writing.procedure.all_ladders():
        if ladder.has(stage_id):
            return ladder.stage(stage_id).label
    return stage_id


def _overrides(writing: GuideWriter) -> Markup:
    overrides = writing.procedure.overrides
    if overrides is None:
        return silent("events that bypass the ladder")
    events = listed(text(capital(event)) for event in overrides.events)
    told = overrides_told(writing, overrides)
    return events + paragraph(told + writing.marks.on("overrides"))


def overrides_told(writing: GuideWriter, overrides: Overrides) -> Markup:
    within = overrides.within
    when = within if isinstance(within, str) else clock_in_words(within.within)
    shown = only_shown("Overrides.within")
    return f"Told {text(when)}{shown}, by {text(overrides.by)}: {writing.who(overrides.tell)}."


def _law(writing: GuideWriter) -> Markup:
    """What the document cites, each with the way to the page that keeps the law for all councils."""
    book, to_law = writing.council.book, writing.links.out("law")
    rows = [
        (law_in_words(book, one, to_law), text(one.as_printed or "–"))
        for one in writing.procedure.law
    ]
    if not rows:
        return silent("the law it rests on")
    caption = "The law as it stands, and as the document prints it"
    more = f"What each of them says stands once for all councils: {link('the law', to_law)}."
    return table(caption, ("Today", "In the document"), rows) + paragraph(more)


def partners_page(writing: GuideWriter) -> str:
    partners = writing.procedure.partners
    if not partners:
        return silent("escalation into partner agencies")
    said = "Where the concern is about another service. Each agency has a ladder of its own."
    signs = writing.marks.on("partner-agencies")
    how_read = note("How we read it", paragraph(signs)) if signs else ""
    whole = {name: [*partner_facts(writing, name, one)] for name, one in partners.items()}
    first, *others = whole.values()
    of_all = [said for said in first if others and all(said in other for other in others)]
    above = heading(2, "What holds for each of them", "partners-whole") + facts(of_all)
    parts = [paragraph(said, "lead"), how_read, above if of_all else ""]
    for name, ladder in partners.items():
        own = [said for said in whole[name] if said not in of_all]
        parts.append(_partner(writing, name, ladder, own))
    return "\n".join(parts)


def partner_facts(writing: GuideWriter, name: str, ladder: Ladder) -> Iterator[tuple[str, Markup]]:
    yield from whole_facts(writing, name, ladder)
    if all(stage.clock is Untimed.NOT_STATED for stage in ladder.stages):
        yield "Time to answer", "No time is stated at any stage."


def _partner(
    writing: GuideWriter, name: str, ladder: Ladder, own: Sequence[tuple[str, Markup]]
) -> str:
    title = writing.procedure.partner_title(name)
    here = as_climbed(writing.procedure, ladder)
    rows = [partner_stage(writing, name, ladder, stage, here) for stage in ladder.stages]
    stages = table(title, ("Stage", "To", "Copied"), rows, said_above=True)
    about = facts(own) + ladder_note(ladder)
    return heading(2, title, f"partner-{name}") + about + stages


def partner_stage(
    writing: GuideWriter, name: str, ladder: Ladder, stage: Stage, here: Procedure
) -> tuple[Markup, Markup, Markup]:
    to = [text(who_acts(stage, here))]
    if stage.answer is not None and stage.answer.how:
        to.append(text(capital(stage.answer.how)) + only_shown("Answer.how"))
    for time in told_times(name, ladder, stage):
        if time.clock is not Untimed.NOT_STATED or time.is_step:
            what = f"{text(capital(time.called))}: " if time.what != "to answer" else ""
            to.append(what + writing.marks.clock(time.clock, *time.paths) + text(time.counted))
    if stage.note:
        to.append(text(sentence(stage.note)) + only_shown("Stage.note"))
    copied = everybody_in_words(ladder.copied_at(stage), writing.procedure)
    return text(stage.label), "<br>".join(to), text(capital(copied)) or "Nobody"
