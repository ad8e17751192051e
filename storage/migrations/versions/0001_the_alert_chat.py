"""The alert chat: the first form of the database."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


KIND_IS_FOR_EVER = """
CREATE TRIGGER about_kind_is_for_ever BEFORE UPDATE OF kind ON about WHEN NEW.kind <> OLD.kind
BEGIN SELECT RAISE(ABORT, 'the kind of a database never changes'); END
"""


def upgrade() -> None:
    op.create_table(
        "about",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("time_shift_seconds", sa.Integer(), server_default="0", nullable=False),
        sa.CheckConstraint(
            "kind = 'sandbox' OR time_shift_seconds = 0", name=op.f("ck_about_only_a_sandbox_moves_time")
        ),
        sa.CheckConstraint("kind IN ('production', 'sandbox')", name=op.f("ck_about_kind")),
        sa.CheckConstraint("id = 1", name=op.f("ck_about_single_row")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_about")),
    )
    op.execute(KIND_IS_FOR_EVER)
    op.create_table(
        "inbox",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("bot_id", sa.Integer(), nullable=False),
        sa.Column("update_id", sa.Integer(), nullable=False),
        sa.Column("lane", sa.String(), nullable=False),
        sa.Column("received_at", sa.DateTime(), nullable=False),
        sa.Column("payload", sa.Text(), nullable=True),
        sa.Column("state", sa.String(), server_default="waiting", nullable=False),
        sa.Column("attempts", sa.Integer(), server_default="0", nullable=False),
        sa.Column("reference", sa.String(), nullable=True),
        sa.CheckConstraint("state IN ('waiting', 'done', 'aside')", name=op.f("ck_inbox_state")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_inbox")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("inbox", schema=None) as batch_op:
        batch_op.create_index("ix_inbox_update", ["bot_id", "update_id"], unique=False)
        batch_op.create_index("ix_inbox_waiting", ["id"], unique=False, sqlite_where=sa.text("state = 'waiting'"))

    op.create_table(
        "offices",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("plan", sa.Text(), nullable=False),
        sa.Column("founded_at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_offices")),
        sa.UniqueConstraint("key", name=op.f("uq_offices_key")),
    )
    op.create_table(
        "chats",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("office_id", sa.Integer(), nullable=False),
        sa.Column("purpose", sa.String(), nullable=False),
        sa.Column("messenger", sa.String(), nullable=False),
        sa.Column("address", sa.String(), nullable=False),
        sa.Column("thread", sa.Integer(), nullable=True),
        sa.Column("bound_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(["office_id"], ["offices.id"], name=op.f("fk_chats_office_id_offices")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_chats")),
        sa.UniqueConstraint("messenger", "address", name=op.f("uq_chats_messenger_address")),
        sa.UniqueConstraint("office_id", "purpose", name=op.f("uq_chats_office_id_purpose")),
    )
    op.create_table(
        "counters",
        sa.Column("office_id", sa.Integer(), nullable=False),
        sa.Column("year", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["office_id"], ["offices.id"], name=op.f("fk_counters_office_id_offices")),
        sa.PrimaryKeyConstraint("office_id", "year", name=op.f("pk_counters")),
    )
    op.create_table(
        "ledger",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("office_id", sa.Integer(), nullable=False),
        sa.Column("noted_at", sa.DateTime(), nullable=False),
        sa.Column("what", sa.String(), nullable=False),
        sa.Column("item", sa.Integer(), nullable=False),
        sa.Column("outcome", sa.String(), nullable=False),
        sa.Column("why", sa.String(), nullable=True),
        sa.CheckConstraint("outcome IN ('unknown', 'refused', 'gone')", name=op.f("ck_ledger_outcome")),
        sa.CheckConstraint("what IN ('standing', 'notice')", name=op.f("ck_ledger_what")),
        sa.ForeignKeyConstraint(["office_id"], ["offices.id"], name=op.f("fk_ledger_office_id_offices")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ledger")),
    )
    op.create_table(
        "outbox",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("office_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("notice", sa.Text(), nullable=False),
        sa.Column("messenger", sa.String(), nullable=False),
        sa.Column("address", sa.String(), nullable=False),
        sa.Column("thread", sa.Integer(), nullable=True),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("due_at", sa.DateTime(), nullable=False),
        sa.Column("retry_at", sa.DateTime(), nullable=True),
        sa.Column("claimed_by", sa.String(), nullable=True),
        sa.Column("attempts", sa.Integer(), server_default="0", nullable=False),
        sa.Column("message", sa.Integer(), nullable=True),
        sa.Column("why", sa.String(), nullable=True),
        sa.Column("once", sa.String(), nullable=True),
        sa.CheckConstraint(
            "state IN ('planned', 'claimed', 'sent', 'moot', 'refused', 'unknown')", name=op.f("ck_outbox_state")
        ),
        sa.ForeignKeyConstraint(["office_id"], ["offices.id"], name=op.f("fk_outbox_office_id_offices")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outbox")),
        sa.UniqueConstraint("office_id", "once", name=op.f("uq_outbox_office_id_once")),
    )
    with op.batch_alter_table("outbox", schema=None) as batch_op:
        batch_op.create_index("ix_outbox_due", ["due_at"], unique=False, sqlite_where=sa.text("state = 'planned'"))

    op.create_table(
        "people",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("office_id", sa.Integer(), nullable=False),
        sa.Column("messenger", sa.String(), nullable=False),
        sa.Column("address", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["office_id"], ["offices.id"], name=op.f("fk_people_office_id_offices")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_people")),
        sa.UniqueConstraint("office_id", "id", name=op.f("uq_people_office_id_id")),
        sa.UniqueConstraint("office_id", "messenger", "address", name=op.f("uq_people_office_id_messenger_address")),
    )
    with op.batch_alter_table("people", schema=None) as batch_op:
        batch_op.create_index("ix_people_address", ["messenger", "address"], unique=False)

    op.create_table(
        "positions",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("office_id", sa.Integer(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=True),
        sa.Column("holder", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["office_id", "holder"],
            ["people.office_id", "people.id"],
            name=op.f("fk_positions_office_id_holder_people"),
        ),
        sa.ForeignKeyConstraint(["office_id"], ["offices.id"], name=op.f("fk_positions_office_id_offices")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_positions")),
        sa.UniqueConstraint("office_id", "id", name=op.f("uq_positions_office_id_id")),
        sa.UniqueConstraint("office_id", "role", "number", name=op.f("uq_positions_office_id_role_number")),
    )
    op.create_table(
        "standing",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("office_id", sa.Integer(), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("subject_id", sa.Integer(), nullable=False),
        sa.Column("messenger", sa.String(), nullable=False),
        sa.Column("address", sa.String(), nullable=False),
        sa.Column("thread", sa.Integer(), nullable=True),
        sa.Column("panel", sa.String(), nullable=False),
        sa.Column("opened_by", sa.Integer(), nullable=True),
        sa.Column("message", sa.Integer(), nullable=True),
        sa.Column("answers", sa.Integer(), nullable=True),
        sa.Column("retired", sa.Text(), server_default="[]", nullable=False),
        sa.Column("ended", sa.Boolean(), server_default="0", nullable=False),
        sa.Column("wanted", sa.Integer(), nullable=False),
        sa.Column("shown", sa.Integer(), nullable=False),
        sa.Column("refused", sa.Integer(), nullable=True),
        sa.Column("pressed", sa.Boolean(), nullable=False),
        sa.Column("claimed_by", sa.String(), nullable=True),
        sa.Column("attempts", sa.Integer(), server_default="0", nullable=False),
        sa.Column("retry_at", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["office_id", "opened_by"],
            ["people.office_id", "people.id"],
            name=op.f("fk_standing_office_id_opened_by_people"),
        ),
        sa.ForeignKeyConstraint(["office_id"], ["offices.id"], name=op.f("fk_standing_office_id_offices")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_standing")),
        sa.UniqueConstraint(
            "office_id",
            "subject",
            "subject_id",
            "messenger",
            "address",
            name=op.f("uq_standing_office_id_subject_subject_id_messenger_address"),
        ),
    )
    with op.batch_alter_table("standing", schema=None) as batch_op:
        batch_op.create_index(
            "ix_standing_due", ["id"], unique=False, sqlite_where=sa.text("wanted != shown OR retired != '[]'")
        )
        batch_op.create_index("ix_standing_message", ["messenger", "address", "message"], unique=False)

    op.create_table(
        "invitations",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("office_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("code_hash", sa.String(), nullable=False),
        sa.Column("expires_at", sa.DateTime(), nullable=False),
        sa.Column("used_at", sa.DateTime(), nullable=True),
        sa.Column("used_by", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["office_id", "position"],
            ["positions.office_id", "positions.id"],
            name=op.f("fk_invitations_office_id_position_positions"),
        ),
        sa.ForeignKeyConstraint(
            ["office_id", "used_by"],
            ["people.office_id", "people.id"],
            name=op.f("fk_invitations_office_id_used_by_people"),
        ),
        sa.ForeignKeyConstraint(["office_id"], ["offices.id"], name=op.f("fk_invitations_office_id_offices")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_invitations")),
        sa.UniqueConstraint("code_hash", name=op.f("uq_invitations_code_hash")),
        sa.UniqueConstraint("office_id", "id", name=op.f("uq_invitations_office_id_id")),
    )
    op.create_table(
        "risks",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("office_id", sa.Integer(), nullable=False),
        sa.Column("serial", sa.Integer(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("gist", sa.Text(), nullable=False),
        sa.Column("sources", sa.Text(), nullable=False),
        sa.Column("block", sa.String(), nullable=True),
        sa.Column("level", sa.String(), nullable=False),
        sa.Column("suggested_level", sa.String(), nullable=True),
        sa.Column("territory", sa.String(), nullable=True),
        sa.Column("filed_by", sa.Integer(), nullable=False),
        sa.Column("filed_at", sa.DateTime(), nullable=False),
        sa.Column("verify_by", sa.DateTime(), nullable=False),
        sa.Column("overdue_noted", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["office_id", "filed_by"],
            ["positions.office_id", "positions.id"],
            name=op.f("fk_risks_office_id_filed_by_positions"),
        ),
        sa.ForeignKeyConstraint(["office_id"], ["offices.id"], name=op.f("fk_risks_office_id_offices")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_risks")),
        sa.UniqueConstraint("office_id", "id", name=op.f("uq_risks_office_id_id")),
        sa.UniqueConstraint("office_id", "year", "serial", name=op.f("uq_risks_office_id_year_serial")),
    )
    with op.batch_alter_table("risks", schema=None) as batch_op:
        batch_op.create_index(
            "ix_risks_open", ["office_id", "verify_by"], unique=False, sqlite_where=sa.text("state = 'filed'")
        )

    op.create_table(
        "drafts",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("office_id", sa.Integer(), nullable=False),
        sa.Column("author", sa.Integer(), nullable=False),
        sa.Column("messenger", sa.String(), nullable=False),
        sa.Column("address", sa.String(), nullable=False),
        sa.Column("thread", sa.Integer(), nullable=True),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("touched_at", sa.DateTime(), nullable=False),
        sa.Column("parts", sa.Text(), nullable=False),
        sa.Column("understood", sa.Text(), nullable=False),
        sa.Column("choices", sa.Text(), nullable=False),
        sa.Column("risk", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["office_id", "author"], ["people.office_id", "people.id"], name=op.f("fk_drafts_office_id_author_people")
        ),
        sa.ForeignKeyConstraint(
            ["office_id", "risk"], ["risks.office_id", "risks.id"], name=op.f("fk_drafts_office_id_risk_risks")
        ),
        sa.ForeignKeyConstraint(["office_id"], ["offices.id"], name=op.f("fk_drafts_office_id_offices")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_drafts")),
        sa.UniqueConstraint("office_id", "id", name=op.f("uq_drafts_office_id_id")),
    )
    with op.batch_alter_table("drafts", schema=None) as batch_op:
        batch_op.create_index(
            "ix_drafts_open", ["office_id", "author"], unique=False, sqlite_where=sa.text("status = 'open'")
        )

    op.create_table(
        "events",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("office_id", sa.Integer(), nullable=False),
        sa.Column("risk", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=True),
        sa.Column("facts", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["office_id", "position"],
            ["positions.office_id", "positions.id"],
            name=op.f("fk_events_office_id_position_positions"),
        ),
        sa.ForeignKeyConstraint(
            ["office_id", "risk"], ["risks.office_id", "risks.id"], name=op.f("fk_events_office_id_risk_risks")
        ),
        sa.ForeignKeyConstraint(["office_id"], ["offices.id"], name=op.f("fk_events_office_id_offices")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_events")),
    )
    with op.batch_alter_table("events", schema=None) as batch_op:
        batch_op.create_index("ix_events_risk", ["office_id", "risk"], unique=False)

    op.create_table(
        "prompts",
        sa.Column("office_id", sa.Integer(), nullable=False),
        sa.Column("person", sa.Integer(), nullable=False),
        sa.Column("messenger", sa.String(), nullable=False),
        sa.Column("address", sa.String(), nullable=False),
        sa.Column("draft", sa.Integer(), nullable=False),
        sa.Column("field", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["office_id", "draft"], ["drafts.office_id", "drafts.id"], name=op.f("fk_prompts_office_id_draft_drafts")
        ),
        sa.ForeignKeyConstraint(
            ["office_id", "person"], ["people.office_id", "people.id"], name=op.f("fk_prompts_office_id_person_people")
        ),
        sa.ForeignKeyConstraint(["office_id"], ["offices.id"], name=op.f("fk_prompts_office_id_offices")),
        sa.PrimaryKeyConstraint("office_id", "person", "messenger", "address", name=op.f("pk_prompts")),
    )


def downgrade() -> None:
    op.drop_table("prompts")
    with op.batch_alter_table("events", schema=None) as batch_op:
        batch_op.drop_index("ix_events_risk")

    op.drop_table("events")
    with op.batch_alter_table("drafts", schema=None) as batch_op:
        batch_op.drop_index("ix_drafts_open", sqlite_where=sa.text("status = 'open'"))

    op.drop_table("drafts")
    with op.batch_alter_table("risks", schema=None) as batch_op:
        batch_op.drop_index("ix_risks_open", sqlite_where=sa.text("state = 'filed'"))

    op.drop_table("risks")
    op.drop_table("invitations")
    with op.batch_alter_table("standing", schema=None) as batch_op:
        batch_op.drop_index("ix_standing_message")
        batch_op.drop_index("ix_standing_due", sqlite_where=sa.text("wanted != shown OR retired != '[]'"))

    op.drop_table("standing")
    op.drop_table("positions")
    with op.batch_alter_table("people", schema=None) as batch_op:
        batch_op.drop_index("ix_people_address")

    op.drop_table("people")
    with op.batch_alter_table("outbox", schema=None) as batch_op:
        batch_op.drop_index("ix_outbox_due", sqlite_where=sa.text("state = 'planned'"))

    op.drop_table("outbox")
    op.drop_table("ledger")
    op.drop_table("counters")
    op.drop_table("chats")
    op.drop_table("offices")
    with op.batch_alter_table("inbox", schema=None) as batch_op:
        batch_op.drop_index("ix_inbox_waiting", sqlite_where=sa.text("state = 'waiting'"))
        batch_op.drop_index("ix_inbox_update")

    op.drop_table("inbox")
    op.drop_table("about")
