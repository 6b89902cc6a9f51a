"""A small calendar that tests of timing can read in full."""

from practice_alerts.domain.deadlines.working_days import Calendar
from tests.helpers.days import day

CALENDAR_2025 = Calendar(
    bank_holidays={
        day("Fri 2025-04-18"): "Good Friday",
        day("Mon 2025-04-21"): "Easter Monday",
        day("Mon 2025-05-05"): "Early May bank holiday",
        day("Mon 2025-05-26"): "Spring bank holiday",
        day("Mon 2025-08-25"): "Summer bank holiday",
        day("Thu 2025-12-25"): "Christmas Day",
        day("Fri 2025-12-26"): "Boxing Day",
    },
    closures={
        day("Mon 2025-12-29"): "council closed between Christmas and New Year",
        day("Tue 2025-12-30"): "council closed between Christmas and New Year",
    },
    version="written for the tests",
    first=day("Wed 2025-01-01"),
    last=day("Thu 2026-12-31"),
)
