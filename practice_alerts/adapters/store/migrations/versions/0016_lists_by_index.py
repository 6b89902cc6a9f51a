"""Indexes for what lists ask by person: whose alert it was at first, and who was written to about which."""

from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("alerts", schema=None) as batch_op:
        batch_op.create_index("ix_alerts_raiser_id", ["raiser_id"], unique=False)
    with op.batch_alter_table("outbox", schema=None) as batch_op:
        batch_op.create_index("ix_outbox_person_id_alert_id", ["person_id", "alert_id"])


def downgrade() -> None:
    raise NotImplementedError("Going back is done by restoring a backup.")
