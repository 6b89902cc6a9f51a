"""One table says who runs the office; what it does not say is refused."""

import pytest

from practice_alerts.domain.acts.permissions import Actor
from practice_alerts.domain.directory.office_permissions import (
    COMMAND_LINE,
    OFFICE_RULES,
    NotYours,
    OfficeAct,
    OfficeRule,
    act_for,
    may_run,
    must_run,
)
from tests.helpers.files.real_councils import IDS, council


def somebody(*posts: str, where: str = "lambeth") -> Actor:
    return Actor("somebody", "Somebody", where, frozenset(posts))


@pytest.mark.parametrize("rule", OFFICE_RULES, ids=lambda rule: f"{rule.post}, {rule.act.name}")
def test_each_row_reaches_one_s_own_council_only(rule: OfficeRule) -> None:
    if rule.post in COMMAND_LINE.posts:
        assert may_run(COMMAND_LINE, rule.act, "lambeth")
    else:
        assert may_run(somebody(rule.post), rule.act, "lambeth")
        assert not may_run(somebody(rule.post, where="merton"), rule.act, "lambeth")


def test_no_row_is_there_twice() -> None:
    assert len(set(OFFICE_RULES)) == len(OFFICE_RULES)


def test_whoever_holds_nothing_may_do_nothing() -> None:
    assert not any(may_run(somebody(), act, "lambeth") for act in OfficeAct)


@pytest.mark.parametrize("where", IDS)
def test_no_council_has_a_post_that_passes_for_the_command_line(where: str) -> None:
    assert not COMMAND_LINE.posts & set(council(where).procedure.roles)


def test_a_refusal_says_what_and_whom_to_ask() -> None:
    says = r"may not close or reopen .* That is for the administrator"
    with pytest.raises(NotYours, match=says) as told:
        must_run(somebody("iro_manager"), OfficeAct.KEEP_CALENDAR, "lambeth")
    assert told.value.act is OfficeAct.KEEP_CALENDAR


def test_touching_a_post_of_the_office_takes_more_than_touching_any_other() -> None:
    office = {"administrator", "qa_lead"}
    assert act_for({"iro"}, office) is OfficeAct.KEEP_DIRECTORY
    assert act_for({"iro", "administrator"}, office) is OfficeAct.KEEP_OFFICE_POSTS
