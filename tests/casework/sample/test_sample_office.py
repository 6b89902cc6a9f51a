"""The sample office shows everything that can become of an alert, as far as each council's procedure has it."""

import re
import sqlite3
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass
from functools import cached_property
from itertools import chain
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from sqlalchemy import select

from practice_alerts import ROOT
from practice_alerts.adapters.store.alerts import event_store
from practice_alerts.adapters.store.core import tables
from practice_alerts.casework.core.loaded_alert import Known, load
from practice_alerts.casework.jobs import sync_log
from practice_alerts.casework.reports import make_report
from practice_alerts.casework.sample.sample_office import make_sample_office
from practice_alerts.casework.sample.sample_people import TEAMS, posts_at_work, sample_people
from practice_alerts.domain.acts.act_rows import ACTS
from practice_alerts.domain.acts.acts import Rules
from practice_alerts.domain.acts.permissions import Act, Actor
from practice_alerts.domain.alert.by_hand import to_do_by_hand
from practice_alerts.domain.alert.choices import EndingKind
from practice_alerts.domain.alert.events import kind_of as kind_of_event
from practice_alerts.domain.complete import complete
from practice_alerts.domain.deadlines.stage_clocks import ClockKind, kind_of
from practice_alerts.domain.procedure.ladder import Ladder, Stage, Timed
from practice_alerts.domain.procedure.procedure import Procedure
from practice_alerts.domain.reports.contents import REPORTS, WORDS, ReportName
from practice_alerts.domain.standing.running_clocks import running_clocks
from practice_alerts.domain.standing.standings import Standing
from practice_alerts.domain.standing.status import where
from practice_alerts.office import Office, Settings, open_office
from tests.helpers.days import moment
from tests.helpers.files.real_councils import IDS, council
from tests.helpers.files.small_council import FORM, PROCEDURE, furnished

NOW = "Wed 2026-06-10 14:00"

Allows = Callable[[Procedure], bool]


def ladders(procedure: Procedure) -> tuple[Ladder, ...]:
    every = (procedure.ladders_of(kind) for kind in procedure.kinds)
    return tuple(dict.fromkeys(chain.from_iterable(every)))


def stages(procedure: Procedure) -> tuple[Stage, ...]:
    return tuple(stage for ladder in ladders(procedure) for stage in ladder.stages)


def binds(timed: Timed | None) -> bool:
    return timed is not None and kind_of(timed.within) in {ClockKind.DEADLINE, ClockKind.MAXIMUM}


def knows(act: Act) -> Allows:
    return lambda procedure: any(act in Rules(procedure, one).known() for one in ladders(procedure))


def answers_or_steps(procedure: Procedure) -> bool:
    return any(stage.answer or stage.steps for stage in stages(procedure))


def always(_: Procedure) -> bool:
    return True


CAN_STAND: Mapping[Standing, Allows] = complete(
    Standing,
    {
        Standing.WAITING: lambda procedure: bool(ladders(procedure)),
        Standing.ASKED_BACK: lambda procedure: any(stage.answer for stage in stages(procedure)),
        Standing.NO_ANSWER: lambda procedure: any(
            binds(stage.answer) or (stage.answer and knows(Act.AGREE_DATE)(procedure))
            for stage in stages(procedure)
        ),
        Standing.STEP_LATE: lambda procedure: any(
            binds(step) for stage in stages(procedure) for step in stage.steps
        ),
        Standing.NOT_PUT_RIGHT: lambda procedure: any(
            binds(stage.settle) for stage in stages(procedure)
        ),
        Standing.TO_REVIEW: answers_or_steps,
        Standing.STEPS_DONE: lambda procedure: any(
            stage.answer is None and stage.steps for stage in stages(procedure)
        ),
        Standing.TO_ESCALATE: answers_or_steps,
        Standing.ON_HOLD: knows(Act.HOLD),
        Standing.HOLD_ENDED: knows(Act.HOLD),
        Standing.PUT_RIGHT: answers_or_steps,
        Standing.SENT: lambda procedure: any(
            one.ladder is None for one in procedure.kinds.values()
        ),
        Standing.CLOSED: always,
    },
)
"""How an alert may stand under a procedure. What is ruled out is ruled out here and nowhere else."""

