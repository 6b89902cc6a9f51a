"""What each council asks of a reader who comes in by one of the four doors."""

from collections.abc import Callable, Iterator, Sequence

from practice_alerts.domain.guide.parts.ladder_figure import route_name, stage_anchor, who_acts
from practice_alerts.domain.guide.parts.markup import Markup, link, paragraph, table, text
from practice_alerts.domain.guide.parts.page import Council
from practice_alerts.domain.guide.parts.stage_times import in_one_line, own_times, told_times
from practice_alerts.domain.procedure.directions import as_climbed
from practice_alerts.domain.site_words import Ring
from practice_alerts.domain.text import capital, joined
from practice_alerts.domain.wording.definitions import total_in_words, who_in_words

WITH_THE_CHILD = frozenset({"social_worker"})
"""Posts of those who work with the child and manage nobody, by the id that councils share."""

_UP = "../../"


def asked_of_social_workers(councils: Sequence[Council]) -> Markup:
    return _asked(councils, lambda roles: bool(WITH_THE_CHILD & roles))


def asked_of_managers(councils: Sequence[Council]) -> Markup:
    return _asked(councils, lambda roles: bool(roles - WITH_THE_CHILD))


def _asked(councils: Sequence[Council], wanted: Callable[[set[str]], bool]) -> Markup:
    rows = [row for council in councils for row in _stages_of(council, wanted)]
    columns = ("Council", "Stage", "Who acts", "How long")
    return table("Where you are asked, and how long you have", columns, rows)


def _stages_of(
    council: Council, wanted: Callable[[set[str]], bool]
) -> Iterator[tuple[Markup, ...]]:
    for ladder_id, ladder in council.procedure.ladders.items():
        here = as_climbed(council.procedure, ladder)
        for stage in ladder.stages:
            asked = here.asked_at(stage)
            sent_to = stage.answer.to if stage.answer is not None else None
            if not wanted({*asked.roles, *(sent_to.roles if sent_to is not None else ())}):
                continue
            times = in_one_line(own_times(told_times(ladder_id, ladder, stage)))
            anchor = stage_anchor(council.procedure, ladder_id, stage)
            to = link(text(stage.label), f"{_UP}{council.id}/stages/#{anchor}")
            who = text(who_acts(stage, here))
            if sent_to is not None:
                who += f"; sent to {text(who_in_words(sent_to, council.procedure))}"
            yield text(council.name), to, who, text(capital(times))


def ways_of_raisers(councils: Sequence[Council]) -> Markup:
    """Who raises, where it may start, the time limit, and the ways out."""
    columns = ("Council", "Raised by", "Time limit", "Ways out, at any time")
    return table("What you can do", columns, map(_ways, councils))


def _ways(council: Council) -> tuple[Markup, ...]:
    procedure = council.procedure
    raised = dict.fromkeys(procedure.title_of(role) for role in procedure.raising_posts)
    time_limit = procedure.main_ladder.cap
    total = total_in_words(time_limit) if time_limit is not None else "no time limit stated"
    routes = capital(joined([route_name(name) for name in procedure.referrals]))
    to = link(text(council.name), f"{_UP}{council.id}/")
    return to, text(joined(list(raised), "or")), text(capital(total)), text(routes)


def oversight_everywhere(councils: Sequence[Council]) -> Markup:
    """Copies, reports, reviews and audits, council by council."""
    rows = [row for council in councils for row in _oversight(council)]
    names = [council.name for council in councils if not council.procedure.oversight]
    asks = "The procedure of {} asks" if len(names) == 1 else "The procedures of {} ask"
    said = (
        f"{asks.format(joined(names))} nobody to watch over the whole by copies, reports or audits."
    )
    unsaid = paragraph(text(said), "silent") if names else ""
    columns = ("Council", "What", "By whom", "How often")
    return table("Copies, supervision, reports and audits", columns, rows) + unsaid


def _oversight(council: Council) -> Iterator[tuple[Markup, ...]]:
    for one in council.procedure.oversight:
        by = capital(who_in_words(one.by, council.procedure, silent="not said by whom"))
        often = "Not said" if one.how_often == "not stated" else capital(one.how_often)
        to = link(text(council.name), f"{_UP}{council.id}/clocks/#oversight")
        yield to, text(capital(one.what)), text(by), text(often)


def whom_to_ring(councils: Sequence[Council]) -> Markup:
    """The numbers that councils give in their files, and which give none."""
    rows = [
        (
            link(text(one.name), f"{_UP}{one.id}/"),
            text(ring.who),
            text(ring.when or "–"),
            _dial(ring),
        )
        for one in councils
        for ring in one.procedure.site.ring
    ]
    none = [one.name for one in councils if not one.procedure.site.ring]
    whose = "the council's" if len(none) == 1 else "that council's"
    said = f"No number is kept here for {joined(none, 'or')}: ask {whose} switchboard, or look on its website."
    unsaid = paragraph(text(said), "aside") if none else ""
    columns = ("Council", "Who", "When", "Number")
    return (table("Whom to ring", columns, rows) if rows else "") + unsaid


def _dial(ring: Ring) -> Markup:
    return link(text(ring.number), f"tel:{ring.number.replace(' ', '')}")
