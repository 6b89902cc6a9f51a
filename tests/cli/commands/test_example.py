"""`practice-alerts example`: a case worked out is a case that check plays, and nothing else in the file changes."""

from pathlib import Path

import pytest

from practice_alerts.adapters.files.yaml_reader import read_yaml
from practice_alerts.domain.files.worked_cases import problems_in_case
from tests.helpers.files.real_councils import IDS, council
from tests.helpers.files.small_council import EXAMPLE, PROCEDURE, furnished
from tests.helpers.product.run_command import give, refused, said


def test_a_case_is_printed_as_it_stands_in_the_file(tmp_path: Path) -> None:
    folder = furnished(tmp_path)
    where = ("--procedures", str(folder.parent))
    assert said(*where, "example", "sampleford", "--sent", "2025-03-03") == (
        "- name: Sent on Mon 2025-03-03 to stage-1\n"
        "  story:\n"
        "    - {on: Mon 2025-03-03, do: send, stage: stage-1}\n"
        "  expect:\n"
        "    response_due: Mon 2025-03-10\n"
        "    cap: Mon 2025-03-31\n"
        "    yardstick: Mon 2025-03-31\n"
        "    escalate_by: Mon 2025-03-24\n"
        "    slack: 10\n"
        "    ways_on: [stage-2]\n"
        "    may_enter: [stage-1, stage-2]\n"
        "    needs_reason: no\n"
        "    stands: waiting for an answer\n"
    )
    assert (folder / "examples.yml").read_text("utf-8") == EXAMPLE


def test_a_case_that_is_kept_leaves_the_others_and_their_remarks_as_they_are(
    tmp_path: Path,
) -> None:
    folder = furnished(tmp_path)
    before = f"# The cases of this council.\n{EXAMPLE}  # the last line"
    (folder / "examples.yml").write_text(before, "utf-8")
    line = "on: Mon 2025-03-10, do: judge, reason: 'Nothing, so far'"
    lines = ("--then", "on: Fri 2025-03-07, do: answer", "--then", line)
    given = ("--sent", "2025-03-03", "--name", "Silence: a week of it", *lines, "--keep")
    printed = give("--procedures", str(folder.parent), "example", "sampleford", *given)
    assert printed.exit_code == 0
    assert (folder / "examples.yml").read_text("utf-8") == f"{before}\n\n{printed.stdout}"
    checked = give("check", str(folder))
    assert checked.exit_code == 0, checked.output
    twice = ("example", "sampleford", *given)
    assert "Give this one another --name" in refused("--procedures", str(folder.parent), *twice)


def test_a_file_whose_cases_were_taken_out_is_begun_anew(tmp_path: Path) -> None:
    folder = furnished(tmp_path)
    (folder / "examples.yml").write_text("# Worked cases.\n\n", "utf-8")
    given = ("example", "sampleford", "--sent", "2025-03-03", "--keep")
    assert give("--procedures", str(folder.parent), *given).exit_code == 0
    checked = give("check", str(folder))
    assert checked.exit_code == 0, checked.output
    assert "2025-03-10" in (folder / "examples.yml").read_text("utf-8")


@pytest.mark.parametrize("name", IDS)
def test_each_stage_of_each_council_can_be_worked_out(name: str) -> None:
    gate = ("--gate", "yes") if council(name).procedure.gate else ()
    for stage in council(name).procedure.main_ladder.stages:
        given = ("--sent", "2025-03-03T10:00", "--stage", stage.id, *gate)
        case = read_yaml(said("example", name, *given).encode()).value[0]
        assert problems_in_case(case, 0) == ()
        assert case["story"][0]["stage"] == stage.id


@pytest.mark.parametrize(
    ("given", "told"),
    [
        (
            ("--stage", "stage-9"),
            (
                "line 1 of its story, {on: Mon 2025-03-03, do: send, stage: stage-9}, stage: found 'stage-9',"
                " expected a stage of its ladder"
            ),
        ),
        (
            ("--kind", "concrn"),
            "expected a kind of the procedure (concern) (did you mean concern?)",
        ),
        (("--then", "foo"), "--then foo: write it like a line of a story"),
        (
            ("--then", "on: Tue 2025-03-03, do: judge"),
            "line 2 of its story, {on: Tue 2025-03-03, do: judge}, on: found 'Tue 2025-03-03'",
        ),
        (
            ("--raised-as", "child_in_need"),
            "raised_as: found 'child_in_need', expected a case type for which concern is raised (looked_after)",
        ),
    ],
)
def test_what_makes_no_case_is_told_with_what_would(
    tmp_path: Path, given: tuple[str, ...], told: str
) -> None:
    where = ("--procedures", str(furnished(tmp_path).parent))
    assert told in refused(*where, "example", "sampleford", "--sent", "2025-03-03", *given)


def test_closed_days_are_kept_with_the_case_and_play_the_same_in_check(tmp_path: Path) -> None:
    folder = furnished(tmp_path)
    given = ("--sent", "2025-03-03", "--closed", "2025-03-05", "--closed", "2025-03-06", "--keep")
    printed = give("--procedures", str(folder.parent), "example", "sampleford", *given)
    assert printed.exit_code == 0, printed.output
    assert "  closed:\n    - Wed 2025-03-05\n    - Thu 2025-03-06\n" in printed.stdout
    assert "response_due: Wed 2025-03-12" in printed.stdout
    assert give("check", str(folder)).exit_code == 0


