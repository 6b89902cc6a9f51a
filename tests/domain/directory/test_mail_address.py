"""One meaning of a mail address: what may be entered can be written to, and what is pasted to sign in is understood."""

from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP

import pytest
from hypothesis import given
from hypothesis import strategies as st

from practice_alerts.domain.directory.mail_address import is_address, tidied, why_none


@pytest.mark.parametrize(
    "mail",
    [
        "orla.o'brien@council.example",
        "iro+alerts@council.example",
        "IRO@Council.Example",
        "a_b-c@social-care.council.example",
        "somebody@practice.invalid",
        "somebody@localhost",
        "somebody@b\u00fccher.example",
        "somebody@xn--bcher-kva.example",
        "somebody@3.council.example",
    ],
)
def test_what_a_letter_can_go_to_is_an_address(mail: str) -> None:
    assert is_address(mail)


@pytest.mark.parametrize(
    "mail",
    [
        *("", "nobody", "@council.example", "a@", "a@b@c.example", "a..b@council.example"),
        *(".a@council.example", "a.@council.example", "a b@council.example"),
        *("a@council..example", "a@-council.example", "a@council.example.", "a,b@council.example"),
        "orla.o\u2019brien@council.example",
        "zo\u00eb@council.example",
        f"{'a' * 65}@council.example",
        f"a@{'b' * 64}.example",
        f"a@{'b.' * 130}example",
        "a@council.example\nBcc: all@council.example",
        "a\u200b@council.example",
        "a@fa\u00df.example",  # goes to fass.example
        "a@xn--zzzzz-.example",
        "a@192.168.0.1",
        "a@council_north.example",
        "a@council.example/",
        "a\u00ad@council.example",
        "a@\uff43ouncil.example",  # another letter, which a mail server would take for a c
    ],
)
def test_what_no_letter_can_go_to_is_none(mail: str) -> None:
    assert not is_address(mail)


@pytest.mark.parametrize(
    "typed",
    [
        "  a@council.example ",
        "a@council.example,",
        "a@council.example;",
        "a@council.example.",
        "mailto:a@council.example",
        "MAILTO:a@council.example?subject=x",
        "<a@council.example>",
        "Ada Fictitious <a@council.example>;",
        '"Fictitious, Ada" <mailto:a@council.example>',
        "\u00a0a@council.example\u00a0",
        "\ufeffa@council.example\u200b",
        "\u200ea@council.example\u202c",
        "\u201ca@council.example\u201d",
        "'a@council.example'",
        "(a@council.example)",
        "[a@council.example]",
        "Ada Fictitious (a@council.example).",
        "E-mail: a@council.example",
        "SMTP:a@council.example",
        "mailto://a@council.example",
        "a@council.example\u2026",
    ],
)
def test_what_copying_leaves_around_an_address_is_taken_off(typed: str) -> None:
    assert tidied(typed) == "a@council.example"


def test_a_curly_apostrophe_is_named_as_the_cause() -> None:
    assert "straight apostrophe" in why_none("orla.o\u2019brien@council.example", "x")
    assert "Write it as name@council.example" in why_none("nobody", "name@council.example")


@given(
    st.text(st.characters(codec="utf-8"), max_size=12),
    st.sampled_from(["council.example", "x", "a-b.c"]),
)
def test_whatever_is_accepted_can_stand_in_a_letter(local: str, domain: str) -> None:
    if is_address(f"{local}@{domain}"):
        message = EmailMessage(SMTP)
        message["To"] = Address(display_name="Ada", addr_spec=f"{local}@{domain}")
        assert message["To"].addresses[0].addr_spec == f"{local}@{domain}"


@given(st.text(max_size=40))
def test_tidying_twice_changes_nothing_more_where_an_address_came_of_it(typed: str) -> None:
    once = tidied(typed)
    if is_address(once):
        assert tidied(once) == once
