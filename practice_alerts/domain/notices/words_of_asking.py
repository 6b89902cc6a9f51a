"""What is asked, in a line of a list: each way of asking in words that a day may follow."""

from collections.abc import Mapping
from typing import Final

WORDS: Final[Mapping[str, str]] = {
    "asked": "please answer by",
    "asked_aim": "the aim is an answer by",
    "asked_to_put_right": "to be put right by",
    "asked_to_put_right_aim": "the aim is to put it right by",
    "asked_for_step": "the next step is to take place by",
    "asked_for_step_aim": "the aim is that the next step takes place by",
    "asked_for_step_without_date": "a step is asked for, and has no day yet",
    "asked_at_once": "an answer is asked for at once",
    "asked_by_agreement": "the day of the answer is to be agreed",
    "asked_before_start": "its time has not begun yet",
    "asked_without_date": "an answer is asked for",
}
"""By the notice that asks for one alone. A test holds that none is missing."""
