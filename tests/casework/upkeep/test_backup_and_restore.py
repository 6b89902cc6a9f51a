"""The drill: a store is backed up while it is in use, lost, restored, and proves what it says of itself."""

from __future__ import annotations

import io
import sqlite3
import tarfile
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path

import pyrage
import pytest
from pyrage import x25519

from practice_alerts.adapters import backup_file
from practice_alerts.adapters.backup_file import BackupPlan, BadBackup
from practice_alerts.adapters.keys import Keys, keys
from practice_alerts.adapters.links_and_sessions import Entered
from practice_alerts.adapters.mail import Email
from practice_alerts.adapters.store.core.database import Database
from practice_alerts.adapters.store.core.versions import DatabaseNotReady
from practice_alerts.adapters.store.engines.address import sqlite_url
from practice_alerts.adapters.store.office import outbox
from practice_alerts.casework.calendar import calendar_feed
from practice_alerts.casework.core.loaded_alert import Known, load
from practice_alerts.casework.directory import redaction, second_person
from practice_alerts.casework.directory.redaction import SaidOfIt
from practice_alerts.casework.jobs import morning, send_mail
from practice_alerts.casework.proof import witness
from practice_alerts.casework.proof.audit_chain import prove
from practice_alerts.casework.records import destroying
from practice_alerts.casework.records.destroying import TwoPeople
from practice_alerts.casework.upkeep.backup import (
    BackupMade,
    NoBackup,
    back_up,
    back_up_keys,
    last_made,
    too_old,
)
from practice_alerts.casework.upkeep.restore import MAY_HAVE_GONE, restore
from practice_alerts.casework.upkeep.restoring import NotRestored, Restoring
from practice_alerts.domain.alert.destroyed import REMOVED, DestroyedRecord
from practice_alerts.domain.alert.hearers import Person
from practice_alerts.office import Office
from tests.casework.records.test_destroying import rows_with
from tests.helpers.product.office import STORE, Desk, open_desk
from tests.helpers.product.postgresql import ENGINES, cluster

CASE = "X-SECRET-77"


class Postbox:
    def __init__(self) -> None:
        self.ids: list[str] = []

    def send(self, email: Email) -> None:
        self.ids.append(email.id)


@dataclass
class Drill:
    """An office that is backed up, and the empty place into which it is restored."""

    desk: Desk
    engine: str
    folder: Path
    identity: Path
    recipient: str

    @property
    def office(self) -> Office:
        return self.desk.office

    def back_up(self) -> BackupMade:
        return back_up(self.office, self.folder / "backups")

    def back_up_keys(self) -> Path:
        file = self.folder / "keys.tar.age"
        back_up_keys(self.office, file, [self.recipient])
        return file

    def witnessed(self) -> None:
        witness.note(self.office.database, self.office.settings.witness, self.office.now())

    def empty_place(self, name: str = "new") -> Office:
        data = self.folder / name
        url = cluster().empty() if self.engine == "postgresql" else sqlite_url(data)
        settings = replace(
            self.office.settings, data=data, witness_folder=self.office.settings.witness.folder
        )
        database = Database(url, settings.seal_keys)
        return Office(settings, self.office.councils, database, Keys("", ""), self.office.now)

    def wanted(self, made: BackupMade, keys_file: Path | None = None, **more: bool) -> Restoring:
        why = "The disk of the machine is broken."
        return Restoring(made.file, (self.identity,), "Nia Fiction", why, keys_file, **more)


@pytest.fixture(params=ENGINES)
def drill(request: pytest.FixtureRequest, tmp_path: Path) -> Drill:
    return begun(tmp_path, request.param)


def begun(folder: Path, engine: str = "sqlite", council: str = "lambeth") -> Drill:
    (folder / "backups").mkdir()
    recipient = backup_file.new_identity(folder / "identity")
    desk = open_desk(folder / "data", engine=engine, council=council)
    desk.office = replace(
        desk.office,
        settings=replace(
            desk.office.settings,
            witness_folder=folder / "witness",
            backups=BackupPlan(recipients=(recipient,)),
        ),
    )
    return Drill(desk, engine, folder, folder / "identity", recipient)


@pytest.fixture
def plain(tmp_path: Path) -> Drill:
    """Where the engine makes no difference."""
    return begun(tmp_path)


