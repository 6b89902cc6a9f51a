"""One stay of an alert at one stage, and what came of it."""

from dataclasses import dataclass
from datetime import date, datetime

from practice_alerts.domain.alert import events


@dataclass(frozen=True, slots=True)
class Given:
    """An answer, and when it came."""

    at: datetime
    answer: events.Answered


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
    reopened_at: datetime | None = None
    left_at: datetime | None = None
    escalated: events.Escalated | None = None

    @property
    def stage(self) -> str:
        return self.sent.stage

    @property
    def asked_posts(self) -> str:
        """The posts asked, by name where somebody has none; empty for nobody."""
        return " and ".join(dict.fromkeys(one.post or one.name for one in self.sent.asked))

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
        """The latest answer that nobody has reviewed, held or acted on yet, or not since it was reopened."""
        latest = self.answers[-1] if self.answers else None
        return None if latest is None or self.has_acted_since(latest.at) else latest

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
        later = [given.at for given in self.answers] + [hold.at for hold in self.holds]
        later += [self.reopened_at] if self.reopened_at else []
        return None if any(at > latest.at for at in later) else latest

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
        told = (one for one in self.told if one.occasion is not events.Occasion.MEETING)
        return tuple(dict.fromkeys((*self.sent.copied, *(p for one in told for p in one.people))))

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
