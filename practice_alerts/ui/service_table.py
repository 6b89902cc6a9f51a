"""The open alerts of a council as one plain table: what is stuck, where, and until when."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape

from practice_alerts.casework.seeing import InTray
from practice_alerts.domain.dates import in_full
from practice_alerts.ui import show, tray_lines

_HEADS = ("Alert", "Stands", "What comes next", "By", "Total limit")


def service_table(alerts: Sequence[InTray]) -> None:
    """What must be done first stands first; the reference leads to the alert."""
    if not alerts:
        show.quiet("No alert is open.")
        return
    show.html_table("Open alerts, what is due first on top", _HEADS, _rows(alerts))


def _rows(alerts: Sequence[InTray]) -> Iterator[tuple[str, ...]]:
    for one in alerts:
        reference = show.link(one.row.reference, f"/app/alert?reference={one.row.reference}")
        about = f'<span class="pa-quiet">{escape(one.row.about)}</span>' if one.row.about else ""
        yield (
            f"{reference}<br>{about}",
            show.state(one.where.standing.value, tray_lines.tone(one.where)),
            escape(one.where.sentence),
            in_full(one.where.by) if one.where.by else "",
            escape(tray_lines.limit(one).removeprefix("Total limit: ")) or "none",
        )
