"""The acts on the directory: posts, people and cover, each one screen and one verb."""

from collections.abc import Callable, Sequence

import streamlit as st

from practice_alerts.casework.directory import post_holders, record_keeping, second_person, staff
from practice_alerts.casework.directory.cover import absence_cover, barred_by
from practice_alerts.casework.directory.cover.absence_cover import Cover
from practice_alerts.casework.directory.in_bulk import ended_by_hand
from practice_alerts.casework.directory.office_view import Directory, whom
from practice_alerts.casework.directory.partner_contacts import PartnerPost
from practice_alerts.casework.directory.post_holders import PostGiven
from practice_alerts.casework.directory.signing_in import single_sign_on
from practice_alerts.domain.dates import in_full
from practice_alerts.domain.directory.directory_acts import (
    DirectoryChange,
    DirectoryChanged,
    DirectoryEntry,
)
from practice_alerts.domain.directory.office_permissions import OfficeAct, may_run
from practice_alerts.domain.directory.vacancies import HeldPost
from practice_alerts.domain.errors import NotFound
from practice_alerts.domain.procedure.posts import OFFICE_POSTS
from practice_alerts.domain.text import whole_number
from practice_alerts.ui.office import contact_forms, directory_screen, duty_forms, interest_screen
from practice_alerts.ui.office.office_act import OfficeForm, last_day
from practice_alerts.ui.page import html, session

_FIRST = "Leave it empty for today."
_TO_CONFIRM = "asked for. It holds once another administrator or the IRO manager has confirmed it."
_STAYS_ENDED = (
    "Your council’s own system says that they hold it. It stays ended until that system has sent them without"
    " it and then with it again, or somebody gives it here."
)
_STAYS_AWAY = (
    "Your council’s own system says that they work here. They come back by it only once it has sent that they"
    " have left and then that they are there again, or once somebody enters them here."
)
_LAST = "Leave it empty for until further notice. For leave or acting up, give the last day."


def act_on(
    act: str, of: str, seen: Directory, contacts: Sequence[PartnerPost], form: OfficeForm
) -> str:
    """The screen of an act. Raises NotFound."""
    if act in contact_forms.ACTS:
        return contact_forms.ACTS[act](of, contacts, form)
    if act in duty_forms.ACTS:
        return duty_forms.ACTS[act](of, form)
    if act in interest_screen.ACTS:
        return interest_screen.ACTS[act](of, seen, form)
    if act in _ACTS:
        return _ACTS[act](of, seen, form)
    raise NotFound("act of that name")


def part_of(act: str) -> str:
    """The part of the directory to go back to."""
    if act in duty_forms.ACTS:
        return "cover"
    if act in interest_screen.ACTS:
        return "people"
    return "partners" if act in contact_forms.ACTS else _PARTS.get(act, "posts")


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


def _takes_two(post: PostGiven, to: str = "", mail: str = "") -> bool:
    """Will a second person have to confirm it? Said before the button is pressed."""
    waits = post_holders.waits(session.office(), session.actor(), post, to, mail)
    if waits:
        html.lead(f"This post is {_TO_CONFIRM}")
    return waits


def _why(form: OfficeForm) -> str:
    hint = "It is kept with the change, for whoever looks later and for the person concerned: no illness."
    return form.text("reason", "Why (optional)", hint=hint)


def _give_post(of: str, seen: Directory, form: OfficeForm) -> str:
    post, _, number = of.partition(".")
    team = directory_screen.numbered(seen).get(number, "")
    form.begin("Give a post", "Give the post", post=post, team=team)
    who = form.pick("person", "Who holds it", _everybody(seen))
    new = _ask_post(form, seen)
    if barred := barred_by.by_post(session.office(), session.actor(), who, new.post):
        html.lead(barred)
    waits = _takes_two(new, who)
    reason = _why(form)
    here, actor = form.sent()
    found = post_holders.give_post(here, actor, who, new, reason=reason)
    if waits:
        return f"{found.name} as {post_holders.title(here, new)}: {_TO_CONFIRM}"
    return f"{found.name} is entered as {post_holders.title(here, new)}."


def _holding(
    of: str, seen: Directory, form: OfficeForm, heading: str, button: str
) -> tuple[HeldPost, str]:
    """The post of that number, said above the form, with its title. Raises NotFound."""
    number = whole_number(of)
    line = None if number is None else seen.holding(number)
    if line is None or line.held is None:
        raise NotFound("post with that number")
    form.begin(heading, button)
    title = f"{line.title} ({line.team})" if line.team else line.title
    html.lead(directory_screen.held_words(line.held, title))
    if ended_by_hand.is_said_elsewhere(session.office(), seen.council, line.held):
        html.paragraph(_STAYS_ENDED)
    return line.held, title


