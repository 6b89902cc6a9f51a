"""Alerts that only named people may open, and who those are."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("alerts", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column(
                "is_restricted", sa.Boolean(), comment="only those let in by name may open it"
            )
        )
    op.execute("UPDATE alerts SET is_restricted = false")
    with op.batch_alter_table("alerts", schema=None) as batch_op:
        batch_op.alter_column("is_restricted", nullable=False)
    op.create_table(
        "let_in",
        sa.Column("alert_id", sa.String(), nullable=False),
        sa.Column("person_id", sa.String(), nullable=False),
        sa.Column("how", sa.String(), nullable=False, comment="named, stands_in or asked"),
        sa.ForeignKeyConstraint(["alert_id"], ["alerts.id"], name=op.f("fk_let_in_alert_id")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_let_in_person_id")),
        sa.PrimaryKeyConstraint("alert_id", "person_id", name=op.f("pk_let_in")),
        comment="Who may open an alert that is restricted: always to be had again from its events.",
    )
    op.create_index(op.f("ix_let_in_person_id"), "let_in", ["person_id"], unique=False)


def downgrade() -> None:
    raise NotImplementedError("Going back is done by restoring a backup.")
