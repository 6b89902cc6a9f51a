"""What people do in the app, in the words of the screen."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from playwright.sync_api import Locator, Page, expect
from playwright.sync_api import TimeoutError as TookTooLong

from tests.helpers.app.sign_in import settle

# A telephone's patience is shorter; a machine that runs two suites at once is slower.
_PATIENCE = 30_000
_TRIES = 5


@dataclass
class AppPage:
    """One person's window on the app."""

    page: Page

    def press(self, name: str) -> None:
        """Once the page is still: it may draw a button anew under the finger."""
        settle(self.page)
        self.page.get_by_role("button", name=name, exact=True).click()
        settle(self.page)

    def choose(self, words: str) -> None:
        """Press on the words beside a round or square box."""
        self.page.locator("label").filter(has_text=re.compile(f"^{re.escape(words)}")).first.click()
        settle(self.page)

    def answer(self, question: str, words: str) -> None:
        """Press on a choice of this very question; the box itself is drawn by its words."""
        meant = self.page.get_by_role("radio", name=words, exact=True)
        asked = self.page.get_by_role("radiogroup", name=question, exact=True)
        self._press_on(asked.locator("label").filter(has=meant), meant)

    def tick(self, question: str, words: str) -> None:
        """Press on one of the boxes of this question."""
        meant = self.page.get_by_role("checkbox", name=words, exact=True)
        asked = self.page.get_by_role("group", name=question, exact=True)
        self._press_on(asked.locator("label").filter(has=meant), meant)

    def _press_on(self, label: Locator, box: Locator) -> None:
        """Until it stands chosen: where the page draws it anew under the finger, a press is none."""
        chosen = label.filter(has=box).locator("input")
        for _ in range(_TRIES):
            settle(self.page)
            if chosen.is_checked():
                return
            label.click()
            settle(self.page)
        expect(chosen).to_be_checked(timeout=_PATIENCE)

    def write(self, label: str, text: str) -> None:
        """Type without leaving the field."""
        self.page.get_by_label(label, exact=True).fill(text)

    def pick(self, label: str, name: str) -> None:
        """Choose a name from the directory, or type one that it does not hold."""
        box = self.page.get_by_label(_asked(label)).first
        if not box.evaluate("box => box.closest('.saving-text') !== null"):
            self._pick_in_list(label, name)
            return
        offers = box.evaluate("box => [...(box.list?.options ?? [])].map(one => one.value)")
        box.fill(next((one for one in offers if one.startswith(name)), name))
        self.page.keyboard.press("Tab")
        settle(self.page)

    def _pick_in_list(self, label: str, name: str) -> None:
        box = self.page.get_by_role("combobox", name=_asked(label))
        option = self.page.get_by_role("option", name=name).first
        for _ in range(_TRIES):  # a page that draws itself anew closes its lists
            box.click()
            box.fill(name)
            try:
                option.click(timeout=_PATIENCE / _TRIES)
                break
            except TookTooLong:
                settle(self.page)
        expect(box).to_have_value(re.compile(f"^{re.escape(name)}"))
        settle(self.page)

    def date(self, label: str, chosen: date) -> None:
        """Type a day, and leave the field."""
        self.page.get_by_label(label, exact=True).fill(f"{chosen.day} {chosen:%m} {chosen.year}")
        self.page.keyboard.press("Tab")
        settle(self.page)

    def heading(self, words: str | re.Pattern[str]) -> None:
        """Wait for the screen of that heading."""
        found = self.page.get_by_role("heading", name=words).first
        expect(found).to_be_visible(timeout=_PATIENCE)
        settle(self.page)

    def says(self, words: str | re.Pattern[str]) -> None:
        """Wait until the screen says so."""
        expect(self.page.locator("body")).to_contain_text(words, timeout=_PATIENCE)


def _asked(label: str) -> re.Pattern[str]:
    """As the question is put, whether it must be answered or not."""
    return re.compile(rf"^{re.escape(label)}( \(optional\))?$")