@dataclass
class Lost:
    """What an office had when it was lost, a day after its last backup."""

    made: BackupMade
    keys_file: Path
    session: str
    reference: str


def lost(drill: Drill) -> Lost:
    """Since the backup: e-mails went, an alert was raised, somebody signed out and took an address back."""
    desk, office = drill.desk, drill.office
    desk.raised(case_number=CASE)
    entered = office.sign_in.use(office.sign_in.issue_link("iro"))
    assert isinstance(entered, Entered)
    calendar_feed.make(office, "iro")
    drill.witnessed()
    made, keys_file = drill.back_up(), drill.back_up_keys()
    assert last_made(office.database) == office.now()
    desk.at("Tue 2025-06-03 09:30")
    assert sent(office)
    reference = desk.raised(case_number="X-2").alert.reference
    office.sign_in.revoke(entered.session_token)
    calendar_feed.revoke(office, "iro")
    drill.witnessed()
    office.database.close()
    return Lost(made, keys_file, entered.session_token, reference)


def sent(office: Office) -> list[str]:
    """What goes out now."""
    postbox = Postbox()
    morning.write_what_is_due(office)
    send_mail.send_waiting(office, postbox)
    return postbox.ids


def test_the_drill(drill: Drill) -> None:
    was = lost(drill)
    new = drill.empty_place()
    found = "\n".join(restore(new, drill.wanted(was.made, was.keys_file)))
    for line in (
        "of 1 alert, each following from the one before",
        "As many rows as when it was made",
        "part by part, the one that was made before",
        "LOST: ",
        "The numbers LAM-2025-0002 to LAM-2025-0002 are not given again",
        "that may have gone already",
        "Everybody signs in anew",
    ):
        assert line in found
    assert "WITHOUT ITS KEY" not in found
    assert "The rules in use" not in found
    restored = replace(new, keys=keys(new.settings.data / "keys", {}))
    assert restored.keys == drill.office.keys
    witness.must_agree(restored.database, restored.settings.witness)
    proof = prove(restored)
    assert proof.holds
    assert [one["by"] for one in proof.accepted] == ["Nia Fiction"]
    nothing_comes_back(drill, restored, was)
    restored.database.close()


def nothing_comes_back(drill: Drill, restored: Office, was: Lost) -> None:
    """No session or address that was ended, no e-mail that went, no number that was given."""
    assert restored.sign_in.look_up(was.session) is None
    assert calendar_feed.made_at(restored, "iro") is None
    assert sent(restored) == []
    with restored.database.reading() as tx:
        held = outbox.given_up(tx, "lambeth")
    assert {one.trouble for one in held} == {MAY_HAVE_GONE}
    anew = Desk(restored, drill.desk.clock, "lambeth").raised(case_number="X-3")
    assert anew.alert.reference not in {was.reference, "LAM-2025-0001"}


def test_without_its_keys_it_says_what_cannot_be_proved(drill: Drill) -> None:
    drill.desk.raised()
    drill.witnessed()
    made = drill.back_up()
    drill.office.database.close()
    new = drill.empty_place()
    found = "\n".join(restore(new, drill.wanted(made)))
    assert "WITHOUT ITS KEY it cannot be proved that people, posts, cover" in found
    assert "of 1 alert, each following from the one before" in found
    assert prove(new).holds  # sealed as it is, with a key of its own
    new.database.close()


def asked_and_refused(desk: Desk, found: Known, reason: str) -> None:
    by, reference = desk.actor("records"), found.alert.reference
    said = SaidOfIt(names_nobody=True)
    redaction.ask(desk.office, by, reference, "1:answers.concerns", reason, said=said)
    (waits,) = redaction.of_council(desk.office, desk.actor("boss"), "lambeth")
    second_person.refuse(desk.office, desk.actor("boss"), "lambeth", waits.entry.number)


