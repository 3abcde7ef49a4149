"""Many packs printed into one file."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0028"
down_revision = "0027"
branch_labels = None
depends_on = None

JSON = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
LONG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
NAME = sa.String(length=120).with_variant(sa.String(length=120, collation="C"), "postgresql")


def upgrade():
    op.create_table(
        "pack_runs",
        sa.Column("id", LONG, autoincrement=False, nullable=False),
        sa.Column("public_id", sa.String(length=22), nullable=False),
        sa.Column("centre_id", LONG, nullable=False),
        sa.Column("unit_id", LONG, nullable=False),
        sa.Column("account_id", LONG, nullable=False),
        sa.Column("post_id", LONG, nullable=False),
        sa.Column("asked_by", NAME, nullable=False),
        sa.Column("data_key", sa.LargeBinary(), nullable=False),
        sa.Column("state", sa.String(length=32), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("wanted", JSON, nullable=False),
        sa.Column("total", sa.Integer(), nullable=False),
        sa.Column("done", sa.Integer(), nullable=False),
        sa.Column("lines", JSON, nullable=False),
        sa.Column("error", sa.String(length=80), nullable=True),
        sa.Column("why_stopped", sa.String(length=400), nullable=True),
        sa.Column("file_name", sa.String(length=40), nullable=True),
        sa.Column("file_sha256", sa.LargeBinary(length=32), nullable=True),
        sa.Column("pages", sa.Integer(), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["centre_id"], ["centres.id"], name=op.f("fk_pack_runs_centre_id")),
        sa.ForeignKeyConstraint(["unit_id"], ["units.id"], name=op.f("fk_pack_runs_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pack_runs")),
        sa.UniqueConstraint("public_id", name=op.f("uq_pack_runs_public_id")),
    )
    op.create_index(op.f("ix_pack_runs_centre_id"), "pack_runs", ["centre_id"])
    op.create_index("ix_pack_runs_unit_id_id", "pack_runs", ["unit_id", "id"])
    op.create_index("ix_pack_runs_recorded_at", "pack_runs", ["recorded_at"])


def downgrade():
    op.drop_table("pack_runs")
