"""The directory as one reads it: posts first, then people, cover and contacts in partner agencies."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

import streamlit as st
from markupsafe import Markup

from practice_alerts.adapters.store.office.directory import Covering
from practice_alerts.casework.directory import second_person
from practice_alerts.casework.directory.office_view import Directory, PostLine
from practice_alerts.casework.directory.partner_contacts import NO_LONGER, PartnerPost
from practice_alerts.casework.directory.second_person import DirectoryRecord
from practice_alerts.casework.directory.staff import StaffLine
from practice_alerts.domain.acts.permissions import Actor
from practice_alerts.domain.dates import in_full
from practice_alerts.domain.directory.directory_acts import (
    DirectoryChange,
    DirectoryEntry,
    DirectoryRefused,
)
from practice_alerts.domain.directory.office_permissions import (
    OfficeAct,
    act_for,
    act_to_confirm,
    may_run,
    which_cover,
)
from practice_alerts.domain.directory.vacancies import HeldPost, Vacancy
from practice_alerts.domain.procedure.posts import OFFICE_POSTS
from practice_alerts.domain.text import plural
from practice_alerts.office import Office
from practice_alerts.ui.page import frame, html

_MOST_CHANGES = 200
_GIVE = ("Give a post", "give_post", OfficeAct.KEEP_DIRECTORY)
_ENTER = ("Enter somebody new", "add_person", OfficeAct.KEEP_DIRECTORY)

PARTS = {
    "posts": "Posts",
    "people": "People",
    "cover": "Cover",
    "partners": "Partner contacts",
    "record": "Changes",
}


def menu(present: str, parts: Mapping[str, str]) -> None:
    """The parts of the directory, each an address of its own; the one shown is said in words."""
    here = Markup('<strong aria-current="page">{}</strong>')
    directory = frame.address_of(frame.DIRECTORY)
    items = Markup().join(
        here.format(title) if part == present else html.link(title, f"{directory}?part={part}")
        for part, title in parts.items()
    )
    html.html(Markup('<nav class="pa-ways" aria-label="In the directory">{}</nav>').format(items))


def not_arrived(count: int) -> None:
    """That e-mails were given up; nothing for none, or where they are not theirs to look after."""
    if count:
        said = f"{count} {plural(count, 'e-mail')} did not arrive"
        html.lead(Markup("{}.").format(html.link(said, frame.address_of(frame.EMAILS))))


def files_at_fault(lines: tuple[str, ...]) -> None:
    """That the council goes by earlier files than those that lie there; nothing where it does not."""
    if lines:
        why = html.link("Settings of the service", frame.address_of(frame.SERVICE_SETTINGS))
        said = Markup(
            "The council’s files cannot be read, so it goes on by the edition before. {} says what is wrong."
        )
        html.lead(said.format(why))


def act_link(words: str, about: str, act: str, of: str, page: str = frame.DIRECTORY) -> Markup:
    """A link to the screen of an act; `about` is heard and not seen, because the row shows it."""
    heard = Markup("{}{}").format(words, html.unseen(f" {about}"))
    return html.link(heard, f"{frame.address_of(page)}?act={act}&of={of}")


def buttons(actor: Actor, *links: tuple[str, str, OfficeAct]) -> None:
    """What begins something new, each as words, act, and what it takes; nothing where nothing is theirs."""
    directory = frame.address_of(frame.DIRECTORY)
    theirs = [
        html.link(words, f"{directory}?act={act}", "pa-button")
        for words, act, takes in links
        if may_run(actor, takes, actor.council)
    ]
    if theirs:
        html.ways(theirs)


def posts(seen: Directory, actor: Actor, today: date) -> None:
    html.lead(_in_one_sentence(seen, today))
    if seen.no_administrator_from is not None:
        html.lead(
            f"From {in_full(seen.no_administrator_from)} nobody is administrator here."
            " Make somebody administrator before."
        )
    buttons(actor, _GIVE, _ENTER)
    if seen.gaps:
        html.heading("Where nobody would be asked")
        caption = "Raising an alert stops here, because nobody in the directory holds the post"
        html.table(caption, ("Post", "For which child", "At"), _gap_rows(seen))
    html.heading("Posts of the procedure")
    _post_table("Who holds which post, today or later", seen.posts, seen, actor)
    html.heading("Running this office")
    _post_table("Who looks after people, alerts and the log", seen.office_posts, seen, actor)
    html.heading("Teams")
    caption = "A team is there while somebody holds a post in it"
    none = "No post is held for a team yet. A team is there once somebody has a post in it."
    rows = (
        (team.team, html.lines(*team.people) or html.state("Nobody", "due"), ", ".join(team.empty))
        for team in seen.teams
    )
    html.table(caption, ("Team", "Who works in it", "Nobody is"), rows, none=none)


def _in_one_sentence(seen: Directory, today: date) -> str:
    empty, away = len(seen.empty), sum(1 for one in seen.covers if one.since <= today)
    said = f"{empty or 'No'} {plural(empty, 'post stands', 'posts stand')} empty."
    if seen.gaps:
        said += f" At {len(seen.gaps)} {plural(len(seen.gaps), 'place')} an alert would find nobody to ask."
    if away:
        said += f" {away} {plural(away, 'person is', 'people are')} stood in for today."
    return said


def _gap_rows(seen: Directory) -> Iterator[html.Row]:
    for gap in seen.gaps:
        whose = f"A child of {gap.team}" if gap.team else "Any child"
        yield " or ".join(gap.titles), whose, ", ".join(gap.stages)


def _post_table(caption: str, lines: Sequence[PostLine], seen: Directory, actor: Actor) -> None:
    heads = ("Post", "Team", "Who holds it", "From", "Until", "Change")
    html.table(caption, heads, (_post_row(line, seen, actor) for line in lines))


def _post_row(line: PostLine, seen: Directory, actor: Actor) -> html.Row:
    may_change = may_run(actor, act_for({line.post}, OFFICE_POSTS.keys()), actor.council)
    if line.held is None:
        empty = html.state("Nobody", "due")
        nobody = Markup("{} {}").format(empty, _since(line.vacancy) if line.vacancy else "")
        acts = (html.aside(f"{line.stand_in} stands in"),) if line.stand_in else ()
        who = html.lines(nobody, *acts)
        return line.title, line.team, who, "", "", _fill(line, seen) if may_change else ""
    held = line.held
    may_change = may_change and held.person_id != actor.id
    covers = (f"{one.cover} stands in until {in_full(one.until)}" for one in line.covers)
    who = html.lines(held.name, *map(html.aside, covers))
    until = in_full(held.until) if held.until else "further notice"
    about, number = f"{held.name}, {line.title}", str(held.id)
    end = html.lines(
        act_link("End", about, "end_post", number),
        act_link("End now", about, "end_post_now", number),
    )
    team = line.team or "whole council"
    return line.title, team, who, in_full(held.since), until, end if may_change else ""


def _fill(line: PostLine, seen: Directory) -> Markup:
    numbers = (f".{number}" for number, team in numbered(seen).items() if team == line.team)
    of = line.post + next(numbers, "")
    return act_link("Fill", f"{line.title} {line.team}", "give_post", of)


def numbered(seen: Directory) -> dict[str, str]:
    """Teams by their number, which stands in addresses: no name does."""
    return {str(number): line.team for number, line in enumerate(seen.teams)}


def _since(empty: Vacancy) -> Markup:
    said = []
    if empty.last is not None and empty.empty_since is not None:
        said.append(f"since {in_full(empty.empty_since)}; before: {empty.last.name}")
    if empty.next is not None:
        said.append(f"from {in_full(empty.next.since)}: {empty.next.name}")
    return html.aside("; ".join(said))


def people(seen: Directory, actor: Actor, *, by_account: bool) -> None:
    """`by_account`: the council's staff sign in with accounts of their own."""
    buttons(actor, _ENTER, _GIVE)
    heads = ("Name", "Mail address", "Posts", "Change")
    rows = (_person_row(seen, actor, person, by_account=by_account) for person in seen.people)
    html.table("Everybody with a post here, now or before", heads, rows)


