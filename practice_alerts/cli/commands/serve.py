"""`practice-alerts serve`: everything at one address, in one process or in several."""

from __future__ import annotations

import os
import shlex
import signal
import socket
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import replace
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import click

from practice_alerts.cli.support.context import (
    FIRST_ADMINISTRATOR,
    SERVED_AT,
    NothingKept,
    World,
    is_kept,
)
from practice_alerts.cli.support.output import as_given, number
from practice_alerts.cli.support.port import address, is_every_address, is_loopback, take
from practice_alerts.domain.errors import Expected, StorageTrouble

if TYPE_CHECKING:
    from practice_alerts.adapters.files.procedures import CouncilFiles
    from practice_alerts.adapters.mail import Sender
    from practice_alerts.office import Office, Settings

_OWN_ADDRESS = "PRACTICE_ALERTS_BASE_URL"
_MOST_PROCESSES = 64


class NotHere(Expected):
    """This data folder, or this address, is not for this way of starting."""


@click.command(short_help="Start the product.")
@click.option(
    "--sample", is_flag=True, help="Start with a small made-up office, on this machine alone."
)
@click.option(
    "--port",
    type=click.IntRange(1, 65535),
    default=8000,
    show_default=True,
    metavar="PORT",
    help="The port to answer at.",
)
@click.option(
    "--host",
    default="127.0.0.1",
    show_default=True,
    metavar="ADDRESS",
    help="The address to listen at.",
)
@click.option(
    "--processes",
    type=click.IntRange(1, _MOST_PROCESSES),
    default=1,
    show_default=True,
    metavar="NUMBER",
    help="How many processes share the work. Of more than one, the first answers and the others draw the app.",
)
@click.pass_obj
def serve(world: World, *, sample: bool, port: int, host: str, processes: int) -> None:
    """Start the product: guide, app, answer pages and log at one address.

    Ctrl+C, or the signal TERM, stops it within a few seconds.
    """
    with _stopping_quietly(), _for_nobody_else():
        settings = _settings(world, sample=sample, host=host, port=port)
        with closing(take(host, port)) as taken:
            # Before anything is made in the folder.
            if not settings.sample and not is_kept(settings):
                told = NothingKept(settings)
                raise told if told.is_lost else NotHere(_nobody(settings))
            _start(world, settings, taken, processes)


def _settings(world: World, *, sample: bool, host: str, port: int) -> Settings:
    if sample and not is_loopback(host):
        raise NotHere(
            f"--sample signs anybody in as anybody, so it is for this machine alone and not for {host}."
            " Leave out --host."
        )
    own = world.environment.get(_OWN_ADDRESS)
    if is_every_address(host) and not own:
        raise NotHere(
            f"At {host} it would answer under any name. Say which one people use:"
            f" {_OWN_ADDRESS}=https://alerts.example"
        )
    settings = world.settings(sample=sample, **({} if own else {"base_url": address(host, port)}))
    if sample:
        _must_stay_here(settings)
    return settings


def _must_stay_here(settings: Settings) -> None:
    """However it is reached: listening on this machine alone says nothing of a proxy that stands in front."""
    if not is_loopback(urlsplit(settings.base_url).hostname or ""):
        raise NotHere(
            "--sample signs anybody in as anybody, so it is for this machine alone and not for"
            f" {settings.base_url}. Leave out {_OWN_ADDRESS}."
        )
    if settings.trusted_proxies:
        raise NotHere(
            "--sample signs anybody in as anybody, so no proxy may stand in front of it. Leave out"
            " PRACTICE_ALERTS_TRUSTED_PROXIES."
        )


def _nobody(settings: Settings) -> str:
    return (
        f"There is nobody in {settings.data} yet. Enter the first administrator:"
        f" {as_given(FIRST_ADMINISTRATOR)}\nOr look around with made-up people:"
        f" {as_given('serve --sample', here=('procedures',))}"
    )


