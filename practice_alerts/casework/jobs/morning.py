"""What is written each morning, in this order: reminders and news first, then each reader's one message."""

from collections.abc import Callable
from dataclasses import dataclass

from practice_alerts.casework.directory.in_bulk import token_ends
from practice_alerts.casework.each_by_itself import each_by_itself
from practice_alerts.casework.jobs import cover_notices, digest, send_reminders, weekly_list
from practice_alerts.casework.jobs.when_to_send import is_morning
from practice_alerts.office import Office


@dataclass(frozen=True, slots=True)
class WrittenToday:
    reminders: int
    messages: int


def write_what_is_due(office: Office) -> WrittenToday:
    """Everything that is due now and was not written yet; to be called again and again.

    A bug in one part stops none of the others, and is raised in the end.
    """
    counted: list[int] = []
    parts = (
        send_reminders.remind,
        weekly_list.write_weekly_lists,
        cover_notices.tell_covers,
        lambda office: token_ends.tell(office) if is_morning(office) else 0,
        digest.write_digests,
    )

    def write(part: Callable[[Office], int]) -> int:
        counted.append(part(office))
        return counted[-1]

    each_by_itself(parts, write, "parts of the morning that stumbled over a fault of ours")
    return WrittenToday(sum(counted[:-1]), counted[-1])
