"""One security log, which takes over who looked and who was handed what."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

_TAKEN_OVER = """
INSERT INTO security_log (id, at, kind, person_id, council, alert_id, what, digest)
SELECT row_number() OVER (ORDER BY at, kind, number), at, kind, person_id, council, alert_id, what, ''
FROM (
  SELECT v.at AS at, 'alert_opened' AS kind, v.id AS number, v.person_id AS person_id,
         a.council AS council, v.alert_id AS alert_id, '' AS what
  FROM viewings v JOIN alerts a ON a.id = v.alert_id
  UNION ALL
  SELECT i.at, 'document', i.id, i.person_id, a.council, i.alert_id, i.form
  FROM issues i JOIN alerts a ON a.id = i.alert_id
) AS before
"""


def upgrade() -> None:
    op.create_table(
        "security_log",
        sa.Column(
            "id", sa.Integer(), autoincrement=False, nullable=False, comment="1, 2, 3 without a gap"
        ),
        sa.Column("at", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("person_id", sa.String(), comment="null: a stranger, or the command line"),
        sa.Column("council", sa.String(), nullable=False, comment="empty: of none in particular"),
        sa.Column("alert_id", sa.String(), nullable=False, comment="empty: of none"),
        sa.Column(
            "what", sa.String(), nullable=False, comment="a word of ours, never one that was typed"
        ),
        sa.Column(
            "digest", sa.String(), nullable=False, comment="of what was typed; empty: nothing was"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_security_log")),
        comment="Who signed in, looked, searched, took away and was refused. It outlives what it refers to.",
    )
    for column in ("at", "person_id", "alert_id"):
        op.create_index(op.f(f"ix_security_log_{column}"), "security_log", [column])
    op.create_table(
        "security_typed",
        sa.Column("entry_id", sa.Integer(), nullable=False),
        sa.Column("salt", sa.String(), nullable=False),
        sa.Column("typed", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["entry_id"], ["security_log.id"], name=op.f("fk_security_typed_entry_id")
        ),
        sa.PrimaryKeyConstraint("entry_id", name=op.f("pk_security_typed")),
        comment="What was typed of an entry: for auditors, and destroyed after a time.",
    )
    op.execute(_TAKEN_OVER)
    op.drop_table("viewings")


def downgrade() -> None:
    raise NotImplementedError("Going back is done by restoring a backup.")
