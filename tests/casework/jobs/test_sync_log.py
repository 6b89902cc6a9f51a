import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, suppress
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from practice_alerts.adapters.keys import Keys
from practice_alerts.adapters.store.alerts import current_state, event_store
from practice_alerts.adapters.store.core.database import Database, Tx
from practice_alerts.adapters.store.engines.address import sqlite_url
from practice_alerts.adapters.store.office import directory
from practice_alerts.casework.jobs.sync_log import catch_up, rebuild_log
from practice_alerts.domain.alert.alert import fold
from practice_alerts.domain.alert.events import Event
from practice_alerts.office import Office, Settings
from tests.helpers.alerts.alert_for_log import KEY, STORY, raised
from tests.helpers.days import day, moment
from tests.helpers.files.real_councils import council

NOW = moment("Mon 2025-03-24 09:00")


@dataclass
class Scene:
    """An office with an empty store, and its alerts told event by event."""

    office: Office

    def tell(self, alert_id: str, *told: tuple[str, Event]) -> None:
        for at, event in told:
            with self.office.database.writing() as tx:
                self._append(tx, alert_id, moment(at), event)

    def _append(self, tx: Tx, alert_id: str, at: datetime, event: Event) -> None:
        version = len(event_store.happened(tx, alert_id))
        act = event_store.NewAct(alert_id, "p-1", at, f"{alert_id}-{version}", (event,), version)
        event_store.append(tx, act)
        alert = fold(event_store.happened(tx, alert_id))
        row = current_state.CurrentRow(
            id=alert_id,
            reference=alert.reference,
            council=alert.raised.council,
            kind=alert.raised.alert_kind,
            edition=alert.raised.edition,
            version=alert.version,
            is_open=alert.is_open,
            raiser_id="p-1",
            officer_id="p-1",
            stage=None,
            response_due=None,
            due_is_aim=False,
            slack=None,
            hold_until=None,
            cap_due=None,
            to_judge=False,
            judged=None,
            child="A. F.",
            case_number="MX 0042-77",
            about="",
            team="",
            categories="",
            raised_at=alert.raised_at,
            changed_at=at,
            calendar="",
        )
        current_state.put(tx, row)

    def logged(self, sql: str, of: str = "lambeth") -> list[tuple[Any, ...]]:
        with closing(sqlite3.connect(self.office.log.files()[of])) as connection:
            rows: list[tuple[Any, ...]] = connection.execute(sql).fetchall()
        return rows


@pytest.fixture
def scene(tmp_path: Path) -> Iterator[Scene]:
    councils = {name: council(name) for name in ("lambeth", "merton")}
    database = Database(sqlite_url(tmp_path))
    database.migrate()
    settings = Settings(tmp_path, tmp_path, tmp_path)
    office = Office(settings, councils, database, Keys("s" * 32, KEY), lambda: NOW)
    with database.writing() as tx:
        person = directory.DirectoryPerson("p-1", "Nadia Specimen", "nadia@council.example")
        directory.add_person(tx, person, (), day("Wed 2025-01-01"))
        for files in councils.values():
            office.keep_edition(tx, files, NOW)
    yield Scene(office)
    database.close()


def other(reference: str = "LAM-2025-0043", **changed: Any) -> tuple[str, Event]:
    return STORY[0][0], raised(reference=reference, **changed)


def test_each_act_is_in_the_log_after_the_next_look(scene: Scene) -> None:
    for events in range(1, len(STORY) + 1):
        scene.tell("a", STORY[events - 1])
        assert catch_up(scene.office) == 1
        assert scene.logged("select count(*) from happenings") == [(events,)]
    assert scene.logged("select ending from alerts") == [("Put right and verified",)]


def test_a_look_when_nothing_happened_writes_nothing(scene: Scene) -> None:
    scene.tell("a", *STORY)
    assert (catch_up(scene.office), catch_up(scene.office)) == (1, 0)
    before = scene.office.log.files()["lambeth"].read_bytes()
    assert catch_up(scene.office) == 0
    assert scene.office.log.files()["lambeth"].read_bytes() == before


