"""Who came to the window, what they asked and were told; the code of a receipt found at once."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

LONG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade():
    op.create_index("ix_cases_query_code_hash", "cases", ["query_code_hash"])
    op.create_table(
        "visits",
        sa.Column("id", LONG, autoincrement=False, nullable=False),
        sa.Column("public_id", sa.String(length=22), nullable=False),
        sa.Column("centre_id", LONG, nullable=False),
        sa.Column("case_id", LONG, nullable=False),
        sa.Column("data_key", sa.LargeBinary(), nullable=False),
        sa.Column("party_id", LONG, nullable=True),
        sa.Column("representative_id", LONG, nullable=True),
        sa.Column("claimed_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("manner", sa.String(length=32), nullable=False),
        sa.Column("identified", sa.String(length=32), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("account_id", LONG, nullable=True),
        sa.Column("unit_id", LONG, nullable=True),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["centre_id"], ["centres.id"], name=op.f("fk_visits_centre_id")),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_visits_case_id")),
        sa.ForeignKeyConstraint(["party_id"], ["parties.id"], name=op.f("fk_visits_party_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_visits")),
        sa.UniqueConstraint("public_id", name=op.f("uq_visits_public_id")),
    )
    for column in ("centre_id", "case_id", "party_id"):
        op.create_index(op.f(f"ix_visits_{column}"), "visits", [column])
    op.create_table(
        "contacts",
        sa.Column("id", LONG, autoincrement=False, nullable=False),
        sa.Column("public_id", sa.String(length=22), nullable=False),
        sa.Column("centre_id", LONG, nullable=False),
        sa.Column("case_id", LONG, nullable=False),
        sa.Column("visit_id", LONG, nullable=False),
        sa.Column("data_key", sa.LargeBinary(), nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("topic", sa.String(length=32), nullable=True),
        sa.Column("asked_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("told_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("account_id", LONG, nullable=True),
        sa.Column("unit_id", LONG, nullable=True),
        sa.Column("call_back", sa.String(length=32), nullable=True),
        sa.Column("call_back_on", sa.Date(), nullable=True),
        sa.Column("reached", sa.String(length=32), nullable=True),
        sa.Column("called_on", sa.Date(), nullable=True),
        sa.Column("called_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("called_by_id", LONG, nullable=True),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["centre_id"], ["centres.id"], name=op.f("fk_contacts_centre_id")),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_contacts_case_id")),
        sa.ForeignKeyConstraint(["visit_id"], ["visits.id"], name=op.f("fk_contacts_visit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contacts")),
        sa.UniqueConstraint("public_id", name=op.f("uq_contacts_public_id")),
    )
    for column in ("centre_id", "case_id", "visit_id"):
        op.create_index(op.f(f"ix_contacts_{column}"), "contacts", [column])
    promised = sa.text("call_back_on IS NOT NULL AND called_on IS NULL")
    op.create_index(
        "ix_contacts_promised", "contacts", ["centre_id", "call_back_on", "id"], sqlite_where=promised,
        postgresql_where=promised,
    )


def downgrade():
    op.drop_table("contacts")
    op.drop_table("visits")
    op.drop_index("ix_cases_query_code_hash", "cases")
