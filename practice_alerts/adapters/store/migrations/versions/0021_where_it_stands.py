"""Where an alert stands, and the moment at which that changes by itself; one index over all that is open.

Of what is open the start after it works the rows out anew: until then a clock in hours, a day that nobody is late for
and a question asked back are told by their days alone, as far as columns know them.
"""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None

_OF_OPEN = (
    *("council", "is_open", "officer_id", "pile", "turns_at", "is_restricted", "id", "reference"),
    *("kind", "stage", "edition", "response_due", "hold_until", "cap_due", "escalate_by", "slack"),
    *("raised_at", "categories"),
)
_OPEN = sa.text("is_open IS 1"), sa.text("is_open IS true")


def upgrade() -> None:
    with op.batch_alter_table("alerts", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("pile", sa.String(), comment="where it stands until `turns_at`")
        )
        batch_op.add_column(
            sa.Column(
                "turns_at",
                sa.String(),
                comment="from then on the pile is what it passes into by itself",
            )
        )
        batch_op.add_column(
            sa.Column(
                "escalate_by", sa.String(), comment="the last day to go on within the time limit"
            )
        )
    op.execute("UPDATE alerts SET pile = 'closed' WHERE NOT is_open")
    _fill_in(op.get_bind())
    with op.batch_alter_table("alerts", schema=None) as batch_op:
        batch_op.alter_column("pile", nullable=False)
    in_sqlite, in_postgresql = _OPEN
    op.create_index(
        "ix_alerts_open",
        "alerts",
        [*_OF_OPEN],
        sqlite_where=in_sqlite,
        postgresql_where=in_postgresql,
    )
    op.create_index(
        "ix_alerts_not_filed",
        "alerts",
        ["council", "is_filed", "is_restricted", "id"],
        sqlite_where=sa.text("is_filed IS 0"),
        postgresql_where=sa.text("is_filed IS false"),
    )
    op.drop_index("ix_alerts_officer_id_is_open", "alerts")
    op.create_index(
        "ix_alerts_officer_id_is_open_changed_at", "alerts", ["officer_id", "is_open", "changed_at"]
    )
    op.create_index(
        "ix_alerts_council_is_open_reference", "alerts", ["council", "is_open", "reference"]
    )


def _fill_in(connection: sa.Connection) -> None:
    # Another calendar than any: so the next start works the row out anew, and names no day that has not moved.
    put = sa.text(
        "UPDATE alerts SET pile = :pile, turns_at = :turns_at, calendar = calendar || '?' WHERE id = :id"
    )
    rows = connection.execute(
        sa.text(
            "SELECT id, stage, to_judge, judged, hold_until, response_due, due_is_aim FROM alerts"
            " WHERE is_open"
        )
    ).all()
    if rows:
        connection.execute(put, [_standing(row) for row in rows])


def _standing(row: sa.Row[tuple[str, ...]]) -> dict[str, str | None]:
    turns_at = None
    if row.stage is None:
        pile = "no-ladder"
    elif row.to_judge:
        pile = "judge"
    elif row.judged is not None:
        pile = "close" if row.judged == "put_right" else "escalate"
    elif row.hold_until is not None:
        pile, turns_at = "on-hold", _after(row.hold_until)
    else:
        pile = "waiting"
        if row.response_due is not None and not row.due_is_aim:
            turns_at = _after(row.response_due)
    return {"id": row.id, "pile": pile, "turns_at": turns_at}


def _after(day: str) -> str:
    """The first moment after that day in London, as moments are kept."""
    following = date.fromisoformat(day) + timedelta(days=1)
    begins = datetime(
        following.year, following.month, following.day, tzinfo=ZoneInfo("Europe/London")
    )
    return begins.astimezone(UTC).isoformat(timespec="microseconds")


def downgrade() -> None:
    raise NotImplementedError("Going back is done by restoring a backup.")
