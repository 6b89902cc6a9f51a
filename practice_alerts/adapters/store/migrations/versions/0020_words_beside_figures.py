"""What is written beside the figures of a report, and the actions that are carried on from one to the next."""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "report_texts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("council", sa.String(), nullable=False),
        sa.Column("report", sa.String(), nullable=False),
        sa.Column("since", sa.String(), nullable=False),
        sa.Column("until", sa.String(), nullable=False, comment="the last day"),
        sa.Column("place", sa.String(), nullable=False, comment="beside which section"),
        sa.Column("body", sa.Text(), nullable=False, comment="empty once it was taken out"),
        sa.Column(
            "person_id", sa.String(), nullable=False, comment="who wrote it last, or took it out"
        ),
        sa.Column("written_at", sa.String(), nullable=False),
        sa.Column("checked_by", sa.String(), comment="who else lets it be published"),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name=op.f("fk_report_texts_person_id")
        ),
        sa.ForeignKeyConstraint(
            ["checked_by"], ["people.id"], name=op.f("fk_report_texts_checked_by")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_report_texts")),
        sa.UniqueConstraint(
            *("council", "report", "since", "until", "place"),
            name=op.f("uq_report_texts_council_report_since_until_place"),
        ),
        comment="What somebody writes beside the figures of a report.",
    )
    op.create_table(
        "report_actions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("council", sa.String(), nullable=False),
        sa.Column("since", sa.String(), nullable=False),
        sa.Column(
            "until",
            sa.String(),
            nullable=False,
            comment="the last day of the period it came from",
        ),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("owner_post", sa.String(), nullable=False, comment="a role id, or no post"),
        sa.Column("owner_id", sa.String(), comment="somebody by name, or nobody"),
        sa.Column("due", sa.String(), comment="by when; empty where no day was set"),
        sa.Column("person_id", sa.String(), nullable=False, comment="who wrote it last"),
        sa.Column("written_at", sa.String(), nullable=False),
        sa.Column("outcome", sa.String(), nullable=False),
        sa.Column("came_of_it", sa.Text(), nullable=False),
        sa.Column(
            "ended_until",
            sa.String(),
            comment="the last day of the period in whose report it ended",
        ),
        sa.ForeignKeyConstraint(
            ["owner_id"], ["people.id"], name=op.f("fk_report_actions_owner_id")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name=op.f("fk_report_actions_person_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_report_actions")),
        comment="What was agreed to be done, carried on from report to report until it has ended.",
    )
    op.create_index("ix_report_actions_council_until", "report_actions", ["council", "until"])


def downgrade() -> None:
    raise NotImplementedError("Going back is done by restoring a backup.")
