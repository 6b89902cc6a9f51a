"""What a notice says: the reference, what is asked, the date and a link.

Never a name of a child, nothing from the case and nothing that somebody typed.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Text:
    subject: str
    body: str


def asked(reference: str, stage: str, due: str, link: str, *, cover: bool = False) -> Text:
    """To whoever must answer, or stands in for them. `due` is a date in words, or empty."""
    standing_in = "You are standing in for the person asked.\n\n" if cover else ""
    when = f"Please answer by {due}." if due else "The procedure sets no date for the answer."
    return Text(
        f"Practice alert {reference}: your answer is asked for",
        f"{standing_in}A practice alert, {reference}, has reached you at {stage}.\n\n{when}\n\n"
        f"Read it and answer here:\n{link}\n\n"
        "You will be asked to sign in. This message holds nothing about the child, and the\n"
        "address opens nothing by itself.\n",
    )


def copied(reference: str, stage: str, link: str) -> Text:
    return Text(
        f"Practice alert {reference}: a copy for your information",
        f"A practice alert, {reference}, has been sent at {stage}. The procedure asks that you\n"
        f"are told. Nothing is asked of you.\n\n{link}\n",
    )


def answered(reference: str, stage: str, link: str) -> Text:
    return Text(
        f"Practice alert {reference}: an answer has come",
        f"An answer to practice alert {reference} has come at {stage}.\n\n"
        f"Judge whether it is good enough:\n{link}\n",
    )


def closed(reference: str, link: str) -> Text:
    return Text(
        f"Practice alert {reference} is closed",
        f"Practice alert {reference}, on which you were asked, is closed. Nothing more is asked\n"
        f"of you.\n\n{link}\n",
    )


def sign_in(link: str, minutes: int) -> Text:
    """The one-time link. The only notice whose address opens something, and only once."""
    return Text(
        "Your link to sign in to practice alerts",
        f"Open this address and press the button on the page to sign in:\n{link}\n\n"
        f"It works once, for {minutes} minutes. If you did not ask for it, do nothing.\n",
    )
