"""The words that the glossary decided stand wherever people read, and those whose place they took nowhere."""

import re
import zipfile
from functools import cache
from io import BytesIO
from pathlib import Path

import pytest

from practice_alerts import ROOT
from tests.helpers.files.texts_people_see import every_text, in_file

OTHER_SENSES = {
    # the alphabet
    **dict.fromkeys(("small letters", "capital letters", "a capital letter"), "what is typed"),
    **dict.fromkeys(("letters, digits", "a letter, a digit"), "what is typed"),
    "letters of the alphabet": "what is typed",
    # to end something
    **dict.fromkeys(("ending care", "ending their time", "ending the child's time"), "a verb"),
    # those who sit in court
    **dict.fromkeys(("a judge examines", "to judges and to inspectors"), "a court's"),
    **dict.fromkeys(("ofsted and a judge", "inspectors and judges"), "a court's"),
    # names that stay
    "did you mean judged": "the kind of event",
    "do: judge": "the kind of event",
    "time limit (cap)": "the key that the author of the file is to find",
    "docs/procedure-format.md, cap": "the key that the author of the file is to find",
}
"""Phrases in which an old word means something else, each with what."""

CONDITIONS = {
    "practice_alerts/adapters/documents/starter/act_template.py": {"officer != raiser"},
    "practice_alerts/adapters/documents/starter/alert_template.py": {
        "officer != raiser",
        "standstill and not ending",
        "if stage.verdict",
        " or ending %}No",
    },
}
"""Tags of a Word template in the making: names of its context, which nobody reads."""

_ARTICLE = "(?:a|an|the|this|that|its|each|every|another|one)"


@cache
def words_replaced() -> tuple[str, ...]:
    """The second column of the table."""
    table = (ROOT / "GLOSSARY.md").read_text("utf-8").split("## The words, decided")[1]
    rows = [line.split("|") for line in table.splitlines() if line.startswith("| ")]
    return tuple(word.strip() for row in rows[1:] for word in row[2].split(","))


@cache
def pattern_of(phrase: str) -> re.Pattern[str]:
    """Any form of its words: cap, caps, capped; judge, judges, judged, judging; outcomes of the step."""
    said = r"\s+".join(map(_forms, phrase.split()))
    return re.compile(rf"(?<![\w./-]){said}(?![\w/-]|\.\w)", re.IGNORECASE)


def _forms(word: str) -> str:
    if word == "a":
        return _ARTICLE
    if word in {"the", "of", "by"}:
        return word
    if word.endswith("e"):
        return rf"{word[:-1]}(?:e|es|ed|ing)"
    return rf"{word}(?:s|{word[-1]}?ed|{word[-1]}?ing)?"


def old_words_in(text: str) -> list[str]:
    said = " ".join(text.replace("’", "'").split()).lower()
    for sense in OTHER_SENSES:
        said = said.replace(sense, " ")
    return [word for word in words_replaced() if pattern_of(word).search(said)]


def test_no_text_that_people_read_says_a_word_that_was_replaced() -> None:
    found = [
        (where, old, " ".join(text.split())[:200])
        for where, text in every_text()
        if not any(text.startswith(tag) for tag in CONDITIONS.get(where, ()))
        for old in old_words_in(text)
    ]
    assert found == []


PLANTED = {
    "cap": ("The cap has passed.", "past the cap", "Caps: none", "It is capped at 20 days."),
    "total limit": ("Total limit: Monday", "Their total limits run on."),
    "slack": ("Slack: 5 working days", "There is no slack."),
    "straight path": ("on the straight path.",),
    "leave by": ("Leave by Friday", "Leaving by Friday keeps it."),
    "judge": ("Judge the answer", "it was judged", "whoever judges it", "judging together"),
    "verdict": ("Record the verdict", "Verdicts"),
    "outcome of a step": ("the outcome of a step", "outcomes of the step", "outcome of this step"),
    "standstill": ("Ask for a standstill", "Standstill."),
    "letter": ("2 letters wait", "The letter’s date", "A letter is sent."),
    "ending": ("Ending", "a post, an ending.", "What endings were there?"),
    "raiser": ("the raiser's own day", "raiser, or the officer", "the raiser’s"),
    "the board": ("The board", "on the board, which leads to the log"),
}
INNOCENT = (
    *("capital, rapid, landing, sending, pending, spending", "a newsletter, to the letterhead"),
    *("letters of the alphabet", "in charge of a board", "a board of the school", "a slackline"),
    *("professional judgement", "Review the response", "the outcome of the response", "praised"),
    *("lift-standstill", "main.cap", "/app/letters", "closed_within_cap", "leave the stage by"),
)


