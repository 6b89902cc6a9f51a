"""What `serve --sample` prints for councils that are not the five: who somebody is, and where."""

from dataclasses import replace
from pathlib import Path

from practice_alerts.casework.sample.sample_office import make_sample_office
from practice_alerts.cli.support.context import World
from practice_alerts.cli.support.run_server import _welcome
from tests.helpers.files.small_council import PROCEDURE, furnished
from tests.helpers.product.run_command import NOW


def test_each_link_for_another_council_names_the_council(tmp_path: Path) -> None:
    furnished(tmp_path, PROCEDURE)
    world = World(
        clock=lambda: NOW, procedures=str(tmp_path / "procedures"), data=str(tmp_path / "data")
    )
    office = world.office(replace(world.settings(), sample=True), migrate=True)
    make_sample_office(office)
    links = [line for line in _welcome(office) if "/sign-in/" in line]
    world.opened.close()
    assert len(links) >= 3
    assert [line for line in links if ", Sampleford: http" not in line] == []
