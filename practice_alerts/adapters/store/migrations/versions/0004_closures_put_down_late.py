"""Who put a closure down and when; whether that was too late for dates that ran already, and who confirmed it."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("closures", schema=None) as batch_op:
        batch_op.add_column(sa.Column("entered_by", sa.String(), comment="null: the command line"))
        batch_op.add_column(
            sa.Column("entered_at", sa.String(), comment="null: before this was kept")
        )
        batch_op.add_column(
            sa.Column("is_late", sa.Boolean(), comment="too late for dates that ran already")
        )
        batch_op.add_column(sa.Column("confirmed_by", sa.String(), comment="never who entered it"))
        batch_op.add_column(
            sa.Column("confirmed_at", sa.String(), comment="a late one counts from then on")
        )
    # Nobody asked when those before were put down: they go on counting as they did.
    op.execute("UPDATE closures SET is_late = false")
    with op.batch_alter_table("closures", schema=None) as batch_op:
        batch_op.alter_column("is_late", nullable=False)
        for name in ("entered_by", "confirmed_by"):
            batch_op.create_foreign_key(op.f(f"fk_closures_{name}"), "people", [name], ["id"])


def downgrade() -> None:
    raise NotImplementedError("Going back is done by restoring a backup.")
