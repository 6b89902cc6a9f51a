"""Who reads which part of an alert, as a table."""

from practice_alerts.domain.alert.choices import Part
from practice_alerts.domain.seeing.readers import SEEN


def seen_table() -> str:
    """A row for each way of standing to an alert."""
    rows = (
        f"| {relation} | {' | '.join(row[part].value for part in Part)} |"
        for relation, row in SEEN.items()
    )
    heads = " | ".join(f"`{part.value}`: {part.words}" for part in Part)
    line = "|---" * (len(Part) + 1) + "|"
    return "\n".join((f"| whoever is | {heads} |", line, *rows, ""))
