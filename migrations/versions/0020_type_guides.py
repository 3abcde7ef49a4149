"""The card about each type of dispute, and what a type asked about a case."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None

JSON = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
LONG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade():
    op.create_table(
        "type_guides",
        sa.Column("id", LONG, autoincrement=False, nullable=False),
        sa.Column("centre_id", LONG, nullable=False),
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("facts", JSON, nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("set_by_id", LONG, nullable=True),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["centre_id"], ["centres.id"], name=op.f("fk_type_guides_centre_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_type_guides")),
    )
    op.create_index(op.f("ix_type_guides_centre_id"), "type_guides", ["centre_id"])
    op.create_index("ix_type_guides_centre_id_code", "type_guides", ["centre_id", "code"])
    op.add_column("cases", sa.Column("type_answers", JSON, nullable=True))


def downgrade():
    op.drop_column("cases", "type_answers")
    op.drop_table("type_guides")
