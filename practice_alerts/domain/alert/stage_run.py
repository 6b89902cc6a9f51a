"""One stay of an alert at one stage, and what came of it."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import assert_never

from practice_alerts.domain.alert import events
from practice_alerts.domain.alert.answers_of_each import yet_to_answer
from practice_alerts.domain.text import joined

_OF_A_STEP = frozenset({events.Occasion.MEETING, events.Occasion.STEP})


@dataclass(frozen=True, slots=True)
class Given:
    """An answer, when it came, and when it was put down here, which is later where the officer recorded it."""

    at: datetime
    answer: events.AnswerGiven
    known_at: datetime


def given(at: datetime, answer: events.AnswerGiven) -> Given:
    """An answer that was put down at that moment."""
    came = answer.received if isinstance(answer, events.AnswerRecorded) else at
    return Given(came, answer, at)


@dataclass(frozen=True, slots=True)
class ResponseReview:
    at: datetime
    reviewed: events.ResponseReviewed


@dataclass(frozen=True, slots=True)
class AgreedHold:
    at: datetime
    held: events.Held

    @property
    def until(self) -> date:
        return self.held.until


@dataclass(frozen=True, slots=True)
class StageRun:
    """One stay at one stage, from being sent to being left."""

    sent_at: datetime
    number: int
    """The number of the event that sent it."""
    sent: events.Sent
    answers: tuple[Given, ...] = ()
    response_reviews: tuple[ResponseReview, ...] = ()
    voices: tuple[ResponseReview, ...] = ()
    """What one of several who judge together said before it stood."""
    holds: tuple[AgreedHold, ...] = ()
    hold_reviews: tuple[tuple[datetime, events.HoldReviewed], ...] = ()
    steps: tuple[tuple[datetime, events.StepDone], ...] = ()
    agreed: tuple[tuple[datetime, events.DateAgreed], ...] = ()
    talk: tuple[tuple[datetime, events.Talk], ...] = ()
    """What passed beside the answers, in order."""
    reopened_at: datetime | None = None
    entered_at: datetime | None = None
    """When it was entered here, where it had been sent on paper."""
    given_due: date | None = None
    """The day for the answer as it was given on paper; it stands in place of the clock's."""
    left_at: datetime | None = None
    escalated: events.Escalated | None = None

    @property
    def stage(self) -> str:
        return self.sent.stage

    @property
    def asked_posts(self) -> str:
        """The posts asked, by name where somebody has none; empty for nobody."""
        return posts_of(self.sent.asked)

    @property
    def yet_to_answer(self) -> tuple[events.Person, ...]:
        """Whoever was asked and whose answer has not come; nobody once one is there that is enough."""
        return yet_to_answer(self.sent, tuple(one.answer for one in self.answers))

    def answered_at(self, person: events.Person) -> datetime | None:
        """When this person's answer came, or one that is enough for theirs; None while it is awaited."""
        came = self._as_they_came
        said = tuple(one.answer for one in came)
        for number, one in enumerate(came, start=1):
            if person not in yet_to_answer(self.sent, said[:number]):
                return one.at
        return None

    @property
    def all_answered_at(self) -> datetime | None:
        """When the answer was complete: the first where one is enough, else once each had answered."""
        each = [self.answered_at(one) for one in self.sent.asked] if self.sent.each else []
        if not each:
            return self._as_they_came[0].at if self.answers else None
        came = [at for at in each if at is not None]
        return max(came) if len(came) == len(each) else None

    @property
    def _as_they_came(self) -> tuple[Given, ...]:
        """The answers by when they came, and not by when they were put down here."""
        return tuple(sorted(self.answers, key=lambda one: one.at))

    @property
    def have_answered(self) -> tuple[events.Person, ...]:
        """Whoever was asked and whose answer has come, or was given for them."""
        left = self.yet_to_answer
        return tuple(one for one in self.sent.asked if one not in left) if self.answers else ()

    @property
    def waits_for_others(self) -> bool:
        """Has one of several answered, and not each, and has nobody gone on without the others?"""
        if not self.answers or self.has_acted_since(self.sent_at):
            return False
        return bool(self.yet_to_answer)

    @property
    def awaited_posts(self) -> str:
        """The posts whose answer is still awaited; with the name where two of those asked hold one post."""
        return posts_of(self.yet_to_answer or self.sent.asked, self.sent.asked)

    @property
    def answered_posts(self) -> str:
        """The posts of several whose answer has come while others are awaited; else empty."""
        return posts_of(self.have_answered, self.sent.asked) if self.waits_for_others else ""

    @property
    def questions(self) -> tuple[tuple[datetime, events.QuestionAsked], ...]:
        """All that those asked wanted to know here, in order; the first is the question 1."""
        return tuple((at, one) for at, one in self.talk if isinstance(one, events.QuestionAsked))

    @property
    def open_questions(self) -> dict[int, tuple[datetime, events.QuestionAsked]]:
        """Those without an answer, by their number."""
        done = {one.question for _, one in self.talk if isinstance(one, events.QuestionAnswered)}
        every = enumerate(self.questions, start=1)
        return {number: one for number, one in every if number not in done}

    @property
    def not_theirs(self) -> tuple[events.NotTheirs, ...]:
        """What those say who are asked still, whose answer has not come, and who say that it is not theirs."""
        said = (one for _, one in self.talk if isinstance(one, events.NotTheirs))
        last = {one.whose.id: one for one in said}
        return tuple(last[one.id] for one in self.yet_to_answer if one.id in last)

    @property
    def drafters(self) -> tuple[events.DrafterNamed, ...]:
        """Whom those have draft their answer who are asked still and have not answered: the latest of each."""
        said = (one for _, one in self.talk if isinstance(one, events.DrafterNamed))
        last = {one.whose.id: one for one in said}
        return tuple(last[one.id] for one in self.yet_to_answer if one.id in last)

    @property
    def had_a_hand(self) -> frozenset[str]:
        """The ids of whoever answered, or was to draft an answer."""
        said = (one.to.id for _, one in self.talk if isinstance(one, events.DrafterNamed))
        return frozenset({*said, *(one.answer.by.id for one in self.answers)})

    @property
    def hold(self) -> AgreedHold | None:
        """The hold in force: the latest, unless the promise was reviewed after it."""
        if not self.holds:
            return None
        latest = self.holds[-1]
        if self.response_reviews and self.response_reviews[-1].at > latest.at:
            return None
        return latest

    @property
    def unreviewed(self) -> Given | None:
        """The latest answer that nobody has reviewed, held or acted on yet, or not since it was reopened.

        None while one of several who were each asked has still to answer.
        """
        latest = self.answers[-1] if self.answers and not self.waits_for_others else None
        return None if latest is None or self.has_acted_since(latest.known_at) else latest

    def has_acted_since(self, moment: datetime) -> bool:
        """Has the officer's side reviewed or held since then, and since it was reopened?"""
        since = max(moment, self.reopened_at or moment)
        acted = [one.at for one in self.response_reviews] + [one.at for one in self.holds]
        return any(at >= since for at in acted)

    @property
    def review(self) -> ResponseReview | None:
        """The review that stands: the latest, unless something came after it that opens it again."""
        if not self.response_reviews:
            return None
        latest = self.response_reviews[-1]
        later = [given.known_at for given in self.answers] + [hold.at for hold in self.holds]
        later += [self.reopened_at] if self.reopened_at else []
        return None if any(at > latest.at for at in later) else latest

    @property
    def news_at(self) -> datetime:
        """When there was last something new to judge: what was said before is not of it."""
        news = [one.known_at for one in self.answers] + [one.at for one in self.holds]
        news += [at for at, _ in self.steps]
        return max([self.sent_at, self.reopened_at or self.sent_at, *news])

    @property
    def dissent(self) -> tuple[ResponseReview, ...]:
        """What others said last of the same, otherwise than the review that stands."""
        stands = self.review
        if stands is None:
            return ()
        said = {one.reviewed.by.id: one for one in self.every_review if one.at >= self.news_at}
        return tuple(
            one
            for who, one in said.items()
            if who != stands.reviewed.by.id
            if one.reviewed.verdict is not stands.reviewed.verdict
        )

    @property
    def every_review(self) -> tuple[ResponseReview, ...]:
        """All that was said of the response, in order, whether it stands or is one voice of several."""
        return tuple(sorted((*self.voices, *self.response_reviews), key=lambda one: one.at))

    @property
    def told(self) -> tuple[events.Told, ...]:
        """Who was told or invited on account of this stage."""
        here = (self.sent, *(one.answer for one in self.answers), *(one for _, one in self.steps))
        return tuple(told for event in here for told in event.heard)

    @property
    def copied(self) -> tuple[events.Person, ...]:
        """Everybody who got a copy or was told here, once each; without an id: only by hand."""
        told = (one for one in self.told if one.occasion not in _OF_A_STEP)
        return tuple(dict.fromkeys((*self.sent.copied, *(p for one in told for p in one.people))))

    @property
    def doing(self) -> tuple[events.Person, ...]:
        """Everybody who is to do a step here, once each."""
        asked = (one for one in self.told if one.occasion is events.Occasion.STEP)
        return tuple(dict.fromkeys(person for one in asked for person in one.people))

    @property
    def invited(self) -> tuple[events.Person, ...]:
        """Everybody who is to attend a step here, once each."""
        called = (one for one in self.told if one.occasion is events.Occasion.MEETING)
        return tuple(dict.fromkeys(person for one in called for person in one.people))

    @property
    def agreed_date(self) -> date | None:
        """The day agreed for the answer in place of the clock's; the latest of several."""
        return self._days_agreed[-1][1] if self._days_agreed else None

    @property
    def set_day(self) -> date | None:
        """The day for the answer that people set, in place of the clock's: agreed, or else given on paper."""
        return self.agreed_date or self.given_due

    @property
    def day_set_at(self) -> datetime | None:
        """When that day became known here."""
        return self.date_agreed_at or (self.entered_at if self.given_due else None)

    @property
    def is_as_given(self) -> bool:
        """Does the day that was given on paper hold?"""
        return self.given_due is not None and self.agreed_date is None

    @property
    def known_at(self) -> datetime:
        """When it came to this stage as far as was known here: before that, nobody was told anything here."""
        return self.entered_at or self.sent_at

    @property
    def date_agreed_at(self) -> datetime | None:
        """When that day was agreed."""
        return self._days_agreed[-1][0] if self._days_agreed else None

    @property
    def _days_agreed(self) -> list[tuple[datetime, date]]:
        return [(at, one.until) for at, one in self.agreed if one.until]

    @property
    def settle_by(self) -> date | None:
        """The day on which it is to be put right, as those asked or else the raiser set it."""
        set_later = [one.answer.settle_by for one in self.answers if one.answer.settle_by]
        return set_later[-1] if set_later else self.sent.settle_by

    def done(self, step: str) -> events.StepDone | None:
        """What was recorded of that step last; None while nothing was."""
        return next((one for _, one in reversed(self.steps) if one.step == step), None)


