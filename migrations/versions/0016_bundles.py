"""Whole cases to take along: why, for whom, and where the files lie until they expire."""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

LONG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade():
    op.create_table(
        "bundles",
        sa.Column("id", LONG, autoincrement=False, nullable=False),
        sa.Column("public_id", sa.String(length=22), nullable=False),
        sa.Column("centre_id", LONG, nullable=False),
        sa.Column("case_id", LONG, nullable=False),
        sa.Column("state", sa.String(length=32), nullable=False),
        sa.Column("audience", sa.String(length=32), nullable=False),
        sa.Column("party_id", LONG, nullable=True),
        sa.Column("reason", sa.String(length=400), nullable=False),
        sa.Column("asked_by_id", LONG, nullable=True),
        sa.Column("total", sa.Integer(), nullable=False),
        sa.Column("done", sa.Integer(), nullable=False),
        sa.Column("pages", sa.Integer(), nullable=True),
        sa.Column("pdf_name", sa.String(length=40), nullable=True),
        sa.Column("pdf_sha256", sa.LargeBinary(length=32), nullable=True),
        sa.Column("pdf_size", sa.Integer(), nullable=True),
        sa.Column("zip_name", sa.String(length=40), nullable=True),
        sa.Column("zip_sha256", sa.LargeBinary(length=32), nullable=True),
        sa.Column("zip_size", sa.Integer(), nullable=True),
        sa.Column("error", sa.String(length=80), nullable=True),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ready_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["centre_id"], ["centres.id"], name=op.f("fk_bundles_centre_id")),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_bundles_case_id")),
        sa.ForeignKeyConstraint(["party_id"], ["parties.id"], name=op.f("fk_bundles_party_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bundles")),
        sa.UniqueConstraint("public_id", name=op.f("uq_bundles_public_id")),
    )
    for column in ("centre_id", "case_id", "party_id"):
        op.create_index(op.f(f"ix_bundles_{column}"), "bundles", [column])
    kept = sa.text("pdf_name IS NOT NULL")
    op.create_index("ix_bundles_kept", "bundles", ["expires_at"], sqlite_where=kept, postgresql_where=kept)


def downgrade():
    op.drop_table("bundles")