CAN_END: Mapping[EndingKind, Allows] = complete(
    EndingKind,
    {
        EndingKind.PUT_RIGHT: always,
        EndingKind.EXPLANATION_ACCEPTED: always,
        EndingKind.DECIDED_BY_COURT: always,
        EndingKind.MOVED_AUTHORITY: always,
        EndingKind.DIED: always,
        EndingKind.RAISED_IN_ERROR: always,
        EndingKind.SHARED: lambda procedure: any(
            one.ladder is None for one in procedure.kinds.values()
        ),
        EndingKind.DECIDED_NOT_SATISFIED: always,
        EndingKind.TAKEN_ON: lambda procedure: bool(procedure.referrals),
        EndingKind.NO_LONGER_OURS: always,
        EndingKind.WITHDRAWN: always,
    },
)

OPEN_BESIDE: Mapping[str, Allows] = {
    "somebody to be written to by hand": always,
    "nothing to change meanwhile": knows(Act.STANDSTILL),
    "a referral not decided on": lambda procedure: bool(procedure.referrals),
    "a step is next": lambda procedure: any(
        stage.steps and (stage.answer is None or any(map(binds, stage.steps)))
        for stage in stages(procedure)
    ),
    "past the total": lambda procedure: any(one.cap is not None for one in ladders(procedure)),
}
"""What is open on an alert beside how it stands."""

STATES: Mapping[str, Allows] = {
    **{f"stands: {one.value}": can for one, can in CAN_STAND.items()},
    **{f"ends: {one.words}": can for one, can in CAN_END.items()},
    **{f"has been done: {row.logged}": knows(act) for act, row in ACTS.items()},
    **{f"open: {name}": can for name, can in OPEN_BESIDE.items()},
}


@dataclass(eq=False)
class Shown:
    """A sample office, looked at once."""

    office: Office

    @cached_property
    def alerts(self) -> Mapping[str, tuple[Known, ...]]:
        """By council, in the order in which they were told."""
        row, found = tables.alerts.c, {}
        with self.office.database.reading() as tx:
            for name in self.office.councils:
                query = select(row.id).where(row.council == name).order_by(row.reference)
                ids = tx.execute(query).scalars().all()
                found[name] = tuple(load(self.office, tx, one) for one in ids)
        return found

    @cached_property
    def states(self) -> Mapping[str, frozenset[str]]:
        return {
            name: frozenset(state for known in alerts for state in states_of(self.office, known))
            for name, alerts in self.alerts.items()
        }


@pytest.fixture(scope="module")
def shown() -> Iterator[Shown]:
    with TemporaryDirectory() as folder:
        yield (made := made_on(NOW, Path(folder)))
        made.office.database.close()


def made_on(when: str, data: Path, rooms: Path = ROOT) -> Shown:
    settings = Settings(rooms / "procedures", rooms / "form_templates", data, sample=True)
    office = open_office(settings, {}, now=lambda: moment(when), migrate=True)
    assert make_sample_office(office)
    return Shown(office)


def states_of(office: Office, known: Known) -> Iterator[str]:
    alert, ladder = known.alert, known.ladder
    clocks = running_clocks(alert, ladder, office.calendar(known.files.id))
    stands = where(alert, ladder, clocks, office.now())
    yield f"stands: {stands.standing.value}"
    happened = {one.kind for one in alert.happened}
    yield from (
        f"has been done: {row.logged}"
        for row in ACTS.values()
        if kind_of_event(row.event) in happened
    )
    if alert.closed is not None:
        yield f"ends: {alert.closed.ending.words}"
        return
    beside = {
        "somebody to be written to by hand": bool(to_do_by_hand(alert)),
        "nothing to change meanwhile": alert.standstill is not None,
        "a referral not decided on": any(not one.followed for one in alert.referrals),
        "a step is next": stands.next_act == "step",
        "past the total": stands.time_limit_passed,
    }
    yield from (f"open: {name}" for name, is_so in beside.items() if is_so)


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("council_id", IDS)
def test_each_council_shows_just_the_states_that_its_procedure_allows(
    shown: Shown, council_id: str, state: str
) -> None:
    allowed = STATES[state](council(council_id).procedure)
    assert (state in shown.states[council_id]) == allowed


