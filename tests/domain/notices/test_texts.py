"""What a notice says: what a council may write, what is refused, and that nothing of a case fits in."""

from dataclasses import fields, replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from practice_alerts import ROOT
from practice_alerts.adapters.files.notices import load_notices
from practice_alerts.adapters.files.yaml_reader import read_yaml
from practice_alerts.domain.files.notice_validation import problems_of_notices
from practice_alerts.domain.notices.kinds import KINDS
from practice_alerts.domain.notices.placeholders import PLACEHOLDERS
from practice_alerts.domain.notices.texts import (
    NoticeFacts,
    NoticeFile,
    NoticeItem,
    Notices,
    Text,
)
from tests.helpers.days import day

LINK = "https://alerts.council.example/respond/tQ3_x-W"
EVERYBODYS = load_notices(ROOT / "form_templates", ())[""]
FULL = NoticeFacts(
    reference="LAM-2026-0042",
    stage="Stage Two",
    due=day("Thu 2026-06-11"),
    limit=day("Mon 2026-06-29"),
    link=LINK,
    minutes=30,
    listed=(NoticeItem("LAM-2026-0042", "answer due", day("Thu 2026-06-11"), LINK),),
    council="Lambeth",
    officer="Ines Sample, Independent Reviewing Officer",
    contact="ines@council.example, 020 7946 0000",
    otherwise="it may go on to Stage Three",
    opens="The link opens nothing by itself.",
    alert="Practice alert",
    step="professionals' meeting",
    news=(Text("Practice alert LAM-2026-0042 is closed", f"Closed:\n{LINK}\n"),),
    change="another mail address for you",
    doer="Team Manager",
    wanted=("your answer: by Thursday 11 June 2026",),
    answered="Team Manager",
    awaited="Service Manager",
)


def own(**notices: Any) -> list[str]:
    """What is said against a council's own file with these notices."""
    file = NoticeFile.model_validate({"notices": notices})
    return [
        f"{'.'.join(map(str, one.path))}: {one.found} ({one.expected}; {one.hint})"
        for one in problems_of_notices(file, whole=False)
    ]


def text(subject: str = "{reference}", body: str = "By {due}: {link}") -> dict[str, str]:
    return {"subject": subject, "body": body}


@pytest.mark.parametrize("name", KINDS)
def test_every_notice_says_which_alert_what_is_asked_and_where(name: str) -> None:
    notice = EVERYBODYS.write(name, FULL)
    assert LINK in notice.body
    assert "{" not in notice.subject + notice.body
    assert "\n" not in notice.subject
    assert ("LAM-2026-0042" in notice.subject) == ("reference" in KINDS[name].must)


@pytest.mark.parametrize("name", [name for name, kind in KINDS.items() if not kind.everywhere])
def test_every_notice_calls_the_alert_what_its_procedure_does(name: str) -> None:
    notice = EVERYBODYS.write(name, replace(FULL, alert="Escalation"))
    assert "Escalation LAM-2026-0042" in notice.subject
    assert "practice alert" not in (notice.subject + notice.body).lower()


@pytest.mark.parametrize(
    "name", [name for name in KINDS if name.startswith("aim") or "aim" in name]
)
def test_an_aim_is_never_called_overdue(name: str) -> None:
    notice = EVERYBODYS.write(name, FULL)
    assert "overdue" not in (notice.subject + notice.body).lower()
    assert "aim" in notice.body


def test_whoever_stands_in_is_told_so_before_anything_else() -> None:
    said = EVERYBODYS.write("asked", FULL, cover=True)
    assert said.body.startswith("You are standing in for the person this was written to.\n\n")
    assert said.subject == EVERYBODYS.write("asked", FULL).subject


def test_a_council_says_one_notice_its_own_way_and_the_others_stay() -> None:
    file = NoticeFile.model_validate({"notices": {"closed": text(body="Done: {link}")}})
    everybodys = NoticeFile(notices=dict(EVERYBODYS.texts), to_cover=EVERYBODYS.to_cover)
    here = Notices.of(everybodys, file)
    assert here.write("closed", FULL).body == f"Done: {LINK}"
    assert here.write("copied", FULL) == EVERYBODYS.write("copied", FULL)
    assert here.to_cover == EVERYBODYS.to_cover


def test_the_same_can_be_had_from_what_stands_in_the_files() -> None:
    everybodys = {"notices": {"closed": text(), "copied": text()}, "to_cover": "For them."}
    own = {"notices": {"closed": text("Closed: {reference}")}}
    here = Notices.of(NoticeFile.model_validate(everybodys), NoticeFile.model_validate(own))
    assert here.write("closed", FULL).subject == "Closed: LAM-2026-0042"
    assert here.write("copied", FULL, cover=True).body.startswith("For them.\n\nBy Thursday")


