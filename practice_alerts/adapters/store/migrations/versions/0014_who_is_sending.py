"""Which process has an e-mail in its hands."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("outbox", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column(
                "claimed_by", sa.Text(), comment="the process that has it in its hands; null: none"
            )
        )


def downgrade() -> None:
    raise NotImplementedError("Going back is done by restoring a backup.")