def test_what_was_destroyed_or_taken_out_since_is_gone_before_anybody_reads(drill: Drill) -> None:
    desk = drill.desk.with_readers()
    office, gone = drill.office, desk.raised(case_number=CASE, concerns="Of Quetzalcoatlus.")
    stays = desk.raised(case_number="X-2", concerns="Of Quetzalcoatlus as well.")
    asked_and_refused(desk, gone, "It is for Quetzalcoatlus.")
    drill.witnessed()
    made, saved = drill.back_up(), drill.back_up_keys()
    key, number = "1:answers.concerns", stays.alert.reference
    redaction.ask(office, desk.actor("records"), number, key, "It is about somebody else.")
    (waits,) = redaction.of_council(office, desk.actor("boss"), "lambeth")
    second_person.confirm(office, desk.actor("boss"), "lambeth", waits.entry.number)
    two = TwoPeople(Person(id="records", name="R"), Person(id="boss", name="B"), "Due.")
    record = DestroyedRecord(alert_id=gone.id, reference=gone.alert.reference)
    with office.database.writing() as tx:
        destroying.destroy(tx, "lambeth", [record], two, office.now())
    drill.witnessed()
    office.database.close()
    new = drill.empty_place()
    found = "\n".join(restore(new, drill.wanted(made, saved)))
    assert "1 text taken out since the backup: taken out again." in found
    assert "1 record destroyed since the backup: destroyed again." in found
    assert rows_with(Desk(new, desk.clock, "lambeth"), "Quetzalcoatlus") == set()
    with new.database.reading() as tx:
        assert load(new, tx, stays.id).alert.answers["concerns"] == REMOVED
    assert prove(new).holds
    new.database.close()


def test_a_backup_is_made_while_somebody_writes(plain: Drill) -> None:
    plain.desk.raised()
    store = plain.office.settings.data / STORE
    with (
        closing(sqlite3.connect(store, isolation_level=None)) as other,
        plain.office.database.reading(),
    ):
        other.execute("BEGIN IMMEDIATE")
        other.execute("INSERT INTO office VALUES ('begun', 'and not done')")
        with plain.office.database.saved(plain.folder / "copy") as copy, copy.reading() as tx:
            assert copy.counts(tx)["events"] > 0
        other.execute("ROLLBACK")
    assert plain.back_up().proof.holds


def test_other_programs_open_it_and_whoever_has_the_file_alone_reads_nothing(plain: Drill) -> None:
    plain.desk.raised(case_number=CASE)
    made = plain.back_up()
    whole = made.file.read_bytes()
    assert CASE.encode() not in whole
    assert b"LAM-2025" not in whole
    assert made.file.stat().st_mode & 0o777 == 0o600
    secret = plain.identity.read_text("ascii").splitlines()[-1]
    opened = pyrage.decrypt(whole, [x25519.Identity.from_str(secret)])
    with tarfile.open(fileobj=io.BytesIO(opened)) as tar:
        names = tar.getnames()
        text = tar.extractfile("store")
        assert text is not None
        assert CASE.encode() in text.read()
    assert "files/procedures/lambeth/procedure.yml" in names
    assert not [name for name in names if name.endswith(".key")]
    assert not [one for one in plain.office.settings.data.iterdir() if one.name.startswith(".")]


def test_a_store_that_was_altered_is_not_backed_up(plain: Drill) -> None:
    plain.desk.raised()
    with closing(sqlite3.connect(plain.office.settings.data / STORE)) as store, store:
        store.execute("UPDATE people SET name = 'Somebody Else' WHERE id = 'iro'")
    with pytest.raises(NoBackup, match="not as it was written"):
        plain.back_up()
    assert not list((plain.folder / "backups").iterdir())
    assert last_made(plain.office.database) is None


def test_what_a_backup_is_made_with_is_asked_for(plain: Drill) -> None:
    folder = plain.folder / "backups"
    with pytest.raises(NoBackup, match="There is no folder"):
        back_up(plain.office, folder / "not-there")
    for recipients, fault, says in (
        ((), NoBackup, "backup new-key"),
        (("age1nobody",), BadBackup, "begins with age1"),
    ):
        settings = replace(plain.office.settings, backups=BackupPlan(recipients=recipients))
        with pytest.raises(fault, match=says):
            back_up(replace(plain.office, settings=settings), folder)
    with pytest.raises(BadBackup, match="Name another file"):
        backup_file.new_identity(plain.identity)
    assert plain.identity.stat().st_mode & 0o777 == 0o600
    plain.back_up_keys()
    with pytest.raises(NoBackup, match="there already"):
        plain.back_up_keys()


