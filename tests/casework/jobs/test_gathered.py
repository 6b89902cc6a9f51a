"""One message a day holds whatever is not urgent; nothing is lost, and nobody is mailed of what they cannot open."""

import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from practice_alerts.adapters.mail import Email, NotSent
from practice_alerts.adapters.store.core import tables
from practice_alerts.adapters.store.office import directory
from practice_alerts.casework.acts.raise_alert import raise_alert
from practice_alerts.casework.core.loaded_alert import Known
from practice_alerts.casework.jobs.morning import write_what_is_due
from practice_alerts.casework.jobs.send_mail import send_waiting
from practice_alerts.casework.jobs.when_to_send import done_words, leaves_on
from practice_alerts.domain.acts.act_rows import ACTS, Act
from practice_alerts.domain.dates import LONDON, london_date
from practice_alerts.domain.notices.kinds import KINDS
from practice_alerts.domain.notices.urgency import THOSE_GATHERED, URGENCY, Urgency
from tests.helpers.alerts.filled_forms import wanted
from tests.helpers.alerts.recorded_events import answered, climbed, closed, held, reviewed
from tests.helpers.days import day
from tests.helpers.product.office import Desk, open_desk
from tests.helpers.product.two_councils import TwoCouncils
from tests.helpers.stories.restricting import enter_seconds, restricted
from tests.helpers.stories.sampleford import sampleford

REFERENCE = re.compile(r"\b(?:LAM|MER)-2025-\d{4,}\b")


@dataclass
class Post:
    """Takes e-mails, and looks whether each reader can open whatever it names at that very moment."""

    desk: Desk
    alerts: dict[str, Known] = field(default_factory=dict)
    taken: list[Email] = field(default_factory=list)
    is_down: bool = False

    def send(self, email: Email) -> None:
        if self.is_down:
            raise NotSent("The mail server could not be reached (TimeoutError).")
        self.taken.append(email)
        who = email.to.partition("@")[0]
        for reference in {*REFERENCE.findall(f"{email.subject}\n{email.body}")} & {*self.alerts}:
            assert self.desk.can_open(who, self.alerts[reference]), (who, email.subject)

    def to(self, who: str) -> list[Email]:
        return [one for one in self.taken if one.to == f"{who}@practice.invalid"]

    def collect(self) -> None:
        """What the product does beside its pages: write what is due, and send what waits."""
        write_what_is_due(self.desk.office)
        while send_waiting(self.desk.office, self):
            pass


@pytest.fixture
def post(two: TwoCouncils) -> Post:
    return Post(two.desk)


def waiting(desk: Desk) -> list[str]:
    box = tables.outbox.c
    with desk.office.database.reading() as tx:
        rows = tx.execute(tables.outbox.select().where(box.sent_at.is_(None)))
        return [row.notice for row in rows]


def is_message(one: Email, desk: Desk) -> bool:
    with desk.office.database.reading() as tx:
        row = tx.execute(tables.outbox.select().where(tables.outbox.c.id == one.id)).one()
    return bool(row.notice == "digest")


def test_at_once_goes_what_asks_what_is_due_today_and_what_is_late_and_what_guards() -> None:
    at_once = {name for name, when in URGENCY.items() if when is Urgency.AT_ONCE}
    always = {name for name, when in URGENCY.items() if when is Urgency.ALWAYS}
    of_days = {"due_today", "aim_today", "step_today", "put_right_today", "hold_today"}
    late = {"overdue", "aim_passed", "step_late", "not_put_right"}
    asking = {name for name in KINDS if name.startswith("asked")}
    confirming = {
        "drafting",
        "not_theirs",
        "question_asked",
        "interest_declared",
        "lock_apart_asked",
    }
    confirming |= {
        "reminded",
        "restriction_to_confirm",
        "directory_waits",
        "closure_waits",
        "token_ends",
    }
    assert at_once == asking | of_days | late | confirming
    assert always == {
        *("told_at_once", "directory_changed", "directory_asked", "directory_by_command"),
        "sign_in",
    }
    assert set(KINDS) - at_once - always - {"digest", "news"} == THOSE_GATHERED


