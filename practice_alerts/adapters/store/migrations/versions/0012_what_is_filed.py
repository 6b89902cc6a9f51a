"""Which alerts are filed in the case system as they stand."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("alerts", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column(
                "is_filed",
                sa.Boolean(),
                comment="nothing happened since it was filed in the case system",
            )
        )
    op.execute("UPDATE alerts SET is_filed = false")
    with op.batch_alter_table("alerts", schema=None) as batch_op:
        batch_op.alter_column("is_filed", nullable=False)


def downgrade() -> None:
    raise NotImplementedError("Going back is done by restoring a backup.")
