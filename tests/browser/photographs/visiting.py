"""What the walks of scenes.py are made of: a screen, and a visit by somebody of the sample office."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from playwright.sync_api import Page, expect

from tests.helpers.app.people import Cast, Window
from tests.helpers.app.screen_actions import AppPage
from tests.helpers.app.sign_in import settle


@dataclass(frozen=True)
class Screen:
    """One screen as it stands in a window. `tab` is what the browser's tab must begin with."""

    name: str
    page: Page
    tab: str


@dataclass
class Visit:
    """What a walk needs: the people of the sample office, and windows for them."""

    cast: Cast
    window: Window

    def at_work(self, name: str) -> AppPage:
        return self.cast.at_work(name, self.window)

    def nobody(self, path: str) -> Page:
        page = self.window()
        return go(page, path)


Walk = Callable[[Visit], Iterator[Screen]]


def go(page: Page, path: str) -> Page:
    page.goto(path)
    settle(page)
    return page


def open_alert(visit: Visit, officer: AppPage, number: int) -> str:
    """Open one of the sample office's alerts by its place in the year."""
    reference = visit.cast.reference(number)
    go(officer.page, f"/app/alert?reference={reference}")
    officer.heading(reference)
    expect(officer.page.get_by_role("heading", name="History")).to_be_visible()
    return reference
