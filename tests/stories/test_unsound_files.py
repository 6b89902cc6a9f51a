"""A council whose files fail the check: nothing new is raised there, open alerts go on, and the start says it."""

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from practice_alerts.adapters.files.procedures import load_council
from practice_alerts.casework.acts.by_act import VERBS
from practice_alerts.casework.acts.raise_alert import raise_alert, why_none
from practice_alerts.casework.jobs.check_files import unsound
from practice_alerts.domain.acts.permissions import Act
from practice_alerts.domain.errors import NotPossible
from tests.helpers.alerts import act_answers
from tests.helpers.alerts.filled_forms import wanted
from tests.helpers.app.streamlit_app import open_screen
from tests.helpers.days import day
from tests.helpers.files.small_council import EXAMPLE, PROCEDURE, furnished
from tests.helpers.product.office import Desk, open_desk
from tests.helpers.product.run_command import said
from tests.helpers.product.running_product import Served

TODAY = day("Mon 2026-06-15")
JUDGED = "within: 5 working days\n          counted_from: jugded\n"
SPOILT = PROCEDURE.replace("within: 5 working days\n        then", f"{JUDGED}        then")
COUNCILS = ("lambeth", "merton")


@pytest.fixture(params=COUNCILS)
def desk(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Desk]:
    opened = open_desk(tmp_path / "data", council=request.param)
    yield opened
    opened.office.database.close()


def test_nothing_new_is_raised_there_and_open_alerts_go_on(desk: Desk) -> None:
    procedure = desk.office.council(desk.council).procedure
    raiser = procedure.raising_posts[0]
    kind = next(name for name, one in procedure.kinds.items() if one.ladder)
    more = wanted(desk, kind)
    open_before = raise_alert(desk.office, more, desk.doing(raiser))
    other = next(one for one in COUNCILS if one != desk.council)
    for unsound_one, is_refused in ((desk.council, True), (other, False)):
        desk.office = replace(desk.office, unsound={unsound_one: ("an error",)})
        assert (why_none(desk.office, desk.council) is not None) is is_refused
        if is_refused:
            with pytest.raises(NotPossible, match="Ask an administrator to give practice-alerts"):
                raise_alert(desk.office, more, desk.doing(raiser))
            note = {"text": "Telephoned."}
            doing = desk.doing(raiser, open_before)
            noted = VERBS[Act.NOTE](desk.office, open_before.id, note, doing)
            assert len(noted.alert.notes) == 1
            held = act_answers.promise(day("Fri 2025-06-06"), "the team manager", "x")
            doing = desk.doing(raiser, noted)
            assert VERBS[Act.HOLD](desk.office, noted.id, held, doing).run.hold is not None
        else:
            assert raise_alert(desk.office, more, desk.doing(raiser)).alert.is_open


def test_the_page_for_raising_says_so(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    raiser = next(iter(desk.office.council(desk.council).procedure.raising_posts))
    desk.office = replace(desk.office, unsound={desk.council: ("an error",)})
    screen = open_screen(desk, raiser, "raise_alert", monkeypatch)
    assert "No new alert can be raised in" in screen.words
    assert "Step 1 of 4" not in screen.words


def _spoilt_template(folder: Path) -> None:
    room = folder.parent.parent / "form_templates" / "sampleford"
    (room / "concern.docx").write_bytes(b"no Word file")


def _refused_case(folder: Path) -> None:
    line = "    - {on: Tue 2026-01-06, do: judge}\n  expect:"
    (folder / "examples.yml").write_text(EXAMPLE.replace("  expect:", line), "utf-8")


@pytest.mark.parametrize(
    ("procedure", "spoil", "says"),
    [
        (PROCEDURE, lambda _: None, None),
        (SPOILT.replace("jugded", "stage-1.answered"), lambda _: None, None),  # a note
        (SPOILT, lambda _: None, "PA208 error: nothing records 'jugded'"),
        (PROCEDURE, _spoilt_template, "concern.docx"),
        (PROCEDURE, _refused_case, "the app refuses this line"),
    ],
)
def test_errors_alone_make_files_unsound_and_each_is_told(
    tmp_path: Path, procedure: str, spoil: Callable[[Path], None], says: str | None
) -> None:
    folder = furnished(tmp_path, procedure)
    spoil(folder)
    files = load_council(folder, tmp_path / "form_templates")
    found = unsound([files], TODAY)
    assert set(found) == ({"sampleford"} if says else set())
    assert all(says is not None and says in line for line in found.get("sampleford", ()))


def test_the_start_says_loudly_which_council_is_not_served_for_new_alerts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = furnished(tmp_path, SPOILT)
    template = tmp_path / "form_templates/sampleford/concern.docx"
    whole = template.read_bytes()
    template.unlink()
    data = tmp_path / "data"
    monkeypatch.setenv("PRACTICE_ALERTS_PROCEDURES", str(folder.parent))
    ada = ("people", "add", "Ada Sample", "--mail", "ada@example.org", "--council", "sampleford")
    said("--data", str(data), *ada, "--post", "administrator")
    product = Served(data, options=())
    product.start()
    product.stop()
    assert "NOT SERVED FOR NEW ALERTS: sampleford. The check finds 2 errors" in product.printed
    assert "PA208 error: nothing records 'jugded'" in product.printed
    assert re.search(rf"practice-alerts --data \S+ .*check {folder}", product.printed)
    assert "NO DOCUMENT: sampleford. The form concern has no Word template" in product.printed
    before = len(product.printed)
    template.write_bytes(whole)
    (folder / "procedure.yml").write_text(PROCEDURE, "utf-8")
    product.start()
    product.stop()
    assert "NOT SERVED" not in product.printed[before:]
    assert "NO DOCUMENT" not in product.printed[before:]
