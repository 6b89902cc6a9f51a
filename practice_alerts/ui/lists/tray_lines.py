"""Alerts in a list: what stands, what to do next and why, by when, and who is waited for."""

from collections.abc import Iterator, Sequence

import streamlit as st
from markupsafe import Markup

from practice_alerts.adapters.store.alerts.drafts import Draft
from practice_alerts.casework.views.service import Load
from practice_alerts.casework.views.tray_parts import AGAIN, ORDER, PAGE, InTray, Tray, TraySection
from practice_alerts.domain.acts.act_rows import ACTS
from practice_alerts.domain.acts.permissions import Act, Actor
from practice_alerts.domain.complete import complete
from practice_alerts.domain.dates import in_full
from practice_alerts.domain.deadlines.stage_clocks import Times
from practice_alerts.domain.deadlines.working_days import working_days_between
from practice_alerts.domain.directory.office_permissions import OfficeAct, may_run
from practice_alerts.domain.standing.standings import UNANSWERED
from practice_alerts.domain.standing.status import Where
from practice_alerts.domain.text import plural, working_days
from practice_alerts.domain.wording.clock_lines import days_left
from practice_alerts.ui.page import frame, html, session
from practice_alerts.ui.page.as_written import as_written

TITLES = complete(
    (*ORDER, "copied", "closed"),
    {
        "to-answer": "For you to answer",
        "needs-you": "Needs you",
        "needs-officer": "Needs its reviewing officer",
        AGAIN: "What is different for the child, to look at again",
        "waiting": "Waiting on others",
        "on-hold": "On hold",
        "without-ladder": "Without a ladder",
        "not-filed": "Closed and not filed yet",
        "copied": "Copied to you",
        "closed": "Closed lately",
    },
)

_COUNTED = complete(
    ORDER,
    {
        "to-answer": ("for you to answer", "for you to answer"),
        "needs-you": ("needs you", "need you"),
        "needs-officer": ("needs its officer", "need their officer"),
        AGAIN: ("to look at again", "to look at again"),
        "waiting": ("waiting on others", "waiting on others"),
        "on-hold": ("on hold", "on hold"),
        "without-ladder": ("without a ladder", "without a ladder"),
        "not-filed": ("closed and not filed yet", "closed and not filed yet"),
    },
)
"""After the number, for one and for several."""


def counts(tray: Tray, drafts: Sequence[Draft]) -> None:
    """Today, and how much there is, each number a link to what it counts."""
    parts = [
        (part.count, _COUNTED[part.id][part.count != 1], part.id)
        for part in tray.parts
        if part.id in _COUNTED
    ]
    if drafts:
        parts.append((len(drafts), plural(len(drafts), "draft"), "drafts"))
    way = Markup('<a href="#{}"><strong>{:,}</strong> {}</a>')
    html.lead(in_full(session.office().today))
    links = (way.format(anchor, number, words) for number, words, anchor in parts)
    html.bullets(links, look="pa-counts")


def own_load(load: Load) -> None:
    """The officer's own sheet, which their manager has as a row of the service."""
    if load.open:
        html.quiet(
            # Not what else the page counts: that has what comes to them as cover, and a second number of the same name.
            f"Your own caseload: {load.open:,} open, {load.to_review:,} to review. You and whoever manages the service"
            " see this; it stands in no log and no report."
        )


def part(one: TraySection, actor: Actor, most: dict[str, int], *, dense: bool = False) -> None:
    """One part of the tray under its heading. Whoever asks for more of it raises its `most`.

    `dense`: as a table, a row for each alert.
    """
    html.heading(f"{TITLES[one.id]} ({one.count:,})", anchor=one.id)
    if dense:
        html.table(TITLES[one.id], _HEADS, (_row(alert, actor) for alert in one.lines))
    else:
        for alert in one.lines:
            line(alert, actor)
    if not one.rest or one.id == "closed":
        return
    more = min(one.rest, PAGE)
    still = "" if more == one.rest else f" of {one.rest:,} not shown"
    words = f"Show {more} more{still}: {TITLES[one.id].lower()}"
    shown = {one.id: len(one.lines) + PAGE}
    st.button(as_written(words), key=f"pa-more-{one.id}", on_click=most.update, args=(shown,))