def _start(world: World, settings: Settings, taken: socket.socket, processes: int) -> None:
    # Imported now and not above: a taken port or an empty folder is told within a moment.
    from practice_alerts.adapters.store.office import office_settings
    from practice_alerts.casework.sample.sample_office import make_sample_office
    from practice_alerts.cli.support.drawing_process import that_draw
    from practice_alerts.cli.support.guide_build import site_of
    from practice_alerts.cli.support.run_server import run

    where = "on its server" if settings.database_url else f"in {settings.data}"
    click.echo(f"Reading the procedures in {settings.procedures}, and the database {where} ...")
    office = world.office(settings, migrate=True)
    is_here = bool(office.database.files())
    if not settings.sample and is_here and settings.witness.lies_with(settings.data):
        click.echo(
            f"The witness of the store lies on its own volume, {settings.witness.folder}: what takes one takes"
            " the other. Move the folder elsewhere, and name that place with PRACTICE_ALERTS_WITNESS"
        )
    if settings.sample:
        if make_sample_office(office):
            click.echo("Made a sample office: made-up people, and alerts in every state")
    else:
        _must_be_real(office)
    with suppress(StorageTrouble), office.database.writing() as tx:  # reading goes on without
        office_settings.put_fact(tx, SERVED_AT, settings.base_url)
    office = _as_checked(office)
    sender = _sender(world, office)
    guide = site_of(office, click.echo)
    draws = that_draw(office, processes - 1) if processes > 1 else None
    run(office, sender, guide, taken, click.echo, draws=draws)


def _sender(world: World, office: Office) -> Sender:
    from practice_alerts.adapters.mail import FolderSender
    from practice_alerts.cli.support.run_server import sender_for

    sender = sender_for(office, world.environment, click.echo)
    if isinstance(sender, FolderSender):
        click.echo(f"No mail server is configured: notices are put into {sender.folder}")
    return sender


def _as_checked(office: Office) -> Office:
    """The office in which nothing new is raised where a council's files have an error; told here, loudly."""
    from practice_alerts.casework.jobs.check_files import unsound
    from practice_alerts.cli.commands.check import taken_addresses

    right = [files for files in office.councils.values() if files.id not in office.at_fault]
    found = unsound(right, office.today, taken_addresses())
    _tell_at_fault(office)
    _tell_without_document(right)
    for council, lines in found.items():
        click.echo(
            f"NOT SERVED FOR NEW ALERTS: {council}. The check finds {number(len(lines), 'error')} in its files;"
            " open alerts go on, and nothing new can be raised there.",
            err=True,
        )
        for line in lines:
            click.echo(f"  {line}", err=True)
        folder = shlex.quote(str(office.settings.procedures / council))
        again = as_given(f"check {folder}")
        click.echo(f"Mend it until this finds no error, and start again: {again}", err=True)
    return replace(office, unsound={**office.unsound, **found})


def _tell_at_fault(office: Office) -> None:
    for council, lines in office.at_fault.items():
        goes_on = "it goes on by the edition before"
        if council in office.unsound:
            goes_on = (
                "its open alerts go on by the edition before, and nothing new can be raised there"
            )
        elif council not in office.councils:
            goes_on = "nothing of it is served"
        click.echo(
            f"FILES AT FAULT: {council}; {goes_on}. The other councils are as always.", err=True
        )
        for line in lines:
            click.echo(f"  {line}", err=True)


def _tell_without_document(right: Iterable[CouncilFiles]) -> None:
    for files in right:
        forms = {kind.form for kind in files.procedure.kinds.values() if kind.form is not None}
        for form in sorted(forms):
            if files.template(form) is None:
                click.echo(
                    f"NO DOCUMENT: {files.id}. The form {form} has no Word template {form}.docx; alerts go on, and those"
                    " raised from now on have no document.",
                    err=True,
                )


def _must_be_real(office: Office) -> None:
    from practice_alerts.adapters.store.office import directory

    with office.database.reading() as tx:
        if directory.anybody(tx, sample=True):
            raise NotHere(
                f"{office.settings.data} holds the sample office, which anybody may enter. Start it"
                f" with: {as_given('serve --sample')}, or choose another folder with --data."
            )
        if not directory.anybody(tx):
            raise NotHere(_nobody(office.settings))


@contextmanager
def _for_nobody_else() -> Iterator[None]:
    """Also what libraries write, the guide's builder among them."""
    before = os.umask(0o077)
    try:
        yield
    finally:
        os.umask(before)


@contextmanager
def _stopping_quietly() -> Iterator[None]:
    """Being stopped is no fault, also while it is still setting up."""
    before = signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        yield
    except KeyboardInterrupt:
        click.echo("Stopped.")
    finally:
        signal.signal(signal.SIGTERM, before)
