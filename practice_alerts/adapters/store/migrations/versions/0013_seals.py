"""Keyed seals over the chain of events and over the rows that are the record themselves."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "seals",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False, comment="1, 2, 3 ..."),
        sa.Column("key_id", sa.String(), nullable=False, comment="which key it was made with"),
        sa.Column("event_id", sa.Integer(), nullable=False, comment="the last event then"),
        sa.Column("event_hash", sa.String(), nullable=False),
        sa.Column("rows", sa.Text(), nullable=False, comment="by table and key, keyed digests"),
        sa.Column("said", sa.Text(), nullable=False, comment="of a first, a new key, a loss"),
        sa.Column("mac", sa.String(), nullable=False, comment="HMAC over this row and the last"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_seals")),
        comment="What each transaction left behind, sealed with a key that is kept elsewhere.",
    )


def downgrade() -> None:
    raise NotImplementedError("Going back is done by restoring a backup.")
