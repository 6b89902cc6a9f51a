"""Words planted before and after an alert was redirected, looked for by whoever it is no longer asked of."""

from __future__ import annotations

from pathlib import Path

from practice_alerts.casework.core.loaded_alert import Known
from practice_alerts.casework.views import work_tray
from practice_alerts.domain.acts.permissions import Act
from tests.helpers.product.office import Desk
from tests.helpers.stories.played import Played
from tests.web.test_planted_words import BEGAN, opened, over_http, page


def redirected(desk: Desk) -> Known:
    """Not the team manager's to answer, as their cover and they say; sent on to a second one, who asks and answers."""
    tale = Played(desk, desk.at(BEGAN).raised("stage-1"))
    tale.does("manager", Act.NOT_THEIRS, text="Heronfirst")
    tale.does("iro", Act.REDIRECT, to="manager_2", reason="Jackdawwhy")
    tale.does("manager_2", Act.ASK_QUESTION, text="Jackdawasks")
    tale.does("iro", Act.ANSWER_QUESTION, question="1", text="Jackdawtold")
    tale.does("manager_2", Act.ANSWER, text="Jackdawanswer", response="done")
    return tale.alert


def test_whoever_it_was_redirected_from_reads_nowhere_what_came_after(tmp_path: Path) -> None:
    later = ("Jackdawwhy", "Jackdawasks", "Jackdawtold", "Jackdawanswer", "Manager_2 Second")
    with opened(tmp_path, redirected) as looked:
        read = {
            who: [page(looked, who), *over_http(looked, who).values()]
            for who in ("manager", "manager_2", "iro")
        }
        assert [word for word in later for said in read["manager"] if word in said] == []
        assert any("Heronfirst" in said for said in read["manager"])
        for who in ("manager_2", "iro"):
            assert all(any(word in said for said in read[who]) for word in later)
        actor = looked.desk.actor("manager")
        found = [one for one in later if work_tray.search(looked.desk.office, actor, one)]
        assert found == []