_NOTHING_FOUND = (
    "Nothing fits that. All its words were looked for in what you may read of the alerts that you may list:"
    " names, case number, reference and what was written. What is chosen from a list, and dates, are"
    " not searched: the filters find those."
)
_OPEN_ALONE = "Only open alerts were searched. Tick “Closed alerts too” to look further."


def found(alerts: Sequence[InTray], actor: Actor, most: dict[str, int], *, closed: bool) -> None:
    """What a search found, and where it looked; a screen reader says how many. More raises `most`."""
    many = len(alerts) >= PAGE and len(alerts) % PAGE == 0
    with st.container(key="pa-found", gap=None):
        number = f"the first {len(alerts)}" if many else str(len(alerts))
        html.heading(f"Found ({number})" if alerts else "Found", anchor="found")
        if not alerts:
            html.quiet(_NOTHING_FOUND if closed else f"{_NOTHING_FOUND} {_OPEN_ALONE}")
    for one in alerts:
        line(one, actor)
    if many:
        words, shown = f"Show {PAGE} more of what was found", {"found": len(alerts) + PAGE}
        st.button(as_written(words), key="pa-more-found", on_click=most.update, args=(shown,))


def line(one: InTray, actor: Actor) -> None:
    """One alert. Reference, initials and case number; the full name stands on its own page."""
    child = f"{one.row.child}, {one.row.case_number}"
    about = " · ".join(part for part in (_unusual_kind(one, actor), one.row.about, child) if part)
    dates = " · ".join(three_dates(one, said_already=one.where.sentence))
    said = (
        (about, "pa-quiet"),
        (one.where.sentence, "pa-tray-says"),
        (waits_on(one, actor), ""),
        (dates, "pa-quiet"),
        (_together(one), "pa-quiet"),
    )
    row = Markup('<p class="pa-tray-line {}">{}</p>')
    body = Markup().join(row.format(look, words) for words, look in said if words)
    with st.container(border=True, gap="xxsmall"):
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            st.page_link(
                frame.ALERT,
                label=f"**{as_written(one.row.reference)}**",
                query_params={"reference": one.row.reference},
            )
            html.html(html.state(one.where.standing.value, tone(one.where)), width="content")
            if one.may_remind:
                st.page_link(
                    frame.ALERT,
                    label=as_written(ACTS[Act.REMIND].title),
                    query_params={"reference": one.row.reference, "act": Act.REMIND.value},
                )
        html.html(body)


def _unusual_kind(one: InTray, actor: Actor) -> str:
    """What kind of alert it is, where it is not the one that its procedure puts first."""
    kinds = session.office().council(actor.council).procedure.kinds.values()
    return "" if one.kind_title == next(iter(kinds)).title else one.kind_title


def _together(one: InTray) -> str:
    return f"Brothers and sisters: {', '.join(one.together)}" if one.together else ""


_HEADS = ("Alert", "Child", "Stage", "How it stands", "Dates", "Waiting on")


def _row(one: InTray, actor: Actor) -> html.Row:
    """The same in a row."""
    way = f"{frame.address_of(frame.ALERT)}?reference={one.row.reference}"
    heard = html.unseen(f" about {one.row.reference}")
    remind = Markup("{}{}").format(ACTS[Act.REMIND].title, heard)
    return (
        html.link(one.row.reference, way),
        html.lines(f"{one.row.child}, {one.row.case_number}", _together(one)),
        one.stage_label or one.kind_title,
        html.state(one.where.standing.value, tone(one.where)),
        html.lines(*three_dates(one)),
        html.lines(
            waits_on(one, actor).removeprefix("Waiting on "),
            html.link(remind, f"{way}&act={Act.REMIND.value}") if one.may_remind else "",
        ),
    )


def tone(where: Where) -> str:
    """The colour that goes with the words."""
    return "late" if where.time_limit_passed and where.stage else where.standing.pile.facts.tone


