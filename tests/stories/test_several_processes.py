"""One product in several processes: one answers, the others draw the app. Any that draws is killed while people type."""

from __future__ import annotations

import os
import re
import signal
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass

import pytest
from websockets.exceptions import ConnectionClosed

from practice_alerts.office import Office
from tests.helpers.app.app_session import AppSession
from tests.helpers.product.drawing import drawn_by, holder_of, listening, still_there, that_draw
from tests.helpers.product.office import Desk, open_desk
from tests.helpers.product.postgresql import AS_IN_REAL_USE, AS_PRODUCT
from tests.helpers.product.running_product import Served
from tests.stories.test_two_hosts import CONCERN, at_work, begun, known, rows, sent, until, written

COLLEAGUES = ("another_iro", "anybody_iro", "service_manager", "team_manager")
AGAIN = "A process that draws pages ended by SIGKILL, and is begun again"


@dataclass
class Several:
    desk: Desk
    product: Served

    @property
    def drawing(self) -> set[int]:
        assert self.product.running is not None
        return that_draw(self.product.running.pid)

    def window(self, who: str, page: str = "tray") -> AppSession:
        self.desk.clock[:] = [Office.now()]
        token = self.desk.office.sign_in.issue_link(f"lambeth-{who}")
        return AppSession(self.product.origin, f"{self.product.origin}/sign-in/{token}", page)

    @property
    def mails(self) -> list[str]:
        """The ids of the e-mails that it says it has sent."""
        return re.findall(r"/\d+T\d+-(\S+)\.eml", self.product.printed)

    def logged(self, reference: str) -> bool:
        return (reference,) in rows(self.product.data / "log/lambeth.db")

    @property
    def leader(self) -> int:
        """The one that keeps the log; on SQLite the same does all else that one does for all."""
        return holder_of(self.product.data / "running/leading/follows")


@pytest.fixture(scope="module", params=AS_IN_REAL_USE)
def several(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Several]:
    data = tmp_path_factory.mktemp("several") / "data"
    desk = open_desk(data, engine=request.param)
    desk.clock[:] = [Office.now()]
    at_work(desk)
    product = Served(data, options=("--processes", "3"))
    with pytest.MonkeyPatch.context() as patch:
        if request.param == AS_PRODUCT:
            patch.setenv("PRACTICE_ALERTS_DATABASE_URL", desk.office.database.url)
        product.start()
        try:
            yield Several(desk, product)
        finally:
            product.kill()
    desk.office.database.close()


def test_those_that_draw_are_killed_while_people_type_and_everything_goes_on(
    several: Several,
) -> None:
    """A page opens again with what was typed, whoever another draws for notices nothing, and another leads."""
    officer, draft = begun(several.desk)
    tab = several.window("iro")
    with tab, ExitStack() as windows:
        killed = drawn_by(tab, several.drawing)
        tab.draw("raise", f"draft={draft}&step=2")
        tab.write("Practice concerns", CONCERN)
        others = [windows.enter_context(several.window(who)) for who in COLLEAGUES]
        untouched = [one for one in others if drawn_by(one, several.drawing) != killed]
        assert untouched
        os.kill(killed, signal.SIGKILL)
        with pytest.raises(ConnectionClosed):
            tab.draw("raise", f"draft={draft}&step=2")
        for one in untouched:
            one.draw("tray")  # over the same connection
    with tab:  # with the same cookie
        tab.draw("raise", f"draft={draft}&step=2")
        assert tab.field("Practice concerns") == CONCERN
        reference = sent(tab, draft)
    assert known(several.desk, officer, reference).alert.answers["concerns"] == CONCERN
    until(lambda: len(several.drawing) == 2, "another is begun in its place")
    _another_leads(several)
    until(lambda: several.logged(reference), "the log follows")
    assert several.product.printed.count(AGAIN) == 2
    assert "Traceback" not in several.product.printed


def _another_leads(several: Several) -> None:
    until(lambda: several.leader in several.drawing, "one of those that draw leads")
    leader, ids = several.leader, written(several.desk, 40)
    until(lambda: len({*several.mails} & ids) > 3, "it sends")
    os.kill(leader, signal.SIGKILL)
    until(lambda: several.leader in several.drawing - {leader}, "another leads")
    until(lambda: {*several.mails} >= ids, "and goes on")
    sent_twice = {one for one in several.mails if several.mails.count(one) > 1}
    assert len(sent_twice) <= 2  # what the killed ones had in their hands, under one Message-ID


def test_nobody_comes_to_those_that_draw_but_by_the_one_that_answers(several: Several) -> None:
    until(lambda: len(several.drawing) == 2, "both are there")
    assert [listening(one) for one in several.drawing] == [set(), set()]
    assert several.product.running
    assert listening(several.product.running.pid), "which is how one that listens is found"


def test_all_of_them_end_with_the_one_that_answers(several: Several) -> None:
    """Stopped while somebody types, and killed."""
    drew, said = several.drawing, len(several.product.printed)
    with several.window("iro") as tab:
        assert tab.words
        several.product.stop()  # fails when it has not ended within half a minute
    assert still_there(drew) == set()
    assert several.product.printed.endswith("Stopped.\n")
    several.product.start()
    drew = several.drawing
    with several.window("iro") as tab:
        assert tab.words
        several.product.kill()
        until(lambda: not still_there(drew), "they see that it is gone")
    assert not re.search("Traceback|ended", several.product.printed[said:])
