"""What makes the texts of notices unusable: each fault with its place, all at once."""

import re
from collections.abc import Iterator
from typing import Final

from practice_alerts.domain.files.faults import Problem, nearest, shown
from practice_alerts.domain.files.schema import Path
from practice_alerts.domain.notices.kinds import KINDS
from practice_alerts.domain.notices.placeholders import PLACEHOLDERS
from practice_alerts.domain.notices.texts import PLACEHOLDER, NoticeFile, NoticeText

LONGEST_SUBJECT: Final = 100
"""Characters before it is filled: more does not fit a telephone's list of messages."""

LONGEST_BODY: Final = 5_000
"""Characters before it is filled."""

_IN_SUBJECT: Final = frozenset({"alert", "reference", "stage", "due", "needs_you", "to_judge"})


def problems_of_notices(file: NoticeFile, *, whole: bool) -> Iterator[Problem]:
    """What makes the texts unusable. `whole`: it is everybody's file, in which none may be missing."""
    if whole:
        for name in (
            name for name, one in KINDS.items() if not (one.later or name in file.notices)
        ):
            yield Problem(("notices", name), "nothing", f"the key {name} with subject and body")
    for name, text in file.notices.items():
        if name not in KINDS:
            hint = nearest(name, KINDS)
            expected = "a notice that there is (docs/notices.md)"
            yield Problem(("notices", name), f"the notice {name}", expected, hint)
        elif KINDS[name].everywhere and not whole:
            expected = "it in common/notices.yml alone, since it is not about one council"
            yield Problem(("notices", name), f"the notice {name}", expected)
        else:
            yield from _problems_of_text(("notices", name), name, text)
    yield from _problems_of_lines(file)


def _problems_of_lines(file: NoticeFile) -> Iterator[Problem]:
    """What stands beside the notices: no placeholders, and a name or a number no longer than a subject."""
    for key, said in (("to_cover", file.to_cover), ("service", file.service), ("ring", file.ring)):
        yield from _problems_of_words((key,), said or "", ())
        if key != "to_cover" and len(said or "") > LONGEST_SUBJECT:
            expected = f"at most {LONGEST_SUBJECT} characters"
            yield Problem((key,), f"{len(said or '')} characters", expected)


def _problems_of_text(path: Path, name: str, text: NoticeText) -> Iterator[Problem]:
    kind = KINDS[name]
    subject, body = (*path, "subject"), (*path, "body")
    if "\n" in text.subject.strip() or "\r" in text.subject:
        yield Problem(subject, "a line break", "one line")
    elif not text.subject.strip() or len(text.subject) > LONGEST_SUBJECT:
        expected = f"1 to {LONGEST_SUBJECT} characters"
        yield Problem(subject, f"{len(text.subject.strip())} characters", expected)
    in_subject = tuple(one for one in kind.placeholders if one in _IN_SUBJECT)
    yield from _problems_of_words(subject, text.subject, in_subject)
    if not text.body.strip() or len(text.body) > LONGEST_BODY:
        expected = f"1 to {LONGEST_BODY:,} characters"
        yield Problem(body, f"{len(text.body.strip())} characters", expected)
    yield from _problems_of_words(body, text.body, kind.placeholders)
    yield from _left_out(path, name, text)


def _left_out(path: Path, name: str, text: NoticeText) -> Iterator[Problem]:
    """The reference stands in the subject, by which a reader finds it again; the rest anywhere."""
    for wanted in KINDS[name].must:
        place = "subject" if wanted == "reference" else "body"
        where = text.subject if place == "subject" else f"{text.subject}\n{text.body}"
        if f"{{{wanted}}}" not in where:
            yield Problem((*path, place), f"no {{{wanted}}}", f"{{{wanted}}} in the text")


def _problems_of_words(path: Path, words: str, allowed: tuple[str, ...]) -> Iterator[Problem]:
    listed = ", ".join(f"{{{one}}}" for one in allowed)
    expected = f"one of {listed}" if allowed else "no placeholder here"
    for name in PLACEHOLDER.findall(words):
        if name not in allowed:
            known = name in PLACEHOLDERS
            hint = None if known else nearest(name, allowed)
            yield Problem(path, f"the placeholder {{{name}}}", expected, hint)
    odd = re.search(r"[{}]", PLACEHOLDER.sub("", words))
    if odd is not None:
        yield Problem(path, f"a brace alone ({shown(odd.group())})", expected)