def test_the_days_that_the_office_has_put_down_as_closed_can_be_taken_over(tmp_path: Path) -> None:
    folder, data = furnished(tmp_path), str(tmp_path / "data")
    before = ("--procedures", str(folder.parent), "--data", data)
    given = ("people", "add", "Ada Sample", "--mail", "ada@example.org", "--council", "sampleford")
    assert give(*before, *given, "--post", "administrator").exit_code == 0
    said(*before, "calendar", "close", "sampleford", "2027-03-03", "--reason", "Snow")
    case = ("example", "sampleford", "--sent", "2027-03-01")
    assert "Wed 2027-03-03" not in said(*before, *case)
    printed = said(*before, *case, "--office-closures")
    assert "    - Wed 2027-03-03\n" in printed
    assert "response_due: Tue 2027-03-09" in printed


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("on: Tue 2025-03-04, do: judge", "No answer has come at this stage yet."),
        (
            "on: Tue 2025-03-04, do: hold, until: Mon 2025-03-03",
            "Hold until: choose today or a later day.",
        ),
        ("on: Tue 2025-03-04, do: hold", "expected until: the agreed day"),
        ("on: Tue 2025-03-04, do: send, stage: stage-1", "The ladder does not lead there"),
        ("on: Sun 2025-03-02, do: answer", "it comes before the line above it"),
    ],
)
def test_what_the_app_refuses_makes_no_case(tmp_path: Path, line: str, told: str) -> None:
    where = ("--procedures", str(furnished(tmp_path).parent))
    given = ("example", "sampleford", "--sent", "2025-03-03", "--then", line)
    assert told in refused(*where, *given)


def test_check_says_of_a_kept_case_what_the_app_would_refuse(tmp_path: Path) -> None:
    folder = furnished(tmp_path)
    line = "    - {on: Tue 2026-01-06, do: judge}\n  expect:"
    (folder / "examples.yml").write_text(EXAMPLE.replace("  expect:", line), "utf-8")
    checked = give("check", str(folder))
    assert checked.exit_code == 1
    assert "the app refuses this line: No answer has come at this stage yet." in checked.output


def test_a_clock_without_a_start_is_told_beside_the_case(tmp_path: Path) -> None:
    clock = "within: 5 working days\n        then"
    after = "within: 5 working days\n          counted_from: {}\n        then"
    for number, start in enumerate(("stage-1.answered", "stage-1.escalated")):
        root = tmp_path / str(number)
        folder = furnished(root, PROCEDURE.replace(clock, after.format(start)))
        given = ("example", "sampleford", "--sent", "2025-03-03", "--stage", "stage-2")
        printed = give("--procedures", str(folder.parent), *given)
        has_day = "response_due: Mon 2025-03-10" in printed.stdout
        is_told = "Stage 2, answer due: no day yet." in printed.stderr
        assert (has_day, is_told) == ((True, False) if number else (False, True))


BY_KIND = PROCEDURE.replace(
    "raised_by: {looked_after: iro}",
    "raised_by: {looked_after: iro, child_protection: iro, leaver: iro}\n"
    "case_types: {leaver: {title: a care leaver, about: adult}}",
).replace(
    "kinds:\n",
    "kinds:\n  pathway: {title: Pathway, ladder: main, form: concern, cases: [leaver, child_protection]}\n",
)


@pytest.mark.parametrize(
    ("given", "case"),
    [
        ((), "child_protection"),
        (("--raised-as", "leaver"), "leaver"),
        (("--kind", "concern"), None),
        (("--kind", "concern", "--raised-as", "leaver"), "leaver"),
    ],
)
def test_a_case_is_of_a_type_for_which_its_kind_is_raised(
    tmp_path: Path, given: tuple[str, ...], case: str | None
) -> None:
    folder = furnished(tmp_path, BY_KIND)
    where = ("--procedures", str(folder.parent))
    printed = said(*where, "example", "sampleford", "--sent", "2025-03-03", *given, "--keep")
    assert read_yaml(printed.encode()).value[0].get("raised_as") == case
    assert ("yardstick" in printed) is (case is None)
    assert "PA905" not in give("check", str(folder)).output


def test_check_says_which_line_by_number_from_1_and_by_what_it_does(tmp_path: Path) -> None:
    folder = furnished(tmp_path)
    more = "    - {on: Tue 2026-01-06, do: judge}\n  expect:"
    (folder / "examples.yml").write_text(EXAMPLE.replace("  expect:", more), "utf-8")
    told = give("check", str(folder)).output
    assert "line 2 of its story (do: judge): the app refuses this line" in told
    false = EXAMPLE.replace("Mon 2026-01-05", "Tue 2026-01-05")
    (folder / "examples.yml").write_text(false, "utf-8")
    assert (
        ":3: case 1, line 1 of its story, on: found 'Tue 2026-01-05'"
        in give("check", str(folder)).output
    )


def test_a_stage_that_the_other_answer_at_the_gate_opens_is_told_with_that_answer() -> None:
    case = ("example", "unnamed-2015", "--sent", "2025-03-03 09:00", "--stage", "stage-2")
    assert "(the other answer at the gate opens it: after_gate: yes)" in refused(*case)
    assert "stage: stage-2" in said(*case, "--gate", "yes")
