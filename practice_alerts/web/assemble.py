"""Putting the whole together from an office: every face, and what runs beside them."""

import asyncio
import logging
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from functools import partial
from pathlib import Path

from starlette.applications import Starlette
from starlette.routing import BaseRoute

from practice_alerts import ROOT
from practice_alerts.adapters.drawing.drawing_processes import Draws
from practice_alerts.adapters.log.datasette_app import LogFile
from practice_alerts.adapters.log.described_log import metadata
from practice_alerts.adapters.mail import Sender
from practice_alerts.adapters.metrics import Metrics
from practice_alerts.adapters.store.core.leading import Leading
from practice_alerts.casework.calendar import recalculate
from practice_alerts.casework.core import found_by
from practice_alerts.casework.directory.signing_in import links_by_mail, single_sign_on
from practice_alerts.casework.jobs import morning, send_mail, sync_log
from practice_alerts.casework.proof import old_entries, typed_words, witness
from practice_alerts.casework.records import destroying
from practice_alerts.casework.records.clear_up import clear_up
from practice_alerts.casework.sample.sign_in_as import sample_door
from practice_alerts.domain.errors import trouble_in
from practice_alerts.domain.guide.parts.ladder_figure import stage_anchor
from practice_alerts.domain.guide.parts.page import address
from practice_alerts.domain.procedure.procedure import Procedure
from practice_alerts.office import Office
from practice_alerts.web.application import BackgroundTask, Faces, build, build_app_alone
from practice_alerts.web.pages.answer import AnswerPages
from practice_alerts.web.pages.calendar_feed import CalendarPages
from practice_alerts.web.pages.certificates import CertificatePages
from practice_alerts.web.pages.date_calculator import DatePages
from practice_alerts.web.pages.disclosures import DisclosurePages
from practice_alerts.web.pages.documents import DocumentPages
from practice_alerts.web.pages.scim import ScimPages
from practice_alerts.web.pages.single_sign_on import SignOnPages
from practice_alerts.web.pages.taken_away.alert_lists import AlertListPages
from practice_alerts.web.pages.taken_away.reports import ReportPages
from practice_alerts.web.pages.taken_away.security_log_csv import SecurityLogPages
from practice_alerts.web.pages.taken_away.team_sheets import TeamPages
from practice_alerts.web.pages.taken_away.words_written import ReportWordPages
from practice_alerts.web.pages.watching import WatchPages
from practice_alerts.web.shell.error_reports import report, report_trouble
from practice_alerts.web.shell.html_pages import PlainPages
from practice_alerts.web.shell.log_app import LogPutDown, log_face
from practice_alerts.web.shell.origin import Home
from practice_alerts.web.shell.own_threads import in_own_threads

APP_SCRIPT = ROOT / "app.py"

_FOLLOW_EVERY = 0.3  # seconds: the log is promised within one
_SEND_EVERY = 1.0
_WITNESS_EVERY = 1.0  # so far it may lag, and as long as one line takes
_FORGET_EVERY = 60.0
_REMIND_EVERY = 300.0
_ASK_EVERY = 1.0  # who leads
_LINKS_AT_ONCE = 4  # on their way to the mail server
_DESTROY_EVERY = 3600.0

_Job = tuple[str, Callable[[], object], float]

_log = logging.getLogger(__name__)


def whole(office: Office, sender: Sender, guide: Path, draws: Draws | None = None) -> Starlette:
    """The product as one ASGI application. Once in a process.

    `draws`: who draws the app and does what one process does for all, where others do.
    """
    _at_first(recalculate.redate_all, office)  # the calendar may be another since the last start
    _at_first(found_by.read_all_anew, office)  # the store may be of before search by words
    _at_first(destroying.forget, office)  # the process may have ended before it was done
    _at_first(sync_log.catch_up, office)  # its files must exist before Datasette opens them
    pages = PlainPages(sample=office.settings.sample)
    face = log_face(_log_files(office), sample=office.settings.sample, today=lambda: office.today)
    log = LogPutDown(face, office.security_log)
    metrics, json_lines = Metrics(), office.settings.watching.json_lines
    more = [*_own_pages(office, pages, sender), *WatchPages(office, metrics, draws).routes()]
    faces = Faces(
        APP_SCRIPT, guide, log, pages, more, office.security_log, metrics, json_lines, draws
    )
    return build(
        faces,
        office.sign_in,
        in_own_threads(partial(links_by_mail.mail_link, office, sender), _LINKS_AT_ONCE),
        Home(office.settings.base_url),
        beside=[_telling(office)] if draws else _beside(office, sender),
        ways=single_sign_on.ways(office),
        door=sample_door(office),
    )


def app_alone(office: Office, sender: Sender) -> Starlette:
    """The app for a process that draws it, and what one of these does for all. Once in a process."""
    return build_app_alone(
        APP_SCRIPT,
        PlainPages(sample=office.settings.sample),
        office.sign_in,
        Home(office.settings.base_url),
        _beside(office, sender),
        put_down=office.security_log,
    )


