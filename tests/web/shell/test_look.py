"""The colours can be read: the table in look.css is measured, not believed."""

import re

import pytest

from practice_alerts import PACKAGE

LOOK = PACKAGE / "web" / "static" / "look.css"
CSS = LOOK.read_text(encoding="utf-8")
ROWS = re.findall(r"^ {3}(\S+) on (\S+) +([\d.]+) +([\d.]+)$", CSS, re.MULTILINE)


def colours(dark: bool) -> dict[str, str]:
    light, _, night = CSS.partition("@media (prefers-color-scheme: dark)")
    found = dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{6});", light))
    return {**found, **dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{6});", night))} if dark else found


def luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def test_every_pair_of_the_table_is_found() -> None:
    assert len(ROWS) == 16


@pytest.mark.parametrize(("front", "ground", "light", "dark"), ROWS)
def test_the_contrast_is_as_the_table_says_and_enough(
    front: str, ground: str, light: str, dark: str
) -> None:
    enough = 3.0 if front == "line" else 4.5
    for said, found in ((light, colours(dark=False)), (dark, colours(dark=True))):
        measured = contrast(found[front], found[ground])
        assert f"{measured:.1f}" == said
        assert measured >= enough
