"""A small sample office, plainly fictional: to try the product, to test it and to show it."""

from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

from practice_alerts.adapters.store.core.database import Within
from practice_alerts.adapters.store.office import directory, office_settings, outbox
from practice_alerts.casework.acts import answer, close, escalate, raise_alert, review_response
from practice_alerts.casework.core.loaded_alert import Known
from practice_alerts.casework.core.record import Doing, new_act_key
from practice_alerts.casework.sample import sample_people as people
from practice_alerts.casework.sample.past_office import PastOffice
from practice_alerts.casework.sample.past_year import tell_past_year
from practice_alerts.casework.sample.sample_alerts import PLOTS
from practice_alerts.casework.sample.sample_people import IRO, MANAGER, SERVICE, TEAM, SamplePerson
from practice_alerts.casework.sample.tales import CouncilAtWork
from practice_alerts.domain.deadlines.working_days import add_working_days
from practice_alerts.domain.errors import Expected
from practice_alerts.office import Office

COUNCIL = people.STORY
_WITH_A_PAST = frozenset({COUNCIL, "merton"})
"""Two councils with a year behind them, so that a report can be seen."""


class RealPeople(Expected):
    def __init__(self) -> None:
        super().__init__(
            "This data folder holds real people, so it is not mixed with sample data."
            " Start without --sample, or choose another folder with --data."
        )


def make_sample_office(office: Office) -> bool:
    """Add the sample people and their alerts to an empty store, all or nothing; False where they are there already.

    Raises RealPeople where anybody else's data is kept.
    """
    with office.database.writing() as tx:
        if directory.anybody(tx, sample=False):
            raise RealPeople
        if directory.anybody(tx):
            return False
        office_settings.put_fact(tx, "sample", "yes")
        everybody = tuple(people.sample_people(office.councils))
        people.take_on(tx, everybody)
        _tell(replace(office, database=Within(tx)), everybody)
        outbox.all_went_out(tx, office.now())  # what was told in the past is not told again today
    return True


def _tell(office: Office, everybody: Sequence[SamplePerson]) -> None:
    past = PastOffice.of(office)
    if COUNCIL in office.councils:
        _Story(past).tell()
    for place, files in enumerate(office.councils.values()):
        there = [one for one in everybody if one.council == files.id]
        council = CouncilAtWork(past, files, there, place)
        _tell_every_state(council)
        if files.id in _WITH_A_PAST:
            tell_past_year(council)


def _tell_every_state(council: CouncilAtWork) -> None:
    """As far as the council's files, which somebody may be changing just now, have it and let it be told."""
    for plot in PLOTS:
        with suppress(Expected):
            plot(council)


def sample_answers(**changes: Any) -> dict[str, Any]:
    """Lambeth's practice alert, filled in for a child who does not exist."""
    return {
        "child_name": "Kit Muster",
        "case_number": "S-100001",
        "date_of_birth": "2014-03-09",
        "raised_as": "looked_after",
        "case_status": ["looked_after"],
        "social_worker": "Sid Sample",
        "team_manager": "Toni Sample",
        "team": TEAM,
        "category": ["drift"],
        "concerns": "The plan agreed at the last review has not moved on. No foster home has been"
        " looked for, although all agreed that the present one ends in the summer.",
        "discussed": "yes",
        "discussed_with": "By telephone with the social worker, a week ago.",
        "child_view": "“Nobody tells me anything.”",
        "summary_for_log": "No search for the next foster home since the last review",
        "actions": "Begin the search, and tell the reviewing officer by when it will be done.",
        "rationale": "A talk about it a week ago changed nothing.",
        **changes,
    }


