"""The service in figures: each a link to the alerts it counts, each with what it means."""

from collections.abc import Sequence
from typing import Any
from urllib.parse import urlencode

from markupsafe import Markup

from practice_alerts.adapters.store.alerts.counts import MOST_COUNTED, Limits
from practice_alerts.adapters.store.office.directory import Covering
from practice_alerts.adapters.store.office.duties import DutyTurn
from practice_alerts.casework.core.actors import title_of
from practice_alerts.casework.views.service import Load, Service, SilentPost
from practice_alerts.domain.dates import in_full
from practice_alerts.domain.procedure.directions import MANAGER
from practice_alerts.domain.standing.list_filters import Filters
from practice_alerts.domain.standing.standings import Pile
from practice_alerts.domain.text import plural
from practice_alerts.ui.page import frame, html, session

_OPEN = "Raised and not closed."
_PAST_TIME_LIMIT = "Open alerts whose time limit ended before today, whatever they wait for."
_NONE_TO_SPARE = (
    "Open alerts within their time limit for which today is the last working day to escalate, or is too late"
    " already: were each stage still to come given its whole time, the time limit would be missed."
)
_ON_HOLD = "Accepted until a date that has not passed. The time limit runs on."
_NOT_FILED = (
    "Open and closed alerts to which something happened since they were last filed in the case system, or that"
    " never were."
)
_MEANS = (
    (
        "Open",
        f"{_OPEN} What asks for no answer, as good practice does, stands in this number alone.",
    ),
    (
        "Needs the officer",
        (
            "A response to review, no answer, a question of those asked, or that it is not theirs, an answer that"
            " was not satisfactory, a hold that has ended, or something put right that is to be closed."
        ),
    ),
    ("To review", "Of these, responses that the officer has not reviewed yet."),
    ("Waiting", "It is the turn of those who were asked, and no deadline of theirs has passed."),
    ("On hold", _ON_HOLD),
)
_SILENCE = (
    "Answers, or records of a step, that were due and have not come. A date that is only aimed at counts"
    " for nothing here. Silence is put down to the post and not to whoever holds it: a post may be vacant,"
    " or its holder away without cover."
)


def figure(number: int, *, leads: bool = True, **filters: Any) -> str:
    """A number that leads to what it counts, in the work tray; 0 leads nowhere, and none that may not be listed."""
    if not number or not leads:
        return f"{number:,}"
    chosen = Filters.model_validate({"whose": "service", **filters}).written
    words = {name: str(value).lower() if value is True else value for name, value in chosen.items()}
    return html.link(f"{number:,}", f"{frame.address_of(frame.WORK_TRAY)}?{urlencode(words)}")


def limits(found: Limits, *, leads: bool = True) -> None:
    """What is past its limit, and what has no day left to keep it."""
    html.table(
        "Open alerts and their time limit",
        ("Which", "Alerts", "What is counted"),
        (
            ("Open", figure(found.open, leads=leads), _OPEN),
            ("On hold", figure(found.on_hold, leads=leads, pile=Pile.ON_HOLD.value), _ON_HOLD),
            (
                "No days to spare",
                figure(found.none_to_spare, leads=leads, no_slack=True),
                _NONE_TO_SPARE,
            ),
            (
                "Past the time limit",
                figure(found.past_time_limit, leads=leads, past_cap=True),
                _PAST_TIME_LIMIT,
            ),
        ),
    )


def restricted(count: int) -> None:
    """That there are some of which nothing more is told."""
    if count:
        html.quiet(
            f"{count} restricted: {plural(count, 'an open alert', 'open alerts')} that others alone may open,"
            " by name; in no figure and no list of yours."
        )


def not_filed(count: int) -> None:
    """What has still to be put into the case system."""
    figures = figure(min(count, MOST_COUNTED), not_filed=True)
    if count > MOST_COUNTED:
        figures = Markup("more than {}").format(figures)
    rows = ((figures, _NOT_FILED),)
    html.table("Not filed on the record yet", ("Alerts", "What is counted"), rows)


def loads(service: Service, *, may_hand_over: bool) -> None:
    heads = ("Officer", *(label for label, _ in _MEANS), *(("Change",) if may_hand_over else ()))
    rows = ((*_load(one), *((_hand_over(one),) if may_hand_over else ())) for one in service.loads)
    html.table("Caseload of each reviewing officer", heads, rows)
    html.facts(_MEANS)
    html.paragraph(
        "To give an alert to another officer, follow a figure to its alerts, open the alert and choose"
        f" “Give it to another officer”. Only the {_manager()} can; of an alert about the reviewing service,"
        " whoever has it. “Give all to others” gives every open alert of an officer on at once."
    )


def _manager() -> str:
    return title_of(session.office().council(session.actor().council).procedure, MANAGER)


def _hand_over(load: Load) -> Markup:
    if not load.open:
        return Markup()
    words = Markup("Give all to others{}").format(html.unseen(f": {load.officer}"))
    return html.link(words, f"/app/service?act=hand_over&of={load.officer_id}")


def _load(load: Load) -> html.Row:
    who = load.officer_id
    gone = "" if load.holds_post else "no longer in the post: give these to somebody else"
    return (
        html.lines(load.officer, html.aside(gone)),
        figure(load.open, officer=who),
        figure(load.needs, officer=who, needs=True),
        figure(load.to_review, officer=who, pile=Pile.REVIEW.value),
        figure(load.waiting, officer=who, pile="waiting"),
        figure(load.on_hold, officer=who, pile="on-hold"),
    )


def silence(silent: Sequence[SilentPost]) -> None:
    html.table(
        "No answer, by post; the longest silence first",
        ("Post", "Stage", "Alerts", "Oldest was due"),
        (
            (
                one.post,
                f"{one.kind_title}: {one.stage_label}",
                figure(one.count, pile="late", stage=one.at),
                in_full(one.oldest) if one.oldest else "",
            )
            for one in silent
        ),
        none="Nobody owes an answer that is overdue.",
    )
    html.facts([("What is counted", _SILENCE)])


def covers(covers: Sequence[Covering]) -> None:
    html.table(
        "Who stands in for whom",
        ("Away", "Stands in", "From", "To"),
        ((one.away, one.cover, in_full(one.since), in_full(one.until)) for one in covers),
        none="Nobody stands in for anybody, now or later.",
    )


def duties(rota: Sequence[DutyTurn]) -> None:
    html.table(
        "Who is on duty",
        ("On duty", "From", "To"),
        ((one.name, in_full(one.since), in_full(one.until)) for one in rota),
        none="Nobody is on duty, now or later.",
    )