def test_the_asking_goes_at_once_and_all_else_in_one_message_the_next_morning(
    two: TwoCouncils, post: Post
) -> None:
    desk = two.desk
    post.collect()  # what was raised before, and the officers' lists
    first, second = desk.raised("stage-1"), desk.raised("stage-1")
    post.taken.clear()
    post.collect()
    assert Counter(one.to for one in post.to("manager")) == {"manager@practice.invalid": 2}
    post.taken.clear()
    held(desk, answered(desk, first), day("Mon 2025-06-16"))
    reviewed(desk, answered(desk, second), "not_satisfactory")
    desk.at("Mon 2025-06-02 16:00")
    post.collect()
    assert post.taken == []
    desk.at("Tue 2025-06-03 06:59")
    post.collect()
    assert post.taken == []
    desk.at("Tue 2025-06-03 07:00")
    post.collect()
    (news,) = post.to("manager")
    assert news.subject == "Practice alerts: your news of today"
    assert f"{first.alert.reference}: accepted until Monday 16 June 2025" in news.body
    assert f"{second.alert.reference}: the answer was not satisfactory" in news.body
    (of_officer,) = post.to("iro")
    assert of_officer.subject.startswith("Your practice alerts: ")


def test_what_happens_after_the_message_waits_for_the_next_morning(
    two: TwoCouncils, post: Post
) -> None:
    desk = two.desk
    first = desk.raised("stage-1")
    post.collect()
    post.taken.clear()
    desk.at("Tue 2025-06-03 15:00")
    closed(desk, first)
    post.collect()
    assert post.to("manager") == []
    desk.at("Wed 2025-06-04 07:00")
    post.collect()
    (news,) = post.to("manager")
    assert news.subject == f"Practice alert {first.alert.reference} is closed"


def test_nothing_leaves_on_a_day_off_of_that_council(two: TwoCouncils, post: Post) -> None:
    """Lambeth is closed on Tuesday, Merton is not."""
    here, there = two.desk, two.there
    post.collect()
    post.taken.clear()
    row = {"council": "lambeth", "day": day("Tue 2025-06-03"), "reason": "moving house"}
    with here.office.database.writing() as tx:
        tx.execute(tables.closures.insert().values(row))
    here.at("Tue 2025-06-03")
    here.raised("stage-1")
    raise_alert(there.office, wanted(there, "practice_alert", "stage-1"), there.doing("merton-iro"))
    post.collect()
    assert post.taken
    assert all(one.to.startswith("merton-") for one in post.taken)
    post.taken.clear()
    here.at("Wed 2025-06-04 07:00")
    post.collect()
    assert post.to("manager")


def test_what_is_sent_on_a_saturday_leaves_on_monday_at_seven(two: TwoCouncils, post: Post) -> None:
    here, there = two.desk, two.there
    here.at("Sat 2025-06-07")
    post.collect()
    post.taken.clear()
    here.raised("stage-1")
    raise_alert(there.office, wanted(there, "practice_alert", "stage-1"), there.doing("merton-iro"))
    post.collect()
    for when in ("Sat 2025-06-07 20:00", "Sun 2025-06-08 12:00", "Mon 2025-06-09 06:59"):
        here.at(when)
        post.collect()
    assert post.taken == []
    here.at("Mon 2025-06-09 07:00")
    post.collect()
    assert any("your answer is asked for" in one.subject for one in post.to("manager"))


def test_what_runs_in_hours_leaves_on_any_day(tmp_path: Path) -> None:
    desk = sampleford(tmp_path, {"answer": {"from": "team_manager", "within": "24 hours"}})
    desk.at("Sat 2025-06-07 10:00")
    raise_alert(desk.office, wanted(desk, "concern", "stage-1"), desk.doing("iro"))
    post = Post(desk)
    post.collect()
    assert [one.to for one in post.taken] == ["team_manager@practice.invalid"]
    desk.office.database.close()


def test_what_was_restricted_meanwhile_is_sent_to_nobody_shut_out(
    two: TwoCouncils, post: Post
) -> None:
    desk = two.desk
    found = answered(desk, desk.raised("stage-1"))
    other = answered(desk, desk.raised("stage-1"))
    desk.at("Tue 2025-06-03 07:00")
    write_what_is_due(desk.office)
    shut = restricted(desk, found, second="boss_2", stand_in="iro_3")
    post.alerts = {one.alert.reference: one for one in (shut, other)}
    post.collect()
    texts = "\n".join(f"{one.subject}\n{one.body}" for one in post.to("iro_2"))
    assert other.alert.reference in texts
    assert shut.alert.reference not in texts
    assert any(shut.alert.reference in one.body for one in post.to("iro"))