def _beside(office: Office, sender: Sender) -> list[BackgroundTask]:
    """Each sees for itself that the store is as its witness saw it; one follows it into a folder, one does all else."""
    leading = Leading(office.database, office.settings.data / "running" / "leading")
    send = partial(send_mail.send_waiting, office, sender, alone=True)
    for_store: tuple[_Job, ...] = (
        ("forgetting", partial(destroying.forget, office), _FORGET_EVERY),
        ("the outbox", send, _SEND_EVERY),
        ("what was typed", partial(typed_words.destroy_old, office), _DESTROY_EVERY),
        ("old entries", partial(old_entries.remove_old, office), _DESTROY_EVERY),
        ("clearing up", partial(clear_up, office), _DESTROY_EVERY),
        ("the morning", partial(morning.write_what_is_due, office), _REMIND_EVERY),
    )
    return [
        _handing_over(leading),
        _telling(office),
        _again_and_again(
            "the log", partial(sync_log.catch_up, office), _FOLLOW_EVERY, leading.of_folder
        ),
        *(_again_and_again(*job, leading.of_store) for job in for_store),
    ]


def _telling(office: Office) -> BackgroundTask:
    return _again_and_again("the witness", partial(_tell_witness, office), _WITNESS_EVERY)


def _handing_over(leading: Leading) -> BackgroundTask:
    """First to begin and last to end, so that nobody else begins while anything of ours still runs."""

    @asynccontextmanager
    async def beside() -> AsyncIterator[None]:
        try:
            yield
        finally:
            leading.let_go()

    return beside


def _at_first(job: Callable[[Office], object], office: Office) -> None:
    """What cannot be written now is told, and tried again at the latest by the next start: reading goes on."""
    try:
        job(office)
    except Exception as fault:
        trouble = trouble_in(fault)
        if trouble is None:
            raise
        report_trouble(trouble)


def _tell_witness(office: Office) -> None:
    witness.note(office.database, office.settings.witness, office.now())


def _own_pages(office: Office, pages: PlainPages, sender: Sender) -> list[BaseRoute]:
    """The plain pages beside signing in: answers, documents, dates, calendars, and what other systems say."""
    to_asked = partial(links_by_mail.mail_link_to_asked, office, sender)
    to_person = partial(links_by_mail.mail_link_to_person, office, sender)
    mail_link = in_own_threads(to_asked, _LINKS_AT_ONCE)
    reports = ReportPages(office, pages)
    return [
        *SignOnPages(office, pages, in_own_threads(to_person, _LINKS_AT_ONCE)).routes(),
        *AnswerPages(office, pages, mail_link).routes(),
        *DocumentPages(office, pages).routes(),
        *DisclosurePages(office, pages).routes(),
        *CertificatePages(office, pages).routes(),
        *AlertListPages(reports).routes(),
        *TeamPages(reports).routes(),
        *ReportWordPages(reports).routes(),
        *reports.routes(),
        *DatePages(office, pages).routes(),
        *CalendarPages(office, pages).routes(),
        *ScimPages(office).routes(),
        *SecurityLogPages(office, pages).routes(),
    ]


def _log_files(office: Office) -> list[LogFile]:
    told = metadata()
    return [
        LogFile(
            path,
            told | {"title": f"Alert log of {office.councils[council].procedure.council}"},
            _in_the_guide(council, office.councils[council].procedure),
        )
        for council, path in office.log.files().items()
        if council in office.councils
    ]


def _in_the_guide(council: str, procedure: Procedure) -> dict[str, str]:
    """Where the guide tells of each stage, by its label; of two labels alike the first."""
    found: dict[str, str] = {}
    for name, ladder in procedure.all_ladders():
        for stage in ladder.stages:
            anchor = stage_anchor(procedure, name, stage)
            found.setdefault(stage.label, address(council, "stages", anchor))
    return found


def _each() -> bool:
    return True


def _when_due(
    do: Callable[[], object], every: float, leads: Callable[[], bool]
) -> Callable[[], None]:
    """Whoever does not lead asks each second, so that a job done once an hour is taken over as well."""
    due = 0.0

    def do_if_due() -> None:
        nonlocal due
        if leads() and time.monotonic() >= due:
            do()
            due = time.monotonic() + every

    return do_if_due


def _again_and_again(
    what: str, do: Callable[[], object], every: float, leads: Callable[[], bool] = _each
) -> BackgroundTask:
    """Run it beside the faces, while we lead, for as long as they run; a fault is written down and tried again."""
    do_apart = in_own_threads(_when_due(do, every, leads))

    async def run() -> None:
        while True:
            try:
                await do_apart()
            except Exception as fault:  # noqa: BLE001 - it must go on, whatever went wrong once
                if trouble := trouble_in(fault):
                    report_trouble(trouble)
                else:
                    _log.error("%s stumbled and goes on: %s", what, report(fault, what))
                await asyncio.sleep(5)
            await asyncio.sleep(min(every, _ASK_EVERY))

    @asynccontextmanager
    async def beside() -> AsyncIterator[None]:
        task = asyncio.create_task(run())
        try:
            yield
        finally:
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)

    return beside
