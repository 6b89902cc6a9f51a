"""How the service is set, for whoever runs or audits it; nothing that is secret."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from practice_alerts.adapters.store.office import scim_records
from practice_alerts.adapters.store.office.scim_records import ScimToken
from practice_alerts.casework.records.clear_up import SPENT
from practice_alerts.domain.acts.permissions import Actor
from practice_alerts.domain.dates import in_full, london_date
from practice_alerts.domain.directory.office_permissions import OfficeAct, must_run
from practice_alerts.domain.text import plural
from practice_alerts.office import Office

_SOON = timedelta(days=30)


def service_settings(office: Office, by: Actor) -> tuple[tuple[str, str], ...]:
    """Each setting in words, with what it is set to. Raises NotYours."""
    must_run(by, OfficeAct.SEE_SETTINGS, by.council)
    return tuple(_settings(office, by.council))


def _settings(office: Office, council: str) -> Iterator[tuple[str, str]]:
    given, files = office.settings, office.council(council)
    limits = given.session_limits
    months = given.months_after_closing
    yield "Address", given.base_url
    yield "Sample data", "yes" if given.sample else "no"
    yield "Store", "in the data folder" if office.database.files() else "on a database server"
    yield "A session ends without use after", _time(limits.idle)
    yield "A session ends in any case after", _time(limits.whole)
    whoever = "Whoever was asked or told reads on after closing for"
    yield whoever, f"{months} {plural(months, 'month')}"
    yield "The security log keeps what was typed for", _days(given.kept_for.typed)
    entries = given.kept_for.entries
    yield "An entry of the security log is kept for", f"{entries} {plural(entries, 'month')}"
    for row in SPENT.values():
        yield row.says, _days(row.days(given.kept_for))
    rule = given.small_numbers
    yield "What is published is rounded to the nearest", str(rule.round_to)
    yield "Shares are published of so many or more", str(rule.share_base)
    yield "Proxies whose word is taken", ", ".join(given.trusted_proxies) or "none"
    yield "Procedure", f"{files.procedure.title}, edition {files.procedure.edition.version}"
    yield "Digest of the edition", files.digest
    yield "Tokens of the council’s own system (SCIM)", _tokens(office, council)
    faults = (*office.at_fault.get(council, ()), *office.unsound.get(council, ()))
    yield "Faults in the council's files", "; ".join(dict.fromkeys(faults)) or "none"


def _tokens(office: Office, council: str) -> str:
    """Those that hold, each with its last day; said louder in its last month."""
    now = office.now()
    with office.database.reading() as tx:
        live = [one for one in scim_records.tokens_of(tx, council) if one.holds(now)]
    return "; ".join(_token(one, now) for one in reversed(live)) or "none"


def _token(one: ScimToken, now: datetime) -> str:
    last = in_full(london_date(one.expires_at - timedelta(seconds=1)))
    soon = ", which is soon: make another" if one.expires_at - now < _SOON else ""
    return f"{one.id} until {last}{soon}"


def _days(number: int) -> str:
    return f"{number} {plural(number, 'day')}"


def _time(how_long: timedelta) -> str:
    minutes = int(how_long.total_seconds() // 60)
    hours, left = divmod(minutes, 60)
    return f"{minutes} minutes" if left or not hours else f"{hours} {plural(hours, 'hour')}"
