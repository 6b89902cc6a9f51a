"""The words by which alerts are found; the start after it fills the table from what the store holds."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "search_words",
        sa.Column(
            "word",
            sa.LargeBinary(),
            nullable=False,
            comment="folded, in UTF-8: sorted by its bytes",
        ),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("alert_id", sa.String(), nullable=False),
        sa.Column("part", sa.String(), nullable=False, comment="of the record: who may read it"),
        sa.ForeignKeyConstraint(["alert_id"], ["alerts.id"], name=op.f("fk_search_words_alert_id")),
        sa.ForeignKeyConstraint(
            ["event_id"],
            ["payloads.event_id"],
            name=op.f("fk_search_words_event_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("word", "event_id", name=op.f("pk_search_words")),
        sqlite_with_rowid=False,
        comment="The words of what was typed, each once for an event; they go with its payload.",
    )
    op.create_index(op.f("ix_search_words_event_id"), "search_words", ["event_id"])


def downgrade() -> None:
    raise NotImplementedError("Going back is done by restoring a backup.")
