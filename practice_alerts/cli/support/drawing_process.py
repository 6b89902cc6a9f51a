"""Run as a program: one of the processes that draw the app's pages. It ends with the one that began it."""

import json
import os
import select
import socket
import sys
import time
from collections.abc import Callable, Mapping
from dataclasses import replace
from threading import Thread
from typing import TYPE_CHECKING, Any, Final

from practice_alerts import __version__
from practice_alerts.adapters.drawing.drawing_processes import DrawingProcesses
from practice_alerts.domain.errors import Expected, ToldPlainly

if TYPE_CHECKING:
    from practice_alerts.office import Office

_LONGEST_END: Final = 12.0  # seconds


def that_draw(office: "Office", many: int) -> DrawingProcesses:
    """So many of these for an office, none of them begun yet."""
    return DrawingProcesses(many, __name__, told_of(office))


def told_of(office: "Office") -> dict[str, Any]:
    """What the process that answers has found out, so that all go by the same."""
    settings = office.settings
    return {
        "version": __version__,
        "procedures": str(settings.procedures),
        "form_templates": str(settings.form_templates),
        "data": str(settings.data),
        "base_url": settings.base_url,
        "sample": settings.sample,
        "editions": {council: files.digest for council, files in office.councils.items()},
        "unsound": dict(office.unsound),
        "at_fault": dict(office.at_fault),
    }


def main() -> None:
    control = socket.socket(fileno=int(sys.argv[1]))
    control.set_inheritable(False)
    told = json.load(sys.stdin)
    end = _End(control)
    try:
        _draw(control, told, end)
    except ToldPlainly as refused:
        sys.exit(str(refused))


class Upgraded(Expected):
    """Another version lies here than the one that answers."""

    def __init__(self) -> None:
        super().__init__(
            "Another version was installed while this one runs. Stop the product and start it."
        )


class _End:
    """Comes when the one that began us ends, however it does."""

    def __init__(self, control: socket.socket) -> None:
        self._control = control
        self._do: Callable[[], None] = lambda: os._exit(
            0
        )  # nothing has begun that would have to end
        Thread(target=self._wait, daemon=True).start()

    def does(self, do: Callable[[], None]) -> None:
        self._do = do

    def _wait(self) -> None:
        watched = select.poll()
        watched.register(self._control, 0)  # only that the other side is gone
        watched.poll()
        self._do()
        time.sleep(_LONGEST_END)
        os._exit(1)


def _draw(control: socket.socket, told: Mapping[str, Any], end: _End) -> None:
    import click

    from practice_alerts.cli.support.drawing_server import draw
    from practice_alerts.cli.support.run_server import sender_for

    office = office_as(told)
    draw(office, sender_for(office, os.environ, click.echo), control, end.does)


def office_as(told: Mapping[str, Any]) -> "Office":
    """The office of the one that answers, opened here: the same editions, whatever lies in the files by now."""
    from practice_alerts.casework.proof import witness
    from practice_alerts.office import Settings, open_office

    if told["version"] != __version__:
        raise Upgraded
    given = ("procedures", "form_templates", "data", "base_url", "sample")
    office = open_office(Settings.read(**{name: told[name] for name in given}))
    witness.must_agree(office.database, office.settings.witness)
    editions: Mapping[str, str] = told["editions"]
    return replace(
        office,
        councils={council: office.edition(digest) for council, digest in editions.items()},
        unsound={council: tuple(lines) for council, lines in told["unsound"].items()},
        at_fault={council: tuple(lines) for council, lines in told["at_fault"].items()},
    )


if __name__ == "__main__":
    main()
