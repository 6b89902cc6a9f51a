"""What is said, wherever an alert is read, of whoever disagrees with it."""

from collections.abc import Iterator

from practice_alerts.domain.alert.alert import Alert
from practice_alerts.domain.dates import in_full
from practice_alerts.domain.standing.disputes import is_disputed, statements

DISPUTED = (
    "Its accuracy is disputed: until that is settled it is used only to put things right for the child, and passed on"
    " to nobody who need not act."
)


def dispute_lines(alert: Alert) -> Iterator[str]:
    """That it is disputed, then what each said; nothing of an alert with which nobody disagrees."""
    if is_disputed(alert):
        yield DISPUTED
    for at, what in statements(alert):
        yield f"{what.reference} disagrees with what is written ({in_full(at)}): {what.reason}"
