"""Reading councils' files: what is read, and how each fault is named."""

import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from practice_alerts import ROOT
from practice_alerts.adapters.files.lies_within import MOST_BYTES
from practice_alerts.adapters.files.procedures import (
    CouncilFiles,
    digest_of,
    load_all,
    load_council,
    load_edition,
    subject_of,
)
from practice_alerts.adapters.files.yaml_reader import read_yaml
from practice_alerts.domain.acts.act_forms import ACT_FORMS
from practice_alerts.domain.errors import BadDefinition, Fault
from tests.helpers.days import day
from tests.helpers.files.real_councils import IDS
from tests.helpers.files.small_council import EXAMPLES, FORM, PROCEDURE, write_council

MAIN = "procedures/sampleford/procedure.yml"
CONCERN = "form_templates/sampleford/concern.yml"


def edition(procedure: str | bytes = PROCEDURE, form: str = FORM) -> CouncilFiles:
    content = procedure if isinstance(procedure, bytes) else procedure.encode()
    return load_edition({MAIN: content, CONCERN: form.encode()})


def faults(procedure: str | bytes = PROCEDURE, form: str = FORM) -> tuple[Fault, ...]:
    with pytest.raises(BadDefinition) as refused:
        edition(procedure, form)
    return refused.value.faults


def only_fault(procedure: str | bytes = PROCEDURE, form: str = FORM) -> Fault:
    (fault,) = faults(procedure, form)
    return fault


def spoilt(old: str, new: str, text: str = PROCEDURE) -> str:
    assert old in text
    return text.replace(old, new, 1)


def line_of(part: str, text: str = PROCEDURE) -> int:
    return text[: text.index(part)].count("\n") + 1


def test_a_council_is_read_with_its_forms_pages_and_templates(tmp_path: Path) -> None:
    folder = write_council(tmp_path)
    (folder / "10-purpose.md").write_text("# Purpose\n", encoding="utf-8")
    (folder / "examples.yml").write_text(EXAMPLES, encoding="utf-8")
    template = tmp_path / "form_templates" / "sampleford" / "concern.docx"
    template.write_bytes(b"word")
    found = load_council(folder, tmp_path / "form_templates")
    assert found.id == "sampleford"
    assert found.procedure.main_ladder.stage("stage-2").label == "Stage 2"
    assert list(found.forms) == ["concern"]
    own = {name: path for name, path in found.templates.items() if name not in ACT_FORMS}
    assert own == {"concern": template}
    assert found.template("concern") == b"word"
    assert found.template("other") is None
    assert [case["name"] for case in found.examples] == ["Sent on a Monday"]
    assert [page.name for page in found.pages] == ["10-purpose.md"]


def test_a_file_that_word_has_open_is_left_alone(tmp_path: Path) -> None:
    folder = write_council(tmp_path)
    (tmp_path / "form_templates" / "sampleford" / "~$ncern.docx").write_bytes(b"owner")
    assert set(load_council(folder, tmp_path / "form_templates").templates) <= set(ACT_FORMS)


def test_all_five_councils_are_read() -> None:
    assert tuple(load_all(ROOT / "procedures", ROOT / "form_templates")) == IDS


def test_an_edition_is_read_back_from_what_was_kept(tmp_path: Path) -> None:
    found = load_council(write_council(tmp_path), tmp_path / "form_templates")
    kept = load_edition(found.texts)
    assert (kept.id, kept.digest) == (found.id, found.digest)
    assert kept.procedure == found.procedure
    assert kept.forms == found.forms


def test_the_digest_does_not_depend_on_the_order_of_files() -> None:
    assert digest_of({"a": b"1", "b": b"2"}) == digest_of({"b": b"2", "a": b"1"})


def test_the_digest_depends_on_names_and_bytes_and_where_one_ends() -> None:
    digests = {
        digest_of(files)
        for files in ({"a": b"1"}, {"b": b"1"}, {"a": b"2"}, {"a": b"1", "b": b""}, {"a": b"12"})
    }
    assert len(digests) == 5


def test_pages_and_examples_do_not_change_the_digest(tmp_path: Path) -> None:
    folder = write_council(tmp_path)
    before = load_council(folder, tmp_path / "form_templates").digest
    (folder / "page.md").write_text("# New\n", encoding="utf-8")
    (folder / "examples.yml").write_text(EXAMPLES, encoding="utf-8")
    assert load_council(folder, tmp_path / "form_templates").digest == before