def test_whoever_lost_the_post_meanwhile_is_told_nothing(two: TwoCouncils, post: Post) -> None:
    desk = two.desk
    post.collect()
    found = desk.raised("stage-1")
    reviewed(desk, answered(desk, found), "not_satisfactory")
    with desk.office.database.writing() as tx:
        held_by = tables.holdings.c.person_id == "manager"
        tx.execute(tables.holdings.update().where(held_by).values(until=day("Mon 2025-06-02")))
    post.taken.clear()
    desk.at("Tue 2025-06-03 07:00")
    post.collect()
    assert post.to("manager") == []


def test_a_second_try_says_what_the_first_did_and_news_since_goes_the_next_day(
    two: TwoCouncils, post: Post
) -> None:
    desk = two.desk
    first, second = desk.raised("stage-1"), desk.raised("stage-1")
    post.collect()
    reviewed(desk, answered(desk, first), "not_satisfactory")
    desk.at("Tue 2025-06-03 07:00")
    post.is_down = True
    post.collect()
    desk.at("Tue 2025-06-03 10:00")
    reviewed(desk, answered(desk, second), "not_satisfactory")
    post.is_down = False
    post.taken.clear()
    post.collect()
    (tried_again,) = post.to("manager")
    assert first.alert.reference in tried_again.subject
    assert second.alert.reference not in tried_again.body
    desk.at("Wed 2025-06-04 07:00")
    post.collect()
    assert second.alert.reference in post.to("manager")[-1].subject


def test_a_message_that_never_went_leaves_its_news_to_the_next_one(
    two: TwoCouncils, post: Post
) -> None:
    desk = two.desk
    found = desk.raised("stage-1")
    post.collect()
    post.taken.clear()
    reviewed(desk, answered(desk, found), "not_satisfactory")
    post.is_down = True
    for hour in range(7, 24):
        desk.at(f"Tue 2025-06-03 {hour:02}:00")
        post.collect()
    post.is_down = False
    desk.at("Wed 2025-06-04 07:00")
    post.collect()
    (news,) = post.to("manager")
    assert found.alert.reference in news.subject


def test_a_cover_hears_that_it_begins_once_and_nobody_s_name_with_it(
    two: TwoCouncils, post: Post
) -> None:
    desk = two.desk
    with desk.office.database.writing() as tx:
        first, last = day("Sat 2025-06-07"), day("Fri 2025-06-13")
        directory.add_cover(tx, "service", "assistant", first, last)
    for when in ("Fri 2025-06-06", "Sat 2025-06-07", "Mon 2025-06-09 07:00", "Tue 2025-06-10"):
        desk.at(when)
        post.collect()
    about = [one for one in post.to("assistant") if "stand in" in one.subject]
    assert [london_date(one.at) for one in about] == [date(2025, 6, 9)]
    assert "until Friday 13 June 2025" in about[0].subject
    assert "Service" not in about[0].body


# ----------------------------------------------------------------------------------- whatever happens

STEPS = st.lists(
    st.tuples(
        st.sampled_from(
            ("raise", "answer", "hold", "refuse", "climb", "close", "restrict", "cover", "wait")
        ),
        st.integers(0, 3),
        st.sampled_from((1, 5, 14, 30)),
        st.booleans(),
    ),
    min_size=4,
    max_size=8,
)


