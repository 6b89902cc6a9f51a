"""When to look again at what is different for the child; the start after it fills in what the store holds."""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("alerts", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column(
                "look_again",
                sa.String(),
                comment="closed: when to look again at what is different for the child",
            )
        )
        batch_op.create_index(
            "ix_alerts_council_is_open_look_again", ["council", "is_open", "look_again"]
        )
    op.execute(
        "UPDATE alerts SET calendar = '' WHERE NOT is_open AND id IN (SELECT alert_id FROM events"
        " JOIN payloads ON payloads.event_id = events.id"
        " WHERE kind IN ('closed', 'change_recorded') AND body LIKE '%\"not_known\"%')"
    )


def downgrade() -> None:
    raise NotImplementedError("Going back is done by restoring a backup.")
