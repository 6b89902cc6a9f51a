"""The tables. Moments are ISO 8601 texts in UTC with microseconds, days ISO dates, so that both sort.

What was typed (payloads, drafts, the outbox's texts) lies apart from what happened (events), so that it
can be destroyed when its time has come while the chain still verifies.
"""

from typing import Any

from sqlalchemy import (
    JSON,
    Boolean,
    CheckConstraint,
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
)
from sqlalchemy.schema import SchemaItem

from practice_alerts.adapters.store.core.timestamps import Day, Moment

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "pk": "pk_%(table_name)s",
    }
)


def _table(name: str, *parts: SchemaItem, comment: str | None = None, **more: Any) -> Table:
    return Table(name, metadata, *parts, comment=comment, **more)


def _person(name: str = "person_id", **more: Any) -> Column[str]:
    return Column(name, String, ForeignKey("people.id"), nullable=False, **more)


office = _table(
    "office",
    Column("name", String, primary_key=True),
    Column("value", Text, nullable=False),
    comment="Facts about this installation: whether it holds sample data, the log's last event.",
)

people = _table(
    "people",
    Column("id", String, primary_key=True),
    Column("name", Text, nullable=False),
    Column("mail", Text, nullable=False, index=True),
    Column("sample", Boolean, nullable=False, default=False),
    Column("left_at", Moment, comment="may no longer sign in from then on"),
)

holdings = _table(
    "holdings",
    Column("id", Integer, primary_key=True),
    _person(index=True),
    Column("council", String, nullable=False),
    Column("post", String, nullable=False, comment="a role id of the procedure, or of the office"),
    Column("team", Text, nullable=False, default="", comment="empty: for the whole council"),
    Column("since", Day, nullable=False),
    Column("until", Day, comment="the last day"),
    Index("ix_holdings_council_post", "council", "post"),
)

covers = _table(
    "covers",
    Column("id", Integer, primary_key=True),
    _person(index=True, comment="who is away"),
    _person("cover_id", index=True, comment="who stands in"),
    Column("since", Day, nullable=False),
    Column("until", Day, nullable=False, comment="the last day"),
)

duties = _table(
    "duties",
    Column("id", Integer, primary_key=True),
    Column("council", String, nullable=False),
    _person(),
    Column("since", Day, nullable=False),
    Column("until", Day, nullable=False, comment="the last day"),
    Index("ix_duties_council", "council", "until"),
    comment="Who is on duty for the reviewing service: whom to ring while an officer is away.",
)

sign_in_links = _table(
    "sign_in_links",
    Column("id", String, primary_key=True),
    _person(),
    Column("next_path", Text, nullable=False),
    Column("expires_at", Moment, nullable=False),
    Column("used_at", Moment),
)

sessions = _table(
    "sessions",
    Column("digest", String, primary_key=True, comment="SHA-256 of the token, which is not kept"),
    _person(index=True),
    Column("started_at", Moment, nullable=False),
    Column("expires_at", Moment, nullable=False),
    Column("revoked_at", Moment),
    Column("proved_at", Moment, comment="when they last proved who they are; null: unknown"),
    Column("issuer", Text, comment="null: opened by a link"),
    Column("subject", Text),
    Column("issuer_session", Text, comment="its sid, where the issuer says it"),
)

sign_on_accounts = _table(
    "sign_on_accounts",
    Column("issuer", Text, primary_key=True),
    Column("subject", Text, primary_key=True),
    _person(index=True),
    Column("linked_at", Moment, nullable=False),
    comment="Who is meant by an account of a council's single sign-on.",
)

used_logout_tokens = _table(
    "used_logout_tokens",
    Column("issuer", Text, primary_key=True),
    Column("token", Text, primary_key=True, comment="its jti"),
    Column("until", Moment, nullable=False, comment="too old from then on anyhow"),
    comment="What an issuer has said once about a session's end counts once.",
)

