"""`practice-alerts verify`: that nothing was altered or removed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import asdict
from datetime import datetime
from typing import TYPE_CHECKING

import click

from practice_alerts.cli.support.context import World
from practice_alerts.cli.support.output import as_json_option, echo_json, number
from practice_alerts.domain.dates import LONDON, in_full, london_date

if TYPE_CHECKING:
    from practice_alerts.casework.proof.audit_chain import Proof


def _a_hash(_ctx: click.Context, _param: click.Parameter, value: str | None) -> str | None:
    if value is not None and not re.fullmatch(r"[0-9a-f]{64}", value.strip().lower()):
        raise click.BadParameter("a head is 64 characters, 0-9 and a-f, as verify printed it.")
    return value and value.strip().lower()


@click.command(short_help="Prove that nothing was altered.")
@click.option(
    "--head",
    "noted",
    metavar="HASH",
    callback=_a_hash,
    help="A head written down before: say whether it is still in the chain.",
)
@as_json_option
@click.pass_context
def verify(ctx: click.Context, noted: str | None, *, as_json: bool) -> None:
    """Walk the chain of events and the seals, and compare every row with what it must be.

    Ends with exit code 1 where anything was altered, put in or removed, and names it.
    """
    from practice_alerts.adapters.keys import Keys
    from practice_alerts.casework.proof.audit_chain import prove
    from practice_alerts.office import Office

    world: World = ctx.obj
    settings = world.settings()
    # Without councils or keys: it rests on the store alone, which may be a copy on another machine.
    office = Office(settings, {}, world.store(settings), Keys("", ""), world.now)
    proof = prove(office, noted)
    if as_json:
        echo_json({**asdict(proof), "noted": noted})
    else:
        click.echo("\n".join(_lines(proof, noted)))
    ctx.exit(0 if proof.holds and (noted is None or proof.noted_at is not None) else 1)


def _lines(proof: Proof, noted: str | None) -> Iterator[str]:
    yield from (f"Broken: {one.says}" for one in proof.broken)
    yield from (f"{one.alert}: {one.says}" for one in proof.differences)
    if not proof.broken:
        yield f"{number(proof.events, 'event')}, each following from the one before."
    if not proof.differences:
        yield f"{number(proof.alerts, 'alert')}, each as its events say."
    for one in proof.accepted:
        day = in_full(london_date(datetime.fromisoformat(one["at"])))
        yield f"Accepted on {day} by {one['by']}: {one['why']}"
    for one in proof.clocks:
        at, was = (datetime.fromisoformat(one[name]).astimezone(LONDON) for name in ("at", "was"))
        yield f"Clock set from {was:%d %B %Y %H:%M} to {at:%d %B %Y %H:%M} by {one['by']}: {one['why']}"
    yield f"Head: {proof.head}"
    if noted is not None and proof.noted_at is None:
        yield "The head you noted is NOT in the chain: events were removed or replaced since."
    elif noted is not None:
        yield f"The head you noted is in the chain, at event {proof.noted_at}."
