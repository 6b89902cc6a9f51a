"""The acts on the directory: posts, people and cover, each one screen and one verb."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import streamlit as st

from practice_alerts.casework.core.actors import OFFICE_POSTS
from practice_alerts.casework.directory import cover_posts, post_holders, staff
from practice_alerts.casework.directory.cover_posts import Cover
from practice_alerts.casework.directory.office_view import Directory, PostLine
from practice_alerts.casework.directory.post_holders import PostGiven
from practice_alerts.domain.acts.permissions import Actor
from practice_alerts.domain.dates import in_full
from practice_alerts.domain.directory.office_permissions import OfficeAct, may_run
from practice_alerts.domain.errors import BadAnswers, NotFound
from practice_alerts.office import Office
from practice_alerts.ui.office import directory_screen
from practice_alerts.ui.office.office_act import Begun, OfficeForm, OfficeTask, OfficeVerb
from practice_alerts.ui.page import html, session

_FIRST = "Leave it empty for today."
_LAST = "Leave it empty for until further notice. For leave or acting up, give the last day."


def act_on(act: str, of: str, seen: Directory) -> tuple[OfficeTask, Begun]:
    """The act's screen and what it begins with. Raises NotFound."""
    if act not in _ACTS:
        raise NotFound("act of that name")
    return _ACTS[act](of, seen)


_PARTS = {
    "add_person": "people",
    "change_person": "people",
    "leave": "people",
    "set_cover": "cover",
    "end_cover": "cover",
    "add_contact": "partners",
    "change_contact": "partners",
    "end_contact": "partners",
}


def part_of(act: str) -> str:
    """The part of the directory to go back to."""
    return _PARTS.get(act, "posts")


def _posts(seen: Directory) -> dict[str, str]:
    actor = session.actor()
    may_all = may_run(actor, OfficeAct.KEEP_OFFICE_POSTS, actor.council)
    return {
        post: title for post, title in seen.titles.items() if may_all or post not in OFFICE_POSTS
    }


def _everybody(seen: Directory) -> dict[str, str]:
    """Each with their posts, because two may have one name."""
    return {
        one.person.id: f"{one.person.name}, {'; '.join(one.titles) or 'no post'}"
        for one in seen.people
    }


def _ask_post(form: OfficeForm, seen: Directory) -> PostGiven:
    """Post, team and days."""
    post = form.pick("post", "Post", _posts(seen))
    teams = ", ".join(one.team for one in seen.teams)
    known = f" Teams so far: {teams}." if teams else ""
    team = form.text("team", "Team (optional)", hint=f"Empty: the whole council.{known}")
    since = form.day("since", "First day (optional)", hint=_FIRST)
    until = form.day("until", "Last day (optional)", hint=_LAST)
    return PostGiven(seen.council, post, team, since, until)


def _give_post(of: str, seen: Directory) -> tuple[OfficeTask, Begun]:
    def ask(form: OfficeForm) -> OfficeVerb:
        who = form.pick("person", "Who holds it", _everybody(seen))
        post = _ask_post(form, seen)

        def do(here: Office, actor: Actor) -> str:
            found = post_holders.give_post(here, actor, who, post)
            return f"{found.name} is entered as {post_holders.title(here, post)}."

        return do

    post, _, number = of.partition(".")
    team = directory_screen.numbered(seen).get(number, "")
    return OfficeTask("Give a post", "Give the post", ask), {"post": post, "team": team}


def _end_post(of: str, seen: Directory) -> tuple[OfficeTask, Begun]:
    line = _holding(of, seen)

    def ask(form: OfficeForm) -> OfficeVerb:
        held = line.held
        if held is None:
            raise NotFound("post with that number")
        team = f" ({line.team})" if line.team else ""
        html.lead(directory_screen.held_words(held, line.title + team))
        hint = (
            "The post is empty from the next day on. One that has not begun by then is taken back."
        )
        last = form.day("until", "Last day", hint=hint)

        def do(here: Office, actor: Actor) -> str:
            day = _given(last)
            post_holders.end_post(here, actor, held.id, day)
            if day < held.since:
                return f"Taken back: {held.name} as {line.title}{team}."
            return f"The last day of {held.name} as {line.title}{team} is {in_full(day)}."

        return do

    return OfficeTask("End a post", "End the post", ask), {}


def _add_person(_of: str, seen: Directory) -> tuple[OfficeTask, Begun]:
    def ask(form: OfficeForm) -> OfficeVerb:
        name = form.text("name", "Name", hint="As it is to stand in documents and letters.")
        mail = form.text("mail", "Work e-mail address", hint="Notices and sign-in links go there.")
        post = _ask_post(form, seen)

        def do(here: Office, actor: Actor) -> str:
            found = staff.add(here, actor, name, mail, post)
            return (
                f"{found.name} is entered as {post_holders.title(here, post)}. They sign in with"
                f" their mail address at {here.settings.base_url}/sign-in."
            )

        return do

    return OfficeTask("Enter somebody new", "Enter them", ask), {}