editions = _table(
    "editions",
    Column("digest", String, primary_key=True),
    Column("council", String, nullable=False),
    Column("version", Text, nullable=False),
    Column("first_used_at", Moment, nullable=False),
)

edition_files = _table(
    "edition_files",
    Column("digest", String, ForeignKey("editions.digest"), primary_key=True),
    Column("name", String, primary_key=True, comment="as in `CouncilFiles.texts`"),
    Column("body", LargeBinary, nullable=False),
)

events = _table(
    "events",
    Column("id", Integer, primary_key=True, autoincrement=False, comment="1, 2, 3 without a gap"),
    Column("alert_id", String, nullable=False),
    Column("number", Integer, nullable=False, comment="1, 2, 3 ... within the alert"),
    Column("kind", String, nullable=False),
    Column("at", String, nullable=False, comment="as it goes into the hash"),
    _person(),
    Column("act_key", String, nullable=False, index=True, comment="again the same: the same act"),
    Column("digest", String, nullable=False, comment="SHA-256 over the payload's salt and body"),
    Column("previous_hash", String, nullable=False),
    Column("hash", String, nullable=False, comment="SHA-256 over this row and the previous hash"),
    UniqueConstraint("alert_id", "number"),
    CheckConstraint("number > 0", name="number"),
)

payloads = _table(
    "payloads",
    Column("event_id", Integer, ForeignKey("events.id"), primary_key=True),
    Column("salt", String, nullable=False),
    Column("body", Text, nullable=False, comment="canonical JSON"),
)

seals = _table(
    "seals",
    Column("id", Integer, primary_key=True, autoincrement=False, comment="1, 2, 3 ..."),
    Column("key_id", String, nullable=False, comment="which key it was made with"),
    Column("event_id", Integer, nullable=False, comment="the last event then"),
    Column("event_hash", String, nullable=False),
    Column("rows", Text, nullable=False, comment="by table and key, keyed digests"),
    Column("said", Text, nullable=False, comment="of a first, a new key, a loss"),
    Column("mac", String, nullable=False, comment="HMAC over this row and the last"),
    comment="What each transaction left behind, sealed with a key that is kept elsewhere.",
)

search_words = _table(
    "search_words",
    Column("word", LargeBinary, primary_key=True, comment="folded, in UTF-8: sorted by its bytes"),
    Column(
        "event_id",
        Integer,
        ForeignKey("payloads.event_id", ondelete="CASCADE"),
        primary_key=True,
        index=True,
    ),
    Column("alert_id", String, ForeignKey("alerts.id"), nullable=False),
    Column("part", String, nullable=False, comment="of the record: who may read it"),
    sqlite_with_rowid=False,  # else each word would be kept twice, in the table and in its key
    comment="The words of what was typed, each once for an event; they go with its payload.",
)