def three_dates(one: InTray, said_already: str = "") -> tuple[str, ...]:
    """Answer while one is waited for, hold, and time limit; of a closed alert none, and no day twice."""
    row = one.row
    if not row.is_open:
        return ()
    due = one.clocks.first.by if one.clocks.first else row.response_due
    due = due if one.where.standing.pile in UNANSWERED else None
    ended = row.hold_until is not None and row.hold_until < session.office().today
    dates = (
        (_waited_for(one), due),
        ("Hold ended" if ended else "On hold until", row.hold_until),
    )
    every = ((label, in_full(day)) for label, day in dates if day)
    said = (f"{label} {day}" for label, day in every if day not in said_already)
    return tuple(filter(None, (*said, limit(one))))


def _waited_for(one: InTray) -> str:
    """What the first date is the date of."""
    return one.clocks.first.head if one.clocks.first else Times.ANSWER.value


def limit(one: InTray) -> str:
    """What the time limit is, and whether the stages still fit it; empty where there is none."""
    time_limit, calendar = one.clocks.time_limit, one.clocks.calendar
    if time_limit is None or calendar is None or not one.row.is_open:
        return ""
    left = days_left(time_limit, session.office().now(), calendar)
    said = f"Time limit {in_full(time_limit.by)}, {left}"
    if one.clocks.days_to_spare is not None and one.clocks.days_to_spare < 0:
        said += f"; the stages still to come no longer fit it, by {working_days(-one.clocks.days_to_spare)}"
    return said


def waits_on(one: InTray, actor: Actor) -> str:
    """On whom it waits, the post first, and since when; empty where nobody is waited for."""
    waits, calendar = one.waits, one.clocks.calendar
    if waits is None or calendar is None:
        return ""
    days = working_days_between(waits.since, session.office().today, calendar)
    since = f"since {in_full(waits.since)}" + (f", {working_days(days)}" if days > 0 else "")
    whom = waits.whom or _officer(one, actor)
    if waits.people:
        whom = Markup("{},").format(Markup("; ").join(_people(one, actor)))
    return Markup("Waiting on {} {}.").format(whom, since)


def _people(one: InTray, actor: Actor) -> Iterator[Markup]:
    """Each post with whoever holds it, and a way to write to them that says nothing of the case."""
    for person in one.waits.people if one.waits else ():
        name = "you" if person.id and person.id == actor.id else person.name
        mail = one.mails.get(person.id)
        way = html.mail_link(name, mail) if mail else name
        yield Markup(", ").join(part for part in (person.post, way) if part != "")


def _officer(one: InTray, actor: Actor) -> str:
    if one.row.officer_id == actor.id:
        return "you"
    if one.row.officer_id in actor.covers_for:
        return f"you, standing in for {one.officer},"
    return one.officer


def elsewhere(actor: Actor) -> list[Markup]:
    """What somebody's post of the office reads elsewhere; nothing for whoever raises alerts."""
    council = actor.council
    if frame.raises(actor):
        return []
    tray = frame.address_of(frame.WORK_TRAY)
    ways = (
        (OfficeAct.LIST_ALERTS, "Every alert of the service", f"{tray}?whose=service"),
        (OfficeAct.SEE_SERVICE, "The whole service", frame.address_of(frame.SERVICE)),
        (OfficeAct.SEE_OVERVIEW, "Overview", frame.address_of(frame.OVERVIEW)),
        (OfficeAct.READ_LOG, "The alert log", f"/log/{council}"),
        (OfficeAct.READ_REPORTS, "Reports", f"/reports/{council}"),
        (OfficeAct.SEE_SAMPLES, "Audit samples", frame.address_of(frame.AUDIT)),
        (OfficeAct.SEE_FORMAL, "Formal alerts", frame.address_of(frame.FORMAL)),
        (OfficeAct.SEE_RECORDS, "Records", frame.address_of(frame.RECORDS)),
        (OfficeAct.SEE_DIRECTORY, "Directory", frame.address_of(frame.DIRECTORY)),
    )
    return [html.link(words, way) for act, words, way in ways if may_run(actor, act, council)]


def nothing_here(ways: Sequence[Markup]) -> None:
    """No alert waits for this person: where there is something to read."""
    html.lead("No alert is put to you. What your post reads stands here:")
    html.ways(ways)
