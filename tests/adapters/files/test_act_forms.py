"""The forms of later acts: common to all councils, unless one has its own, which must ask what the act rests on."""

from pathlib import Path

import pytest

from practice_alerts.adapters.files.procedures import (
    CouncilFiles,
    load_all,
    load_council,
    load_edition,
)
from practice_alerts.domain.acts.act_forms import ACT_FORMS
from practice_alerts.domain.errors import BadDefinition
from tests.helpers.files.real_councils import IDS, council
from tests.helpers.files.small_council import FORM, PROCEDURE

OUTCOME = """\
title: Our verdict
sections:
  - title: The verdict
    fields:
      - {id: verdict, label: Is it good enough?, type: one_of, options_from: verdicts, required: true}
      - {id: reason, label: Why, type: long_text, required: true}
      - {id: panel, label: Which panel saw it, type: text}
"""


def loaded(tmp_path: Path, **files: str) -> CouncilFiles:
    """A small council with these forms of its own."""
    folder, room = (
        tmp_path / "procedures" / "sampleford",
        tmp_path / "form_templates" / "sampleford",
    )
    for one in (folder, room):
        one.mkdir(parents=True)
    (folder / "procedure.yml").write_text(PROCEDURE, "utf-8")
    (room / "concern.yml").write_text(FORM, "utf-8")
    for name, text in files.items():
        (room / f"{name}.yml").write_text(text, "utf-8")
    return load_council(folder, room.parent)


@pytest.mark.parametrize("name", IDS)
def test_every_council_has_a_form_for_every_act(name: str) -> None:
    assert set(council(name).act_forms) == set(ACT_FORMS)


def test_a_council_without_a_word_about_them_gets_the_common_ones(tmp_path: Path) -> None:
    files = loaded(tmp_path)
    assert set(files.forms) == {"concern"}
    assert files.act_forms == council("lambeth").act_forms


def test_a_councils_own_form_takes_the_place_of_the_common_one(tmp_path: Path) -> None:
    files = loaded(tmp_path, verdict=OUTCOME)
    assert files.act_forms["verdict"].title == "Our verdict"
    assert "form_templates/common/verdict.yml" not in files.texts
    assert files.act_forms["hold"] == council("lambeth").act_forms["hold"]


def test_an_edition_holds_the_common_forms_it_was_used_with(tmp_path: Path) -> None:
    files = loaded(tmp_path, verdict=OUTCOME)
    again = load_edition(files.texts)
    assert (again.act_forms, again.forms, again.digest) == (
        files.act_forms,
        files.forms,
        files.digest,
    )


def test_another_common_form_is_another_edition(tmp_path: Path) -> None:
    one = loaded(tmp_path / "one")
    (tmp_path / "two" / "form_templates" / "common").mkdir(parents=True)
    (tmp_path / "two" / "form_templates" / "common" / "verdict.yml").write_text(OUTCOME, "utf-8")
    two = loaded(tmp_path / "two")
    assert two.act_forms["verdict"].title == "Our verdict"
    assert two.digest != one.digest


def test_the_common_room_is_no_council(tmp_path: Path) -> None:
    loaded(tmp_path)
    (tmp_path / "form_templates" / "common").mkdir()
    assert list(load_all(tmp_path / "procedures", tmp_path / "form_templates")) == ["sampleford"]


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("{id: reason,", "{id: because,", "a field 'reason', which the act rests on"),
        ("label: Why, type: long_text", "label: Why, type: date", "a field 'reason' of type"),
        ("options_from: verdicts", "options_from: somewhere", "found 'somewhere'"),
    ],
)
def test_a_form_that_does_not_ask_what_the_act_rests_on_is_refused(
    tmp_path: Path, old: str, new: str, says: str
) -> None:
    assert old in OUTCOME
    with pytest.raises(BadDefinition) as refused:
        loaded(tmp_path, verdict=OUTCOME.replace(old, new))
    assert says in str(refused.value)
    assert "verdict.yml" in str(refused.value)


def test_the_answer_page_works_without_scripts_and_so_has_no_group(tmp_path: Path) -> None:
    own = """\
title: Answer
sections:
  - title: Your answer
    fields:
      - {id: text, label: Your answer, type: long_text, required: true}
      - {id: response, label: Will it be done?, type: one_of, options_from: responses, required: true}
      - {id: promise_by, label: By when, type: date}
      - id: tasks
        label: Tasks
        type: group
        fields: [{id: task, label: Task, type: text}]
"""
    with pytest.raises(BadDefinition, match="works without scripts"):
        loaded(tmp_path, response=own)
