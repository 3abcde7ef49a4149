"""What is printed for a group: asked for, printed slice by slice, bound."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None

JSON = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
LONG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
NAME = sa.String(length=120).with_variant(sa.String(length=120, collation="C"), "postgresql")


def upgrade():
    op.create_table(
        "group_prints",
        sa.Column("id", LONG, autoincrement=False, nullable=False),
        sa.Column("public_id", sa.String(length=22), nullable=False),
        sa.Column("centre_id", LONG, nullable=False),
        sa.Column("case_id", LONG, nullable=False),
        sa.Column("group_id", LONG, nullable=False),
        sa.Column("account_id", LONG, nullable=True),
        sa.Column("asked_by", NAME, nullable=False),
        sa.Column("state", sa.String(length=32), nullable=False),
        sa.Column("wanted", JSON, nullable=False),
        sa.Column("total", sa.Integer(), nullable=False),
        sa.Column("done", sa.Integer(), nullable=False),
        sa.Column("parts", JSON, nullable=False),
        sa.Column("error", sa.String(length=80), nullable=True),
        sa.Column("file_name", sa.String(length=40), nullable=True),
        sa.Column("file_sha256", sa.LargeBinary(length=32), nullable=True),
        sa.Column("pages", sa.Integer(), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["centre_id"], ["centres.id"], name=op.f("fk_group_prints_centre_id")),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_group_prints_case_id")),
        sa.ForeignKeyConstraint(["group_id"], ["case_groups.id"], name=op.f("fk_group_prints_group_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_group_prints")),
        sa.UniqueConstraint("public_id", name=op.f("uq_group_prints_public_id")),
    )
    for column in ("centre_id", "case_id", "group_id", "recorded_at"):
        op.create_index(op.f(f"ix_group_prints_{column}"), "group_prints", [column])


def downgrade():
    op.drop_table("group_prints")
