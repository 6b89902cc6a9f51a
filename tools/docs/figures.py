"""What each figure of the log counts, as docs/figures.md prints it from the measures."""

from practice_alerts.domain.log.measures.all_measures import MEASURES
from practice_alerts.domain.log.measures.measure import Measure

_PAGE = """# The figures, and what each counts

Made from the code by `make docs`. The ready-made questions of the log, the overview and this page read the same rows
([why](decisions/0056-each-figure-is-one-measure.md)); a second, slow count from the events is held against each.

- A **concern** is an alert on the council's own ladder. Good practice and alerts taken to a partner agency have figures
  of their own and stand in no other.
- A **period** runs from one day to another in London, both included. Each figure stands beside that of the period before
  and of the same a year earlier. A year runs from April to March.
- Each thing is counted **once**: by the day of the act, or by the day it was due. So twelve months add up to their year.
- What was **due** is counted once its day has passed: a day at its end, hours at their last minute. What is due today is
  not over, and stands nowhere yet. What had ended before its day stands apart and is in no share.
- Days that are an **aim**, or that people set for putting it right, stand apart from deadlines: nobody is late by them.
- **As at the end** means after everything that had happened by then and nothing later. An answer that was recorded later
  counts from when it came.
- The **middle** is the smallest number with at least half at or below it; the ninth decile with nine in ten.
- Not in here: rates per review or child, and what the service typed for a period. The log does not hold them.

| | figure | what is counted | of | by |
|---|---|---|---|---|
{rows}

"May leave" is said of none without its small numbers hidden; those marked * stay inside in any case.
"""


def figures_page() -> str:
    return _PAGE.format(rows="\n".join(map(_row, MEASURES)))


def _row(measure: Measure) -> str:
    inside = "" if measure.may_leave else "\\*"
    rule = f"{measure.rule.words}; in {measure.unit.words}"
    by = ", ".join(measure.by) or "the whole"
    parts = (
        f"{measure.id}{inside}",
        f"**{measure.title}**: {measure.numerator}",
        f"{measure.counted} In the period: {rule}.",
        measure.denominator or "–",
        by,
    )
    return f"| {' | '.join(parts)} |"