@dataclass(frozen=True)
class _Story:
    """The sample alerts, told by the same verbs as real ones, on working days before today."""

    past: PastOffice

    def tell(self) -> None:
        self._raise(2)
        self._raise(  # nobody answers this one
            7,
            child_name="Lou Beispiel",
            case_number="S-100002",
            category=["statutory"],
            concerns="Lou has not been visited for eleven weeks.",
            summary_for_log="No visit within the statutory time",
            actions="Visit, and see the child alone.",
            child_view="“My worker never comes when she says.”",
        )
        self._to_review()
        self._on_hold()
        self._put_right()

    def _to_review(self) -> None:
        found = self._raise(
            9,
            child_name="Mo Ejemplo",
            case_number="S-100003",
            category=["services"],
            concerns="The school place that the plan names has not been applied for.",
            summary_for_log="School place in the plan not applied for",
            actions="Apply for the school place, and say by when the school will answer.",
            child_view="“I want to go where my cousin goes.”",
        )
        reply = {"text": "We are looking into it.", "response": "other"}
        found = self._do(answer.answer, found, 6, MANAGER, reply)
        outcome = {"verdict": "not_satisfactory", "reason": "No date, no person."}
        found = self._do(review_response.review, found, 4, IRO, outcome)
        why = "The first answer names no date and nobody who acts."
        climb = escalate.Climb("stage-2", {"rationale": why})
        found = self._do(escalate.escalate, found, 4, IRO, climb)
        text = "The application was made yesterday; the reply will come within two weeks."
        self._do(answer.answer, found, 1, SERVICE, {"text": text, "response": "done"})

    def _on_hold(self) -> None:
        found = self._raise(
            8,
            child_name="Ny Eksempel",
            case_number="S-100004",
            concerns="Life story work was agreed in the spring and has not begun.",
            summary_for_log="Life story work agreed and not begun",
            actions="Name who does the life story work, and begin it.",
            child_view="“I would like to see a picture of our old house.”",
        )
        promise = self.past.today + timedelta(days=21)
        text = "A worker has been named and begins next week."
        reply = {"text": text, "response": "will_be_done", "promise_by": promise.isoformat()}
        found = self._do(answer.answer, found, 5, MANAGER, reply)
        agreed = {
            "until": promise.isoformat(),
            "task_owner": "the social worker",
            "reason": "The date suits the child.",
        }
        self._do(review_response.hold, found, 4, IRO, agreed)

    def _put_right(self) -> None:
        found = self._raise(
            30,
            child_name="Pat Esempio",
            case_number="S-100005",
            category=["statutory"],
            concerns="The health assessment is four months late.",
            summary_for_log="Health assessment four months late",
            actions="Book the health assessment, and an optician.",
            child_view="“I cannot read what my teacher writes.”",
        )
        reply = {"text": "The assessment took place on Monday.", "response": "done"}
        found = self._do(answer.answer, found, 28, MANAGER, reply)
        changed = "Pat has seen a doctor and has new glasses."
        told = {"what_changed": changed, "changes": ["provided"]}
        self._do(close.close, found, 26, IRO, {"ending": "put_right", **told})

    def _raise(self, days_ago: int, **changes: Any) -> Known:
        then = self._ago(days_ago)
        wanted = raise_alert.Raising(
            council=COUNCIL,
            kind="practice_alert",
            answers=sample_answers(**changes),
            entry_stage="stage-1",
            entry_reason="It was talked about informally before, without result.",
        )
        return raise_alert.raise_alert(then, wanted, self._doing(IRO, None))

    def _do(self, act: Callable[..., Known], found: Known, ago: int, who: str, how: Any) -> Known:
        then = self._ago(ago)
        return act(then, found.id, how, self._doing(who, found))

    def _doing(self, who: str, found: Known | None) -> Doing:
        actor = self.past.actor(who, COUNCIL)
        return Doing(actor, new_act_key(), found.alert.version if found else 0)

    def _ago(self, days: int) -> Office:
        """The office as it was that many working days before today."""
        calendar = self.past.office.calendar(COUNCIL)
        return self.past.on(add_working_days(self.past.today, -days, calendar))
