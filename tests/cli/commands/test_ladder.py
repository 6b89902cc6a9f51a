"""`practice-alerts ladder` on the command line; its figures are tested with the domain."""

from pathlib import Path

from tests.helpers.files.small_council import PROCEDURE, furnished
from tests.helpers.product.run_command import read, refused, said

SENT = ("--from", "2025-03-03")


def test_lambeth_s_ladder_is_a_table_that_can_be_read_aloud() -> None:
    printed = said("ladder", "lambeth", *SENT)
    lines = [" ".join(line.split()) for line in printed.splitlines()]
    assert lines[0] == (
        "Lambeth, Dispute resolution: if nobody answers, sent on Monday 3 March 2025"
    )
    assert lines[2] == "Stage Clock Sent Due Escalate by Note"
    assert "Stage Two 4 working days Fri 7 Mar 2025 Thu 13 Mar 2025 Thu 13 Mar 2025" in lines
    six = next(line for line in lines if line.startswith("Stage Six"))
    assert six.endswith("Mon 31 Mar 2025 Fri 4 Apr 2025 - past the time limit, by choice only")
    assert lines[-3].startswith(
        "Time limit: Monday 31 March 2025 (20 working days over the formal stages"
    )
    assert lines[-2] == "On the usual way up: 0 working days to spare."
    assert lines[-1] == "With every formal stage: 4 working days too few."
    assert printed.isascii()


def test_knowsley_s_aims_are_called_aims_and_leave_five_days() -> None:
    printed = said("ladder", "knowsley", *SENT)
    assert printed.count("an aim") == 3
    assert "On the usual way up: 5 working days to spare" in printed
    assert "Mon 17 Mar 2025" in next(
        line for line in printed.splitlines() if line.startswith("STAGE 2")
    )


def test_a_program_reads_each_stage_the_time_limit_and_the_days_to_spare() -> None:
    found = read("ladder", "lambeth", *SENT)
    assert (found["council"], found["ladder"], found["from"]) == (
        "Lambeth",
        "resolution",
        "2025-03-03",
    )
    assert (found["cap"], found["slack"], found["slack_with_all"]) == ("2025-03-31", 0, -4)
    due = {stage["stage"]: stage["due"] for stage in found["stages"]}
    assert (due["stage-1"], due["stage-6"]) == ("2025-03-07", "2025-04-04")
    assert [stage["by_choice"] for stage in found["stages"]] == [False] * 5 + [True]


def test_it_says_to_whom_a_stage_is_sent_beside_who_answers_and_who_gets_a_copy() -> None:
    assert (
        "Stage One: Social Worker or Assistant Team Manager; sent to Social Worker and Team Manager; copy to Safe"
        in said("ladder", "merton", *SENT)
    )


def test_coming_in_at_stage_two_starts_there() -> None:
    found = read("ladder", "lambeth", *SENT, "--entry", "stage-2")
    assert found["stages"][0]["stage"] == "stage-2"
    assert found["stages"][0]["sent"] == "2025-03-03"


def test_a_ladder_whose_first_clock_is_in_hours_runs_from_a_time() -> None:
    words = ("ladder", "unnamed-2015", "--entry", "issue-notification")
    assert "hours are counted from a time of day" in refused(*words, *SENT)
    found = read(*words, "--from", "2025-03-03T10:00")
    assert found["stages"][0]["due"] == "2025-03-06T10:00:00+00:00"
    assert found["cap"] is None


def test_a_stage_without_a_clock_gets_no_date_and_what_follows_is_not_known() -> None:
    printed = said("ladder", "unnamed-2015", *SENT)
    assert "Time limit: the procedure states none." in printed
    three = next(line for line in printed.splitlines() if line.startswith("Stage 3  "))
    assert " ".join(three.split()) == "Stage 3 not stated not known no date -"


def test_steps_inside_a_stage_are_said_in_sentences() -> None:
    printed = said("ladder", "unnamed-2015", *SENT)
    assert "Stage 2: Discussion recorded on the child's file: no date (24 hours, " in printed


def test_a_partner_ladder_is_shown_by_its_name() -> None:
    assert read("ladder", "lambeth", *SENT, "--ladder", "partners.gp")["ladder"] == "partners.gp"
    assert 'There is no ladder "gp"' in refused("ladder", "lambeth", *SENT, "--ladder", "gp")


