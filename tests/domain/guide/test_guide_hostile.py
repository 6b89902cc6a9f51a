"""Whatever stands in a council's files, the guide shows it as text: no tag and no attribute comes of it."""

from collections.abc import Iterator
from dataclasses import replace
from html.parser import HTMLParser
from typing import Any

import pytest
from pydantic import BaseModel, ValidationError

from practice_alerts.adapters.files.yaml_reader import read_yaml
from practice_alerts.domain.forms.form import Form
from practice_alerts.domain.guide.parts.page import Council
from practice_alerts.domain.procedure.procedure import Procedure
from tests.domain.guide.test_guide_pages import guide_of, real, walk
from tests.helpers.files.real_councils import IDS, council

TYPED = " \"'<u>&"
Place = tuple[str | int, ...]


def texts_in(value: Any, place: Place = ()) -> Iterator[Place]:
    """Where more than one word stands: names that refer to something are one."""
    match value:
        case dict():
            for name, inner in value.items():
                yield from texts_in(inner, (*place, name))
        case list():
            for number, inner in enumerate(value):
                yield from texts_in(inner, (*place, number))
        case str() if " " in value:
            yield place
        case _:
            pass


def at(value: Any, place: Place) -> Any:
    for step in place:
        value = value[step]
    return value


def with_hostile_texts(model: type[BaseModel], content: bytes) -> Any:
    """The definition with `TYPED` after each text, but for those that may not hold just anything."""
    written = read_yaml(content).value
    places = set(texts_in(written))
    for place in places:
        at(written, place[:-1])[place[-1]] += TYPED
    try:
        return model.model_validate(written)
    except ValidationError as error:
        refused = places & {named(written, fault["loc"]) for fault in error.errors()}
        for place in refused:
            inside = at(written, place[:-1])
            inside[place[-1]] = inside[place[-1]].removesuffix(TYPED)
    return model.model_validate(written)


def named(value: Any, steps: Place) -> Place:
    """The steps that lead on in the file: a fault names the kind of a value as well."""
    found: Place = ()
    for step in steps:
        inside = at(value, found)
        leads_on = step in inside if isinstance(inside, dict) else isinstance(inside, list)
        found = (*found, step) if leads_on else found
    return found


def hostile(council_id: str) -> Council:
    """The council with each of its texts made hostile; its own pages are Markdown that it may write."""
    files = council(council_id)
    forms = {
        name: with_hostile_texts(Form, content)
        for path, content in files.texts.items()
        if (name := path.rpartition("/")[2].removesuffix(".yml"))
        in {*files.forms, *files.act_forms}
    }
    procedure = with_hostile_texts(Procedure, files.texts[f"procedures/{council_id}/procedure.yml"])
    return replace(
        real(council_id),
        procedure=procedure,
        forms={name: forms[name] for name in files.forms},
        acts={name: forms[name] for name in files.act_forms},
    )


class Tags(HTMLParser):
    """Every tag and every name of an attribute in a page."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: set[str] = set()
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes |= {name for name, _ in attrs}


@pytest.mark.parametrize("council_id", IDS)
def test_no_text_of_a_council_becomes_a_tag_or_an_attribute(council_id: str) -> None:
    one, asked = hostile(council_id), real(council_id)
    pages, before = [*walk(one), *guide_of(one).pages], [*walk(asked), *guide_of(asked).pages]
    shown = "\n".join(page.text for page in pages)
    known = Tags("\n".join(page.text for page in before))
    assert shown.count("&lt;u&gt;") > 100
    assert Tags(shown).tags <= known.tags
    assert Tags(shown).attributes <= known.attributes
