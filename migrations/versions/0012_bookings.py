"""Meetings set ahead, with who is asked to come; meetings by video, attempts taken back; phrases; who saw evidence."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

JSON = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
LONG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
NAME = sa.String(length=120).with_variant(sa.String(length=120, collation="C"), "postgresql")


def upgrade():
    op.create_table(
        "booking_days",
        sa.Column("centre_id", LONG, autoincrement=False, nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("centre_id", "day", name=op.f("pk_booking_days")),
    )
    op.create_table(
        "bookings",
        sa.Column("id", LONG, autoincrement=False, nullable=False),
        sa.Column("public_id", sa.String(length=22), nullable=False),
        sa.Column("centre_id", LONG, nullable=False),
        sa.Column("case_id", LONG, nullable=False),
        sa.Column("proceeding_id", LONG, nullable=False),
        sa.Column("data_key", sa.LargeBinary(), nullable=False),
        sa.Column("state", sa.String(length=32), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("room_id", LONG, nullable=True),
        sa.Column("place", NAME, nullable=True),
        sa.Column("manner", sa.String(length=32), nullable=False),
        sa.Column("is_joint", sa.Boolean(), nullable=False),
        sa.Column("platform", sa.String(length=60), nullable=True),
        sa.Column("link_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("bring", sa.String(length=400), nullable=True),
        sa.Column("why", sa.String(length=400), nullable=True),
        sa.Column("made_by_id", LONG, nullable=True),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("ends_at > starts_at", name=op.f("ck_bookings_lasts")),
        sa.ForeignKeyConstraint(["centre_id"], ["centres.id"], name=op.f("fk_bookings_centre_id")),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_bookings_case_id")),
        sa.ForeignKeyConstraint(["proceeding_id"], ["proceedings.id"], name=op.f("fk_bookings_proceeding_id")),
        sa.ForeignKeyConstraint(["room_id"], ["rooms.id"], name=op.f("fk_bookings_room_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bookings")),
        sa.UniqueConstraint("public_id", name=op.f("uq_bookings_public_id")),
    )
    starting = [[column, "starts_at"] for column in ("centre_id", "room_id", "proceeding_id")]
    for columns in (["case_id"], ["centre_id"], *starting):
        op.create_index(op.f(f"ix_bookings_{'_'.join(columns)}"), "bookings", columns)
    op.create_table(
        "booking_parties",
        sa.Column("id", LONG, autoincrement=False, nullable=False),
        sa.Column("booking_id", LONG, nullable=False),
        sa.Column("party_id", LONG, nullable=False),
        sa.Column("person_id", LONG, nullable=True),
        sa.ForeignKeyConstraint(["booking_id"], ["bookings.id"], name=op.f("fk_booking_parties_booking_id")),
        sa.ForeignKeyConstraint(["party_id"], ["parties.id"], name=op.f("fk_booking_parties_party_id")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_booking_parties_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_booking_parties")),
    )
    for column in ("booking_id", "party_id", "person_id"):
        op.create_index(op.f(f"ix_booking_parties_{column}"), "booking_parties", [column])
    op.add_column("sessions", sa.Column("platform", sa.String(length=60), nullable=True))
    op.add_column("sessions", sa.Column("link_sealed", sa.LargeBinary(), nullable=True))
    op.add_column("sessions", sa.Column("void_on", sa.Date(), nullable=True))
    op.add_column("sessions", sa.Column("void_reason", sa.String(length=400), nullable=True))
    op.create_table(
        "phrases",
        sa.Column("id", LONG, autoincrement=False, nullable=False),
        sa.Column("public_id", sa.String(length=22), nullable=False),
        sa.Column("centre_id", LONG, nullable=False),
        sa.Column("account_id", LONG, nullable=True),
        sa.Column("code", sa.String(length=12), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("place", sa.String(length=32), nullable=False),
        sa.Column("type_code", sa.String(length=40), nullable=True),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("made_by_id", LONG, nullable=True),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["centre_id"], ["centres.id"], name=op.f("fk_phrases_centre_id")),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name=op.f("fk_phrases_account_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_phrases")),
        sa.UniqueConstraint("public_id", name=op.f("uq_phrases_public_id")),
    )
    for column in ("centre_id", "account_id"):
        op.create_index(op.f(f"ix_phrases_{column}"), "phrases", [column])
    for name, owner, null in (("shared", "centre_id", "IS NULL"), ("own", "account_id", "IS NOT NULL")):
        in_use = sa.text(f"account_id {null} AND ended_on IS NULL")
        op.create_index(
            f"uq_phrases_{name}", "phrases", [owner, "code"], unique=True, sqlite_where=in_use, postgresql_where=in_use
        )
    op.add_column("attachments", sa.Column("category", sa.String(length=32), nullable=True))
    op.add_column("attachments", sa.Column("shown_to", JSON, nullable=True))


def downgrade():
    for column in ("shown_to", "category"):
        op.drop_column("attachments", column)
    op.drop_table("phrases")
    for column in ("void_reason", "void_on", "link_sealed", "platform"):
        op.drop_column("sessions", column)
    op.drop_table("booking_parties")
    op.drop_table("bookings")
    op.drop_table("booking_days")
