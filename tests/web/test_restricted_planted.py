"""Words planted in a restricted alert, looked for by everybody on every face."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from practice_alerts.adapters.store.alerts import current_state
from practice_alerts.casework.jobs.send_reminders import remind
from practice_alerts.casework.jobs.sync_log import rebuild_log
from practice_alerts.casework.views import work_tray
from practice_alerts.casework.views.tray_parts import Wanted
from practice_alerts.domain.acts.permissions import Act
from practice_alerts.domain.standing.list_filters import Filters
from tests.helpers.product.asgi_client import Asking
from tests.helpers.product.office import POSTS, Desk
from tests.helpers.product.two_councils import TwoCouncils, browser, open_two_councils
from tests.helpers.stories.played import Played
from tests.helpers.stories.restricting import WHY, enter_seconds, restricted
from tests.web.conftest import served
from tests.web.test_planted_words import said_in

SHARED, OWN = "Kestrelnote", "Wrenote"
LET_IN = {"iro", "boss_2", "iro_3", "worker_2", "manager", "service"}
"""Its officer, the second person, the stand-in, who is named, who was asked when it was restricted, and who is asked."""
READS_OWN = {"iro", "boss_2", "iro_3"}
SECOND = tuple(f"{who}_2" for who in POSTS)
EVERYBODY = (
    *(*POSTS, *SECOND, "iro_3", "told", "west", "chair"),
    *("merton-iro", "merton-team_manager", "merton-boss", "merton-qa"),
)
"""Two holders of each post, three teams, covers, and the second council's people."""


@dataclass
class Shut:
    two: TwoCouncils
    app: object
    loop: object
    tale: Played

    @property
    def desk(self) -> Desk:
        return self.two.desk

    @property
    def reference(self) -> str:
        return self.tale.alert.alert.reference

    def as_(self, who: str) -> Asking:
        return browser(self.app, self.loop, self.two.home, self.two.session(who))  # type: ignore[arg-type]

    def faces(self, who: str) -> dict[str, str]:
        """Everything that answers this person, with the page as it is made."""
        asks, start = self.as_(who), f"/documents/{self.reference}"
        with self.desk.office.database.reading() as tx:
            askings = current_state.askings_of(tx, self.tale.alert.id)
        addresses = [start, f"{start}.docx", f"{start}.zip", self.two.calendar(who)]
        addresses += [f"/respond/{one.id}" for one in askings]
        addresses += [f"/log/lambeth/{name}.json?_shape=array" for name in ("alerts", "happenings")]
        found = {one: said_in(asks.get(one).content) for one in addresses}
        if self.desk.can_open(who, self.tale.alert):
            found["page"] = repr(self.desk.see(who, self.tale.alert))
        return found


@pytest.fixture(scope="module")
def shut(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shut]:
    folder = tmp_path_factory.mktemp("restricted")
    (folder / "guide").mkdir()
    (folder / "guide" / "index.html").write_text("<h1>The guide</h1>", "utf-8")
    two = open_two_councils(folder / "data")
    enter_seconds(two.desk)
    tale = Played(two.desk, two.desk.raised("stage-1"))
    tale.does("iro", Act.NOTE, text=SHARED).does("iro", Act.NOTE, text=OWN, part="own")
    tale.found = restricted(two.desk, tale.alert, "worker_2", second="boss_2", stand_in="iro_3")
    tale.goes_on("iro_3", "stage-2", "service")
    two.desk.at("Mon 2025-06-09")
    remind(two.desk.office)
    rebuild_log(two.desk.office)
    with served(lambda: two.app(folder / "guide")) as (app, loop):
        yield Shut(two, app, loop, tale)
    two.desk.office.database.close()


@pytest.mark.parametrize("who", EVERYBODY)
def test_nobody_who_is_not_let_in_finds_a_word_or_the_reference_anywhere(
    shut: Shut, who: str
) -> None:
    said = shut.faces(who)
    words = {word for word in (SHARED, OWN, WHY) if any(word in one for one in said.values())}
    if who not in LET_IN:
        assert "page" not in said
        assert words == set()
        # Whoever asks for an address by its reference is shown what they asked for, in the refusal at most.
        lists = {name: text for name, text in said.items() if not name.startswith("/documents")}
        assert [name for name, text in lists.items() if shut.reference in text] == []
        return
    assert words == ({SHARED, OWN, WHY} if who in READS_OWN else {SHARED})
    assert SHARED in said[f"/documents/{shut.reference}.zip"]


@pytest.mark.parametrize("who", EVERYBODY)
def test_lists_and_search_agree_with_the_page(shut: Shut, who: str) -> None:
    actor, office = shut.desk.actor(who), shut.desk.office
    trays = (
        work_tray.tray(office, actor, Wanted(Filters(whose=whose)))
        for whose in work_tray.offered(office, actor)
    )
    hits = work_tray.search(office, actor, shut.reference)
    assert (shut.reference in repr((*trays, hits))) == (who in LET_IN)
    found = {word for word in (SHARED, OWN, WHY) if work_tray.search(office, actor, word)}
    reads = {SHARED, OWN, WHY} if who in READS_OWN else {SHARED}
    assert found == (reads if who in LET_IN else set())


def test_mail_names_it_to_those_let_in_alone(shut: Shut) -> None:
    told = {to for to, _, text in shut.desk.mails() if shut.reference in text}
    assert told <= LET_IN
    assert {"manager", "service", "boss_2"} <= told
