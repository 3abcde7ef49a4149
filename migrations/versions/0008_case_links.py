"""Cases that belong together: merged, repeated, in a series."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

LONG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
STANDING = sa.text("ended_on IS NULL")


def upgrade():
    op.create_table(
        "case_links",
        sa.Column("id", LONG, autoincrement=False, nullable=False),
        sa.Column("public_id", sa.String(length=22), nullable=False),
        sa.Column("centre_id", LONG, nullable=False),
        sa.Column("case_id", LONG, nullable=False),
        sa.Column("other_id", LONG, nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("reason", sa.String(length=400), nullable=True),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("made_by_id", LONG, nullable=True),
        sa.Column("moved", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("ended_by_id", LONG, nullable=True),
        sa.Column("end_reason", sa.String(length=400), nullable=True),
        sa.CheckConstraint("case_id <> other_id", name=op.f("ck_case_links_two_cases")),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_case_links_case_id")),
        sa.ForeignKeyConstraint(["centre_id"], ["centres.id"], name=op.f("fk_case_links_centre_id")),
        sa.ForeignKeyConstraint(["other_id"], ["cases.id"], name=op.f("fk_case_links_other_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_links")),
        sa.UniqueConstraint("public_id", name=op.f("uq_case_links_public_id")),
    )
    for column in ("case_id", "centre_id", "other_id"):
        op.create_index(op.f(f"ix_case_links_{column}"), "case_links", [column])
    op.create_index(
        "uq_case_links_once", "case_links", ["case_id", "other_id", "kind"], unique=True,
        sqlite_where=STANDING, postgresql_where=STANDING,
    )


def downgrade():
    op.drop_table("case_links")