def test_a_misspelt_clock_is_named_with_file_line_path_and_what_is_expected() -> None:
    text = spoilt("5 working days}", "4 wrking days}")
    assert only_fault(text).sentence == (
        f"{MAIN}:{line_of('4 wrking', text)}: ladders.main.stages[0].answer.within: "
        "found '4 wrking days', expected a clock such as 4 working days, 72 hours, 1 week, "
        "aim 5 working days, at most 20 working days, 5 working days before, "
        "5 days (unit not stated), immediately, by agreement or not stated"
    )


def test_an_unknown_key_is_named_with_the_nearest_one() -> None:
    text = spoilt("        answer:\n", "        anwser:\n")
    fault = only_fault(text)
    assert fault.path == "ladders.main.stages[1].anwser"
    assert fault.line == line_of("anwser", text)
    assert fault.hint == "did you mean answer?"


def test_all_faults_of_all_files_come_at_once() -> None:
    text = spoilt("5 working days}", "soon}", spoilt("title: Concerns", "titel: Concerns"))
    found = faults(text, spoilt("type: yes_no", "type: yesno", FORM))
    assert [(fault.file, fault.path) for fault in found] == [
        (MAIN, "title"),
        (MAIN, "titel"),
        (MAIN, "ladders.main.stages[0].answer.within"),
        (CONCERN, "sections[0].fields[2].type"),
    ]
    assert found[3].hint == "did you mean yes_no?"


def test_the_faults_of_all_councils_come_at_once(tmp_path: Path) -> None:
    write_council(tmp_path, spoilt("case_system", "case_sytem"))
    other = tmp_path / "procedures" / "otherham"
    other.mkdir()
    with pytest.raises(BadDefinition) as refused:
        load_all(tmp_path / "procedures", tmp_path / "form_templates")
    files = {fault.file for fault in refused.value.faults}
    assert files == {str(tmp_path / MAIN), str(other / "procedure.yml")}
    assert len(str(refused.value).split("\n")) == len(refused.value.faults)


def test_forms_of_a_council_without_rules_are_found(tmp_path: Path) -> None:
    write_council(tmp_path)
    (tmp_path / "form_templates" / "otherham").mkdir()
    with pytest.raises(BadDefinition, match="forms of a council without rules"):
        load_all(tmp_path / "procedures", tmp_path / "form_templates")


@pytest.mark.parametrize(
    ("written", "line", "found"),
    [
        ("title: One\ntitle: Two\n", 2, "the key title a second time"),
        ("a: {says: six stages, make 24}\n", 1, "no value"),
        ("a:\nb: 1\n", 1, "no value"),
        ("a: ~\n", 1, "no value"),
        ("a: &x 1\n", 1, "the anchor &x"),
        ("a: 1\nb: *x\n", 2, "the alias *x"),
        ("a: !!str 1\n", 1, "the tag tag:yaml.org,2002:str"),
        ("? [a]\n: b\n", 1, "a list or mapping as a key"),
        ("a: 1\n---\nb: 2\n", 2, "a second document (---)"),
        ("a: 1\n\tb: 2\n", 2, "YAML that cannot be read"),
        ("a: 'x\n", 1, "YAML that cannot be read"),
        ("a: b: c\n", 1, "YAML that cannot be read"),
        ("a: 2021-02-30\n", 1, "'2021-02-30'"),
        ("a: b\x07\n", 1, "the control character '\\x07'"),
        ("", 1, "an empty file"),
        ("# only a remark\n", 1, "an empty file"),
        ("[" * 100_000, 1, "keys and lists nested deeper"),
    ],
)
def test_what_yaml_would_let_through_is_refused_with_its_line(
    written: str, line: int, found: str
) -> None:
    problems = read_yaml(written.encode()).problems
    assert any(at == line and problem.found.startswith(found) for at, problem in problems), problems


def test_an_empty_value_says_to_put_the_text_in_quotes() -> None:
    ((_, problem),) = read_yaml(b"a: {says: six stages, make 24}").problems
    assert problem.path == ("a", "make 24")
    assert problem.hint is not None
    assert "put the text in quotes" in problem.hint


def test_a_tab_is_named_as_a_tab() -> None:
    ((_, problem),) = read_yaml(b"a:\n\tb: 2\n").problems
    assert problem.hint == "replace the tab by spaces"


def test_a_pattern_for_file_names_is_refused_with_its_placeholders() -> None:
    fault = only_fault(f'{PROCEDURE}file_name: "{{child_name}} {{reference}}"\n')
    assert fault.line == PROCEDURE.count("\n") + 1
    assert "with {reference} in it; placeholders, each once, are {reference}, {date}" in (
        fault.expected
    )


def test_a_file_that_is_not_utf_8_is_refused_with_its_line() -> None:
    fault = only_fault(PROCEDURE.encode() + b"marking: caf\xe9\n")
    assert fault.line == PROCEDURE.count("\n") + 1
    assert fault.expected == "a text file saved as UTF-8"


