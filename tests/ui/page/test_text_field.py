"""Which text stands: what the browser sent, or what the server holds; without a browser."""

import json
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest  # noqa: TID251 - it runs a page

from tests.helpers.app.typed_text import typed

KEY = "raise-7f3a:about"


def page() -> None:
    import streamlit as st  # noqa: TID251 - a page

    from practice_alerts.ui.page.text_field import saving_text

    kept = st.session_state["kept"]
    save = kept.append if st.session_state.get("saves") else None
    text = saving_text("About", kept[-1], key="raise-7f3a:about", most=20, save=save)
    st.session_state["text"] = text
    if st.session_state.get("keeps"):
        kept.append(text)


@pytest.fixture
def screen() -> AppTest:
    """A page whose server holds "old"; it keeps what comes in when told to."""
    test = AppTest.from_function(page, default_timeout=60)
    test.session_state["kept"] = ["old"]
    return test


def told(screen: AppTest) -> Any:
    """What the browser is told of the field."""
    return json.loads(screen.get("bidi_component")[0].proto.json)


def run(screen: AppTest) -> str:
    screen.run()
    assert not screen.exception
    return str(screen.session_state["text"])


def strange_page() -> None:
    from practice_alerts.ui.page.text_field import saving_text

    saving_text("About", "old", key="note:Ab__c___d:text")


def test_a_key_with_underscores_side_by_side_is_taken_too() -> None:
    """Ids given before may hold them."""
    test = AppTest.from_function(strange_page, default_timeout=60).run()
    assert not test.exception
    assert told(test)["value"] == "old"


def test_before_anybody_types_the_field_shows_what_the_server_holds(screen: AppTest) -> None:
    assert run(screen) == "old"
    assert (told(screen)["value"], told(screen)["seen"], told(screen)["settled"]) == ("old", "", "")


def test_what_is_typed_wins_until_the_server_holds_it(screen: AppTest) -> None:
    screen.session_state[KEY] = typed("new")
    assert run(screen) == "new"
    assert run(screen) == "new", "a page that keeps nothing loses nothing"
    assert told(screen)["value"] == "new"
    assert told(screen)["seen"]
    assert not told(screen)["settled"]


def test_once_the_server_holds_it_a_later_text_of_the_servers_is_shown(screen: AppTest) -> None:
    screen.session_state["keeps"] = True
    screen.session_state[KEY] = typed("new")
    assert run(screen) == "new"
    assert run(screen) == "new"
    assert told(screen)["settled"] == told(screen)["seen"] != ""
    screen.session_state["kept"] = ["", "written in another window"]
    assert run(screen) == "written in another window"
    screen.session_state[KEY] = typed("and typed on")
    assert run(screen) == "and typed on"


def test_typing_back_what_stood_there_before_is_typing_too(screen: AppTest) -> None:
    screen.session_state["keeps"] = True
    for text in ("one", "two", "one"):
        screen.session_state[KEY] = typed(text)
        assert run(screen) == text
    assert screen.session_state["kept"] == ["old", "one", "two", "one"]


def test_who_saves_gets_each_text_as_it_comes(screen: AppTest) -> None:
    screen.session_state["saves"] = True
    for text in ("one", "one and two", ""):
        screen.session_state[KEY] = typed(text)
        assert run(screen) == text
        assert run(screen) == text
    assert screen.session_state["kept"] == ["old", "one", "one and two", ""]


@pytest.mark.parametrize(
    "sent",
    [
        {},
        {"typed": None},
        {"typed": "text"},
        {"typed": {"text": 5, "stamp": "x"}},
        {"typed": {"text": "text"}},
        {"other": {"text": "text", "stamp": "x"}},
    ],
)
def test_what_is_not_a_text_changes_nothing(screen: AppTest, sent: dict[str, Any]) -> None:
    screen.session_state[KEY] = sent
    assert run(screen) == "old"


def test_what_no_database_keeps_is_replaced(screen: AppTest) -> None:
    screen.session_state[KEY] = typed("half \ud83d, nil \x00, whole \N{GRINNING FACE}")
    assert run(screen) == "half \ufffd, nil \ufffd, whole \N{GRINNING FACE}"


def test_a_text_that_is_too_long_is_not_cut(screen: AppTest) -> None:
    screen.session_state[KEY] = typed("x" * 50)
    assert run(screen) == "x" * 50
    assert told(screen)["most"] == 20
    screen.session_state[KEY] = typed("x" * 3_000_000)
    assert run(screen) == "x" * 1_100_000, "more than anybody pastes"


def test_the_field_has_an_id_that_a_link_can_carry(screen: AppTest) -> None:
    run(screen)
    assert told(screen)["id"] == "field-raise-7f3a-about"