def _person_row(seen: Directory, actor: Actor, listed: StaffLine, *, by_account: bool) -> html.Row:
    name, person_id = listed.person.name, listed.person.id
    lines = (*seen.posts, *seen.office_posts)
    posts = [line for line in lines if line.held and line.held.person_id == person_id]
    titles = [_with_days(line) for line in posts]
    titles += [f"stands in for {away}" for away in listed.stands_in_for]
    links = []
    if may_run(actor, which_cover(actor), actor.council):
        links.append(act_link("Set cover", f"for {name}", "set_cover", person_id))
    which = act_for({line.post for line in posts}, OFFICE_POSTS.keys())
    if person_id != actor.id and may_run(actor, which, actor.council):
        links += [
            act_link("Correct", name, "change_person", person_id),
            act_link("Sign out", name, "sign_out", person_id),
            act_link("Has left", name, "leave", person_id),
        ]
        if by_account:
            links.append(act_link("Unlink account", name, "unlink_account", person_id))
    if person_id != actor.id and may_run(actor, OfficeAct.ENTER_INTEREST, actor.council):
        links.append(
            act_link("Enter an interest", f"of {name} in a child", "interest_of", person_id)
        )
    held = html.lines(*titles) or html.state("No post", "plain")
    return name, listed.person.mail, held, html.lines(*links)