def test_a_byte_order_mark_does_no_harm() -> None:
    assert edition(b"\xef\xbb\xbf" + PROCEDURE.encode()).procedure.council == "Sampleford"


def test_a_file_over_a_megabyte_is_refused_unread(tmp_path: Path) -> None:
    folder = write_council(tmp_path, PROCEDURE + "#" * MOST_BYTES)
    with pytest.raises(BadDefinition, match="found a file of more than 1,000,000 bytes"):
        load_council(folder, tmp_path / "form_templates")


def test_aliases_cannot_blow_a_file_up() -> None:
    bomb = "a: &a [x, x]\n" + "".join(
        f"{chr(98 + n)}: &{chr(98 + n)} [*{chr(97 + n)}, *{chr(97 + n)}]\n" for n in range(20)
    )
    assert len(str(read_yaml(bomb.encode()).value)) < 10_000


def test_words_that_older_yaml_took_for_booleans_stay_words() -> None:
    assert read_yaml(b"yes: no\non: off\nn: 1e3\n").value == {"yes": "no", "on": "off", "n": "1e3"}


def test_numbers_dates_and_yes_no_are_read_as_such_and_quoted_ones_as_text() -> None:
    read = read_yaml(b"a: 1\nb: 2021-02-18\nc: true\nd: '1'\ne: \"2021-02-18\"\nf: 1.5\n")
    assert read.value == {
        "a": 1,
        "b": day("Thu 2021-02-18"),
        "c": True,
        "d": "1",
        "e": "2021-02-18",
        "f": 1.5,
    }


def test_a_number_where_a_text_belongs_says_to_put_it_in_quotes() -> None:
    fault = only_fault(spoilt('version: "1"', "version: 1"))
    assert (fault.path, fault.found, fault.hint) == (
        "edition.version",
        "'1'",
        "put the text in quotes",
    )


def test_a_missing_key_is_named_at_the_place_where_it_is_missing() -> None:
    text = spoilt("        label: Stage 2\n", "")
    fault = only_fault(text)
    assert (fault.path, fault.found) == ("ladders.main.stages[1].label", "nothing")
    assert fault.line == line_of("id: stage-2", text)


def test_an_unknown_key_inside_a_post_is_named_where_it_stands() -> None:
    fault = only_fault(spoilt("from: team_manager", "from: {rle: team_manager}"))
    assert fault.path == "ladders.main.stages[0].answer.from.rle"
    assert fault.hint == "did you mean role?"


@pytest.mark.parametrize(
    ("old", "new", "found", "expected", "hint"),
    [
        (
            "team_manager: {title",
            "Team Manager: {title",
            "the key Team Manager",
            "a short id",
            "did you mean team_manager?",
        ),
        (
            *("kinds:\n  concern:", "kinds:\n  A concern:", "the key A concern", "a short id"),
            "did you mean a_concern?",
        ),
        ("looked_after: iro", "looked_after: The IRO", "'The IRO'", "a short id", "the_iro"),
        ("id: stage-1", "id: Stage One", "'Stage One'", "a short id", "stage_one"),
        ("then: [cafcass]", "then: CAFCASS", "'CAFCASS'", "a list", "write [cafcass]"),
        (
            "within: 5 working days}",
            "within: five days}",
            "'five days'",
            "at most 20 working",
            None,
        ),
        (
            "within: 5 working days}",
            "within: Within 5 working days of that}",
            "'Within 5 working",
            "at most 20 working",
            "did you mean 5 working days?",
        ),
        (
            "within: 5 working days}",
            "within: 5 working days, counted_from: Sent}",
            "'Sent'",
            "an event such as sent",
            "did you mean sent?",
        ),
        (
            "within: 5 working days}",
            "within: 5 working days, counted_from: visit.Not content}",
            "'visit.Not content'",
            "an event such as sent",
            "did you mean visit?",
        ),
        ("title: Concern,", "title: “Concern”,", "curly quotes around Concern", "straight", '"C'),
        ("main:", "“main”:", "curly quotes around main", "straight quotes, or none", '"main"'),
        (
            "within: 5 working days}",
            "within: \u20185 working days\u2019}",
            "curly quotes around 5",
            "st",
            '"5',
        ),
    ],
)
def test_a_slip_is_told_with_what_was_meant(
    old: str, new: str, found: str, expected: str, hint: str | None
) -> None:
    told = [fault for fault in faults(spoilt(old, new)) if found in fault.found]
    assert len(told) == 1
    assert expected in told[0].expected
    assert (hint or "") in (told[0].hint or "")


