"""The first tables."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "closures",
        sa.Column("council", sa.String(), nullable=False),
        sa.Column("day", sa.String(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("council", "day", name=op.f("pk_closures")),
    )
    op.create_table(
        "editions",
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("council", sa.String(), nullable=False),
        sa.Column("version", sa.Text(), nullable=False),
        sa.Column("first_used_at", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("digest", name=op.f("pk_editions")),
    )
    op.create_table(
        "office",
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_office")),
        comment="Facts about this installation: whether it holds sample data, the log's last event.",
    )
    op.create_table(
        "people",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("mail", sa.Text(), nullable=False),
        sa.Column("sample", sa.Boolean(), nullable=False),
        sa.Column(
            "left_at", sa.String(), nullable=True, comment="may no longer sign in from then on"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_people")),
    )
    with op.batch_alter_table("people", schema=None) as batch_op:
        batch_op.create_index("ix_people_mail", ["mail"], unique=False)

    op.create_table(
        "reference_numbers",
        sa.Column("prefix", sa.String(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("prefix", "year", name=op.f("pk_reference_numbers")),
    )
    op.create_table(
        "alerts",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("reference", sa.String(), nullable=False),
        sa.Column("council", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("edition", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False, comment="how many events it rests on"),
        sa.Column("is_open", sa.Boolean(), nullable=False),
        sa.Column("raiser_id", sa.String(), nullable=False),
        sa.Column("stage", sa.String(), nullable=True),
        sa.Column("response_due", sa.String(), nullable=True),
        sa.Column("hold_until", sa.String(), nullable=True),
        sa.Column("cap_due", sa.String(), nullable=True),
        sa.Column("to_judge", sa.Boolean(), nullable=False, comment="an answer nobody has judged"),
        sa.Column(
            "judged",
            sa.String(),
            nullable=True,
            comment="the verdict that stands, until acted upon",
        ),
        sa.Column(
            "child", sa.Text(), nullable=False, comment="initials, for those who may open the alert"
        ),
        sa.Column("case_number", sa.Text(), nullable=False),
        sa.Column("about", sa.Text(), nullable=False, comment="the line without names"),
        sa.Column("raised_at", sa.String(), nullable=False),
        sa.Column("changed_at", sa.String(), nullable=False),
        sa.Column(
            "calendar",
            sa.Text(),
            nullable=False,
            comment="the version the dates were worked out with",
        ),
        sa.ForeignKeyConstraint(["edition"], ["editions.digest"], name=op.f("fk_alerts_edition")),
        sa.ForeignKeyConstraint(["raiser_id"], ["people.id"], name=op.f("fk_alerts_raiser_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_alerts")),
        sa.UniqueConstraint("reference", name=op.f("uq_alerts_reference")),
        comment="Where each alert stands: written with the event, always to be had again from the events.",
    )
    with op.batch_alter_table("alerts", schema=None) as batch_op:
        batch_op.create_index("ix_alerts_council_is_open", ["council", "is_open"], unique=False)
        batch_op.create_index("ix_alerts_raiser_id_is_open", ["raiser_id", "is_open"], unique=False)

    op.create_table(
        "covers",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.String(), nullable=False, comment="who is away"),
        sa.Column("cover_id", sa.String(), nullable=False, comment="who stands in"),
        sa.Column("since", sa.String(), nullable=False),
        sa.Column("until", sa.String(), nullable=False, comment="the last day"),
        sa.ForeignKeyConstraint(["cover_id"], ["people.id"], name=op.f("fk_covers_cover_id")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_covers_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_covers")),
    )
    with op.batch_alter_table("covers", schema=None) as batch_op:
        batch_op.create_index("ix_covers_cover_id", ["cover_id"], unique=False)
        batch_op.create_index("ix_covers_person_id", ["person_id"], unique=False)

    op.create_table(
        "drafts",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("person_id", sa.String(), nullable=False),
        sa.Column(
            "about",
            sa.String(),
            nullable=False,
            comment="what it is a draft of: raise, or ACT:ALERT",
        ),
        sa.Column("body", sa.JSON(), nullable=False),
        sa.Column("saved_at", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_drafts_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_drafts")),
        sa.UniqueConstraint("person_id", "about", "id", name=op.f("uq_drafts_person_id_about_id")),
    )
    with op.batch_alter_table("drafts", schema=None) as batch_op:
        batch_op.create_index("ix_drafts_person_id", ["person_id"], unique=False)

    op.create_table(
        "edition_files",
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column(
            "name",
            sa.String(),
            nullable=False,
            comment="procedure.yml, forms/NAME.yml, forms/NAME.docx",
        ),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["digest"], ["editions.digest"], name=op.f("fk_edition_files_digest")
        ),
        sa.PrimaryKeyConstraint("digest", "name", name=op.f("pk_edition_files")),
    )
    op.create_table(
        "events",
        sa.Column(
            "id",
            sa.Integer(),
            autoincrement=False,
            nullable=False,
            comment="1, 2, 3 ... without a gap",
        ),
        sa.Column("alert_id", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False, comment="1, 2, 3 ... within the alert"),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("at", sa.String(), nullable=False),
        sa.Column("person_id", sa.String(), nullable=False),
        sa.Column(
            "act_key",
            sa.String(),
            nullable=False,
            comment="the same key again is the same act again",
        ),
        sa.Column(
            "digest",
            sa.String(),
            nullable=False,
            comment="SHA-256 over the payload row's salt and body",
        ),
        sa.Column("previous_hash", sa.String(), nullable=False),
        sa.Column(
            "hash",
            sa.String(),
            nullable=False,
            comment="SHA-256 over this row and the previous hash",
        ),
        sa.CheckConstraint("number > 0", name=op.f("ck_events_number")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_events_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_events")),
        sa.UniqueConstraint("alert_id", "number", name=op.f("uq_events_alert_id_number")),
    )
    with op.batch_alter_table("events", schema=None) as batch_op:
        batch_op.create_index("ix_events_act_key", ["act_key"], unique=False)

    op.create_table(
        "holdings",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.String(), nullable=False),
        sa.Column("council", sa.String(), nullable=False),
        sa.Column(
            "post",
            sa.String(),
            nullable=False,
            comment="a role id of the procedure, or of the office",
        ),
        sa.Column("team", sa.Text(), nullable=False, comment="empty: for the whole council"),
        sa.Column("since", sa.String(), nullable=False),
        sa.Column("until", sa.String(), nullable=True, comment="the last day"),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_holdings_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_holdings")),
    )
    with op.batch_alter_table("holdings", schema=None) as batch_op:
        batch_op.create_index("ix_holdings_council_post", ["council", "post"], unique=False)
        batch_op.create_index("ix_holdings_person_id", ["person_id"], unique=False)

    op.create_table(
        "sessions",
        sa.Column(
            "digest",
            sa.String(),
            nullable=False,
            comment="SHA-256 of the token; the token is not kept",
        ),
        sa.Column("person_id", sa.String(), nullable=False),
        sa.Column("started_at", sa.String(), nullable=False),
        sa.Column("expires_at", sa.String(), nullable=False),
        sa.Column("revoked_at", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_sessions_person_id")),
        sa.PrimaryKeyConstraint("digest", name=op.f("pk_sessions")),
    )
    with op.batch_alter_table("sessions", schema=None) as batch_op:
        batch_op.create_index("ix_sessions_person_id", ["person_id"], unique=False)

    op.create_table(
        "sign_in_links",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("person_id", sa.String(), nullable=False),
        sa.Column("next_path", sa.Text(), nullable=False),
        sa.Column("expires_at", sa.String(), nullable=False),
        sa.Column("used_at", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name=op.f("fk_sign_in_links_person_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sign_in_links")),
    )
    op.create_table(
        "askings",
        sa.Column(
            "id", sa.String(), nullable=False, comment="random: the address of the answer page"
        ),
        sa.Column("alert_id", sa.String(), nullable=False),
        sa.Column("stage", sa.String(), nullable=False),
        sa.Column("event_number", sa.Integer(), nullable=False, comment="the event that sent it"),
        sa.Column("person_id", sa.String(), nullable=False),
        sa.Column(
            "is_present", sa.Boolean(), nullable=False, comment="the stage the alert stands at"
        ),
        sa.ForeignKeyConstraint(["alert_id"], ["alerts.id"], name=op.f("fk_askings_alert_id")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_askings_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_askings")),
    )
    with op.batch_alter_table("askings", schema=None) as batch_op:
        batch_op.create_index("ix_askings_alert_id", ["alert_id"], unique=False)
        batch_op.create_index(
            "ix_askings_person_id_is_present", ["person_id", "is_present"], unique=False
        )

    op.create_table(
        "outbox",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("alert_id", sa.String(), nullable=True),
        sa.Column("event_id", sa.Integer(), nullable=True),
        sa.Column("person_id", sa.String(), nullable=False),
        sa.Column(
            "notice",
            sa.String(),
            nullable=False,
            comment="which notice: asked, answered, sign_in ...",
        ),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("written_at", sa.String(), nullable=False),
        sa.Column("next_try_at", sa.String(), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("sent_at", sa.String(), nullable=True),
        sa.Column("given_up_at", sa.String(), nullable=True),
        sa.Column("last_trouble", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["alert_id"], ["alerts.id"], name=op.f("fk_outbox_alert_id")),
        sa.ForeignKeyConstraint(["event_id"], ["events.id"], name=op.f("fk_outbox_event_id")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_outbox_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outbox")),
    )
    with op.batch_alter_table("outbox", schema=None) as batch_op:
        batch_op.create_index(
            "ix_outbox_sent_at_next_try_at", ["sent_at", "next_try_at"], unique=False
        )

    op.create_table(
        "payloads",
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("salt", sa.String(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False, comment="canonical JSON"),
        sa.ForeignKeyConstraint(["event_id"], ["events.id"], name=op.f("fk_payloads_event_id")),
        sa.PrimaryKeyConstraint("event_id", name=op.f("pk_payloads")),
    )
    op.create_table(
        "viewings",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("alert_id", sa.String(), nullable=False),
        sa.Column("person_id", sa.String(), nullable=False),
        sa.Column("at", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["alert_id"], ["alerts.id"], name=op.f("fk_viewings_alert_id")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_viewings_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_viewings")),
        comment="Who opened which alert when.",
    )
    with op.batch_alter_table("viewings", schema=None) as batch_op:
        batch_op.create_index("ix_viewings_alert_id", ["alert_id"], unique=False)
    if op.get_bind().dialect.name == "sqlite":
        for change in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER events_are_never_touched_by_{change.lower()} BEFORE {change} ON events "
                "BEGIN SELECT RAISE(ABORT, 'events are only ever added'); END"
            )


def downgrade() -> None:
    raise NotImplementedError("Going back is done by restoring a backup.")
