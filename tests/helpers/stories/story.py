"""One alert followed from raising to closing: the acts in the trade's words, and what everybody then sees."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from io import BytesIO
from typing import Any

from docx import Document

from practice_alerts.adapters.store.alerts import current_state, event_store
from practice_alerts.adapters.store.core import tables
from practice_alerts.casework.acts.act_form import questions
from practice_alerts.casework.acts.raise_alert import Raising, raise_alert
from practice_alerts.casework.core.loaded_alert import Known
from practice_alerts.casework.core.record import current_row
from practice_alerts.casework.documents.render import word_document
from practice_alerts.casework.views.alert_view import Seen
from practice_alerts.domain.acts.permissions import Act
from practice_alerts.domain.dates import LONDON
from practice_alerts.domain.deadlines.stage_clocks import ClockKind, Times
from practice_alerts.domain.standing.running_clocks import running_clocks
from tests.helpers.alerts import act_answers
from tests.helpers.alerts.filled_forms import climbing
from tests.helpers.product.office import Desk
from tests.helpers.product.run_command import read
from tests.helpers.stories.story_acts import ASKED, NOW, TO, VERBS


@dataclass
class Story:
    """The alert of one officer at one desk. Acts are the officer's unless somebody else is named."""

    desk: Desk
    officer: str
    found: Known
    sent_before: set[str] = field(default_factory=set)
    """Who was written to already: each e-mail is asked about once."""

    # ---------------------------------------------------------------------------------- what is done

    def on(self, when: str) -> Story:
        self.desk.at(when)
        return self

    def do(self, act: Act, answers: Mapping[str, Any], by: str = "") -> Story:
        doing = self.desk.doing(by or self.officer, self.found)
        self.found = VERBS[act](self.desk.office, self.found.id, answers, doing)
        return self

    def answered(self, who: str, text: str, response: str = "other", by: str = "") -> Story:
        """`by` is the day a promise names."""
        return self.do(Act.ANSWER, act_answers.reply(text, response, by), who)

    def not_satisfactory(self, reason: str, by: str = "") -> Story:
        return self.do(Act.REVIEW_RESPONSE, act_answers.outcome("not_satisfactory", reason), by)

    def put_right(self, reason: str, by: str = "") -> Story:
        return self.do(Act.REVIEW_RESPONSE, act_answers.outcome("put_right", reason), by)

    def held(self, until: date, owner: str, reason: str = "The child can wait that long.") -> Story:
        return self.do(Act.HOLD, act_answers.promise(until, owner, reason))

    def looked_at_the_hold(self, *, on_track: bool, text: str) -> Story:
        return self.do(Act.REVIEW_HOLD, {"on_track": "yes" if on_track else "no", "text": text})

    def escalated(
        self, to: str, why: str, by: str = "", asked: Iterable[str] = (), **answers: Any
    ) -> Story:
        climb = climbing(self.desk, self.found, to, why, **answers)
        who = tuple(asked) or climb.asked
        return self.do(Act.ESCALATE, {**climb.answers, TO: to, ASKED: who}, by)

    def took_place(self, step: str, at: str, text: str, by: str = "", **more: str) -> Story:
        """A step inside the stage; `at` is the hour of the present day."""
        today = self.desk.office.today.isoformat()
        said = {"step": step, "took_place": "yes", "on": today, "at": at, "text": text}
        return self.do(Act.STEP, {**said, **more}, by)

    def not_needed(self, step: str, text: str, by: str = "") -> Story:
        return self.do(Act.STEP, {"step": step, "took_place": "no", "text": text}, by)

    def referred(self, route: str, why: str, consulted: str = "", consultation: str = "") -> Story:
        more = {"consultation": consultation} if consultation else {}
        return self.do(Act.REFER, {**act_answers.way_out(route, why, consulted), **more})

    def heard_back(self, happened: str, text: str, referral: int = -1) -> Story:
        """What became of a referral today; without a number, of the latest."""
        number = self.found.alert.referrals[referral].number
        said = {"referral": str(number), "happened": happened, "text": text}
        return self.do(Act.FOLLOW_UP, {**said, "on": self.desk.office.today.isoformat()})

    def managers_view(self, agreement: str, who: str, text: str, by: str = "") -> Story:
        said = {"agreement": agreement, "who": who, "text": text}
        return self.do(Act.SIGN_OFF, {**said, "on": self.desk.office.today.isoformat()}, by)

    def standstill(self, action: str, told: str) -> Story:
        return self.do(Act.STANDSTILL, {"action": action, "told": told})

    def standstill_ended(self, *, anyway: bool, reason: str) -> Story:
        said = {"happened_anyway": "yes" if anyway else "no", "reason": reason}
        return self.do(Act.LIFT_STANDSTILL, said)

    def went_past_every_stage(self, event: str, *, told: str, at: str, by: str) -> Story:
        """An override event; `at` is the hour of the present day."""
        today = self.desk.office.today.isoformat()
        return self.do(
            Act.OVERRIDE, {"event": event, "told": told, "on": today, "at": at, "by": by}
        )

    def corrected(self, name: str, now: Any, reason: str) -> Story:
        """An answer on the form filled last that asks it."""
        asked = [one for one in questions(self.desk.office, self.found) if one.endswith(f":{name}")]
        return self.do(Act.CORRECT, {"question": asked[-1], "reason": reason, NOW: now})

    def closed(self, ending: str, what_changed: str, child_view: str = "") -> Story:
        return self.do(Act.CLOSE, act_answers.ending(ending, what_changed, child_view))

    def reopened(self, reason: str) -> Story:
        return self.do(Act.REOPEN, {"reason": reason})

    # ---------------------------------------------------------------------------------- what is seen

    def seen(self, who: str = "") -> Seen:
        return self.desk.see(who or self.officer, self.found)

    @property
    def stands(self) -> str:
        return self.seen().where.standing.value

    @property
    def sentence(self) -> str:
        return self.seen().where.sentence

    @property
    def due(self) -> date | None:
        """The day the answer is due by the clock; None where the procedure states none."""
        response = self.seen().clocks.response
        return response.by_day if response else None

    @property
    def aim(self) -> date | None:
        settle = self.seen().clocks.settle
        return settle.by_day if settle else None

    @property
    def aim_passed(self) -> bool:
        settle = self.seen().clocks.of(Times.SETTLE)
        return (
            settle is not None
            and settle.kind is ClockKind.AIM
            and settle.due is not None
            and settle.due.is_past(self.desk.office.now())
        )

    @property
    def time_limit(self) -> date | None:
        time_limit = self.seen().clocks.time_limit
        return time_limit.by_day if time_limit else None

    @property
    def warnings(self) -> tuple[str, ...]:
        return self.seen().warnings

    @property
    def steps(self) -> dict[str, date | datetime | None]:
        """When each step of the present stage is due, in London; None where nothing can be said."""
        due = {one.step.id: one.due.by if one.due else None for one in self.seen().steps}
        return {
            step: by.astimezone(LONDON) if isinstance(by, datetime) else by
            for step, by in due.items()
        }

    @property
    def asked(self) -> set[str]:
        return {person.id for person in self.found.run.sent.asked}

    @property
    def ways_up(self) -> list[str]:
        return [stage.id for stage in self.found.ways_up]

    def may(self, who: str = "") -> set[str]:
        """The acts that are this person's, and possible now."""
        return {offer.act.value for offer in self.seen(who).offers if offer.possible}

    def why_not(self, act: str, who: str = "") -> str:
        """Why somebody whose act it is cannot do it now; empty where they can."""
        offered = {offer.act.value: offer.not_now for offer in self.seen(who).offers}
        return offered[act] or ""

    def emails(self) -> set[tuple[str, str]]:
        """To whom which notice was written since this was last asked; nothing of the case in any of them."""
        every = self._emails()
        new = {key: row for key, row in every.items() if key not in self.sent_before}
        self.sent_before |= set(every)
        for _, notice, text in new.values():
            assert self.found.alert.reference in text, notice
            assert not [word for word in self._private() if word in text], notice
        assert len({row[:2] for row in new.values()}) == len(new), "somebody was told twice"
        return {(person, notice) for person, notice, _ in new.values()}

    def _emails(self) -> dict[str, tuple[str, str, str]]:
        with self.desk.office.database.reading() as tx:
            rows = tx.execute(tables.outbox.select())
            return {
                row.id: (row.person_id, row.notice, f"{row.subject}\n{row.body}")
                for row in rows
                if row.alert_id is not None
            }

    def _private(self) -> list[str]:
        answers = self.found.alert.answers
        kept = ("child_name", "case_number", "concerns", "summary_for_log")
        return [str(answers[name]) for name in kept if answers.get(name)]

    def paper(self) -> str:
        """The whole text of the alert's Word document."""
        document = Document(BytesIO(word_document(self.desk.office, self.found).body))
        cells = [cell.text for table in document.tables for cell in table._cells]
        return "\n".join([one.text for one in document.paragraphs] + cells)

    def chapters(self) -> list[str]:
        """What happened, as the alert's page tells it."""
        return [line.what for line in self.seen().history]

    # -------------------------------------------------------------------------------- what must hold

    def assert_whole(self) -> None:
        """The chain verifies, and the row that lists read is what follows from the events."""
        office = self.desk.office
        with office.database.reading() as tx:
            assert list(event_store.verify(tx)) == []
            calendar = office.calendar(self.desk.council, tx)
            clocks = running_clocks(self.found.alert, self.found.ladder, calendar)
            follows = current_row(self.found, clocks, calendar.version)
            assert current_state.by_id(tx, self.found.id) == follows

    def assert_as_the_ladder_command_says(self) -> None:
        """`practice-alerts ladder`, asked from this stage's own start, comes to the same days."""
        run, clocks = self.found.run, self.seen().clocks
        start = run.sent_at.astimezone(LONDON).isoformat(timespec="minutes")
        words = ("ladder", self.desk.council, "--from", start, "--entry", run.stage)
        stage = read(*words)["stages"][0]
        paced = clocks.response or clocks.settle
        assert _day(stage["due"]) == (paced.by_day if paced else None)


def raised(desk: Desk, officer: str, raising: Raising) -> Story:
    return Story(desk, officer, raise_alert(desk.office, raising, desk.doing(officer)))


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text[:10]) if text else None