def run_after(  # noqa: C901, PLR0911 - one line for each kind of event, and nothing else
    run: StageRun, at: datetime, what: events.StageEvent
) -> StageRun:
    match what:
        case events.AnswerGiven():
            return replace(run, answers=(*run.answers, given(at, what)))
        case _ if isinstance(what, events.Talk):
            return replace(run, talk=(*run.talk, (at, what)))
        case events.ResponseReviewed() if not what.stands:
            return replace(run, voices=(*run.voices, ResponseReview(at, what)))
        case events.ResponseReviewed():
            return replace(run, response_reviews=(*run.response_reviews, ResponseReview(at, what)))
        case events.Held():
            return replace(run, holds=(*run.holds, AgreedHold(at, what)))
        case events.HoldReviewed():
            return replace(run, hold_reviews=(*run.hold_reviews, (at, what)))
        case events.DateAgreed():
            return replace(run, agreed=(*run.agreed, (at, what)))
        case events.StepDone():
            return replace(run, steps=(*run.steps, (at, what)))
        case events.Escalated():
            return replace(run, left_at=at, escalated=what)
        case _:
            assert_never(what)


def posts_of(people: Iterable[events.Person], among: Iterable[events.Person] = ()) -> str:
    """Their posts, each once; with the name where two of those `among` whom they are hold one post."""
    every = [one.post for one in dict.fromkeys(among)]
    said = (
        one.in_words if every.count(one.post) > 1 else one.post or one.name
        for one in dict.fromkeys(people)
    )
    return joined(list(dict.fromkeys(said)))
