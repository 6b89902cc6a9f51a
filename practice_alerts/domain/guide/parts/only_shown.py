"""The mark of what the guide prints and nothing else goes by, as `files.shown_only` has it."""

from practice_alerts.domain.files.shown_only import SHOWN_ONLY
from practice_alerts.domain.guide.parts.markup import Markup, element, paragraph, text

_MARK = "only shown"


def only_shown(*keys: str) -> Markup:
    """Set behind what these keys say; nothing where one of them acts."""
    mark = " " + element("span", _MARK, class_="tag only-shown", data_search_exclude="")
    return mark if _none_acts(keys) else ""


def marked(words: Markup, *keys: str) -> Markup:
    """What these keys say, with the mark where it is only shown; nothing where they say nothing."""
    return words + only_shown(*keys) if words else Markup()


def all_only_shown(what: str, *keys: str) -> Markup:
    """Set above a part: what of it is only shown, and why. Nothing where one of these keys acts."""
    said = (
        f"{element('strong', _MARK.capitalize())}: {text(what)} {text(SHOWN_ONLY.get(keys[0], ''))}"
    )
    return paragraph(said, "aside only-shown") if _none_acts(keys) else ""


def _none_acts(keys: tuple[str, ...]) -> bool:
    return all(key in SHOWN_ONLY for key in keys)
