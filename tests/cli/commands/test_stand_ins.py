"""`practice-alerts people posts` beside a stand-in: named where the post is empty, and nobody is missed."""

from pathlib import Path

from tests.helpers.product.run_command import read, said
from tests.helpers.stories.odd_councils import write_rooms

ADA = ("people", "add", "Ada Sample", "--mail", "ada@example.org", "--council", "standby")


def test_an_empty_post_names_who_stands_in_and_nobody_is_missed(tmp_path: Path) -> None:
    folder = write_rooms("standby", tmp_path)
    here = ("--procedures", str(folder.parent), "--data", str(tmp_path / "data"))
    said(*here, *ADA, "--post", "administrator")
    before = said(*here, "people", "posts", "standby")
    assert "Nobody would be asked: Practice Lead" in before
    assert "stands in" not in before
    said(
        *here, "people", "post", "ada@example.org", "--council", "standby", "--post", "team_manager"
    )
    after = said(*here, "people", "posts", "standby")
    assert "Nobody would be asked: Practice Lead" not in after
    for post in ("Practice Lead", "Practice Manager"):
        row = next(line for line in after.splitlines() if line.startswith(f"{post} "))
        assert "nobody; Team Manager stands in" in row
    rows = {
        one["post"]: one["stands_in"] for one in read(*here, "people", "posts", "standby")["posts"]
    }
    assert (rows["vacant_one"], rows["team_manager"]) == ("Team Manager", None)