def _with_days(line: PostLine) -> str:
    team = f" ({line.team})" if line.team else ""
    until = f", until {in_full(line.held.until)}" if line.held and line.held.until else ""
    return f"{line.title}{team}{until}"


def cover(seen: Directory, actor: Actor, today: date) -> None:
    st.write(
        "Whoever stands in may do what the other may, and gets their e-mails as well. No clock stops"
        " because somebody is away. To let somebody act up in an empty post, give them the post with a"
        " last day."
    )
    buttons(actor, ("Set cover", "set_cover", which_cover(actor)), _GIVE)
    if seen.left:
        names = ", ".join(person.name for person in seen.left)
        html.lead(
            f"Gone, with alerts still in their name: {names}. Let somebody stand in for them."
        )
    heads = ("Who is away", "Who stands in", "From", "Until", "Change")
    rows = (_cover_row(covering, actor, today) for covering in seen.covers)
    none = "Nobody stands in for anybody, today or later."
    html.table("Who stands in for whom, today and later", heads, rows, none=none)


def _cover_row(covering: Covering, actor: Actor, today: date) -> html.Row:
    away, cover = covering.away, covering.cover
    when, words = "later", "Take back"
    if covering.since <= today:
        when, words = html.state("now", "plain"), "End early"
    link = act_link(words, f"{cover} for {away}", "end_cover", str(covering.id))
    if not may_run(actor, which_cover(actor), actor.council):
        link = Markup()
    first = Markup("{} {}").format(in_full(covering.since), when)
    return away, cover, first, in_full(covering.until), link


def waiting(record: DirectoryRecord, office: Office, actor: Actor) -> None:
    """What takes two people, and was asked for by one."""
    if not record.waiting:
        return
    html.heading("Waiting for a second person")
    heads = ("Change", "Asked for by", "When", "Why", "Confirm")
    rows = (_waiting_row(one, record, office, actor) for one in record.waiting)
    html.table("What holds only once somebody else has confirmed it", heads, rows)


def _waiting_row(
    one: DirectoryEntry, record: DirectoryRecord, office: Office, actor: Actor
) -> html.Row:
    said, number = second_person.said(office, actor.council, one.what), str(one.number)
    refuse = act_link("Refuse", said, "refuse", number)
    links = [act_link("Confirm", said, "confirm", number), refuse]
    if one.what.change is DirectoryChange.REDACTION:  # there the text can be read that goes
        links = [html.link("On the page “Records”", frame.address_of(frame.RECORDS))]
        return said, record.by(one), in_full(one.at), one.what.reason, html.lines(*links)
    if one.by != actor.id and not may_run(actor, act_to_confirm(one.what.change), actor.council):
        links = []
    elif one.by == actor.id:
        links = [html.aside("by somebody else"), act_link("Take back", said, "refuse", number)]
    elif one.concerns(actor.id):
        links = [html.aside("by somebody else")]
    return said, record.by(one), in_full(one.at), one.what.reason, html.lines(*links)


