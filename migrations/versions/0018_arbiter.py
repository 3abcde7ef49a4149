"""Duty lists, the arbiter and what was ruled, and work on many cases at once."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None

JSON = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
LONG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
NAME = sa.String(length=120).with_variant(sa.String(length=120, collation="C"), "postgresql")
AREA = sa.String(length=12).with_variant(sa.String(length=12, collation="C"), "postgresql")
INSTANT = sa.DateTime(timezone=True)


def named(table, *columns, centre=True):
    """Create a table that has what all of these have."""
    keys = [
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
        sa.UniqueConstraint("public_id", name=op.f(f"uq_{table}_public_id")),
    ]
    first = [
        sa.Column("id", LONG, autoincrement=False, nullable=False),
        sa.Column("public_id", sa.String(length=22), nullable=False),
    ]
    if centre:
        first.append(sa.Column("centre_id", LONG, nullable=False))
        keys.append(sa.ForeignKeyConstraint(["centre_id"], ["centres.id"], name=op.f(f"fk_{table}_centre_id")))
    op.create_table(table, *first, *columns, *keys)
    if centre:
        op.create_index(op.f(f"ix_{table}_centre_id"), table, ["centre_id"])


def upgrade():
    named(
        "duty_lists",
        sa.Column("source", sa.String(length=400), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("made_by_id", LONG, nullable=True),
        sa.Column("made_by", NAME, nullable=False),
        sa.Column("recorded_at", INSTANT, nullable=False),
    )
    op.create_index("ix_duty_lists_centre_id_valid_from", "duty_lists", ["centre_id", "valid_from", "id"])
    named(
        "duty_items",
        sa.Column("list_id", LONG, nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("class_name", NAME, nullable=False),
        sa.Column("number", sa.String(length=20), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("text", sa.String(length=400), nullable=False),
        sa.Column("lead", NAME, nullable=False),
        sa.Column("lead_unit_id", LONG, nullable=True),
        sa.Column("assisting", JSON, nullable=False),
        sa.Column("basis", sa.String(length=400), nullable=True),
        sa.ForeignKeyConstraint(["list_id"], ["duty_lists.id"], name=op.f("fk_duty_items_list_id")),
        centre=False,
    )
    op.create_index(op.f("ix_duty_items_list_id"), "duty_items", ["list_id"])
    named(
        "arbiters",
        sa.Column("post_id", LONG, nullable=True),
        sa.Column("unit_id", LONG, nullable=True),
        sa.Column("name", NAME, nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("named_by_id", LONG, nullable=True),
        sa.Column("recorded_at", INSTANT, nullable=False),
    )
    named(
        "designations",
        sa.Column("case_id", LONG, nullable=False),
        sa.Column("state", sa.String(length=32), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("opened_on", sa.Date(), nullable=False),
        sa.Column("main_type", sa.String(length=40), nullable=False),
        sa.Column("type_code", sa.String(length=40), nullable=False),
        sa.Column("area_code", AREA, nullable=True),
        sa.Column("unit_id", LONG, nullable=True),
        sa.Column("track", sa.String(length=32), nullable=True),
        sa.Column("why", sa.String(length=400), nullable=True),
        sa.Column("signs", sa.String(length=400), nullable=True),
        sa.Column("is_precedent", sa.Boolean(), nullable=False),
        sa.Column("duty_item_id", LONG, nullable=True),
        sa.Column("made_on", sa.Date(), nullable=True),
        sa.Column("made_by_id", LONG, nullable=True),
        sa.Column("made_by", NAME, nullable=True),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("end_reason", sa.String(length=400), nullable=True),
        sa.Column("recorded_at", INSTANT, nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_designations_case_id")),
    )
    op.create_index(op.f("ix_designations_case_id"), "designations", ["case_id"])
    op.create_index("ix_designations_centre_id_state_id", "designations", ["centre_id", "state", "id"])
    op.create_index(
        "ix_designations_centre_id_main_type", "designations", ["centre_id", "main_type", "is_precedent", "id"]
    )
    _batches()
    op.add_column("transfers", sa.Column("duty_item_id", LONG, nullable=True))
    op.add_column("transfers", sa.Column("designation_id", LONG, nullable=True))


def _batches():
    named(
        "batches",
        sa.Column("unit_id", LONG, nullable=False),
        sa.Column("account_id", LONG, nullable=False),
        sa.Column("post_id", LONG, nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("target", JSON, nullable=False),
        sa.Column("state", sa.String(length=32), nullable=False),
        sa.Column("why_stopped", sa.String(length=400), nullable=True),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("total", sa.Integer(), nullable=False),
        sa.Column("ended_at", INSTANT, nullable=True),
        sa.Column("recorded_at", INSTANT, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["unit_id"], ["units.id"], name=op.f("fk_batches_unit_id")),
    )
    op.create_index("ix_batches_unit_id_id", "batches", ["unit_id", "id"])
    op.create_table(
        "batch_rows",
        sa.Column("id", LONG, autoincrement=False, nullable=False),
        sa.Column("batch_id", LONG, nullable=False),
        sa.Column("case_id", LONG, nullable=False),
        sa.Column("line", sa.Integer(), nullable=False),
        sa.Column("verdict", sa.String(length=32), nullable=False),
        sa.Column("does", JSON, nullable=False),
        sa.Column("said", JSON, nullable=False),
        sa.Column("why", JSON, nullable=False),
        sa.Column("tried_in", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["batch_id"], ["batches.id"], name=op.f("fk_batch_rows_batch_id")),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_batch_rows_case_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_batch_rows")),
        sa.UniqueConstraint("batch_id", "case_id", name="uq_batch_rows_batch_id_case_id"),
    )
    op.create_index(op.f("ix_batch_rows_case_id"), "batch_rows", ["case_id"])
    op.create_index("ix_batch_rows_batch_id_line", "batch_rows", ["batch_id", "line"])


def downgrade():
    for column in ("designation_id", "duty_item_id"):
        op.drop_column("transfers", column)
    for table in ("batch_rows", "batches", "designations", "arbiters", "duty_items", "duty_lists"):
        op.drop_table(table)
