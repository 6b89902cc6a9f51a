"""What is made of an answer, and what goes with it: holds, their review, another date by agreement."""

from dataclasses import asdict
from datetime import date

from practice_alerts.casework.acts.verb import Deciding, verb
from practice_alerts.domain.acts import joint_review
from practice_alerts.domain.acts.form_by_rule import EXCEPTIONAL, UNTIL
from practice_alerts.domain.acts.joint_review import Voice
from practice_alerts.domain.acts.permissions import Act
from practice_alerts.domain.alert.events import Event, Outcome, Person
from practice_alerts.domain.errors import BadAnswers
from practice_alerts.domain.standing.days_of_acts import longest_hold, why_not_until


@verb(Act.REVIEW_RESPONSE)
def review(doing: Deciding) -> Event:
    """Record the outcome of the answer, or of the steps, at the present stage, with its reason."""
    voice = voice_of(doing, Outcome(doing.given["verdict"]))
    return doing.event(by=as_reviewer(doing), **asdict(voice))


@verb(Act.HOLD)
def hold(doing: Deciding) -> Event:
    """Accept a promise until a date. Moves neither the response date nor the time limit."""
    office, until = doing.office, date.fromisoformat(doing.given["until"])
    calendar = office.calendar(doing.found.files.id, doing.tx)
    latest = longest_hold(doing.found.ladder, office.now(), calendar)
    if refused := why_not_until(until, office.today, latest):
        raise BadAnswers({"until": refused})
    return doing.event(until=until)


@verb(Act.AGREE_DATE)
def agree_date(doing: Deciding) -> Event:
    """Another day for the answer, with the reason: the clock's own day is kept, and the time limit runs on.

    Or that the alert is exceptional, from which on the longer total of the procedure holds.
    """
    exceptional = doing.text(EXCEPTIONAL) == "yes"
    if doing.text(UNTIL):
        until = doing.day_to_come(UNTIL, "The day agreed")
        return doing.event(until=until, exceptional=exceptional)
    if exceptional:
        return doing.event(until=None, exceptional=True)
    if doing.found.rules.agrees_dates(doing.found.alert):
        said = (
            "The day agreed for the answer: choose it, or say above that the alert is exceptional."
        )
        raise BadAnswers({UNTIL: said})
    said = "Is it agreed that this alert is exceptional? Nothing else can be agreed at this stage."
    raise BadAnswers({EXCEPTIONAL: said})


def voice_of(doing: Deciding, verdict: Outcome) -> Voice:
    """What the verdict of whoever acts amounts to, where several judge together."""
    return joint_review.voice_of(doing.actor, doing.found.alert, doing.found.rules, verdict)


def as_reviewer(doing: Deciding) -> Person:
    """The person who reviews the response: the officer, a cover who says for whom, or a post the procedure names."""
    found, actor = doing.found, doing.actor
    officer = found.alert.officer
    if actor.id == officer.id:
        return Person(id=actor.id, name=actor.name, post=officer.post)
    if officer.id in actor.covers_for:
        return Person(
            id=actor.id, name=actor.name, post=f"for the {officer.post or 'reviewing officer'}"
        )
    named = found.named
    held = sorted((named.reviewing | named.escalating) & actor.posts)
    post = found.files.procedure.roles[held[0]].title if held else ""
    return Person(id=actor.id, name=actor.name, post=post)
