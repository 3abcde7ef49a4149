"""Two rows of one person: the one that goes on, and what the merger gave it."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

LONG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
STANDING = sa.text("ended_on IS NULL")


def upgrade():
    with op.batch_alter_table("people") as people:
        people.add_column(sa.Column("merged_into_id", LONG, nullable=True))
        people.create_foreign_key(op.f("fk_people_merged_into_id"), "people", ["merged_into_id"], ["id"])
        people.create_index(op.f("ix_people_merged_into_id"), ["merged_into_id"])
    op.create_table(
        "person_mergers",
        sa.Column("id", LONG, autoincrement=False, nullable=False),
        sa.Column("public_id", sa.String(length=22), nullable=False),
        sa.Column("centre_id", LONG, nullable=False),
        sa.Column("person_id", LONG, nullable=False),
        sa.Column("into_id", LONG, nullable=False),
        sa.Column("reason", sa.String(length=400), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("made_by_id", LONG, nullable=True),
        sa.Column("data_key", sa.LargeBinary(), nullable=False),
        sa.Column("given_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("brought", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("ended_by_id", LONG, nullable=True),
        sa.Column("end_reason", sa.String(length=400), nullable=True),
        sa.CheckConstraint("person_id <> into_id", name=op.f("ck_person_mergers_two_people")),
        sa.ForeignKeyConstraint(["centre_id"], ["centres.id"], name=op.f("fk_person_mergers_centre_id")),
        sa.ForeignKeyConstraint(["into_id"], ["people.id"], name=op.f("fk_person_mergers_into_id")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_person_mergers_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person_mergers")),
        sa.UniqueConstraint("public_id", name=op.f("uq_person_mergers_public_id")),
    )
    for column in ("centre_id", "person_id", "into_id"):
        op.create_index(op.f(f"ix_person_mergers_{column}"), "person_mergers", [column])
    op.create_index(
        "uq_person_mergers_once", "person_mergers", ["person_id"], unique=True,
        sqlite_where=STANDING, postgresql_where=STANDING,
    )


def downgrade():
    op.drop_table("person_mergers")
    with op.batch_alter_table("people") as people:
        people.drop_index(op.f("ix_people_merged_into_id"))
        people.drop_constraint(op.f("fk_people_merged_into_id"), type_="foreignkey")
        people.drop_column("merged_into_id")
