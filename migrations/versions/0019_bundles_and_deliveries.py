"""Whole cases to take along; copies on their way, each with its proof; who read an agreement to whom (DC-05)."""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None

LONG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
NAME = sa.String(length=120).with_variant(sa.String(length=120, collation="C"), "postgresql")


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
    op.create_table(
        "deliveries",
        sa.Column("id", LONG, autoincrement=False, nullable=False),
        sa.Column("public_id", sa.String(length=22), nullable=False),
        sa.Column("centre_id", LONG, nullable=False),
        sa.Column("case_id", LONG, nullable=False),
        sa.Column("data_key", sa.LargeBinary(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=32), nullable=False),
        sa.Column("object_kind", sa.String(length=32), nullable=False),
        sa.Column("object_id", LONG, nullable=False),
        sa.Column("what", sa.String(length=40), nullable=False),
        sa.Column("number", sa.String(length=60), nullable=True),
        sa.Column("party_id", LONG, nullable=True),
        sa.Column("issued_on", sa.Date(), nullable=False),
        sa.Column("way", sa.String(length=32), nullable=True),
        sa.Column("sent_on", sa.Date(), nullable=True),
        sa.Column("delivered_on", sa.Date(), nullable=True),
        sa.Column("returned_on", sa.Date(), nullable=True),
        sa.Column("is_deemed", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.String(length=32), nullable=True),
        sa.Column("detail_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("note", sa.String(length=400), nullable=True),
        sa.Column("attachment_id", LONG, nullable=True),
        sa.Column("recorded_by_id", LONG, nullable=True),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["centre_id"], ["centres.id"], name=op.f("fk_deliveries_centre_id")),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_deliveries_case_id")),
        sa.ForeignKeyConstraint(["party_id"], ["parties.id"], name=op.f("fk_deliveries_party_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_deliveries")),
        sa.UniqueConstraint("public_id", name=op.f("uq_deliveries_public_id")),
    )
    for column in ("centre_id", "case_id", "party_id"):
        op.create_index(op.f(f"ix_deliveries_{column}"), "deliveries", [column])
    op.create_index("ix_deliveries_object", "deliveries", ["object_kind", "object_id"])
    waiting = sa.text("state IN ('open', 'sent', 'returned')")
    op.create_index(
        "ix_deliveries_waiting", "deliveries", ["centre_id", "id"], sqlite_where=waiting, postgresql_where=waiting
    )
    op.add_column("signatures", sa.Column("read_by", NAME, nullable=True))


def downgrade():
    op.drop_column("signatures", "read_by")
    op.drop_table("deliveries")
    op.drop_table("bundles")
