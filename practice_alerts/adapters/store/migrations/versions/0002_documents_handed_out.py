"""Which document was handed to whom."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "issues",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("alert_id", sa.String(), nullable=False),
        sa.Column("person_id", sa.String(), nullable=True, comment="null: the command line"),
        sa.Column(
            "form", sa.String(), nullable=False, comment="the form whose Word template was filled"
        ),
        sa.Column("at", sa.String(), nullable=False),
        sa.Column("as_of", sa.String(), nullable=False, comment="the moment whose state it shows"),
        sa.Column(
            "parts",
            sa.String(),
            nullable=False,
            comment="SHA-256 over the document's canonical parts",
        ),
        sa.ForeignKeyConstraint(["alert_id"], ["alerts.id"], name=op.f("fk_issues_alert_id")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_issues_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_issues")),
        comment="Which document was handed to whom: no event, because nobody's decision rests on it.",
    )
    with op.batch_alter_table("issues", schema=None) as batch_op:
        batch_op.create_index("ix_issues_alert_id", ["alert_id"], unique=False)


def downgrade() -> None:
    raise NotImplementedError("Going back is done by restoring a backup.")