def _end_post(of: str, seen: Directory, form: OfficeForm) -> str:
    held, title = _holding(of, seen, form, "End a post", "End the post")
    hint = "The post is empty from the next day on. One that has not begun by then is taken back."
    last = form.day("until", "Last day", hint=hint)
    reason = _why(form)
    here, actor = form.sent()
    day = last_day(last)
    post_holders.end_post(here, actor, held.id, day, reason=reason)
    if day < held.since:
        return f"Taken back: {held.name} as {title}."
    return f"The last day of {held.name} as {title} is {in_full(day)}."


def _end_post_now(of: str, seen: Directory, form: OfficeForm) -> str:
    held, title = _holding(of, seen, form, "End a post now", "End it now")
    st.write(
        "It ends at this moment: what it lets them see and do is gone at the next move of any page they"
        " have open. Without another post here they are signed out."
    )
    reason = _why(form)
    here, actor = form.sent()
    post_holders.end_post_now(here, actor, held.id, reason=reason)
    return f"Ended: {held.name} as {title}."


def _entry(of: str, form: OfficeForm, title: str, button: str) -> DirectoryEntry:
    """The change that waits, said in words. Raises NotFound."""
    here, actor = session.office(), session.actor()
    waiting = second_person.look(here, actor, actor.council).waiting
    found = next((one for one in waiting if str(one.number) == of), None)
    if found is None:
        raise NotFound("change that waits to be confirmed")
    form.begin(title, button)
    html.lead(f"{second_person.said(here, actor.council, found.what)}.")
    html.bullets(whom(here, actor, found.what))
    html.bullets(second_person.each_said(here, actor.council, found.what))
    html.bullets(record_keeping.told_of(here, actor, found))
    if found.what.reason:
        html.paragraph(f"Why: {found.what.reason}")
    return found


def _confirm(of: str, seen: Directory, form: OfficeForm) -> str:
    waiting = _entry(of, form, "Confirm a change", "Confirm it")
    if barred := _barred(waiting.what):
        html.lead(barred)
    st.write("You confirm that it is right, as the second person. It holds from then on.")
    here, actor = form.sent()
    done = second_person.confirm(here, actor, seen.council, waiting.number)
    return f"Confirmed: {second_person.said(here, seen.council, done.what)}."


def _barred(what: DirectoryChanged) -> str:
    """What the change that waits would keep somebody from."""
    here, actor = session.office(), session.actor()
    if what.change is DirectoryChange.COVER_SET:
        return barred_by.by_cover(here, actor, what.person, what.stand_in)
    return barred_by.by_post(here, actor, what.person, what.post)


def _refuse(of: str, seen: Directory, form: OfficeForm) -> str:
    waiting = _entry(of, form, "Refuse a change", "Refuse it")
    reason, nobody = form.why("Why (optional)")
    to = (*form.sent(), seen.council, waiting.number)
    done = second_person.refuse(*to, reason=reason, names_nobody=nobody)
    return f"Refused: {second_person.said(to[0], seen.council, done.what)}."


def _add_person(_of: str, seen: Directory, form: OfficeForm) -> str:
    form.begin("Enter somebody new", "Enter them")
    name = form.text("name", "Name", hint="As it is to stand in documents and e-mails.")
    mail = form.text("mail", "Work e-mail address", hint="Notices and sign-in links go there.")
    post = _ask_post(form, seen)
    waits = _takes_two(post, mail=mail)
    reason = _why(form)
    here, actor = form.sent()
    found = staff.add(here, actor, name, mail, post, reason=reason)
    if waits:
        return f"{found.name} as {post_holders.title(here, post)}: {_TO_CONFIRM}"
    return (
        f"{found.name} is entered as {post_holders.title(here, post)}. They sign in with"
        f" their mail address at {here.settings.base_url}/sign-in."
    )


def _change_person(of: str, seen: Directory, form: OfficeForm) -> str:
    was = _person(of, seen).person
    form.begin(f"Correct {was.name}", "Keep the correction", name=was.name, mail=was.mail)
    name = form.text("name", "Name", hint="What was done stays under the name of that day.")
    hint = "Another address holds once a second person has confirmed it. Then they sign in anew."
    mail = form.text("mail", "Work e-mail address", hint=hint)
    reason = _why(form)
    found = staff.change(*form.sent(), of, name, mail, reason=reason)
    if found.mail != mail.strip():
        return f"{found.name}, {mail.strip()}: {_TO_CONFIRM}"
    return f"{found.name}, {found.mail}: corrected."