alerts = _table(
    "alerts",
    Column("id", String, primary_key=True),
    Column("reference", String, nullable=False, unique=True),
    Column("council", String, nullable=False),
    Column("kind", String, nullable=False),
    Column("edition", String, ForeignKey("editions.digest"), nullable=False),
    Column("version", Integer, nullable=False, comment="how many events it rests on"),
    Column("is_open", Boolean, nullable=False),
    _person("raiser_id", index=True),
    _person("officer_id", comment="whose it is now: the raiser, until it is given to another"),
    Column("stage", String),
    Column("response_due", Day),
    Column("due_is_aim", Boolean, nullable=False, comment="an aim passes without being overdue"),
    Column("hold_until", Day),
    Column("cap_due", Day),
    Column("slack", Integer, comment="working days left to the cap, less the clocks still to run"),
    Column("to_judge", Boolean, nullable=False, comment="an answer nobody has judged"),
    Column("judged", String, comment="the verdict that stands, until acted upon"),
    Column("child", Text, nullable=False, comment="initials, for those who may open the alert"),
    Column("case_number", Text, nullable=False),
    Column("about", Text, nullable=False, comment="the line without names"),
    Column("team", Text, nullable=False, comment="the child's team"),
    Column("categories", Text, nullable=False, comment="ids between blanks: ' drift visits '"),
    Column("raised_at", Moment, nullable=False),
    Column("changed_at", Moment, nullable=False),
    Column("calendar", Text, nullable=False, comment="the version the dates were worked out with"),
    Column(
        "is_restricted",
        Boolean,
        nullable=False,
        default=False,
        comment="only those let in by name may open it",
    ),
    Column(
        "is_filed",
        Boolean,
        nullable=False,
        default=False,
        comment="nothing happened since it was filed in the case system",
    ),
    Column(
        "look_again", Day, comment="closed: when to look again at what is different for the child"
    ),
    Column("pile", String, nullable=False, comment="where it stands until `turns_at`"),
    Column("turns_at", Moment, comment="from then on the pile is what it passes into by itself"),
    Column("escalate_by", Day, comment="the last day to go on within the time limit"),
    Index("ix_alerts_council_is_open_look_again", "council", "is_open", "look_again"),
    Index("ix_alerts_officer_id_is_open_changed_at", "officer_id", "is_open", "changed_at"),
    Index("ix_alerts_council_is_open_response_due", "council", "is_open", "response_due"),
    Index("ix_alerts_council_is_open_hold_until", "council", "is_open", "hold_until"),
    Index("ix_alerts_council_is_open_cap_due", "council", "is_open", "cap_due"),
    Index("ix_alerts_council_is_open_reference", "council", "is_open", "reference"),
    comment="Where each alert stands: written with the event, always to be had again from the events.",
)

Index(
    "ix_alerts_open",
    # In the order in which they are counted; the rest, so that no list looks at the rows themselves to sort them.
    *(
        alerts.c[name]
        for name in (
            *("council", "is_open", "officer_id", "pile", "turns_at", "is_restricted", "id"),
            *("reference", "kind", "stage", "edition", "response_due", "hold_until", "cap_due"),
            *("escalate_by", "slack", "raised_at", "categories"),
        )
    ),
    sqlite_where=alerts.c.is_open.is_(True),
    postgresql_where=alerts.c.is_open.is_(True),
)

Index(
    "ix_alerts_not_filed",
    *(alerts.c[name] for name in ("council", "is_filed", "is_restricted", "id")),
    sqlite_where=alerts.c.is_filed.is_(False),
    postgresql_where=alerts.c.is_filed.is_(False),
)

let_in = _table(
    "let_in",
    Column("alert_id", String, ForeignKey("alerts.id"), primary_key=True),
    _person(primary_key=True, index=True),
    Column("how", String, nullable=False, comment="named, stands_in or asked"),
    comment="Who may open an alert that is restricted: always to be had again from its events.",
)

shut_out = _table(
    "shut_out",
    Column("alert_id", String, ForeignKey("alerts.id"), primary_key=True),
    _person(primary_key=True, index=True),
    comment="Who has an interest in its child: always to be had again from the directory's events.",
)

askings = _table(
    "askings",
    Column("id", String, primary_key=True, comment="random: the address of the answer page"),
    Column("alert_id", String, ForeignKey("alerts.id"), nullable=False, index=True),
    Column("stage", String, nullable=False),
    Column("event_number", Integer, nullable=False, comment="the event that sent it"),
    _person(),
    Column("is_present", Boolean, nullable=False, comment="the stage the alert stands at"),
    Index("ix_askings_person_id_is_present", "person_id", "is_present"),
)

drafts = _table(
    "drafts",
    Column("id", String, primary_key=True),
    _person(index=True),
    Column("about", String, nullable=False, comment="what it is a draft of: raise, or ACT:ALERT"),
    Column("body", JSON, nullable=False),
    Column("saved_at", Moment, nullable=False),
    UniqueConstraint("person_id", "about", "id"),
)