@pytest.mark.parametrize(
    ("notice", "fault"),
    [
        (text(body="{refrence} {due} {link}"), "notices.asked.body: the placeholder {refrence}"),
        (text(body="{due} {link} {child_name}"), "the placeholder {child_name}"),
        (text(body="{due} {link} {minutes}"), "the placeholder {minutes}"),
        (text(body="{due} {link} {reference.__class__}"), "the placeholder {reference.__class__}"),
        (text(body="{due} {link} {}"), "the placeholder {}"),
        (text(body="{due} {link} {Reference}"), "the placeholder {Reference}"),
        (text(body="{due} {link} {{link}}"), "a brace alone ('{') "),
        (text(body="{due} {link} }"), "a brace alone ('}') "),
        (text(body="{due} only"), "notices.asked.body: no {link} ({link} in the text"),
        (text(body="{link} only"), "notices.asked.body: no {due} "),
        (text("Answer, please"), "notices.asked.subject: no {reference} "),
        (text("{reference}: open {link}"), "notices.asked.subject: the placeholder {link}"),
        (text("{reference}\nBcc: x"), "notices.asked.subject: a line break (one line"),
        (text("{reference}\rx"), "notices.asked.subject: a line break"),
        (text("{reference} " + "x" * 100), "notices.asked.subject: 112 characters (1 to 100"),
        (text("  "), "notices.asked.subject: 0 characters"),
        (text(body="{due} {link}" + "x" * 5000), "notices.asked.body: 5012 characters"),
    ],
)
def test_a_text_that_cannot_be_used_says_what_is_wrong_with_it(
    notice: dict[str, str], fault: str
) -> None:
    assert any(fault in found for found in own(asked=notice)), own(asked=notice)


def test_a_misspelt_placeholder_is_named_with_the_right_one() -> None:
    (found,) = own(asked=text(body="{du} {due} {link}"))
    assert "did you mean due?" in found


def test_a_notice_that_there_is_none_of_is_refused_and_the_nearest_named() -> None:
    (found,) = own(askd=text())
    assert "the notice askd" in found
    assert "did you mean asked?" in found


@pytest.mark.parametrize("name", PLACEHOLDERS)
def test_every_placeholder_stands_for_words(name: str) -> None:
    assert FULL.words(name).strip()


@pytest.mark.parametrize("name", ["more", "listed", "words", "__class__", "Reference", ""])
def test_no_other_name_stands_for_anything(name: str) -> None:
    with pytest.raises(KeyError):
        FULL.words(name)


@pytest.mark.parametrize("name", ["digest", "sign_in"])
def test_what_is_about_no_council_is_said_by_none(name: str) -> None:
    (found,) = own(**{name: text()})
    assert "common/notices.yml alone" in found


def test_everybodys_file_must_hold_every_notice() -> None:
    file = NoticeFile(notices={k: v for k, v in EVERYBODYS.texts.items() if k != "closed"})
    (found,) = problems_of_notices(file, whole=True)
    assert (found.path, found.found) == (("notices", "closed"), "nothing")


def test_every_placeholder_is_filled_and_every_fact_has_one() -> None:
    used = {name for kind in KINDS.values() for name in kind.placeholders}
    assert used == set(PLACEHOLDERS)
    known = {field.name for field in fields(NoticeFacts)} - {"more"}
    assert {"list" if name == "listed" else name for name in known} == set(PLACEHOLDERS)


@given(st.text(min_size=1).filter(lambda typed: not typed.isspace()))
def test_what_somebody_typed_is_no_reference_and_no_address(typed: str) -> None:
    """Of the facts only these two are texts from outside the procedure, and both have a shape."""
    for made in ({"reference": f"Kit {typed}"}, {"link": f"{LINK} {typed}"}):
        with pytest.raises(ValueError, match="this is no"):
            NoticeFacts(**made)  # type: ignore[arg-type]  # both are texts


@given(st.text())
def test_what_a_text_is_filled_with_is_not_filled_again(label: str) -> None:
    file = NoticeFile.model_validate({"notices": {"copied": text(body="{stage}|{link}")}})
    said = Notices.of(file).write("copied", NoticeFacts(stage=label, link=LINK))
    assert said.body == f"{' '.join(label.split())}|{LINK}"


def test_the_example_of_the_page_is_one_that_works() -> None:
    page = (ROOT / "docs/notices.md").read_text("utf-8")
    example = page.partition("```yaml\n")[2].partition("```")[0]
    written = read_yaml(example.encode())
    file = NoticeFile.model_validate(written.value)
    assert [*written.problems, *problems_of_notices(file, whole=False)] == []
    assert file.notices.keys() == {"overdue"}


def test_a_long_list_ends_with_how_many_more_there_are() -> None:
    said = EVERYBODYS.write("digest", NoticeFacts(listed=FULL.listed, more=12, link=LINK))
    assert "LAM-2026-0042: answer due Thursday 11 June 2026" in said.body
    assert "and 12 more in your work tray" in said.body