def test_every_council_has_a_log_from_the_first_look_and_only_its_own_alerts(scene: Scene) -> None:
    scene.tell("a", other())
    catch_up(scene.office)
    assert list(scene.office.log.files()) == ["lambeth", "merton"]
    assert scene.logged("select reference from alerts") == [("LAM-2025-0043",)]
    assert scene.logged("select count(*) from alerts", of="merton") == [(0,)]


def test_only_what_changed_is_written_again(scene: Scene) -> None:
    scene.tell("a", *STORY)
    scene.tell("b", other())
    assert catch_up(scene.office) == 2
    scene.tell("b", STORY[1])
    assert catch_up(scene.office) == 1
    assert scene.logged("select reference, count(*) from happenings group by 1 order by 1") == [
        ("LAM-2025-0042", len(STORY)),
        ("LAM-2025-0043", 2),
    ]


def test_a_log_that_was_lost_comes_back_by_itself(scene: Scene) -> None:
    scene.tell("a", *STORY)
    catch_up(scene.office)
    scene.office.log.files()["lambeth"].unlink()
    assert catch_up(scene.office) == 1
    assert scene.logged("select reference from alerts") == [("LAM-2025-0042",)]


def test_a_log_older_than_the_store_goes_on_from_where_it_was(scene: Scene) -> None:
    scene.tell("a", *STORY[:3])
    catch_up(scene.office)
    kept = scene.office.log.files()["lambeth"].read_bytes()
    scene.tell("a", *STORY[3:])
    catch_up(scene.office)
    scene.office.log.files()["lambeth"].write_bytes(kept)
    assert catch_up(scene.office) == 1
    assert scene.logged("select count(*) from happenings") == [(len(STORY),)]


def test_a_log_that_knows_more_than_the_store_is_made_anew(scene: Scene) -> None:
    scene.tell("a", *STORY[:2])
    catch_up(scene.office)
    position = scene.office.log.position("lambeth")
    assert position is not None
    for false in (replace(position, event=99), replace(position, hash="0" * 64)):
        scene.office.log.write("lambeth", reached=false)
        assert catch_up(scene.office) == 1
        assert scene.office.log.position("lambeth") == position


