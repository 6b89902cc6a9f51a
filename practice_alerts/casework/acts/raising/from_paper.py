"""An alert that was sent on paper and is entered here: by whom and for whom, and whether it stands here already."""

from collections.abc import Iterable, Iterator

from practice_alerts.adapters.files.procedures import CouncilFiles
from practice_alerts.adapters.store.alerts import word_rows
from practice_alerts.adapters.store.core.database import Tx
from practice_alerts.adapters.store.office import directory
from practice_alerts.casework.core import actors
from practice_alerts.casework.core.loaded_alert import from_side, load
from practice_alerts.casework.core.who_is_meant import Scene
from practice_alerts.domain.acts.acts import own_side_of
from practice_alerts.domain.acts.permissions import Act, Actor
from practice_alerts.domain.acts.way_in import WayIn, is_support, may_enter_from_paper
from practice_alerts.domain.alert.events import Person
from practice_alerts.domain.errors import NotAllowed
from practice_alerts.domain.forms.form import Answers
from practice_alerts.domain.forms.validation import Faults
from practice_alerts.domain.paper.on_paper import OnPaper
from practice_alerts.domain.paper.paper_form import REFERENCE, PaperForm
from practice_alerts.domain.seeing.search_words import paper_word
from practice_alerts.office import Office

CASE_NUMBER = "case_number"
INTERESTED = (
    "The child: you have declared an interest in this child, so that somebody else raises it."
    " Tell the IRO manager what it is about."
)
_ASKED_THEMSELVES = (
    "Who is asked: you are to answer it yourself, so that the officer or somebody else enters it."
)
_REFUSED = (
    "What was sent on paper is entered by the officer whose alert it is, by whoever stands in for them, or by"
    " the support of the reviewing service. Choose whose alert it is anew."
)


def officers(office: Office, tx: Tx, actor: Actor) -> dict[str, Person]:
    """For whom this person may enter what was sent on paper, by id: themselves first, if they raise alerts."""
    every = {one.id: one for one in _officers(office, tx, actor)}
    return dict(sorted(every.items(), key=lambda one: (one[0] != actor.id, one[1].name)))


def enters_for_others(office: Office, actor: Actor) -> bool:
    """Is there anybody for whom they may?"""
    if not (actor.covers_for or is_support(actor)):
        return False  # asked with each page that is drawn
    with office.database.reading() as tx:
        return any(one.id != actor.id for one in _officers(office, tx, actor))


def _officers(office: Office, tx: Tx, actor: Actor) -> Iterator[Person]:
    files = office.council(actor.council)
    for post in files.procedure.raising_posts:
        title = actors.title_of(files.procedure, post)
        for person, _ in directory.holders_by_team(tx, actor.council, post, office.today):
            officer = Actor(person.id, person.name, actor.council, frozenset({post}))
            if _may(files, actor, officer):
                yield Person(id=person.id, name=person.name, post=title)


def officer_of(office: Office, tx: Tx, actor: Actor, officer_id: str) -> Actor:
    """The officer whose alert it is to be, as they may act. Raises NotAllowed, also where nobody is named."""
    files = office.council(actor.council)
    officer = actors.actor_in(office, tx, officer_id or actor.id, actor.council)
    if officer.id == actor.id:
        officer = actor
    if not _may(files, actor, officer):
        raise NotAllowed(Act.FROM_PAPER.value, _REFUSED)
    return officer


def _may(files: CouncilFiles, actor: Actor, officer: Actor) -> bool:
    posts = frozenset(files.procedure.raising_posts)
    role = next((one for one in files.procedure.raising_posts if one in officer.posts), "")
    own_side = own_side_of(from_side(files, role).procedure)
    return may_enter_from_paper(actor, officer, posts, own_side)


def form_of(way: WayIn) -> PaperForm | None:
    """What is asked; None where it was not sent on paper, or has no stages, so that nothing of it runs on."""
    return PaperForm(way.ladder, way.stage) if way.on_paper and way.ladder and way.stage else None


def faults(scene: Scene, way: WayIn, actor: Actor, asked: Iterable[Person]) -> Faults:
    """What is wrong with the days, whether the reference is taken, and whether this person may not enter it."""
    if not way.on_paper:
        return {}
    found = days_at_fault(scene.office, scene.tx, actor, way, scene.answers)
    if actor.id in scene.shut_out:
        found[CASE_NUMBER] = INTERESTED
    if actor.id != scene.raiser.id and actor.id in {one.id for one in asked}:
        found["asked"] = _ASKED_THEMSELVES
    return found


def _taken_by(office: Office, tx: Tx, actor: Actor, reference: str) -> str:
    """The sentence that another alert of the council bears this reference on paper; empty where none does.

    Of one that is restricted to others, or about a child in whom they have an interest, it is as if there were none.
    """
    word = paper_word(reference)
    for alert_id in word_rows.with_word(tx, word) if word else ():
        found = load(office, tx, alert_id)
        paper = found.alert.raised.paper
        if found.files.id == actor.council and paper and paper_word(paper.reference) == word:
            sees, here = found.may(actor, Act.SEE), found.alert.reference
            if not sees and (found.alert.restriction is not None or actor.id in found.shut_out):
                continue
            which = f": it is {here}. Go on there" if sees else ""
            return (
                f"The reference it bore on paper: an alert that was entered bears {reference.strip()}"
                f" already{which}, or give the reference of this one."
            )
    return ""


def days_at_fault(office: Office, tx: Tx, actor: Actor, way: WayIn, given: Answers) -> Faults:
    """Of what the paper says alone."""
    form = form_of(way)
    if form is None:
        return {}
    calendar = office.calendar(actor.council, tx)
    found = form.faults(given, office.now(), calendar.first, calendar.last)
    taken = _taken_by(office, tx, actor, str(given.get(REFERENCE) or ""))
    return {REFERENCE: taken, **found} if taken else found


def kept(form: PaperForm | None, given: Answers, actor: Actor, raiser: Person) -> OnPaper | None:
    """With who entered it: the officer themselves, or somebody for them."""
    by = raiser.in_words if actor.id == raiser.id else f"{actor.name}, for {raiser.name}"
    return form.kept(given, by) if form else None
