"""The sample office's people at their windows, and the addresses that only the store knows."""

import sqlite3
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from playwright.sync_api import Page

from practice_alerts.casework.sample.sample_people import STORY
from tests.helpers.app.screen_actions import AppPage
from tests.helpers.app.sign_in import settle, sign_in
from tests.helpers.product.running_product import Served

Window = Callable[[], Page]


@dataclass
class Cast:
    """Everybody signs in once; a later window of theirs brings the session along."""

    product: Served
    sessions: dict[str, Any] = field(default_factory=dict)

    def at_work(self, name: str, window: Window) -> AppPage:
        """A window in which this person, called by their first name or id, is signed in."""
        page = window()
        if name in self.sessions:
            page.context.add_cookies(self.sessions[name])
            page.goto("/app/")
            settle(page)
        else:
            sign_in(page, self.link(name))
            self.sessions[name] = page.context.cookies()
        return AppPage(page)

    def link(self, name: str) -> str:
        """As printed at the start; for anybody else, by their id, as an administrator gets one."""
        printed = (link for who, link in self.product.links().items() if who.startswith(name))
        return next(printed, None) or self.product.link(name)

    def reference(self, number: int) -> str:
        """The reference of one of the alerts of the sample office's own council, as they were told, from the first.

        Not by its number: in January some are of the year before.
        """
        query = "SELECT reference FROM alerts WHERE council = ? ORDER BY rowid LIMIT 1 OFFSET ?"
        return self._one(query, STORY, number - 1)

    def answer_page(self, reference: str, stage: str) -> str:
        """The address at which whoever is asked at this stage answers."""
        query = (
            "SELECT askings.id FROM askings JOIN alerts ON alerts.id = askings.alert_id"
            " WHERE alerts.reference = ? AND askings.stage = ?"
        )
        return f"/respond/{self._one(query, reference, stage)}"

    def _one(self, query: str, *values: object) -> str:
        path = self.product.data / "practice-alerts.db"
        store = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
        (found,) = store.execute(query, values).fetchone()
        store.close()
        return str(found)
