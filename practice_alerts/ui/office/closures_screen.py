"""The calendar as an administrator reads it: the council's closures, and the bank holidays beside them."""

from collections.abc import Iterable, Iterator
from datetime import date

from markupsafe import Markup

from practice_alerts.adapters.store.office.closures import Closure
from practice_alerts.casework.calendar.closures import (
    Closing,
    Closures,
    close,
    confirm,
    reopen,
    together,
)
from practice_alerts.domain.dates import in_full, london_date
from practice_alerts.domain.deadlines.working_days import SHORT_NOTICE
from practice_alerts.domain.errors import NotFound
from practice_alerts.domain.text import working_days
from practice_alerts.ui.office.office_act import OfficeForm
from practice_alerts.ui.page import html

LATE_RULE = (
    f"A day put down fewer than {working_days(SHORT_NOTICE)} ahead, or once it is past, is a closure put down"
    " late. Another administrator has to confirm it, and until then it changes nothing. It makes no answer"
    " that is late be in time: dates that run already stay, the later ones stand beside them, and figures go"
    " by the earlier. Clocks that start after it was confirmed leave the day out."
)


def closures(found: Closures, today: date, reader: str, *, keeps: bool) -> None:
    """Those that wait for a second person, those to come, then those past, each to be taken back."""
    waiting = [one for one in found.every if one.waits]
    if waiting:
        heads = ("Day", "Reason", "Put down by", "Change")
        rows = (_waiting_row(found, one, reader, keeps=keeps) for one in waiting)
        html.table("Waiting to be confirmed by another administrator", heads, rows)
    in_force = [one for one in found.every if not one.waits]
    to_come = [one for one in in_force if one.day >= today]
    past = [one for one in in_force if one.day < today]
    none = "No day from today on is put down as closed."
    _table("Closed from today on", found, to_come, none, keeps=keeps)
    if past:
        _table("Closed before today", found, past, keeps=keeps)


def _table(
    caption: str, found: Closures, days: Iterable[Closure], none: str = "", *, keeps: bool
) -> None:
    rows = (
        (
            in_full(one.day),
            one.reason,
            _by_whom(found, one),
            _take_back(one.day) if keeps else "",
        )
        for one in days
    )
    html.table(caption, ("Day", "Reason", "Put down by", "Change"), rows, none=none)


def _by_whom(found: Closures, one: Closure) -> str:
    by = _entered(found, one)
    if one.confirmed_at is None:
        return by
    confirmed = f"{found.named(one.confirmed_by)}, {in_full(london_date(one.confirmed_at))}"
    return f"{by}; put down late, confirmed by {confirmed}"


def _entered(found: Closures, one: Closure) -> str:
    if one.entered_at is None:
        return "not recorded"
    return f"{found.named(one.entered_by)}, {in_full(london_date(one.entered_at))}"


def _waiting_row(found: Closures, one: Closure, reader: str, *, keeps: bool) -> html.Row:
    if not keeps:
        return in_full(one.day), one.reason, _entered(found, one), ""
    back = _take_back(one.day)
    if one.entered_by == reader:
        return in_full(one.day), one.reason, _entered(found, one), back
    words = Markup("Confirm{}").format(html.unseen(f": {in_full(one.day)}"))
    link = html.link(words, f"/app/calendar?act=confirm&of={one.day.isoformat()}")
    return in_full(one.day), one.reason, _entered(found, one), html.lines(link, back)


def _take_back(day: date) -> Markup:
    words = Markup("Take back{}").format(html.unseen(f": {in_full(day)}"))
    return html.link(words, f"/app/calendar?act=reopen&of={day.isoformat()}")


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
    for one in found.every:
        if act == "reopen" and one.day.isoformat() == of:
            return _reopen(form, one)
        if act == "confirm" and one.waits and one.day.isoformat() == of:
            return _confirm(form, found, one)
    raise NotFound("day that is closed")


def _close(form: OfficeForm) -> str:
    form.begin("Close a day", "Close it")
    html.quiet(LATE_RULE)
    first = form.day("first", "First day")
    hint = (
        "Leave it empty for the one day. Weekends and bank holidays in between do not count anyway."
    )
    last = form.day("last", "Last day (optional)", hint=hint)
    reason = form.text("reason", "Reason", hint="Everybody reads it beside the day, as in: Snow.")
    here, actor = form.sent()
    made = close(here, actor, actor.council, Closing(first, last, reason))
    said = []
    if made.closed:
        said.append(f"{_days(made.closed)}: no longer {_count(made.closed)}.")
    if made.waiting:
        wait = "waits" if len(made.waiting) == 1 else "wait"
        said.append(f"{_days(made.waiting)}: {wait} for another administrator to confirm it.")
    return " ".join(said)


def _confirm(form: OfficeForm, found: Closures, one: Closure) -> str:
    form.begin("Confirm a closure", "Confirm it")
    days = together(found.every, one.day)
    html.lead(f"{_days(days)} ({one.reason}), put down by {_entered(found, one)}.")
    html.quiet(LATE_RULE)
    here, actor = form.sent()
    days = confirm(here, actor, actor.council, one.day)
    return (
        f"{_days(days)}: confirmed, and no longer {_count(days)} for clocks that start from now on."
    )


def _reopen(form: OfficeForm, one: Closure) -> str:
    form.begin("Take a closure back", "Take it back")
    again = "is not closed after all" if one.waits else "counts again as a working day"
    html.lead(f"{in_full(one.day)} ({one.reason}) {again}.")
    here, actor = form.sent()
    reopen(here, actor, actor.council, one.day)
    return f"{in_full(one.day)} {'is taken back' if one.waits else 'counts again'}."


def _days(days: Iterable[date]) -> str:
    return ", ".join(map(in_full, days))


def _count(days: tuple[date, ...]) -> str:
    return "counts" if len(days) == 1 else "count"