@pytest.mark.parametrize("words", ["Never “later”", "“Now” and “then”", '"“All of it”"'])
def test_curly_quotes_inside_a_text_or_straight_ones_are_part_of_it(words: str) -> None:
    assert faults_or_none(spoilt("title: Concerns about a child's case", f"title: {words}")) == ()


@pytest.mark.parametrize(
    ("old", "new", "path", "hint"),
    [
        ("[service_manager,", "[servce_manager,", "answer.from", "did you mean service_manager?"),
        ("then: [cafcass]", "then: [cafcas]", "then[0]", "did you mean cafcass?"),
        ("then: [cafcass]", "then: [stage-3]", "then[0]", "did you mean stage-2?"),
        ("ladder: main", "ladder: mian", "kinds.concern.ladder", "did you mean main?"),
        ("form: concern", "form: concerns", "kinds.concern.form", "did you mean concern?"),
        ("id: stage-2", "id: stage-1", "stages[1].id", None),
        ("  cafcass: {", "  cafcas: {", "referrals.cafcas", "did you mean cafcass?"),
        ("looked_after: iro", "looked_after: irro", "raised_by.looked_after", "did you mean iro?"),
    ],
)
def test_what_refers_to_nothing_is_a_fault(old: str, new: str, path: str, hint: str | None) -> None:
    text = spoilt(old, new)
    found = [fault for fault in faults(text) if fault.path.endswith(path)]
    assert [fault.hint for fault in found] == [hint]
    assert new.rsplit(maxsplit=1)[-1].strip("[]{},") in text.split("\n")[found[0].line - 1]


@pytest.mark.parametrize(
    ("old", "new", "path"),
    [
        ("role: team_manager", "role: team_manger", "sections[0].fields[1].role"),
        ('when: {told: "yes"}', 'when: {tld: "yes"}', "sections[0].fields[3].when"),
        ("required_from: stage-1", "required_from: stage-7", "sections[0].fields[3].required_from"),
        ("type: yes_no", "type: text, pattern: '['", "sections[0].fields[2].pattern"),
        ("id: told_whom", "id: told", "sections"),
    ],
)
def test_a_form_that_refers_to_nothing_is_a_fault(old: str, new: str, path: str) -> None:
    found = faults(PROCEDURE, spoilt(old, new, FORM))
    assert [fault.path for fault in found] in ([path], [""])
    assert all(fault.file == CONCERN for fault in found)


def test_no_procedure_at_all_is_a_fault(tmp_path: Path) -> None:
    (tmp_path / "procedures" / "sampleford").mkdir(parents=True)
    with pytest.raises(BadDefinition, match=r"sampleford/procedure.yml:1: found No such file"):
        load_council(tmp_path / "procedures" / "sampleford", tmp_path / "form_templates")


def test_examples_must_be_a_list_of_cases(tmp_path: Path) -> None:
    folder = write_council(tmp_path)
    (folder / "examples.yml").write_text("name: one\n", encoding="utf-8")
    with pytest.raises(BadDefinition, match="expected a list of worked cases"):
        load_council(folder, tmp_path / "form_templates")


def test_the_linter_sees_files_rooms_and_lines(tmp_path: Path) -> None:
    folder = write_council(tmp_path)
    (folder / "page.md").write_text("# Page\n", encoding="utf-8")
    seen = subject_of(
        load_council(folder, tmp_path / "form_templates"), today=day("Sat 2026-11-21")
    )
    assert set(seen.texts) == {"procedure.yml", "concern.yml", "page.md"}
    assert seen.rooms == {"forms", "pages"}
    assert seen.line("procedure.yml", ("ladders", "main", "cap")) == line_of("cap:")


@settings(deadline=None)
@given(st.text(st.characters(codec="utf-8"), max_size=200))
def test_whatever_is_written_is_read_or_refused_in_words(text: str) -> None:
    read = read_yaml(text.encode())
    assert read.value is not None or read.problems
    assert all(re.match(r"\S", problem.found) for _, problem in read.problems)


@settings(deadline=None)
@given(st.integers(0, len(PROCEDURE) - 1), st.text(":{}[],&*!|>'\"%@`#?-\t\n a1", max_size=4))
def test_a_slip_anywhere_in_a_procedure_is_named_or_harmless(place: int, slip: str) -> None:
    text = PROCEDURE[:place] + slip + PROCEDURE[place + 1 :]
    lines = range(1, text.count("\n") + 2)
    assert all(fault.line in lines for fault in faults_or_none(text))


def faults_or_none(text: str) -> tuple[Fault, ...]:
    try:
        edition(text)
    except BadDefinition as refused:
        return refused.faults
    return ()
