"""What a saving field holds after somebody typed into it, for tests of pages without a browser.

screen.session_state["raise-7f3a-about"] = typed("No visit since March.")
screen.run()
"""

from itertools import count

_stamps = count(1)


def typed(text: str) -> dict[str, dict[str, str]]:
    """The state that the browser sends; each call is a new act of typing."""
    return {"typed": {"text": text, "stamp": f"test-{next(_stamps)}"}}
