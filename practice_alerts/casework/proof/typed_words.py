"""What was typed, of the security log: destroyed once it is old. The entries stay."""

from datetime import timedelta

from practice_alerts.adapters.store.office import security_rows
from practice_alerts.domain.seeing.security_entries import SecurityEntry, SecurityKind
from practice_alerts.domain.text import plural
from practice_alerts.office import Office


def destroy_old(office: Office) -> int:
    """How many there were. That some were destroyed is an entry too, by which their absence is explained."""
    before = office.now() - timedelta(days=office.settings.kept_for.typed)
    with office.database.reading() as tx:
        if not security_rows.has_typed(tx, before):
            return 0
    with office.database.writing() as tx:
        gone = security_rows.destroy_typed(tx, before)
        what = SecurityEntry(
            SecurityKind.TYPED_DESTROYED, what=f"{gone} {plural(gone, 'entry', 'entries')}"
        )
        security_rows.add(tx, what, office.now())
    return gone
