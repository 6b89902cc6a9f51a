"""An e-mail that goes to another address than its reader's: one changed is told of where it was."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("outbox", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("mail", sa.Text(), comment="null: the address held for the reader")
        )


def downgrade() -> None:
    raise NotImplementedError("Going back is done by restoring a backup.")
