"""The office: official names, entries that wait to be confirmed, absences, duty, settings, and groups not bound yet."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "groups",
        sa.Column("messenger", sa.String(), nullable=False),
        sa.Column("address", sa.String(), nullable=False),
        sa.Column("entered_at", sa.DateTime(), nullable=False),
        sa.Column("retry_at", sa.DateTime(), nullable=True),
        sa.PrimaryKeyConstraint("messenger", "address", name=op.f("pk_groups")),
    )
    op.create_table(
        "upkeep",
        sa.Column("what", sa.String(), nullable=False),
        sa.Column("done_at", sa.DateTime(), nullable=False),
        sa.Column("told", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("what", name=op.f("pk_upkeep")),
    )
    op.create_table(
        "absences",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("office_id", sa.Integer(), nullable=False),
        sa.Column("person", sa.Integer(), nullable=False),
        sa.Column("first_day", sa.Date(), nullable=False),
        sa.Column("last_day", sa.Date(), nullable=False),
        sa.Column("deputy", sa.Integer(), nullable=True),
        sa.Column("noted_by", sa.Integer(), nullable=False),
        sa.Column("noted_at", sa.DateTime(), nullable=False),
        sa.CheckConstraint("first_day <= last_day", name=op.f("ck_absences_in_order")),
        sa.ForeignKeyConstraint(
            ["office_id", "deputy"], ["people.office_id", "people.id"], name=op.f("fk_absences_office_id_deputy_people")
        ),
        sa.ForeignKeyConstraint(
            ["office_id", "noted_by"],
            ["positions.office_id", "positions.id"],
            name=op.f("fk_absences_office_id_noted_by_positions"),
        ),
        sa.ForeignKeyConstraint(
            ["office_id", "person"], ["people.office_id", "people.id"], name=op.f("fk_absences_office_id_person_people")
        ),
        sa.ForeignKeyConstraint(["office_id"], ["offices.id"], name=op.f("fk_absences_office_id_offices")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_absences")),
        sa.UniqueConstraint("office_id", "id", name=op.f("uq_absences_office_id_id")),
    )
    with op.batch_alter_table("absences", schema=None) as batch_op:
        batch_op.create_index("ix_absences_last_day", ["office_id", "last_day"], unique=False)

    op.create_table(
        "duties",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("office_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=True),
        sa.Column("first_day", sa.Date(), nullable=False),
        sa.Column("last_day", sa.Date(), nullable=False),
        sa.Column("assigned_by", sa.Integer(), nullable=False),
        sa.Column("assigned_at", sa.DateTime(), nullable=False),
        sa.CheckConstraint("first_day <= last_day", name=op.f("ck_duties_in_order")),
        sa.ForeignKeyConstraint(
            ["office_id", "assigned_by"],
            ["positions.office_id", "positions.id"],
            name=op.f("fk_duties_office_id_assigned_by_positions"),
        ),
        sa.ForeignKeyConstraint(
            ["office_id", "position"],
            ["positions.office_id", "positions.id"],
            name=op.f("fk_duties_office_id_position_positions"),
        ),
        sa.ForeignKeyConstraint(["office_id"], ["offices.id"], name=op.f("fk_duties_office_id_offices")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_duties")),
        sa.UniqueConstraint("office_id", "id", name=op.f("uq_duties_office_id_id")),
    )
    with op.batch_alter_table("duties", schema=None) as batch_op:
        batch_op.create_index("ix_duties_last_day", ["office_id", "last_day"], unique=False)

    op.create_table(
        "office_settings",
        sa.Column("office_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.Column("set_at", sa.DateTime(), nullable=False),
        sa.Column("set_by", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["office_id", "set_by"],
            ["positions.office_id", "positions.id"],
            name=op.f("fk_office_settings_office_id_set_by_positions"),
        ),
        sa.ForeignKeyConstraint(["office_id"], ["offices.id"], name=op.f("fk_office_settings_office_id_offices")),
        sa.PrimaryKeyConstraint("office_id", "key", name=op.f("pk_office_settings")),
    )
    op.create_table(
        "staff_events",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("office_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("by", sa.Integer(), nullable=True),
        sa.Column("position", sa.Integer(), nullable=True),
        sa.Column("facts", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["office_id", "by"],
            ["positions.office_id", "positions.id"],
            name=op.f("fk_staff_events_office_id_by_positions"),
        ),
        sa.ForeignKeyConstraint(
            ["office_id", "position"],
            ["positions.office_id", "positions.id"],
            name=op.f("fk_staff_events_office_id_position_positions"),
        ),
        sa.ForeignKeyConstraint(["office_id"], ["offices.id"], name=op.f("fk_staff_events_office_id_offices")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_staff_events")),
    )
    op.create_table(
        "entries",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("office_id", sa.Integer(), nullable=False),
        sa.Column("invitation", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("person", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=True),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("begun_at", sa.DateTime(), nullable=False),
        sa.CheckConstraint(
            "state IN ('naming', 'waiting', 'confirmed', 'declined', 'withdrawn')", name=op.f("ck_entries_state")
        ),
        sa.ForeignKeyConstraint(
            ["office_id", "invitation"],
            ["invitations.office_id", "invitations.id"],
            name=op.f("fk_entries_office_id_invitation_invitations"),
        ),
        sa.ForeignKeyConstraint(
            ["office_id", "person"], ["people.office_id", "people.id"], name=op.f("fk_entries_office_id_person_people")
        ),
        sa.ForeignKeyConstraint(
            ["office_id", "position"],
            ["positions.office_id", "positions.id"],
            name=op.f("fk_entries_office_id_position_positions"),
        ),
        sa.ForeignKeyConstraint(["office_id"], ["offices.id"], name=op.f("fk_entries_office_id_offices")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_entries")),
        sa.UniqueConstraint("office_id", "id", name=op.f("uq_entries_office_id_id")),
        sa.UniqueConstraint("office_id", "invitation", name=op.f("uq_entries_office_id_invitation")),
    )
    with op.batch_alter_table("entries", schema=None) as batch_op:
        batch_op.create_index(
            "ix_entries_open",
            ["office_id", "person"],
            unique=False,
            sqlite_where=sa.text("state IN ('naming', 'waiting')"),
        )

    with op.batch_alter_table("drafts", schema=None) as batch_op:
        batch_op.add_column(sa.Column("came_from", sa.Integer(), nullable=True))
        batch_op.create_unique_constraint(batch_op.f("uq_drafts_office_id_came_from"), ["office_id", "came_from"])

    with op.batch_alter_table("inbox", schema=None) as batch_op:
        batch_op.add_column(sa.Column("trace", sa.Text(), nullable=True))

    with op.batch_alter_table("invitations", schema=None) as batch_op:
        batch_op.add_column(sa.Column("issued_by", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("succeeds", sa.Integer(), nullable=True))
        batch_op.create_foreign_key(
            batch_op.f("fk_invitations_office_id_succeeds_people"),
            "people",
            ["office_id", "succeeds"],
            ["office_id", "id"],
        )
        batch_op.create_foreign_key(
            batch_op.f("fk_invitations_office_id_issued_by_positions"),
            "positions",
            ["office_id", "issued_by"],
            ["office_id", "id"],
        )

    with op.batch_alter_table("people", schema=None) as batch_op:
        batch_op.add_column(sa.Column("official_name", sa.String(), nullable=True))
        batch_op.add_column(sa.Column("at_desk_since", sa.DateTime(), nullable=True))
        batch_op.add_column(sa.Column("unreachable_since", sa.DateTime(), nullable=True))

    with op.batch_alter_table("positions", schema=None) as batch_op:
        batch_op.add_column(sa.Column("held_since", sa.DateTime(), nullable=True))


def downgrade() -> None:

    with op.batch_alter_table("positions", schema=None) as batch_op:
        batch_op.drop_column("held_since")

    with op.batch_alter_table("people", schema=None) as batch_op:
        batch_op.drop_column("unreachable_since")
        batch_op.drop_column("at_desk_since")
        batch_op.drop_column("official_name")

    with op.batch_alter_table("invitations", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_invitations_office_id_issued_by_positions"), type_="foreignkey")
        batch_op.drop_constraint(batch_op.f("fk_invitations_office_id_succeeds_people"), type_="foreignkey")
        batch_op.drop_column("succeeds")
        batch_op.drop_column("issued_by")

    with op.batch_alter_table("inbox", schema=None) as batch_op:
        batch_op.drop_column("trace")

    with op.batch_alter_table("drafts", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("uq_drafts_office_id_came_from"), type_="unique")
        batch_op.drop_column("came_from")

    with op.batch_alter_table("entries", schema=None) as batch_op:
        batch_op.drop_index("ix_entries_open", sqlite_where=sa.text("state IN ('naming', 'waiting')"))

    op.drop_table("entries")
    op.drop_table("staff_events")
    op.drop_table("office_settings")
    with op.batch_alter_table("duties", schema=None) as batch_op:
        batch_op.drop_index("ix_duties_last_day")

    op.drop_table("duties")
    with op.batch_alter_table("absences", schema=None) as batch_op:
        batch_op.drop_index("ix_absences_last_day")

    op.drop_table("absences")
    op.drop_table("upkeep")
    op.drop_table("groups")