@settings(max_examples=5, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(STEPS)
def test_whatever_happens_one_message_a_day_nothing_lost_and_none_on_days_off(
    steps: list[tuple[str, int, int, bool]],
) -> None:
    with TemporaryDirectory() as folder:
        desk = open_desk(Path(folder) / "data")
        enter_seconds(desk)
        assert play(desk, steps)
        desk.office.database.close()


def play(desk: Desk, steps: list[tuple[str, int, int, bool]]) -> int:
    """How many e-mails were sent, whatever was done."""
    post, found = Post(desk), [desk.raised("stage-1")]
    for step, which, hours, is_down in steps:
        post.is_down = is_down
        place = which % len(found)  # of those there were before: one more may be raised
        found[place] = happen(desk, step, found[place], found)
        post.alerts = {one.alert.reference: one for one in found}
        post.collect()
        desk.clock[0] += timedelta(hours=hours)
    post.is_down = False
    for later in (1, 2, 3):
        desk.clock[0] += timedelta(days=later)
        desk.clock[0] = desk.clock[0].replace(hour=9)
        post.collect()
    by_day = Counter((one.to, london_date(one.at)) for one in post.taken if is_message(one, desk))
    assert {*by_day.values()} <= {1}
    assert all(
        desk.office.calendar("lambeth").is_working(london_date(one.at)) for one in post.taken
    )
    assert [one for one in waiting(desk) if one in THOSE_GATHERED] == []
    for who, subject in gathered_and_sent(desk):
        assert any(subject in f"{one.subject}\n{one.body}" for one in post.to(who)), (who, subject)
    return len(post.taken)


def happen(desk: Desk, step: str, one: Known, found: list[Known]) -> Known:
    """What that step makes of the alert, where it can be done to it now."""
    run, alert, today = one.run, one.alert, desk.office.today
    if step == "raise":
        found.append(desk.raised("stage-1", who="other_iro"))
    if step == "cover":
        with desk.office.database.writing() as tx:
            directory.add_cover(tx, "manager", "west", today, today + timedelta(days=1))
    can: dict[str, tuple[bool, Callable[[], Known]]] = {
        "answer": (run.stage == "stage-1", lambda: answered(desk, one)),
        "hold": (bool(run.answers), lambda: held(desk, one, today + timedelta(days=9))),
        "refuse": (bool(run.answers), lambda: reviewed(desk, one, "not_satisfactory")),
        "climb": (run.stage == "stage-1", lambda: climbed(desk, one, "stage-2", "service")),
        "close": (True, lambda: closed(desk, one)),
        "restrict": (
            alert.restriction is None,
            lambda: restricted(desk, one, second="boss_2", stand_in="iro_3"),
        ),
    }
    possible, act = can.get(step, (False, lambda: one))
    return act() if alert.is_open and possible else one


def gathered_and_sent(desk: Desk) -> list[tuple[str, str]]:
    box = tables.outbox.c
    with desk.office.database.reading() as tx:
        rows = tx.execute(tables.outbox.select().where(box.notice.in_(THOSE_GATHERED)))
        return [(row.person_id, row.subject) for row in rows]


@pytest.mark.parametrize(
    ("written", "asked_on", "told_on"),
    [
        ("Mon 2025-06-09 06:00", None, "Mon 2025-06-09"),
        ("Mon 2025-06-09 09:00", None, "Tue 2025-06-10"),
        ("Fri 2025-06-13 17:00", None, "Mon 2025-06-16"),
        ("Sat 2025-06-14 11:00", "Mon 2025-06-16", "Mon 2025-06-16"),
        ("Mon 2025-08-25 11:00", "Tue 2025-08-26", "Tue 2025-08-26"),  # a bank holiday
    ],
)
def test_what_is_said_to_leave_on_a_morning_leaves_then(
    two: TwoCouncils, post: Post, written: str, asked_on: str | None, told_on: str
) -> None:
    desk = two.desk.at(written)
    post.collect()
    found = desk.raised("stage-1")
    assert leaves_on(desk.office, found, "asked") == (asked_on and day(asked_on))
    post.taken.clear()
    post.collect()
    assert bool(about(post.to("manager"), found)) is (asked_on is None)
    found = answered(desk, found)
    assert leaves_on(desk.office, found, "answered") == day(told_on)
    at, morning = desk.office.now(), desk.office.today
    while not about(post.to("iro"), found):
        assert leaves_on(desk.office, found, "answered", at) == day(told_on)
        desk.clock[:] = [datetime.combine(morning, time(7), LONDON)]
        post.collect()
        morning += timedelta(days=1)
    assert desk.office.today == day(told_on)
    assert leaves_on(desk.office, found, "answered", at) is None


def about(emails: list[Email], found: Known) -> list[Email]:
    """Those of an answer to it, or that ask for one."""
    words = (found.alert.reference, "nswer")
    return [one for one in emails if all(word in f"{one.subject}\n{one.body}" for word in words)]


def test_whoever_does_an_act_is_told_when_those_it_speaks_of_are(two: TwoCouncils) -> None:
    desk = two.desk.at("Fri 2025-06-13")
    found = desk.raised("stage-1")
    said = {act: done_words(desk.office, found.id, act) for act in ACTS}
    on_monday = "is told on Monday 16 June 2025, in the morning’s e-mail"
    assert said[Act.ANSWER_QUESTION] == f"It stands on their page. Whoever asked {on_monday}."
    assert said[Act.NOT_THEIRS].startswith("The reviewing officer has been told. The date runs on")
    on_saturday = done_words(desk.at("Sat 2025-06-14").office, found.id, Act.NOT_THEIRS)
    assert on_saturday.startswith(f"The reviewing officer {on_monday}. The date runs on")


def test_no_act_says_of_anybody_that_they_are_told_but_by_the_table_of_urgency() -> None:
    for act, row in ACTS.items():
        assert ("{is_told}" in row.done) == bool(row.tells), act
        assert row.tells is None or row.tells in URGENCY, act
        assert not re.search(r"(been|was|is) (told|written to)", row.done), act
