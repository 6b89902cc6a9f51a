"""Of a council's folders only ordinary files are read that lie in them: the guide shows to everybody what they hold."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from practice_alerts.adapters.files.lies_within import MOST_BYTES, content_of
from practice_alerts.adapters.files.notices import load_notices
from practice_alerts.adapters.files.pages import faults_of_pages, pages_in, readable
from practice_alerts.adapters.files.procedures import load_council
from practice_alerts.domain.errors import BadDefinition
from tests.helpers.files.small_council import write_council

OF_THE_MACHINE = "what only the machine knows"


@pytest.fixture
def secret(tmp_path: Path) -> Path:
    place = tmp_path / "data/keys/session.key"
    place.parent.mkdir(parents=True)
    place.write_text(OF_THE_MACHINE, "utf-8")
    return place


def _large(page: Path) -> None:
    page.write_bytes(b"#" * (MOST_BYTES + 1))


NO_PAGE: dict[str, tuple[Callable[[Path], object], str]] = {
    "a queue": (os.mkfifo, "nothing that can be opened"),
    "a folder": (Path.mkdir, "nothing that can be opened"),
    "a device": (lambda page: page.symlink_to("/dev/zero"), "nothing that can be opened"),
    "a link to nothing": (lambda page: page.symlink_to("nowhere"), "nothing that can be opened"),
    "a link to itself": (lambda page: page.symlink_to(page), "nothing that can be opened"),
    "large": (_large, "a file of more than 1,000,000 bytes"),
}


@pytest.mark.parametrize("what", NO_PAGE)
def test_what_is_no_page_is_told_and_read_by_nobody(tmp_path: Path, what: str) -> None:
    make, said = NO_PAGE[what]
    folder = write_council(tmp_path)
    make(folder / "90-page.md")
    (folder / "91-next.md").write_text("# Next\n", "utf-8")
    pages = pages_in(folder)
    ((page, fault),) = faults_of_pages(pages).items()
    assert (page.name, fault.found) == ("90-page.md", said)
    assert [one.name for one, _ in readable(pages)] == ["91-next.md"]


@pytest.mark.parametrize("through", ["a file", "a folder", "upwards"])
def test_a_link_out_of_the_folder_is_not_followed(
    tmp_path: Path, secret: Path, through: str
) -> None:
    folder = write_council(tmp_path)
    to = {"a file": secret, "upwards": Path("..") / os.path.relpath(secret, folder.parent)}
    if through == "a folder":
        (folder / "keys").symlink_to(secret.parent)
        to["a folder"] = Path("keys") / secret.name
    (folder / "90-leak.md").symlink_to(to[through])
    assert (folder / "90-leak.md").read_text("utf-8") == OF_THE_MACHINE
    (fault,) = faults_of_pages(pages_in(folder)).values()
    assert fault.found == "a link that leads out of its folder"
    assert list(readable(pages_in(folder))) == []


@pytest.mark.parametrize(
    "name",
    ["procedures/sampleford/procedure.yml", "procedures/sampleford/examples.yml",
     "procedures/sampleford/earlier/1.yml", "form_templates/sampleford/concern.yml",
     "form_templates/sampleford/concern.docx", "form_templates/sampleford/notices.yml"],
)  # fmt: skip
def test_no_file_of_a_council_is_one_from_elsewhere(tmp_path: Path, name: str) -> None:
    folder = write_council(tmp_path)
    file, elsewhere = tmp_path / name, tmp_path / "elsewhere"
    file.parent.mkdir(exist_ok=True)
    if file.exists():
        file.rename(elsewhere)
    else:
        elsewhere.write_text("{}\n", "utf-8")
    file.symlink_to(elsewhere)
    forms = tmp_path / "form_templates"
    with pytest.raises(BadDefinition, match="a link that leads out of its folder"):  # noqa: PT012 - either reads it
        load_council(folder, forms)
        load_notices(forms, ["sampleford"])


def test_a_folder_that_is_mounted_is_read(tmp_path: Path) -> None:
    """As where a cluster lays files down: each a link to the folder of today, which lies beside them."""
    folder = write_council(tmp_path)
    today = folder / "..2026"
    today.mkdir()
    (folder / "..data").symlink_to("..2026")
    (folder / "10-page.md").write_text("# A page\n", "utf-8")
    for name in ("procedure.yml", "10-page.md"):
        (folder / name).rename(today / name)
        (folder / name).symlink_to(Path("..data") / name)
    council = load_council(folder, tmp_path / "form_templates")
    assert faults_of_pages(council.pages) == {}
    assert content_of(folder / "10-page.md") == b"# A page\n"


def test_a_councils_folder_may_itself_lie_elsewhere(tmp_path: Path) -> None:
    folder = write_council(tmp_path)
    folder.rename(tmp_path / "elsewhere")
    folder.symlink_to(tmp_path / "elsewhere")
    assert load_council(folder, tmp_path / "form_templates").id == "sampleford"
