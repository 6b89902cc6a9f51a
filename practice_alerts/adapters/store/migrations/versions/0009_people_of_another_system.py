"""Who works in a council by its own system, and with what that system says so."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "scim_tokens",
        sa.Column("id", sa.String(), nullable=False, comment="by which it is named and taken back"),
        sa.Column("council", sa.String(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False, comment="SHA-256; the token is not kept"),
        sa.Column(
            "titles",
            sa.JSON(),
            nullable=False,
            comment="post and team by job title, in small letters",
        ),
        sa.Column("made_at", sa.String(), nullable=False),
        sa.Column("expires_at", sa.String(), nullable=False),
        sa.Column("revoked_at", sa.String(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_scim_tokens")),
        sa.UniqueConstraint("digest", name=op.f("uq_scim_tokens_digest")),
        comment="With what a council's own system may say who works there.",
    )
    with op.batch_alter_table("scim_tokens", schema=None) as batch_op:
        batch_op.create_index("ix_scim_tokens_council", ["council"], unique=False)
    op.create_table(
        "scim_people",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("council", sa.String(), nullable=False),
        sa.Column("person_id", sa.String(), nullable=True, comment="null: not in the directory"),
        sa.Column("user_key", sa.String(), nullable=False, comment="userName in small letters"),
        sa.Column(
            "external_id", sa.String(), nullable=True, comment="what the other system calls them"
        ),
        sa.Column(
            "body",
            sa.JSON(),
            nullable=False,
            comment="as the other system says it, as far as it is used",
        ),
        sa.Column(
            "post", sa.String(), nullable=False, comment="the one that their job title means"
        ),
        sa.Column("team", sa.String(), nullable=False),
        sa.Column("made_at", sa.String(), nullable=False),
        sa.Column("changed_at", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name=op.f("fk_scim_people_person_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_scim_people")),
        sa.UniqueConstraint("council", "user_key", name=op.f("uq_scim_people_council_user_key")),
        comment="Who works in a council by its own system.",
    )


def downgrade() -> None:
    raise NotImplementedError("Going back is done by restoring a backup.")