def _change_person(of: str, seen: Directory) -> tuple[OfficeTask, Begun]:
    one = _person(of, seen)

    def ask(form: OfficeForm) -> OfficeVerb:
        name = form.text("name", "Name", hint="What was done stays under the name of that day.")
        hint = "With another address they are signed out everywhere, and sign in anew."
        mail = form.text("mail", "Work e-mail address", hint=hint)

        def do(here: Office, actor: Actor) -> str:
            found = staff.change(here, actor, of, name, mail)
            return f"{found.name}, {found.mail}: corrected."

        return do

    begun = {"name": one.person.name, "mail": one.person.mail}
    return OfficeTask(f"Correct {one.person.name}", "Keep the correction", ask), begun


def _leave(of: str, seen: Directory) -> tuple[OfficeTask, Begun]:
    one = _person(of, seen)
    name = one.person.name

    def ask(_form: OfficeForm) -> OfficeVerb:
        posts = "; ".join(one.titles) or "no post"
        html.lead(f"{name}: {posts}.")
        st.write(
            "They are signed out everywhere at once and cannot sign in again, and their posts are empty."
            " What they did stays under their name. If they only change posts, end the post instead."
        )

        def do(here: Office, actor: Actor) -> str:
            gone = staff.leave(here, actor, of)
            return f"{name} has left.{_left_behind(gone)}"

        return do

    return OfficeTask(f"Has {name} left?", "Yes, they have left", ask), {}


def _left_behind(gone: staff.Gone) -> str:
    own, asked = gone.unfinished.own, gone.unfinished.asked
    said = ""
    if own:
        said += f" {own} open {'alert is' if own == 1 else 'alerts are'} still theirs."
    if asked:
        said += f" {asked} {'alert waits' if asked == 1 else 'alerts wait'} for their answer."
    return said + (" Let somebody stand in for them, under Cover." if said else "")


def _set_cover(of: str, seen: Directory) -> tuple[OfficeTask, Begun]:
    def ask(form: OfficeForm) -> OfficeVerb:
        gone = {person.id: f"{person.name}, who has left" for person in seen.left}
        away = form.pick("away", "Who is away", _everybody(seen) | gone)
        stands_in = form.pick("stands_in", "Who stands in", _everybody(seen))
        since = form.day("since", "First day (optional)", hint=_FIRST)
        until = form.day("until", "Last day", hint="It can be set anew when it ends.")
        cover = Cover(away, stands_in, since, until)

        def do(here: Office, actor: Actor) -> str:
            done = cover_posts.set_cover(here, actor, cover)
            days = f"from {in_full(done.since)} to {in_full(done.until)}"
            return f"{done.cover} stands in for {done.away}, {days}."

        return do

    return OfficeTask("Set cover", "Set the cover", ask), {"away": of or None}


def _end_cover(of: str, seen: Directory) -> tuple[OfficeTask, Begun]:
    found = next((one for one in seen.covers if str(one.id) == of), None)
    if found is None:
        raise NotFound("cover with that number")

    def ask(form: OfficeForm) -> OfficeVerb:
        days = f"from {in_full(found.since)} to {in_full(found.until)}"
        html.lead(f"{found.cover} stands in for {found.away}, {days}.")
        last = form.day("until", "Last day", hint="A day before it begins takes it back.")

        def do(here: Office, actor: Actor) -> str:
            day = _given(last)
            cover_posts.end_cover(here, actor, found.id, day)
            if day < found.since:
                return f"Taken back: {found.cover} for {found.away}."
            return f"{found.cover} stands in for {found.away} until {in_full(day)}."

        return do

    return OfficeTask("End a cover early", "End the cover", ask), {}


def _given(last: date | None) -> date:
    if last is None:
        raise BadAnswers({"until": "Last day: give a day."})
    return last


def _holding(of: str, seen: Directory) -> PostLine:
    found = seen.holding(int(of)) if of.isdecimal() else None
    if found is None:
        raise NotFound("post with that number")
    return found


def _person(of: str, seen: Directory) -> staff.StaffLine:
    found = next((one for one in seen.people if one.person.id == of), None)
    if found is None:
        raise NotFound("person in the directory")
    return found


_ACTS: dict[str, Callable[[str, Directory], tuple[OfficeTask, Begun]]] = {
    "give_post": _give_post,
    "end_post": _end_post,
    "add_person": _add_person,
    "change_person": _change_person,
    "leave": _leave,
    "set_cover": _set_cover,
    "end_cover": _end_cover,
}