def test_backups_are_kept_for_so_long(plain: Drill) -> None:
    first, folder = plain.back_up().file, plain.folder / "backups"
    (folder / "practice-alerts-of-somebody-else.tar.age").touch()
    plain.desk.clock[0] += timedelta(days=35)
    assert plain.back_up().removed == ()
    plain.desk.clock[0] += timedelta(hours=1)
    assert too_old(plain.office.now(), BackupPlan(folder)) == (first,)
    assert plain.back_up().removed == (first,)
    assert not first.exists()


def test_what_cannot_be_opened_leaves_nothing_behind(plain: Drill) -> None:
    plain.desk.raised()
    plain.witnessed()
    made = plain.back_up()
    new = plain.empty_place()
    stranger = plain.folder / "stranger"
    backup_file.new_identity(stranger)
    with pytest.raises(BadBackup, match="made out to another one"):
        restore(new, replace(plain.wanted(made), identities=(stranger,)))
    with pytest.raises(BadBackup, match="holds no key"):
        restore(new, replace(plain.wanted(made), identities=(made.file,)))
    cut = plain.folder / "cut.tar.age"
    for size in (100, 1000, 70_000, made.file.stat().st_size - 1):
        cut.write_bytes(made.file.read_bytes()[:size])
        with pytest.raises(BadBackup):
            restore(new, replace(plain.wanted(made), file=cut))
    flipped = bytearray(made.file.read_bytes())
    flipped[-500] ^= 1
    cut.write_bytes(flipped)
    with pytest.raises(BadBackup):
        restore(new, replace(plain.wanted(made), file=cut))
    saved = plain.back_up_keys()
    with pytest.raises(BadBackup, match="not of the kind"):
        restore(new, replace(plain.wanted(made), file=saved))
    assert list(new.settings.data.iterdir()) == []


def test_an_empty_place_and_the_right_witness_are_asked_for(plain: Drill) -> None:
    plain.desk.raised()
    made = plain.back_up()
    saved = plain.back_up_keys()
    with pytest.raises(NotRestored, match="There is a store already"):
        restore(plain.office, plain.wanted(made))
    new = plain.empty_place()
    with pytest.raises(NotRestored, match="There is no witness"):
        restore(new, plain.wanted(made))
    other = begun_elsewhere(plain.folder / "other")
    other_new = replace(
        new, settings=replace(new.settings, witness_folder=other.office.settings.witness.folder)
    )
    with pytest.raises(NotRestored, match="saw another store"):
        restore(other_new, plain.wanted(made))
    both = (plain.identity, other.identity)
    wanted = plain.wanted(made, other.back_up_keys(), without_witness=True)
    with pytest.raises(NotRestored, match="those of another store"):
        restore(new, replace(wanted, identities=both))
    found = "\n".join(restore(new, plain.wanted(made, saved, without_witness=True)))
    assert "NOBODY KNOWS what was recorded, destroyed or redacted after" in found
    new.database.close()


def begun_elsewhere(folder: Path) -> Drill:
    folder.mkdir()
    other = begun(folder, council="merton")  # of one council each desk has the same store
    other.witnessed()
    return other


def test_what_is_not_what_was_backed_up_is_not_restored(plain: Drill) -> None:
    """By somebody who has the recipient, and so can write a backup of anything."""
    plain.desk.raised()
    plain.witnessed()
    made, saved = plain.back_up(), plain.back_up_keys()
    opened = backup_file.unpack(made.file, [plain.identity], plain.folder / "out")
    for statement, says in (
        ("UPDATE people SET name = 'Somebody Else' WHERE id = 'iro'", "does not prove itself"),
        ("DELETE FROM payloads", "refer to nothing"),
        ("UPDATE payloads SET body = '{}' WHERE event_id = 1", "does not prove itself"),
        ("INSERT INTO search_words SELECT x'00', event_id, alert_id, part FROM search_words LIMIT 1",
         "as many rows"),
    ):  # fmt: skip
        forged = plain.folder / "forged.db"
        forged.write_bytes((opened.folder / "store").read_bytes())
        with closing(sqlite3.connect(forged)) as store, store:
            store.execute(statement)
        target = plain.folder / "forged.tar.age"
        backup_file.write(target, {"store": forged}, opened.said, [plain.recipient])
        new = plain.empty_place("forged")
        with pytest.raises((NotRestored, DatabaseNotReady), match=says):
            restore(new, replace(plain.wanted(made, saved), file=target))
        assert new.database.is_empty()
