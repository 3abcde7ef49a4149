"""Corrections asked for and allowed, parties taken off, what was taken back; who is away and in which post who acts."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None

JSON = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
LONG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade():
    op.create_table(
        "mending_requests",
        sa.Column("id", LONG, autoincrement=False, nullable=False),
        sa.Column("public_id", sa.String(length=22), nullable=False),
        sa.Column("centre_id", LONG, nullable=False),
        sa.Column("case_id", LONG, nullable=False),
        sa.Column("state", sa.String(length=32), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("content_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("reason", sa.String(length=400), nullable=False),
        sa.Column("asked_on", sa.Date(), nullable=False),
        sa.Column("asked_by_id", LONG, nullable=True),
        sa.Column("asked_post_id", LONG, nullable=True),
        sa.Column("asked_role", sa.String(length=32), nullable=False),
        sa.Column("decided_on", sa.Date(), nullable=True),
        sa.Column("decided_by_id", LONG, nullable=True),
        sa.Column("decided_post_id", LONG, nullable=True),
        sa.Column("words", sa.String(length=400), nullable=True),
        sa.Column("effect", JSON, nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["centre_id"], ["centres.id"], name=op.f("fk_mending_requests_centre_id")),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_mending_requests_case_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mending_requests")),
        sa.UniqueConstraint("public_id", name=op.f("uq_mending_requests_public_id")),
    )
    op.create_index(op.f("ix_mending_requests_centre_id"), "mending_requests", ["centre_id"])
    op.create_index(op.f("ix_mending_requests_case_id"), "mending_requests", ["case_id"])
    op.create_index("ix_mending_requests_centre_id_state_id", "mending_requests", ["centre_id", "state", "id"])
    op.create_table(
        "parties_taken_off",
        sa.Column("id", LONG, autoincrement=False, nullable=False),
        sa.Column("public_id", sa.String(length=22), nullable=False),
        sa.Column("centre_id", LONG, nullable=False),
        sa.Column("case_id", LONG, nullable=False),
        sa.Column("party_id", LONG, nullable=False),
        sa.Column("replaced_by_id", LONG, nullable=True),
        sa.Column("was_lead", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.String(length=400), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("made_by_id", LONG, nullable=True),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("put_back_on", sa.Date(), nullable=True),
        sa.Column("put_back_by_id", LONG, nullable=True),
        sa.Column("put_back_reason", sa.String(length=400), nullable=True),
        sa.ForeignKeyConstraint(["centre_id"], ["centres.id"], name=op.f("fk_parties_taken_off_centre_id")),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_parties_taken_off_case_id")),
        sa.ForeignKeyConstraint(["party_id"], ["parties.id"], name=op.f("fk_parties_taken_off_party_id")),
        sa.ForeignKeyConstraint(["replaced_by_id"], ["parties.id"], name=op.f("fk_parties_taken_off_replaced_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_parties_taken_off")),
        sa.UniqueConstraint("public_id", name=op.f("uq_parties_taken_off_public_id")),
    )
    for column in ("centre_id", "case_id", "party_id", "replaced_by_id"):
        op.create_index(op.f(f"ix_parties_taken_off_{column}"), "parties_taken_off", [column])
    with op.batch_alter_table("parties") as parties:
        parties.alter_column("case_id", existing_type=LONG, nullable=True)
    op.add_column("steps_taken", sa.Column("post_id", LONG, nullable=True))
    op.create_table(
        "post_absences",
        sa.Column("id", LONG, autoincrement=False, nullable=False),
        sa.Column("public_id", sa.String(length=22), nullable=False),
        sa.Column("centre_id", LONG, nullable=False),
        sa.Column("post_id", LONG, nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("to_on", sa.Date(), nullable=False),
        sa.Column("reason", sa.String(length=400), nullable=False),
        sa.Column("made_by_id", LONG, nullable=True),
        sa.Column("ended_by_id", LONG, nullable=True),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("to_on >= from_on", name=op.f("ck_post_absences_validity")),
        sa.ForeignKeyConstraint(["centre_id"], ["centres.id"], name=op.f("fk_post_absences_centre_id")),
        sa.ForeignKeyConstraint(["post_id"], ["posts.id"], name=op.f("fk_post_absences_post_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_post_absences")),
        sa.UniqueConstraint("public_id", name=op.f("uq_post_absences_public_id")),
    )
    op.create_index(op.f("ix_post_absences_centre_id"), "post_absences", ["centre_id"])
    op.create_index(op.f("ix_post_absences_post_id"), "post_absences", ["post_id"])
    op.create_index("ix_post_absences_centre_id_to_on", "post_absences", ["centre_id", "to_on"])
    for table in ("performance_receipts", "court_steps"):
        op.add_column(table, sa.Column("void_on", sa.Date(), nullable=True))
        op.add_column(table, sa.Column("void_reason", sa.String(length=400), nullable=True))
    op.add_column("clocks", sa.Column("stopped_mark", LONG, nullable=True))


def downgrade():
    op.drop_column("clocks", "stopped_mark")
    for table in ("court_steps", "performance_receipts"):
        op.drop_column(table, "void_reason")
        op.drop_column(table, "void_on")
    op.drop_table("post_absences")
    with op.batch_alter_table("steps_taken") as taken:
        taken.drop_column("post_id")
    op.execute(
        "UPDATE parties SET case_id = (SELECT max(t.case_id) FROM parties_taken_off t WHERE t.party_id = parties.id) "
        "WHERE case_id IS NULL"
    )
    with op.batch_alter_table("parties") as parties:
        parties.alter_column("case_id", existing_type=LONG, nullable=False)
    op.drop_table("parties_taken_off")
    op.drop_table("mending_requests")