def _leave(of: str, seen: Directory, form: OfficeForm) -> str:
    one = _person(of, seen)
    name = one.person.name
    form.begin(f"Has {name} left?", "Yes, they have left")
    html.lead(f"{name}: {'; '.join(one.titles) or 'no post'}.")
    st.write(
        "They are signed out everywhere at once and cannot sign in again, and their posts are empty."
        " What they did stays under their name. If they only change posts, end the post instead."
    )
    if ended_by_hand.is_known_elsewhere(session.office(), seen.council, of):
        html.paragraph(_STAYS_AWAY)
    reason = _why(form)
    gone = staff.leave(*form.sent(), of, reason=reason)
    return f"{name} has left.{_left_behind(gone)}"


def _sign_out(of: str, seen: Directory, form: OfficeForm) -> str:
    name = _person(of, seen).person.name
    form.begin(f"Sign {name} out everywhere", "Sign them out")
    st.write(
        "Every session of theirs ends at once, every link to sign in that was not used, and their"
        " calendar’s address. They keep their posts and may ask for a new link: where the mailbox is in"
        " other hands, have their address changed first."
    )
    reason = _why(form)
    found = staff.sign_out(*form.sent(), of, reason=reason)
    return f"{found.name} is signed out everywhere."


def _unlink_account(of: str, seen: Directory, form: OfficeForm) -> str:
    one = _person(of, seen).person
    form.begin(f"Unlink {one.name}’s account", "Unlink it")
    html.paragraph(
        "For somebody who has another account than before, or an address that was somebody else’s. Every"
        " session of theirs ends. The account that signed them in does so no longer, and nobody else either;"
        f" the next one that your council’s sign-on vouches for under {one.mail} becomes theirs. Ask"
        " whoever looks after the accounts first whether this address is theirs alone."
    )
    reason = _why(form)
    here, actor = form.sent()
    single_sign_on.unlink(here, actor, seen.council, of, reason=reason)
    return f"Unlinking {one.name}’s account: {_TO_CONFIRM}"


def _left_behind(gone: staff.Gone) -> str:
    own, asked = gone.unfinished.own, gone.unfinished.asked
    said = f" {own} open {'alert is' if own == 1 else 'alerts are'} still theirs." if own else ""
    if asked:
        said += f" {asked} {'alert waits' if asked == 1 else 'alerts wait'} for their answer."
    return said + (" Let somebody stand in for them, under Cover." if said else "")


def _set_cover(of: str, seen: Directory, form: OfficeForm) -> str:
    form.begin("Set cover", "Set the cover", away=of or None)
    gone = {person.id: f"{person.name}, who has left" for person in seen.left}
    away = form.pick("away", "Who is away", _everybody(seen) | gone)
    stands_in = form.pick("stands_in", "Who stands in", _everybody(seen))
    since = form.day("since", "First day (optional)", hint=_FIRST)
    until = form.day("until", "Last day", hint="It can be set anew when it ends.")
    if barred := barred_by.by_cover(session.office(), session.actor(), away, stands_in):
        html.lead(barred)
    reason = _why(form)
    cover = Cover(away, stands_in, since, until)
    done = absence_cover.set_cover(*form.sent(), cover, reason=reason)
    days = f"from {in_full(done.since)} to {in_full(done.until)}"
    return f"{done.cover} stands in for {done.away}, {days}."


def _end_cover(of: str, seen: Directory, form: OfficeForm) -> str:
    found = next((one for one in seen.covers if str(one.id) == of), None)
    if found is None:
        raise NotFound("cover with that number")
    form.begin("End a cover early", "End the cover")
    days = f"from {in_full(found.since)} to {in_full(found.until)}"
    html.lead(f"{found.cover} stands in for {found.away}, {days}.")
    last = form.day("until", "Last day", hint="A day before it begins takes it back.")
    reason = _why(form)
    here, actor = form.sent()
    day = last_day(last)
    absence_cover.end_cover(here, actor, found.id, day, reason=reason)
    if day < found.since:
        return f"Taken back: {found.cover} for {found.away}."
    return f"{found.cover} stands in for {found.away} until {in_full(day)}."


def _person(of: str, seen: Directory) -> staff.StaffLine:
    for one in seen.people:
        if one.person.id == of:
            return one
    raise NotFound("person in the directory")


_ACTS: dict[str, Callable[[str, Directory, OfficeForm], str]] = {
    "give_post": _give_post,
    "end_post": _end_post,
    "end_post_now": _end_post_now,
    "confirm": _confirm,
    "refuse": _refuse,
    "add_person": _add_person,
    "change_person": _change_person,
    "leave": _leave,
    "sign_out": _sign_out,
    "unlink_account": _unlink_account,
    "set_cover": _set_cover,
    "end_cover": _end_cover,
}
_PARTS = {
    **dict.fromkeys(("confirm", "refuse"), "record"),
    **dict.fromkeys(("set_cover", "end_cover"), "cover"),
    **dict.fromkeys(
        ("add_person", "change_person", "leave", "sign_out", "unlink_account"), "people"
    ),
}
