"""The calendar as an administrator reads it: the council's closures, and the bank holidays beside them."""

from collections.abc import Iterator, Mapping
from datetime import date

from markupsafe import Markup

from practice_alerts.casework.calendar.closures import Closing, Closures, close, reopen
from practice_alerts.domain.dates import in_full
from practice_alerts.domain.errors import NotFound
from practice_alerts.ui.office.office_act import OfficeForm
from practice_alerts.ui.page import html


def closures(found: Closures, today: date) -> None:
    """Those to come, then those past, each to be taken back."""
    to_come = {day: reason for day, reason in found.days.items() if day >= today}
    past = {day: reason for day, reason in found.days.items() if day < today}
    _table("Closed from today on", to_come, "No day from today on is put down as closed.")
    if past:
        _table("Closed before today", past)


def _table(caption: str, days: Mapping[date, str], none: str = "") -> None:
    rows = (_row(day, days[day]) for day in sorted(days))
    html.table(caption, ("Day", "Reason", "Change"), rows, none=none)


def _row(day: date, reason: str) -> html.Row:
    words = Markup("Take back{}").format(html.unseen(f": {in_full(day)}"))
    link = html.link(words, f"/app/calendar?act=reopen&of={day.isoformat()}")
    return in_full(day), reason, link


def bank_holidays(found: Closures, today: date) -> None:
    """From today to the end of what is known."""
    rows: Iterator[tuple[str, str]] = (
        (in_full(day), name)
        for day, name in sorted(found.calendar.bank_holidays.items())
        if day >= today
    )
    html.table("Bank holidays in England and Wales", ("Day", "Name"), rows)
    html.quiet(f"Known up to {in_full(found.calendar.last)}. No clock is worked out past it.")


def act_on(act: str, of: str, found: Closures, form: OfficeForm) -> str:
    """The screen of an act. Raises NotFound."""
    if act == "close":
        return _close(form)
    for day, reason in found.days.items():
        if act == "reopen" and day.isoformat() == of:
            return _reopen(form, day, reason)
    raise NotFound("day that is closed")


def _close(form: OfficeForm) -> str:
    form.begin("Close a day", "Close it")
    first = form.day("first", "First day")
    hint = (
        "Leave it empty for the one day. Weekends and bank holidays in between do not count anyway."
    )
    last = form.day("last", "Last day (optional)", hint=hint)
    reason = form.text("reason", "Reason", hint="Everybody reads it beside the day, as in: Snow.")
    here, actor = form.sent()
    days = close(here, actor, actor.council, Closing(first, last, reason))
    counts = "counts" if len(days) == 1 else "count"
    return f"{', '.join(map(in_full, days))}: no longer {counts}."


def _reopen(form: OfficeForm, day: date, reason: str) -> str:
    form.begin("Take a closure back", "Take it back")
    html.lead(f"{in_full(day)} ({reason}) counts again as a working day.")
    here, actor = form.sent()
    reopen(here, actor, actor.council, day)
    return f"{in_full(day)} counts again."