outbox = _table(
    "outbox",
    Column("id", String, primary_key=True),
    Column("alert_id", String, ForeignKey("alerts.id")),
    Column("event_id", Integer, ForeignKey("events.id")),
    _person(),
    Column("notice", String, nullable=False, comment="which notice: asked, answered, digest ..."),
    Column("once", String, unique=True, comment="a notice of this name is written only once"),
    Column("subject", Text, nullable=False),
    Column("body", Text, nullable=False),
    Column("written_at", Moment, nullable=False),
    Column("next_try_at", Moment, nullable=False),
    Column("tries", Integer, nullable=False, default=0),
    Column("sent_at", Moment),
    Column("given_up_at", Moment),
    Column("last_trouble", Text, nullable=False, default=""),
    Column("mail", Text, comment="null: the address held for the reader"),
    Column("claimed_by", Text, comment="the process that has it in its hands; null: none"),
    Index("ix_outbox_sent_at_next_try_at", "sent_at", "next_try_at"),
    Index("ix_outbox_person_id_alert_id", "person_id", "alert_id"),
)

references = _table(
    "reference_numbers",
    Column("prefix", String, primary_key=True),
    Column("year", Integer, primary_key=True),
    Column("last", Integer, nullable=False),
)

closures = _table(
    "closures",
    Column("council", String, primary_key=True),
    Column("day", Day, primary_key=True),
    Column("reason", Text, nullable=False),
    Column("entered_by", String, ForeignKey("people.id"), comment="null: the command line"),
    Column("entered_at", Moment, comment="null: before this was kept"),
    Column(
        "is_late",
        Boolean,
        nullable=False,
        default=False,
        comment="too late for dates that ran already",
    ),
    Column("confirmed_by", String, ForeignKey("people.id"), comment="never who entered it"),
    Column("confirmed_at", Moment, comment="a late one counts from then on"),
)

security_log = _table(
    "security_log",
    Column("id", Integer, primary_key=True, autoincrement=False, comment="1, 2, 3 without a gap"),
    Column("at", Moment, nullable=False, index=True),
    Column("kind", String, nullable=False),
    Column("person_id", String, index=True, comment="null: a stranger, or the command line"),
    Column("council", String, nullable=False, comment="empty: of none in particular"),
    Column("alert_id", String, nullable=False, index=True, comment="empty: of none"),
    Column("what", String, nullable=False, comment="a word of ours, never one that was typed"),
    Column("digest", String, nullable=False, comment="of what was typed; empty: nothing was"),
    comment="Who signed in, looked, searched, took away and was refused. It outlives what it refers to.",
)

security_typed = _table(
    "security_typed",
    Column("entry_id", Integer, ForeignKey("security_log.id"), primary_key=True),
    Column("salt", String, nullable=False),
    Column("typed", Text, nullable=False),
    comment="What was typed of an entry: for auditors, and destroyed after a time.",
)

issues = _table(
    "issues",
    Column("id", Integer, primary_key=True),
    Column("alert_id", String, ForeignKey("alerts.id"), nullable=False, index=True),
    Column("person_id", String, ForeignKey("people.id"), comment="null: the command line"),
    Column("form", String, nullable=False, comment="the form whose Word template was filled"),
    Column("at", Moment, nullable=False),
    Column("as_of", Moment, nullable=False, comment="the moment whose state it shows"),
    Column("parts", String, nullable=False, comment="SHA-256 over the document's canonical parts"),
    comment="Which document was handed to whom: no event, because nobody's decision rests on it.",
)

feeds = _table(
    "calendar_feeds",
    Column("digest", String, primary_key=True, comment="SHA-256 of the token, which is not kept"),
    _person(index=True),
    Column("made_at", Moment, nullable=False),
    Column("revoked_at", Moment),
    comment="Calendar addresses handed out, each to be taken back.",
)

