"""Accounts of a council's single sign-on, sessions opened with one, and when somebody last proved who they are."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "sign_on_accounts",
        sa.Column("issuer", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("person_id", sa.String(), nullable=False),
        sa.Column("linked_at", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name=op.f("fk_sign_on_accounts_person_id")
        ),
        sa.PrimaryKeyConstraint("issuer", "subject", name=op.f("pk_sign_on_accounts")),
        comment="Who is meant by an account of a council's single sign-on.",
    )
    op.create_index(
        op.f("ix_sign_on_accounts_person_id"), "sign_on_accounts", ["person_id"], unique=False
    )
    op.create_table(
        "used_logout_tokens",
        sa.Column("issuer", sa.Text(), nullable=False),
        sa.Column("token", sa.Text(), nullable=False, comment="its jti"),
        sa.Column("until", sa.String(), nullable=False, comment="too old from then on anyhow"),
        sa.PrimaryKeyConstraint("issuer", "token", name=op.f("pk_used_logout_tokens")),
        comment="What an issuer has said once about a session's end counts once.",
    )
    with op.batch_alter_table("sessions", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column(
                "proved_at",
                sa.String(),
                comment="when they last proved who they are; null: unknown",
            )
        )
        batch_op.add_column(sa.Column("issuer", sa.Text(), comment="null: opened by a link"))
        batch_op.add_column(sa.Column("subject", sa.Text()))
        batch_op.add_column(
            sa.Column("issuer_session", sa.Text(), comment="its sid, where the issuer says it")
        )
    op.execute("UPDATE sessions SET proved_at = started_at")


def downgrade() -> None:
    raise NotImplementedError("Going back is done by restoring a backup.")
