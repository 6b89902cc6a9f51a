"""Living with an alert: whose it is now, what lists sort by, calendar feeds, saved views, partner contacts."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


_OFFICER = "whose alert it is now: the raiser, until it is given to somebody else"
_AIM = "an aim passes without being overdue"
_SLACK = "working days left to the cap, less the clocks still to run"
_CATEGORIES = "ids, each between blanks: ' drift visits '"


def upgrade() -> None:
    op.create_table(
        "partner_contacts",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("council", sa.String(), nullable=False),
        sa.Column(
            "partner", sa.String(), nullable=False, comment="a partner ladder of the procedure"
        ),
        sa.Column("post", sa.String(), nullable=False, comment="a role id of the procedure"),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("mail", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column(
            "review_on",
            sa.String(),
            nullable=False,
            comment="the day to look whether it still holds",
        ),
        sa.Column("ended_on", sa.String(), nullable=True, comment="from then on no longer offered"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_partner_contacts")),
        comment="Whom to write to in partner agencies: nobody here signs in.",
    )
    with op.batch_alter_table("partner_contacts", schema=None) as batch_op:
        batch_op.create_index(
            "ix_partner_contacts_council_partner", ["council", "partner"], unique=False
        )

    op.create_table(
        "calendar_feeds",
        sa.Column(
            "digest",
            sa.String(),
            nullable=False,
            comment="SHA-256 of the token; the token is not kept",
        ),
        sa.Column("person_id", sa.String(), nullable=False),
        sa.Column("made_at", sa.String(), nullable=False),
        sa.Column("revoked_at", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name=op.f("fk_calendar_feeds_person_id")
        ),
        sa.PrimaryKeyConstraint("digest", name=op.f("pk_calendar_feeds")),
        comment="Calendar addresses handed out, each to be taken back.",
    )
    with op.batch_alter_table("calendar_feeds", schema=None) as batch_op:
        batch_op.create_index("ix_calendar_feeds_person_id", ["person_id"], unique=False)

    op.create_table(
        "saved_views",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("person_id", sa.String(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column(
            "body",
            sa.JSON(),
            nullable=False,
            comment="which filters stand how; nothing of any case",
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name=op.f("fk_saved_views_person_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_saved_views")),
    )
    with op.batch_alter_table("saved_views", schema=None) as batch_op:
        batch_op.create_index("ix_saved_views_person_id", ["person_id"], unique=False)

    # Filled with what can be said here; the start works the rest out from the events, because the
    # version of the calendar says that these rows are not up to date.
    with op.batch_alter_table("alerts", schema=None) as batch_op:
        batch_op.add_column(sa.Column("officer_id", sa.String(), comment=_OFFICER))
        batch_op.add_column(sa.Column("due_is_aim", sa.Boolean(), comment=_AIM))
        batch_op.add_column(sa.Column("slack", sa.Integer(), comment=_SLACK))
        batch_op.add_column(sa.Column("team", sa.Text(), comment="the child's team"))
        batch_op.add_column(sa.Column("categories", sa.Text(), comment=_CATEGORIES))
    op.execute(
        "UPDATE alerts SET officer_id = raiser_id, due_is_aim = false, team = '', categories = '',"
        " calendar = ''"
    )
    with op.batch_alter_table("alerts", schema=None) as batch_op:
        for name in ("officer_id", "due_is_aim", "team", "categories"):
            batch_op.alter_column(name, nullable=False)
        batch_op.drop_index("ix_alerts_council_is_open")
        batch_op.drop_index("ix_alerts_raiser_id_is_open")
        batch_op.create_index(
            "ix_alerts_council_is_open_cap_due", ["council", "is_open", "cap_due"]
        )
        batch_op.create_index(
            "ix_alerts_council_is_open_response_due", ["council", "is_open", "response_due"]
        )
        batch_op.create_index(
            "ix_alerts_council_is_open_hold_until", ["council", "is_open", "hold_until"]
        )
        batch_op.create_index("ix_alerts_officer_id_is_open", ["officer_id", "is_open"])
        batch_op.create_foreign_key(op.f("fk_alerts_officer_id"), "people", ["officer_id"], ["id"])

    with op.batch_alter_table("outbox", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column(
                "once",
                sa.String(),
                nullable=True,
                comment="a notice of this name is written only once",
            )
        )
        batch_op.create_unique_constraint(batch_op.f("uq_outbox_once"), ["once"])


def downgrade() -> None:
    raise NotImplementedError("Going back is done by restoring a backup.")