scim_tokens = _table(
    "scim_tokens",
    Column("id", String, primary_key=True, comment="by which it is named and taken back"),
    Column("council", String, nullable=False, index=True),
    Column("digest", String, nullable=False, unique=True, comment="SHA-256; the token is not kept"),
    Column("titles", JSON, nullable=False, comment="post and team by job title, in small letters"),
    Column("made_at", Moment, nullable=False),
    Column("expires_at", Moment, nullable=False),
    Column("revoked_at", Moment),
    comment="With what a council's own system may say who works there.",
)

scim_people = _table(
    "scim_people",
    Column("id", String, primary_key=True),
    Column("council", String, nullable=False),
    Column("person_id", String, ForeignKey("people.id"), comment="null: not in the directory"),
    Column("user_key", String, nullable=False, comment="userName in small letters"),
    Column("external_id", String, comment="what the other system calls them"),
    Column(
        "body", JSON, nullable=False, comment="as the other system says it, as far as it is used"
    ),
    Column("post", String, nullable=False, comment="the one that their job title means"),
    Column("team", String, nullable=False),
    Column("made_at", Moment, nullable=False),
    Column("changed_at", Moment, nullable=False),
    UniqueConstraint("council", "user_key"),
    comment="Who works in a council by its own system.",
)

saved_views = _table(
    "saved_views",
    Column("id", String, primary_key=True),
    _person(index=True),
    Column("name", Text, nullable=False),
    Column("body", JSON, nullable=False, comment="which filters stand how; nothing of any case"),
)

partner_contacts = _table(
    "partner_contacts",
    Column("id", String, primary_key=True),
    Column("council", String, nullable=False),
    Column("partner", String, nullable=False, comment="a partner ladder of the procedure"),
    Column("post", String, nullable=False, comment="a role id of the procedure"),
    Column("name", Text, nullable=False),
    Column("mail", Text, nullable=False, default=""),
    Column("note", Text, nullable=False, default=""),
    Column("review_on", Day, nullable=False, comment="the day to look whether it still holds"),
    Column("ended_on", Day, comment="from then on no longer offered"),
    Index("ix_partner_contacts_council_partner", "council", "partner"),
    comment="Whom to write to in partner agencies: nobody here signs in.",
)

report_texts = _table(
    "report_texts",
    Column("id", Integer, primary_key=True),
    Column("council", String, nullable=False),
    Column("report", String, nullable=False),
    Column("since", Day, nullable=False),
    Column("until", Day, nullable=False, comment="the last day"),
    Column("place", String, nullable=False, comment="beside which section"),
    Column("body", Text, nullable=False, comment="empty once it was taken out"),
    _person(comment="who wrote it last, or took it out"),
    Column("written_at", Moment, nullable=False),
    Column("checked_by", String, ForeignKey("people.id"), comment="who else lets it be published"),
    UniqueConstraint("council", "report", "since", "until", "place"),
    comment="What somebody writes beside the figures of a report.",
)

report_actions = _table(
    "report_actions",
    Column("id", Integer, primary_key=True),
    Column("council", String, nullable=False),
    Column("since", Day, nullable=False),
    Column("until", Day, nullable=False, comment="the last day of the period it came from"),
    Column("what", Text, nullable=False),
    Column("owner_post", String, nullable=False, default="", comment="a role id, or no post"),
    Column("owner_id", String, ForeignKey("people.id"), comment="somebody by name, or nobody"),
    Column("due", Day, comment="by when; empty where no day was set"),
    _person(comment="who wrote it last"),
    Column("written_at", Moment, nullable=False),
    Column("outcome", String, nullable=False, default="open"),
    Column("came_of_it", Text, nullable=False, default=""),
    Column("ended_until", Day, comment="the last day of the period in whose report it ended"),
    Index("ix_report_actions_council_until", "council", "until"),
    comment="What was agreed to be done, carried on from report to report until it has ended.",
)
