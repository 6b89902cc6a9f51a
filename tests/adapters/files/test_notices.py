"""The files with the texts of notices: everybody's, a council's own, and faults with their line."""

from pathlib import Path

import pytest

from practice_alerts.adapters.files.notices import load_notices
from practice_alerts.domain.errors import BadDefinition
from practice_alerts.domain.notices.texts import NoticeFacts
from tests.helpers.files.small_council import furnished
from tests.helpers.product.run_command import give

OWN = """\
# our own words
notices:
  closed:
    subject: "Closed: {reference}"
    body: |
      It is over.
      {link}
"""
FACTS = NoticeFacts(reference="SAM-2026-0001", link="http://localhost/app/")


def write(rooms: Path, text: str, council: str = "sampleford") -> Path:
    path = rooms / council / "notices.yml"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")
    return path


def faults(rooms: Path) -> list[str]:
    with pytest.raises(BadDefinition) as caught:
        load_notices(rooms, ["sampleford"])
    return [fault.sentence for fault in caught.value.faults]


def test_a_council_without_a_file_of_its_own_has_everybodys(tmp_path: Path) -> None:
    loaded = load_notices(tmp_path, ["sampleford"])
    assert loaded["sampleford"] == loaded[""]


def test_a_council_s_own_notice_takes_the_place_of_everybodys(tmp_path: Path) -> None:
    write(tmp_path, OWN)
    loaded = load_notices(tmp_path, ["sampleford", "elsewhere"])
    assert loaded["sampleford"].write("closed", FACTS).subject == "Closed: SAM-2026-0001"
    assert loaded["elsewhere"] == loaded[""]
    assert loaded["sampleford"].texts.keys() == loaded[""].texts.keys()


def test_each_fault_has_its_file_and_line_and_all_come_at_once(tmp_path: Path) -> None:
    spoilt = OWN.replace("{link}", "{lnk}").replace("Closed: {reference}", "Closed")
    path = write(tmp_path, spoilt)
    subject, body = faults(tmp_path)
    assert subject.startswith(f"{path}:4: notices.closed.subject: found no {{reference}}")
    assert body.startswith(f"{path}:5: notices.closed.body: found the placeholder {{lnk}}")
    assert body.endswith("(did you mean link?)")


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        (OWN + "  copied: nothing\n", "notices.copied: found 'nothing', expected keys with"),
        (OWN.replace("body:", "text:"), "notices.closed.text: found the unknown key text"),
        (OWN.replace('"Closed: {reference}"', "12"), "found '12', expected a text"),
        (OWN.replace("closed:", "Closed!:"), "notices.Closed!"),
        ("notices:\n", "found no value"),
        ("", "found an empty file"),
        ("- closed\n", "found a list of 1, expected keys with their values"),
        ("notices: {closed: &a {subject: x, body: y}}\n", "found the anchor &a"),
        ("to_cover: Hello {reference}\n", "to_cover: found the placeholder {reference}"),
    ],
)
def test_a_file_that_cannot_be_used_says_why(tmp_path: Path, text: str, fault: str) -> None:
    write(tmp_path, text)
    assert any(fault in found for found in faults(tmp_path)), faults(tmp_path)


def test_a_file_that_is_no_text_is_a_fault_too(tmp_path: Path) -> None:
    write(tmp_path, OWN).write_bytes(b"notices: \xff\n")
    assert "which is not UTF-8" in faults(tmp_path)[0]


def test_everybodys_file_of_a_room_is_used_and_must_be_whole(tmp_path: Path) -> None:
    path = write(tmp_path, OWN, "common")
    found = faults(tmp_path)
    assert any(f"{path}:2: notices.asked: found nothing" in fault for fault in found)
    assert not any("notices.closed:" in fault for fault in found)


def test_the_command_that_checks_councils_checks_their_notices_too(tmp_path: Path) -> None:
    folder = furnished(tmp_path)
    write(tmp_path / "form_templates", OWN.replace("{link}", "{lnk}"), "common")
    result = give("check", str(folder))
    assert result.exit_code == 1
    assert "common/notices.yml:5: notices.closed.body: found the placeholder {lnk}" in result.stdout
