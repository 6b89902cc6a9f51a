"""Who has an interest in the child of which alert, and opens nothing of it."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "shut_out",
        sa.Column("alert_id", sa.String(), nullable=False),
        sa.Column("person_id", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["alert_id"], ["alerts.id"], name=op.f("fk_shut_out_alert_id")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_shut_out_person_id")),
        sa.PrimaryKeyConstraint("alert_id", "person_id", name=op.f("pk_shut_out")),
        comment="Who has an interest in its child: always to be had again from the directory's events.",
    )
    op.create_index(op.f("ix_shut_out_person_id"), "shut_out", ["person_id"], unique=False)


def downgrade() -> None:
    raise NotImplementedError("Going back is done by restoring a backup.")