@pytest.mark.parametrize("left", ["nothing", "the alert before"])
def test_a_store_that_has_less_empties_no_log(
    scene: Scene, left: str, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    if left != "nothing":
        scene.tell("b", ("Mon 2025-03-03 09:00", other()[1]))
    older = Database(sqlite_url(tmp_path / "older"))
    older.migrate()
    older.close()
    if left != "nothing":
        shutil.copy(tmp_path / "practice-alerts.db", tmp_path / "older")
    scene.tell("a", *STORY)
    catch_up(scene.office)
    before = scene.logged("select * from alerts")
    scene.office = replace(scene.office, database=Database(sqlite_url(tmp_path / "older")))
    for _ in range(3):
        assert catch_up(scene.office) == 0
    assert scene.logged("select * from alerts") == before
    assert caplog.text.count("The log of lambeth has") == 1
    scene.office.database.close()


@pytest.mark.parametrize("how", ["garbage", "a page overwritten", "cut in half"])
def test_a_log_that_is_damaged_is_kept_and_made_anew_and_the_others_go_on(
    scene: Scene, how: str, caplog: pytest.LogCaptureFixture
) -> None:
    scene.tell("a", *STORY)
    catch_up(scene.office)
    before = scene.logged("select * from alerts")
    file = scene.office.log.files()["lambeth"]
    whole = file.read_bytes()
    spoilt = {
        "garbage": b"garbage" * 4000,
        "a page overwritten": whole[:8192] + b"x" * 4096 + whole[12288:],
        "cut in half": whole[: len(whole) // 2],
    }[how]
    for ending in ("-wal", "-shm"):
        file.with_name(file.name + ending).unlink(missing_ok=True)
    file.write_bytes(spoilt)
    anew = replace(scene, office=replace(scene.office))  # another start
    assert catch_up(anew.office) == 1
    assert anew.logged("select * from alerts") == before
    assert file.with_name("lambeth.db-damaged").read_bytes() == spoilt
    assert set(anew.office.log.files()) == {"lambeth", "merton"}
    assert caplog.text.count("was damaged") == 1
    assert catch_up(anew.office) == 0


def test_a_log_of_which_a_table_was_taken_out_while_it_was_written_is_made_anew(
    scene: Scene,
) -> None:
    scene.tell("a", *STORY)
    catch_up(scene.office)
    with closing(sqlite3.connect(scene.office.log.files()["lambeth"])) as log:
        log.execute("DROP TABLE stages")
        log.commit()
    scene.tell("b", other())
    with suppress(ExceptionGroup):
        catch_up(scene.office)
    catch_up(scene.office)
    made_anew = scene.logged("select * from stages")
    assert catch_up(scene.office) == 0
    rebuild_log(scene.office)
    assert made_anew == scene.logged("select * from stages") != []


def test_one_log_that_cannot_be_written_stops_no_other(scene: Scene) -> None:
    catch_up(scene.office)
    merton = scene.office.log.files()["merton"]
    merton.unlink()
    for ending in ("-wal", "-shm"):
        merton.with_name(merton.name + ending).unlink(missing_ok=True)
    merton.mkdir()
    scene.tell("a", *STORY)
    with pytest.raises(ExceptionGroup, match="logs that could not be written"):
        catch_up(scene.office)
    assert scene.logged("select reference from alerts") == [("LAM-2025-0042",)]


def test_when_the_council_closes_on_a_day_every_date_in_its_log_follows(scene: Scene) -> None:
    scene.tell("a", *STORY[:2])
    catch_up(scene.office)
    assert scene.logged("select due_on from stages") == [("2025-03-07",)]
    with scene.office.database.writing() as tx:
        tx.execute(
            text(
                "insert into closures (council, day, reason, is_late)"
                " values ('lambeth', '2025-03-06', 'Founders Day', false)"
            ),
        )
    assert catch_up(scene.office) == 1
    assert scene.logged("select due_on from stages") == [("2025-03-10",)]


def test_another_key_gives_every_child_another_pseudonym(scene: Scene) -> None:
    scene.tell("a", *STORY[:2])
    catch_up(scene.office)
    ((before,),) = scene.logged("select pseudonym from alerts")
    changed = replace(scene.office, keys=Keys("s" * 32, KEY + "another"))
    assert catch_up(changed) == 1
    assert scene.logged("select pseudonym from alerts") != [(before,)]


def test_a_rebuild_by_hand_gives_the_same_log(scene: Scene) -> None:
    scene.tell("a", *STORY)
    scene.tell("b", other())
    catch_up(scene.office)
    before = scene.logged("select * from alerts order by reference")
    assert rebuild_log(scene.office) == 2
    assert scene.logged("select * from alerts order by reference") == before
    assert catch_up(scene.office) == 0


def test_an_alert_whose_text_was_destroyed_leaves_the_log(scene: Scene) -> None:
    scene.tell("a", *STORY[:2])
    scene.tell("b", other())
    catch_up(scene.office)
    scene.tell("a", STORY[2])
    with scene.office.database.writing() as tx:
        tx.execute(text("delete from payloads where event_id = 1"))
    catch_up(scene.office)
    assert scene.logged("select reference from alerts") == [("LAM-2025-0043",)]
    assert rebuild_log(scene.office) == 1


def test_a_withheld_line_is_reported_without_saying_what_it_said(
    scene: Scene, caplog: pytest.LogCaptureFixture
) -> None:
    scene.tell("a", other(summary_for_log="Amina waits"))
    catch_up(scene.office)
    assert caplog.messages == ["LAM-2025-0043: withheld from the log: alerts.summary"]


def test_no_byte_of_the_log_says_who_it_is(scene: Scene) -> None:
    scene.tell("a", *STORY)
    catch_up(scene.office)
    folder = scene.office.log.files()["lambeth"].parent
    data = b"".join(path.read_bytes() for path in folder.iterdir())
    assert b"Fictitious" not in data
    assert b"0042-77" not in data
    assert b"LAM-2025-0042" in data