def test_each_word_of_the_table_is_found_where_it_is_planted() -> None:
    assert set(PLANTED) == set(words_replaced())
    missed = [
        (word, text)
        for word, texts in PLANTED.items()
        for text in texts
        if word not in old_words_in(text)
    ]
    assert missed == []


@pytest.mark.parametrize("text", INNOCENT)
def test_what_only_looks_like_one_is_left_alone(text: str) -> None:
    assert old_words_in(text) == []


def word_file(text: str) -> bytes:
    kept, space = BytesIO(), "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    with zipfile.ZipFile(kept, "w") as parts:
        cut = f"<w:r><w:t>{text[:3]}</w:t></w:r><w:r><w:t>{text[3:]}</w:t></w:r>"
        document = f'<w:document xmlns:w="{space}"><w:p>{cut}</w:p></w:document>'
        parts.writestr("word/document.xml", document)
    return kept.getvalue()


PLACES = {
    "a literal": ("a.py", "st.button('Of the {}')"),
    "one that is put together": ("a.py", "said = f'{{number}} {}, {{day}}'"),
    "a word within one": ("a.py", "said = f\"for the {{post or '{}'}}\""),
    "a page": ("a.html", "<p>{{{{ name }}}}: {}</p>"),
    "what is read aloud of a page": ("a.html", '<button aria-label="{}"></button>'),
    "what a page's expression says": ("a.html", "{{{{ link('Of {}') }}}}"),
    "a label of a form": ("a.yml", "fields: [{{id: verdict, label: 'The {}'}}]"),
    "a notice": ("a.yml", "body: |\n  {{reference}}: {}\n"),
    "a page of the docs": ("a.md", "Some **words**, and {}\n\n```yaml\ncap: 20\n```\n"),
    "what a command prints": ("a.md", "```console\n$ practice-alerts ladder\n{}: Monday\n```\n"),
    "a table of the docs": ("a.md", "| `judge` | {} |"),
}


@pytest.mark.parametrize("word", ["cap", "verdict", "raiser", "letter"])
@pytest.mark.parametrize("place", PLACES)
def test_a_planted_word_is_found_in_every_place(place: str, word: str) -> None:
    name, around = PLACES[place]
    texts = in_file(Path(name), around.format(word).encode())
    assert [word] in [old_words_in(text) for text in texts]


def test_a_planted_word_is_found_in_a_word_template_even_in_pieces() -> None:
    texts = in_file(Path("a.docx"), word_file("Verdict: {{ verdict }}"))
    assert [old_words_in(text) for text in texts] == [["verdict"]]


KEYS = {
    "a key and a tag": ("a.py", "given['verdict'], '{{ verdict }}', 'letters:all', 'past_cap'"),
    "a docstring": ("a.py", '"""Whether they judge it."""'),
    "a query": ("a.py", "ask('select ending from alerts')"),
    "an id": ("a.yml", "fields: [{id: verdict, options_from: verdicts, filled_by: judge}]"),
    "code on a page": ("a.md", "Write `cap`, or:\n\n```yaml\ncap: 20\nto: raiser\n```\n"),
    "a tag on a page": (
        "a.html",
        '{% if verdict %}<a class="letter" href="/app/letters">{% endif %}',
    ),
}


@pytest.mark.parametrize("kind", KEYS)
def test_names_that_nobody_reads_may_stay(kind: str) -> None:
    name, source = KEYS[kind]
    assert [
        old for text in in_file(Path(name), source.encode()) for old in old_words_in(text)
    ] == []
