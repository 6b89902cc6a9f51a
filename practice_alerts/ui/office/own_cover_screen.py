"""When somebody is away: who stands in for them, named by themself."""

from collections.abc import Callable, Mapping

import streamlit as st
from markupsafe import Markup

from practice_alerts.adapters.store.office.directory import Covering
from practice_alerts.casework.directory import second_person
from practice_alerts.casework.directory.cover import own_cover
from practice_alerts.casework.directory.cover.own_cover import OwnCover
from practice_alerts.domain.acts.permissions import Actor
from practice_alerts.domain.dates import in_full
from practice_alerts.domain.directory.directory_acts import DirectoryEntry
from practice_alerts.domain.errors import NotFound
from practice_alerts.office import Office
from practice_alerts.ui.office.directory_screen import act_link
from practice_alerts.ui.office.office_act import OfficeForm, last_day
from practice_alerts.ui.page import frame, html, session

_NAME = "name_cover"


def when_away(office: Office, actor: Actor) -> None:
    """Who stands in, for whom this person stands in, and the way to name somebody."""
    html.heading("When you are away")
    seen = own_cover.look(office, actor)
    st.write(
        "No clock stops while somebody is away. Whoever stands in for you is asked what you are asked, and"
        " sees it, from the first day to the last."
    )
    heads = ("Who", "From", "Until", "Change")
    none = "Nobody stands in for you, now or later."
    rows = [
        _row(one.cover, one, _link("End", f"{one.cover}", "end_cover", one.id))
        for one in seen.covers
    ]
    html.table("Who stands in for you", heads, [*rows, *map(_asked_row, seen.asked_for)], none=none)
    if seen.stands_in_for:
        rows = [_row(one.away, one, Markup()) for one in seen.stands_in_for]
        html.table("For whom you stand in", heads, rows)
    if not seen.to_name:
        html.quiet(own_cover.NOBODY_TO_NAME)
        return
    words = "Ask for somebody to stand in" if seen.must_ask else "Name who stands in for you"
    html.ways([html.link(words, f"{frame.address_of(frame.SETTINGS)}?act={_NAME}", "pa-button")])


def _row(who: str, one: Covering, link: Markup) -> html.Row:
    return who, in_full(one.since), in_full(one.until), link


def _asked_row(one: DirectoryEntry) -> html.Row:
    what = one.what
    who = Markup("{} {}").format(what.stand_in_name, html.state("Waits for a second person", "due"))
    link = _link("Take back", what.stand_in_name, "take_back", one.number)
    since, until = (in_full(day) if day else "" for day in (what.since, what.until))
    return who, since, until, link


def _link(words: str, about: str, act: str, number: int) -> Markup:
    return act_link(words, about, act, str(number), page=frame.SETTINGS)


def act_on(act: str, of: str, form: OfficeForm) -> str:
    """The screen of an act. Raises NotFound."""
    if act not in _ACTS:
        raise NotFound("act of that name")
    return _ACTS[act](of, own_cover.look(session.office(), session.actor()), form)


def _name(_of: str, seen: OwnCover, form: OfficeForm) -> str:
    title, button = "Name who stands in for you", "Name them"
    if seen.must_ask:
        title, button = "Ask for somebody to stand in for you", "Ask for it"
    form.begin(title, button)
    html.lead(
        "The manager of the reviewing service, or an administrator, confirms it. Until then nobody stands in."
        if seen.must_ask
        else "In the list are those who hold your post, or a post to which a later stage goes. They stand in at"
        " once, and are told; so is the manager of the reviewing service."
    )
    who = form.pick("stands_in", "Who stands in", seen.to_name)
    since = form.day("since", "First day (optional)", hint="Leave it empty for today.")
    until = form.day("until", "Last day", hint="You can end it before, and name somebody anew.")
    reason = form.text(
        "reason",
        "Why (optional)",
        hint="It is kept with the change in the directory: no illness, and nothing else about anybody.",
    )
    done = own_cover.name(*form.sent(), who, (since, until), reason=reason)
    days = f"from {in_full(done.since)} to {in_full(done.until)}"
    if seen.must_ask:
        return f"Asked for: {done.cover} stands in for you, {days}, once it is confirmed."
    return f"{done.cover} stands in for you, {days}."


def _end(of: str, seen: OwnCover, form: OfficeForm) -> str:
    found = next((one for one in seen.covers if str(one.id) == of), None)
    if found is None:
        raise NotFound("cover of yours with that number")
    form.begin("End a cover early", "End the cover")
    html.lead(
        f"{found.cover} stands in for you, from {in_full(found.since)} to {in_full(found.until)}."
    )
    last = form.day("until", "Last day", hint="A day before it begins takes it back.")
    here, actor = form.sent()
    last = last_day(last)
    own_cover.end(here, actor, found.id, last)
    if last < found.since:
        return f"Taken back: {found.cover} for you."
    return f"{found.cover} stands in for you until {in_full(last)}."


def _take_back(of: str, seen: OwnCover, form: OfficeForm) -> str:
    found = next((one for one in seen.asked_for if str(one.number) == of), None)
    if found is None:
        raise NotFound("change that you asked for")
    form.begin("Take back what you asked for", "Take it back")
    here, actor = session.office(), session.actor()
    html.lead(f"{second_person.said(here, actor.council, found.what)}.")
    own_cover.take_back(*form.sent(), found.number)
    return "Taken back."


_ACTS: Mapping[str, Callable[[str, OwnCover, OfficeForm], str]] = {
    _NAME: _name,
    "end_cover": _end,
    "take_back": _take_back,
}