def test_a_stage_or_council_that_is_not_there_is_told_with_those_that_are() -> None:
    assert "did you mean stage-2?" in refused("ladder", "lambeth", *SENT, "--entry", "stage2")
    assert "There are: knowsley, lambeth, merton" in refused("ladder", "nowhere", *SENT)


STEPPED = """\
      - id: stage-1
        label: Stage 1
        answer: {from: team_manager, within: 5 working days, counted_from: receipt}
        steps:
          - {id: receipt, what: Received}
          - {id: talk, what: Talk, within: 2 working days, outcomes: [settled, not settled]}
          - {id: meeting, what: Meeting, within: 1 week, counted_from: talk, if: talk.not settled}
"""


def test_a_clock_without_a_day_and_a_branch_say_what_they_wait_for(tmp_path: Path) -> None:
    stage = PROCEDURE[
        PROCEDURE.index("      - id: stage-1") : PROCEDURE.index("      - id: stage-2")
    ]
    folder = furnished(tmp_path, PROCEDURE.replace(stage, STEPPED))
    printed = said("--procedures", str(folder.parent), "ladder", "sampleford", *SENT)
    assert "no date before “Received”" in printed
    assert (
        "Stage 1: Meeting: Wed 12 Mar 2025 (1 week, counted from “Talk”; only if “Talk” ends in"
        " “not settled”)"
    ) in printed
    assert "On the usual way up: 10 working days to spare" in printed


def test_a_clock_from_the_leaving_of_a_stage_below_the_way_in_starts_there(tmp_path: Path) -> None:
    clock = "within: 5 working days\n        then"
    after = "within: 4 working days\n          counted_from: stage-1.escalated\n        then"
    folder = furnished(tmp_path, PROCEDURE.replace(clock, after))
    where = ("--procedures", str(folder.parent), "ladder", "sampleford", *SENT)
    assert read(*where, "--entry", "stage-2")["stages"][0]["due"] == "2025-03-07"
    assert [one["due"] for one in read(*where)["stages"]] == ["2025-03-10", "2025-03-14"]


def test_whoever_is_told_is_no_copy(tmp_path: Path) -> None:
    told = PROCEDURE.replace(
        "        label: Stage 1\n", "        label: Stage 1\n        tell: service_manager\n"
    )
    folder = furnished(tmp_path, told)
    printed = said("--procedures", str(folder.parent), "ladder", "sampleford", *SENT)
    assert "Stage 1: Team Manager; told Service Manager" in printed


def test_no_ladder_is_drawn_from_a_stage_at_which_none_may_begin(tmp_path: Path) -> None:
    gate = "gate: {question: Urgent?, yes: {then: stage-2}, no: {then: stage-1}}\nladders:"
    by_gate = PROCEDURE.replace("ladders:", gate).replace(
        "    stages:\n", "    entry: {any_stage: false}\n    stages:\n", 1
    )
    folder = furnished(tmp_path, by_gate)
    where = ("--procedures", str(folder.parent), "ladder", "sampleford", *SENT)
    assert read(*where, "--entry", "stage-2")["stages"][0]["stage"] == "stage-2"

    (folder / "procedure.yml").write_text(
        by_gate.replace("then: stage-2", "then: stage-1"), "utf-8"
    )
    assert refused(*where, "--entry", "stage-2") == (
        "No alert begins at Stage 2: by the procedure it is come to from a stage before."
        " One may begin at stage-1 (Stage 1)."
    )
    informal = by_gate.replace("then: stage-2", "then: stage-1").replace(
        "label: Stage 1\n", "label: Stage 1\n        formal: false\n"
    )
    (folder / "procedure.yml").write_text(informal, "utf-8")
    assert [one["stage"] for one in read(*where)["stages"]] == ["stage-1", "stage-2"]
    both = by_gate.replace("no: {then: stage-1}", "no: {then: stage-2}")
    (folder / "procedure.yml").write_text(both, "utf-8")
    assert [one["stage"] for one in read(*where)["stages"]] == ["stage-2"]
    case = ("--procedures", str(folder.parent), "example", "sampleford", "--sent", "2025-03-03")
    assert "do: send, stage: stage-2}" in said(*case)
