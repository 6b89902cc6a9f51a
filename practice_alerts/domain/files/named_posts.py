"""What the pages of a manual say of posts and times in words of their own, and whether the procedure has them."""

import re
from collections.abc import Iterator, Mapping

from practice_alerts.domain.files.named_figures import (
    OPENS,
    TIME,
    Taken,
    is_within,
    line_of,
    quoted_in,
    title_of,
)
from practice_alerts.domain.procedure.procedure import Procedure

_KIND = "Manager|Director|Officer|Chair|Leader|Nurse|Executive|Worker|Practitioner|Coordinator"
_CAPITAL = r"[A-Z][\w'’-]*"
_POST = re.compile(
    rf"\b(?:(?:{_CAPITAL}\s)+(?:{_KIND})s?|(?:{_CAPITAL}\s)*(?:Head|Director)s?(?=\s(?:of|for)\s[A-Z]))\b"
    rf"(?:\s(?:of|for)\s(?:the\s)?{_CAPITAL}(?:\s{_CAPITAL})*)?"
)
"""What reads like the title of a post: capitals that end in what such titles end in, or \"Head of\" something."""


def titles_written_out(text: str, procedure: Procedure) -> Iterator[tuple[int, str, str]]:
    """Titles of posts that stand in words, with line and name; what is quoted is let be."""
    roles = sorted(procedure.roles.items(), key=lambda one: len(one[1].title), reverse=True)
    taken_up = quoted_in(text)
    for name, role in roles:
        words = r"\s".join(map(re.escape, role.title.split()))
        for found in re.finditer(rf"\b{words}(?!\w)", text):
            if not is_within(found, taken_up):
                taken_up.append(found.span())
                yield line_of(text, found), " ".join(found[0].split()), title_of(name)


def strange_posts(text: str, procedure: Procedure) -> Iterator[tuple[int, str]]:
    """What reads like a post and is none of the procedure's, whole or cut short, with its line."""
    quoted = quoted_in(text)
    known = [*_names_of(procedure)]
    for found in _POST.finditer(text):
        said = re.sub("^(The|An?|Each|Every|No|This) ", "", " ".join(found[0].split()))
        tried = {said, said.removesuffix("s")}
        if OPENS.search(text, 0, found.start()):
            tried |= {one.partition(" ")[2] for one in tried}
        if not is_within(found, quoted) and not any(_is_known(one, known) for one in tried):
            yield line_of(text, found), said


def strange_times(text: str, known: Mapping[str, Taken]) -> Iterator[tuple[int, str]]:
    """Times that neither a clock of the procedure nor a sum of them comes to, with their line."""
    quoted = quoted_in(text)
    said = " ".join(one.words for one in known.values()).casefold()
    for found in TIME.finditer(text):
        time = found[0].casefold()
        is_said = re.search(rf"\b{re.escape(time)}", said) or not found["amount"].isdigit()
        if not is_said and not is_within(found, quoted):
            yield line_of(text, found), " ".join(found[0].split())


def _names_of(procedure: Procedure) -> Iterator[str]:
    for role in procedure.roles.values():
        for name in (role.title, role.short, *role.also_printed):
            if name:
                yield name.casefold()


def _is_known(said: str, known: list[str]) -> bool:
    return any(one.startswith(said.casefold()) for one in known) if said else False