@pytest.mark.parametrize("council_id", ["lambeth", "merton"])
@pytest.mark.parametrize("report", list(ReportName))
def test_two_councils_have_a_whole_report_of_last_year_and_each_abbreviation_is_explained(
    shown: Shown, council_id: str, report: ReportName
) -> None:
    office = shown.office
    sync_log.catch_up(office)
    boss = Actor("x", "X", council_id, frozenset({"iro_manager"}))
    made = make_report.see(office, boss, report, make_report.years(office)[0])
    board = REPORTS[ReportName.BOARD].figures
    assert [name for name in board if not made.tables[name].rows] == []
    assert made.left_out == ()
    words = [
        words for section in REPORTS[report].sections for words in (section.title, section.says)
    ]
    for table in made.tables.values():
        words += [table.title, table.counted, table.of, *table.heads.values()]
        words += [row.which for row in table.rows]
    used = set(re.findall(r"\b[A-Z]{2,}\b", " ".join(words)))
    assert used <= set(WORDS)


@pytest.mark.parametrize("council_id", IDS)
def test_each_kind_of_alert_and_each_type_of_case_is_there(shown: Shown, council_id: str) -> None:
    raised = [known.alert.raised for known in shown.alerts[council_id]]
    procedure = council(council_id).procedure
    assert {one.alert_kind for one in raised} == set(procedure.kinds)
    assert {one.raised_as for one in raised} == set(procedure.raised_by)


@pytest.mark.parametrize("council_id", IDS)
def test_at_least_three_raise_alerts_and_every_post_of_the_ladders_is_held(council_id: str) -> None:
    procedure = council(council_id).procedure
    here = list(sample_people({council_id: council(council_id)}))
    posts = [one.post for one in here]
    assert all(posts.count(post) >= 3 for post in procedure.raising_posts)
    asked = {
        role
        for one in procedure.ladders.values()
        for stage in one.stages
        for role in procedure.asked_at(stage).roles
    }
    assert asked <= set(posts_at_work(procedure)) <= set(posts)
    for post in ("social_worker", "team_manager"):
        teams = [one.team for one in here if one.post == post]
        assert {*TEAMS} <= {*teams}
        assert teams.count(TEAMS[0]) == 2
    assert len({one.name for one in here}) == len({one.id for one in here}) == len(here)


@pytest.mark.parametrize("council_id", IDS)
def test_whoever_gets_a_copy_at_a_stage_is_there_and_has_got_it(
    shown: Shown, council_id: str
) -> None:
    """In every alert, whatever became of it: of posts whose copy depends on no question."""
    procedure, copies = council(council_id).procedure, 0
    for known in shown.alerts[council_id]:
        if known.ladder is None or known.alert.raised.partner is not None:
            continue
        for run in known.alert.runs:
            here = {one.post for one in (*run.copied, *run.sent.asked)}
            copies += sum(bool(one.id) for one in run.copied)
            for who in known.ladder.copied_at(known.ladder.stage(run.stage)):
                if not any(post.ask for post in who.each):
                    assert {procedure.title_of(role) for role in who.roles} <= here
    assert copies


@pytest.mark.parametrize("council_id", IDS)
def test_whoever_raises_has_alerts_of_their_own(shown: Shown, council_id: str) -> None:
    officers = {known.alert.raiser.id for known in shown.alerts[council_id]}
    post = council(council_id).procedure.raising_posts[0]
    everybody = sample_people({council_id: council(council_id)})
    assert {one.id for one in everybody if one.post == post} <= officers


