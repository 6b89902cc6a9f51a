"""A question with choices: whichever is chosen is the one that is kept."""

import pytest
from streamlit.testing.v1 import AppTest  # noqa: TID251 - it draws the one question


def _ask(widget: str) -> None:
    import streamlit as st  # noqa: TID251 - a script of its own

    from practice_alerts.ui.page.question import choose

    options = {"west": "Sam Sample", "east": "Sam Sample", "north": "Toni Sample"}
    st.text(choose(getattr(st, widget), "Who?", "who", options, index=0))


@pytest.mark.parametrize("widget", ["radio", "selectbox"])
def test_of_two_in_the_same_words_the_one_that_was_chosen_is_meant(widget: str) -> None:
    page = AppTest.from_function(_ask, args=(widget,), default_timeout=60).run()
    (field,) = getattr(page, widget)
    assert list(field.options) == ["Sam Sample, 1 of 2", "Sam Sample, 2 of 2", "Toni Sample"]
    field.set_value("east")
    assert [one.value for one in page.run().text] == ["east"]
