"""Groups: a lead file, its members, what they say."""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

LONG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
NAME = sa.String(length=120).with_variant(sa.String(length=120, collation="C"), "postgresql")
INITIALS = sa.String(length=40).with_variant(sa.String(length=40, collation="C"), "postgresql")


def upgrade():
    op.add_column("cases", sa.Column("group_side", sa.String(length=32), nullable=True))
    op.add_column("cases", sa.Column("group_size", sa.Integer(), nullable=True))
    op.create_table(
        "case_groups",
        sa.Column("id", LONG, autoincrement=False, nullable=False),
        sa.Column("public_id", sa.String(length=22), nullable=False),
        sa.Column("centre_id", LONG, nullable=False),
        sa.Column("case_id", LONG, nullable=False),
        sa.Column("side", sa.String(length=32), nullable=False),
        sa.Column("said_count", sa.Integer(), nullable=False),
        sa.Column("total_fen", sa.BigInteger(), nullable=True),
        sa.Column("learnt_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("proposal", sa.Text(), nullable=True),
        sa.Column("proposed_on", sa.Date(), nullable=True),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["centre_id"], ["centres.id"], name=op.f("fk_case_groups_centre_id")),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_case_groups_case_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_groups")),
        sa.UniqueConstraint("public_id", name=op.f("uq_case_groups_public_id")),
        sa.UniqueConstraint("case_id", name="uq_case_groups_case_id"),
    )
    op.create_index(op.f("ix_case_groups_centre_id"), "case_groups", ["centre_id"])
    op.create_table(
        "group_members",
        sa.Column("id", LONG, autoincrement=False, nullable=False),
        sa.Column("public_id", sa.String(length=22), nullable=False),
        sa.Column("centre_id", LONG, nullable=False),
        sa.Column("group_id", LONG, nullable=False),
        sa.Column("case_id", LONG, nullable=False),
        sa.Column("person_id", LONG, nullable=False),
        sa.Column("party_id", LONG, nullable=True),
        sa.Column("from_case_id", LONG, nullable=True),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("name", NAME, nullable=False),
        sa.Column("initials", INITIALS, nullable=False),
        sa.Column("amount_fen", sa.BigInteger(), nullable=True),
        sa.Column("place", sa.String(length=400), nullable=True),
        sa.Column("consent", sa.String(length=32), nullable=False),
        sa.Column("consent_on", sa.Date(), nullable=True),
        sa.Column("consent_form", sa.String(length=32), nullable=True),
        sa.Column("settles", sa.String(length=32), nullable=False),
        sa.Column("settles_on", sa.Date(), nullable=True),
        sa.Column("settles_form", sa.String(length=32), nullable=True),
        sa.Column("answered_by_id", LONG, nullable=True),
        sa.Column("elected_on", sa.Date(), nullable=True),
        sa.Column("election_signed_on", sa.Date(), nullable=True),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("end_reason", sa.String(length=400), nullable=True),
        sa.Column("ended_by_id", LONG, nullable=True),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "elected_on IS NULL OR party_id IS NOT NULL", name=op.f("ck_group_members_representatives_are_parties")
        ),
        sa.ForeignKeyConstraint(["centre_id"], ["centres.id"], name=op.f("fk_group_members_centre_id")),
        sa.ForeignKeyConstraint(["group_id"], ["case_groups.id"], name=op.f("fk_group_members_group_id")),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_group_members_case_id")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_group_members_person_id")),
        sa.ForeignKeyConstraint(["party_id"], ["parties.id"], name=op.f("fk_group_members_party_id")),
        sa.ForeignKeyConstraint(["from_case_id"], ["cases.id"], name=op.f("fk_group_members_from_case_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_group_members")),
        sa.UniqueConstraint("public_id", name=op.f("uq_group_members_public_id")),
    )
    for columns in (
        ["centre_id"], ["case_id"], ["person_id"], ["party_id"], ["from_case_id"], ["name", "case_id"],
        ["initials", "case_id"], ["group_id", "position"],
    ):
        op.create_index(op.f(f"ix_group_members_{'_'.join(columns)}"), "group_members", columns)
    standing = sa.text("ended_on IS NULL")
    op.create_index(
        "uq_group_members_once", "group_members", ["group_id", "person_id"], unique=True, sqlite_where=standing,
        postgresql_where=standing,
    )


def downgrade():
    op.drop_table("group_members")
    op.drop_table("case_groups")
    op.drop_column("cases", "group_size")
    op.drop_column("cases", "group_side")