@pytest.mark.parametrize("council_id", IDS)
def test_every_child_is_another_and_no_word_is_left_to_be_filled_in(
    shown: Shown, council_id: str
) -> None:
    answers = [known.alert.answers for known in shown.alerts[council_id]]
    for name in ("child_name", "case_number"):
        assert len({one[name] for one in answers}) == len(answers)
    events = [known.alert.happened for known in shown.alerts[council_id]]
    assert "{" not in "".join(
        str(getattr(one.what, name, ""))
        for each in events
        for one in each
        for name in ("text", "reason", "rationale", "what_changed")
    )
    for one in answers:
        assert one["child_name"].split()[0] not in one["summary_for_log"]


@pytest.mark.parametrize(
    "when", ["Sat 2026-01-03 07:00", "Mon 2026-04-06 23:30", "Thu 2025-12-25 12:00"]
)
def test_it_can_be_made_on_any_day_at_any_hour(tmp_path: Path, when: str) -> None:
    made = made_on(when, tmp_path)
    for council_id in IDS:
        missing = {
            state
            for state, allows in STATES.items()
            if allows(council(council_id).procedure) and state not in made.states[council_id]
        }
        assert missing == set(), council_id
    with made.office.database.reading() as tx:
        assert list(event_store.verify(tx)) == []
    made.office.database.close()


def test_what_was_told_in_the_past_is_not_told_again(shown: Shown) -> None:
    box = tables.outbox.c
    with shown.office.database.reading() as tx:
        assert tx.execute(tables.outbox.select()).first() is not None
        assert tx.execute(tables.outbox.select().where(box.sent_at.is_(None))).first() is None


def test_a_council_of_other_files_gets_as_many_as_its_files_let_be_told(tmp_path: Path) -> None:
    furnished(tmp_path / "rooms", PROCEDURE)
    made = made_on(NOW, tmp_path / "data", tmp_path / "rooms")
    found = made.states["sampleford"]
    made.office.database.close()
    assert {"stands: waiting for an answer", "stands: no answer", "stands: on hold"} <= found
    assert "has been done: Escalated" in found


def test_where_a_form_asks_what_nobody_can_make_up_there_are_people_and_no_alerts(
    tmp_path: Path,
) -> None:
    field = "{id: child_name, label: Name, type: text, required: true, identifies: child"
    refused = FORM.replace(field, f"{field}, pattern: '[0-9]+', pattern_says: give figures.")
    assert refused != FORM
    furnished(tmp_path / "rooms", PROCEDURE, refused)
    made = made_on(NOW, tmp_path / "data", tmp_path / "rooms")
    assert made.alerts["sampleford"] == ()
    made.office.database.close()


COLUMNS = {
    ("closings", "view_how"): ("substr(closed_on, 1, 4)", "ending", "closed_on"),
    ("stages", "late_why"): ("substr(sent_on, 1, 4)", "label", "sent_on"),
    ("alerts", "arose"): ("substr(raised_on, 1, 4)", "age_band", "raised_on"),
    ("categories", "shared_theme"): ("is_theme", "title", "reference"),
    ("categories", "part_of"): ("is_theme", "shared_theme", "reference"),
}
"""A column, with what a reader may know of a case anyway, and the day that stands in the same row."""


@pytest.mark.parametrize(("table", "column"), COLUMNS)
def test_a_column_singles_out_fewer_rows_than_their_day_does(
    shown: Shown, table: str, column: str
) -> None:
    """Of the sample year, by year and one word that a reader may know of a case; where there are enough to tell."""
    sync_log.catch_up(shown.office)
    year, word, day = COLUMNS[table, column]
    told = {}

    def alone(log: sqlite3.Connection, *more: str) -> int:
        said = ", ".join((year, word, *more))
        query = f"select count(*) from (select 1 from {table} group by {said} having count(*) = 1)"  # noqa: S608 - words of this file
        return int(log.execute(query).fetchone()[0])

    for path in shown.office.log.files().values():
        with closing(sqlite3.connect(path)) as log:
            every = int(log.execute(f"select count(*) from {table}").fetchone()[0])  # noqa: S608 - words of this file
            told[path.stem] = (every, alone(log), alone(log, column), alone(log, day))
    large = {council: counts for council, counts in told.items() if counts[0] >= 40}
    assert large, told
    for every, before, with_it, with_day in large.values():
        assert with_it - before <= every // 3, told
        assert with_it < with_day, told
