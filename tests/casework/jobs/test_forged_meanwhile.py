"""What somebody puts into the chain while the product runs is not sealed by the product's next act."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy import Connection, NullPool, create_engine, event, select

from practice_alerts.adapters.store.core import tables as t
from practice_alerts.adapters.store.core.seals import NotSealed
from practice_alerts.adapters.witness_file import Witness
from practice_alerts.casework.proof import witness
from practice_alerts.casework.proof.audit_chain import prove
from practice_alerts.domain.alert.hash_chain import Link, digest_of
from practice_alerts.domain.errors import Storage, StorageTrouble
from practice_alerts.office import Office
from tests.helpers.product.office import Desk, open_desk
from tests.helpers.product.postgresql import ENGINES

_ADDED = "those after event"


@pytest.fixture(params=ENGINES)
def desk(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Desk]:
    opened = open_desk(tmp_path / "data", engine=request.param)
    opened.raised("stage-1")
    opened.raised("stage-2")
    yield opened
    opened.office.database.close()


def past_the_product(office: Office, do: Callable[[Connection], None]) -> None:
    """By a connection of somebody's own, who holds no key; guards are off where they may be."""
    engine = create_engine(office.database.url, poolclass=NullPool)
    if engine.dialect.name == "postgresql":
        off = "SET LOCAL session_replication_role = replica"
        event.listen(engine, "begin", lambda tx: tx.exec_driver_sql(off))
    with engine.begin() as tx:
        do(tx)
    engine.dispose()


def add_an_event(tx: Connection) -> None:
    """As the last one, by somebody else, and well chained: no key is needed for that."""
    last = tx.execute(select(t.events).order_by(t.events.c.id.desc()).limit(1)).mappings().one()
    body = tx.execute(select(t.payloads.c.body).where(t.payloads.c.event_id == last["id"]))
    kept, number = body.scalar_one(), last["id"] + 1
    said = {name: last[name] for name in Link.__slots__}
    link = Link(
        **said
        | {
            "id": number,
            "number": last["number"] + 1,
            "person_id": "boss",
            "act_key": "forged",
            "digest": digest_of("x", kept),
        }
    )
    row = {name: getattr(link, name) for name in Link.__slots__}
    chained = {"previous_hash": last["hash"], "hash": link.hash_after(last["hash"])}
    tx.execute(t.events.insert().values(row | chained))
    tx.execute(t.payloads.insert().values(event_id=number, salt="x", body=kept))


def add_an_event_and_its_seal(tx: Connection) -> None:
    """The same, and what says that it was sealed: of a key's id alone everybody knows who reads the store."""
    add_an_event(tx)
    last = tx.execute(select(t.seals).order_by(t.seals.c.id.desc()).limit(1)).mappings().one()
    head = tx.execute(select(t.events).order_by(t.events.c.id.desc()).limit(1)).mappings().one()
    its = {"id": last["id"] + 1, "event_id": head["id"], "event_hash": head["hash"]}
    tx.execute(t.seals.insert().values({**last} | its | {"rows": "{}", "mac": "0" * 64}))


FORGED = [add_an_event, add_an_event_and_its_seal]


def counts(office: Office) -> dict[str, int]:
    with office.database.reading() as tx:
        return office.database.counts(tx)


@pytest.mark.parametrize("forge", FORGED)
@pytest.mark.parametrize("is_begun", [True, False])
def test_a_forged_event_is_sealed_by_no_act_and_no_key_and_told_to_no_witness(
    desk: Desk, tmp_path: Path, forge: Callable[[Connection], None], *, is_begun: bool
) -> None:
    """Whether this process has written before, or not yet."""
    office, seen = desk.office, Witness(tmp_path / "witness")
    witness.note(office.database, seen, office.now())
    if not is_begun:
        office.database._proved = None
    past_the_product(office, forge)
    before = counts(office)
    with pytest.raises(StorageTrouble) as caught:
        desk.raised("stage-1")
    assert caught.value.what is Storage.ALTERED
    assert "past the product" in caught.value.server
    with pytest.raises(witness.NotAsWitnessed, match="past the product"):
        witness.note(office.database, seen, office.now())
    with pytest.raises(NotSealed, match="past the product"):
        office.database.change_seal_key("Ops", office.now())
    assert counts(office) == before
    assert any(
        _ADDED in one.says or "not made by the product" in one.says
        for one in prove(office).differences
    )
    # A person answers for it, by name, and work goes on.
    witness.accept(office.database, seen, "Ops", "looked at", office.now())
    assert desk.raised("stage-1").id
    assert [one["by"] for one in prove(office).accepted] == ["Ops"]


@pytest.mark.postgres
@pytest.mark.parametrize("forge", FORGED)
def test_what_is_put_in_while_an_act_is_being_written_is_not_sealed_with_it(
    tmp_path: Path, forge: Callable[[Connection], None]
) -> None:
    """On a server alone: SQLite lets nobody write meanwhile."""
    desk = open_desk(tmp_path / "data", engine="postgresql")
    desk.raised("stage-1")
    office = desk.office

    def write() -> None:
        with office.database.writing() as tx:
            past_the_product(office, forge)
            tx.execute(t.people.update().where(t.people.c.id == "iro").values(name="Ines"))

    with pytest.raises(NotSealed, match="past the product"):
        write()
    with office.database.reading() as tx:
        assert "Ines" not in set(tx.execute(select(t.people.c.name)).scalars())
    assert not prove(office).holds
    office.database.close()


def test_acts_of_the_product_go_on(desk: Desk) -> None:
    for _ in range(3):
        desk.raised("stage-1")
    assert prove(desk.office).holds