def changes(record: DirectoryRecord, office: Office, council: str, none: str) -> None:
    """What was done, the latest first."""
    heads = ("When", "Change", "By", "Why", "What became of it")
    rows = (_change_row(one, record, office, council) for one in record.entries[:_MOST_CHANGES])
    html.table("What was changed in the directory, the latest first", heads, rows, none=none)
    if len(record.entries) > _MOST_CHANGES:
        html.paragraph(f"{len(record.entries) - _MOST_CHANGES} earlier ones are not shown here.")


def _change_row(
    one: DirectoryEntry, record: DirectoryRecord, office: Office, council: str
) -> html.Row:
    became: str | Markup = "made"
    if one.what.alone:
        became = html.state("made by one person alone: nobody else could confirm it", "due")
    if one.waits:
        became = html.state("Waits for a second person", "due")
    elif one.ended is not None:
        word = "confirmed" if one.is_made else "refused"
        became = f"{word} by {record.ended_by(one)}, {in_full(one.ended.at)}"
        if isinstance(one.ended.what, DirectoryRefused) and one.ended.what.reason:
            became += f": {one.ended.what.reason}"
    said = second_person.said(office, council, one.what)
    return in_full(one.at), said, record.by(one), one.what.reason, became


def partners(posts: Sequence[PartnerPost], actor: Actor, today: date) -> None:
    st.write(
        "Whom to write to when an alert goes to a partner agency. Nobody here signs in or gets an e-mail"
        " from here: the name is offered to whoever raises, and the document is handed over by hand."
    )
    due = sum(one.is_to_be_reviewed(today) for post in posts for one in post.contacts)
    if due:
        html.lead(f"{due} {plural(due, 'contact is', 'contacts are')} to be looked over.")
    buttons(actor, ("Add a contact", "add_contact", OfficeAct.KEEP_CONTACTS))
    for partner in dict.fromkeys(post.partner for post in posts):
        mine = [post for post in posts if post.partner == partner]
        html.heading(mine[0].partner_title)
        heads = ("Post", "Whom to write to", "Note", "To be looked over", "Change")
        caption = f"Whom to write to: {mine[0].partner_title}"
        html.table(caption, heads, _contact_rows(mine, actor, today))


def _contact_rows(posts: Sequence[PartnerPost], actor: Actor, today: date) -> Iterator[html.Row]:
    keeps = may_run(actor, OfficeAct.KEEP_CONTACTS, actor.council)
    for post in posts:
        where = ", ".join(post.stages) or NO_LONGER
        title = html.lines(post.title, html.aside(where))
        link = act_link("Add", post.title, "add_contact", f"{post.partner}.{post.post}")
        add = link if keeps and post.stages else Markup()
        if not post.contacts:
            yield title, html.state("Nobody yet", "plain"), "", "", add
        for contact in post.contacts:
            name, review = contact.name, in_full(contact.review_on)
            if contact.is_to_be_reviewed(today):
                review = html.state("Look it over", "due") + f" since {review}"
            change = act_link("Change", name, "change_contact", contact.id)
            gone = act_link("End", name, "end_contact", contact.id)
            who, links = html.lines(name, contact.mail), html.lines(change, gone, add)
            yield title, who, contact.note, review, links if keeps else ""


def held_words(held: HeldPost, title: str) -> str:
    """Somebody in a post, with the days, in one sentence."""
    until = f"until {in_full(held.until)}" if held.until else "until further notice"
    return f"{held.name}, {title}, from {in_full(held.since)} {until}."
