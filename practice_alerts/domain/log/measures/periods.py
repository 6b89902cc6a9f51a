"""Spans of days for which figures are asked: a month, a quarter or a year from April to March."""

from dataclasses import dataclass
from datetime import date, timedelta

from practice_alerts.domain.dates import on_the_day

_DAY = timedelta(days=1)
_APRIL = 4
_MONTHS_A_QUARTER = 3
_MONTHS_A_HALF_YEAR = 6
_MONTHS_A_YEAR = 12


@dataclass(frozen=True, slots=True)
class Period:
    """From one day to another, both included."""

    since: date
    until: date

    @property
    def in_words(self) -> str:
        return f"{on_the_day(self.since)} to {on_the_day(self.until)}"

    @property
    def before(self) -> "Period":
        """The one before: as many whole months where it is whole months, else as many days."""
        after = self.until + _DAY
        if self.since.day == after.day == 1:
            months = (
                (after.year - self.since.year) * _MONTHS_A_YEAR + after.month - self.since.month
            )
            return Period(_months_on(self.since, -months), self.since - _DAY)
        return Period(self.since - (after - self.since), self.since - _DAY)

    @property
    def year_earlier(self) -> "Period":
        return Period(_year_earlier(self.since), _year_earlier(self.until + _DAY) - _DAY)


def one_click(today: date) -> dict[str, Period]:
    """What is asked for most, by what it is called."""
    month = today.replace(day=1)
    quarter = _months_on(month, -((today.month - 1) % _MONTHS_A_QUARTER))
    year = _months_on(month, -((today.month - _APRIL) % _MONTHS_A_YEAR))
    return {
        "Last month": Period(_months_on(month, -1), month - _DAY),
        "This month so far": Period(month, today),
        "Last quarter": Period(_months_on(quarter, -_MONTHS_A_QUARTER), quarter - _DAY),
        "This quarter so far": Period(quarter, today),
        "Last year, April to March": Period(_months_on(year, -_MONTHS_A_YEAR), year - _DAY),
        "This year so far, since April": Period(year, today),
    }


def half_year_until(today: date) -> Period:
    """The last six whole months, and this one so far."""
    return Period(_months_on(today.replace(day=1), -_MONTHS_A_HALF_YEAR), today)


def years_before(today: date, count: int) -> tuple[Period, ...]:
    """So many whole years from April to March that are over, the latest first."""
    year = one_click(today)["Last year, April to March"]
    found = [year]
    while len(found) < count:
        found.append(found[-1].before)
    return tuple(found)


def _months_on(first: date, months: int) -> date:
    """The first day of the month so many months on."""
    year, month = divmod(first.year * _MONTHS_A_YEAR + first.month - 1 + months, _MONTHS_A_YEAR)
    return date(year, month + 1, 1)


def _year_earlier(day: date) -> date:
    """The same day a year before; of a 29 February the day after, as SQLite has it."""
    try:
        return day.replace(year=day.year - 1)
    except ValueError:
        return date(day.year - 1, 3, 1)
