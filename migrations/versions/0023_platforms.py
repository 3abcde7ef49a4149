"""Platforms that ask for a case once more; local words of papers; rooms with hours and closed days."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None

JSON = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
LONG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
NAME = sa.String(length=120).with_variant(sa.String(length=120, collation="C"), "postgresql")
ROOM = {
    "place": sa.String(length=400), "equipment": sa.String(length=400), "hours": JSON, "valid_from": sa.Date(),
    "changes": sa.Integer(),
}


def upgrade():
    op.create_table(
        "platforms",
        sa.Column("id", LONG, autoincrement=False, nullable=False),
        sa.Column("public_id", sa.String(length=22), nullable=False),
        sa.Column("centre_id", LONG, nullable=False),
        sa.Column("code", sa.String(length=30), nullable=False),
        sa.Column("name", NAME, nullable=False),
        sa.Column("system", sa.String(length=32), nullable=False),
        sa.Column("definition", JSON, nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.Column("reason", sa.String(length=400), nullable=True),
        sa.Column("made_by_id", LONG, nullable=True),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("valid_to IS NULL OR valid_to >= valid_from", name=op.f("ck_platforms_validity")),
        sa.ForeignKeyConstraint(["centre_id"], ["centres.id"], name=op.f("fk_platforms_centre_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_platforms")),
        sa.UniqueConstraint("public_id", name=op.f("uq_platforms_public_id")),
    )
    op.create_index(op.f("ix_platforms_centre_id"), "platforms", ["centre_id"])
    op.create_index("ix_platforms_centre_id_code", "platforms", ["centre_id", "code", "id"])
    op.create_table(
        "platform_entries",
        sa.Column("id", LONG, autoincrement=False, nullable=False),
        sa.Column("public_id", sa.String(length=22), nullable=False),
        sa.Column("centre_id", LONG, nullable=False),
        sa.Column("case_id", LONG, nullable=False),
        sa.Column("platform", sa.String(length=30), nullable=False),
        sa.Column("state", sa.String(length=32), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("entered_on", sa.Date(), nullable=True),
        sa.Column("outside_id", LONG, nullable=True),
        sa.Column("shown", JSON, nullable=False),
        sa.Column("changed", JSON, nullable=False),
        sa.Column("is_changed", sa.Boolean(), nullable=False),
        sa.Column("exported_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reason", sa.String(length=400), nullable=True),
        sa.Column("recorded_by_id", LONG, nullable=True),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["centre_id"], ["centres.id"], name=op.f("fk_platform_entries_centre_id")),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_platform_entries_case_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_platform_entries")),
        sa.UniqueConstraint("public_id", name=op.f("uq_platform_entries_public_id")),
        sa.UniqueConstraint("case_id", "platform", name="uq_platform_entries_once"),
    )
    op.create_index(op.f("ix_platform_entries_centre_id"), "platform_entries", ["centre_id"])
    op.create_index(
        "ix_platform_entries_list", "platform_entries", ["centre_id", "platform", "state", "since", "id"]
    )
    op.create_index(
        "ix_platform_entries_changed", "platform_entries", ["centre_id", "platform", "since", "id"],
        sqlite_where=sa.text("is_changed = 1"), postgresql_where=sa.text("is_changed"),
    )
    op.create_table(
        "wordings",
        sa.Column("id", LONG, autoincrement=False, nullable=False),
        sa.Column("public_id", sa.String(length=22), nullable=False),
        sa.Column("centre_id", LONG, nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("texts", JSON, nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.Column("reason", sa.String(length=400), nullable=False),
        sa.Column("made_by_id", LONG, nullable=True),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("valid_to IS NULL OR valid_to >= valid_from", name=op.f("ck_wordings_validity")),
        sa.ForeignKeyConstraint(["centre_id"], ["centres.id"], name=op.f("fk_wordings_centre_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_wordings")),
        sa.UniqueConstraint("public_id", name=op.f("uq_wordings_public_id")),
    )
    op.create_index(op.f("ix_wordings_centre_id"), "wordings", ["centre_id"])
    op.create_index("ix_wordings_centre_id_kind", "wordings", ["centre_id", "kind", "id"])
    op.create_table(
        "room_closures",
        sa.Column("id", LONG, autoincrement=False, nullable=False),
        sa.Column("public_id", sa.String(length=22), nullable=False),
        sa.Column("centre_id", LONG, nullable=False),
        sa.Column("room_id", LONG, nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("why", sa.String(length=400), nullable=False),
        sa.Column("made_by_id", LONG, nullable=True),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("lifted_on", sa.Date(), nullable=True),
        sa.CheckConstraint("ends_on >= starts_on", name=op.f("ck_room_closures_lasts")),
        sa.ForeignKeyConstraint(["centre_id"], ["centres.id"], name=op.f("fk_room_closures_centre_id")),
        sa.ForeignKeyConstraint(["room_id"], ["rooms.id"], name=op.f("fk_room_closures_room_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_room_closures")),
        sa.UniqueConstraint("public_id", name=op.f("uq_room_closures_public_id")),
    )
    op.create_index(op.f("ix_room_closures_centre_id"), "room_closures", ["centre_id"])
    op.create_index("ix_room_closures_room_id_ends_on", "room_closures", ["room_id", "ends_on"])
    for name, kind in ROOM.items():
        op.add_column("rooms", sa.Column(name, kind, nullable=True))


def downgrade():
    for name in ROOM:
        op.drop_column("rooms", name)
    op.drop_table("room_closures")
    op.drop_table("wordings")
    op.drop_table("platform_entries")
    op.drop_table("platforms")
