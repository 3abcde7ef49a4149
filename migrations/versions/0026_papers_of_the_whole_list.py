"""Inquiries, return visits, proposals that silence makes an agreement."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None

JSON = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
LONG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
NAME = sa.String(length=120).with_variant(sa.String(length=120, collation="C"), "postgresql")
LINE, CHOICE, MOMENT, SEALED = sa.String(length=400), sa.String(length=32), sa.DateTime(timezone=True), sa.LargeBinary()

TABLES = {
    "inquiries": (
        {"case_id": "cases", "proceeding_id": "proceedings"},
        (
            ("data_key", SEALED, False), ("starts_at", MOMENT, False), ("ends_at", MOMENT, True), ("place", NAME, False),
            ("inquirers", LINE, False), ("recorder", NAME, False), ("others", LINE, True),
            ("asked_sealed", SEALED, False), ("exchange_sealed", SEALED, False), ("recorded_by_id", LONG, True),
        ),
    ),
    "return_visits": (
        {"case_id": "cases", "agreement_id": "agreements"},
        (
            ("data_key", SEALED, False), ("on", sa.Date(), False), ("manner", CHOICE, False), ("visited", JSON, False),
            ("reason", LINE, False), ("satisfaction", CHOICE, True), ("told_sealed", SEALED, True),
            ("signs_sealed", SEALED, True), ("advice", LINE, True), ("visitor", NAME, False),
            ("recorded_by_id", LONG, True),
        ),
    ),
    "proposals": (
        {"agreement_id": "agreements", "case_id": "cases"},
        (
            ("proposed_on", sa.Date(), False), ("consents", JSON, False), ("services", JSON, False),
            ("objections", JSON, False), ("last_on", sa.Date(), True), ("outcome", CHOICE, True),
            ("decided_on", sa.Date(), True),
        ),
    ),
}
UNNAMED = ("proposals",)  # reached through its agreement


def upgrade():
    for table, (refers, columns) in TABLES.items():
        named = () if table in UNNAMED else (
            sa.Column("public_id", sa.String(length=22), nullable=False),
            sa.UniqueConstraint("public_id", name=op.f(f"uq_{table}_public_id")),
        )
        op.create_table(
            table,
            sa.Column("id", LONG, autoincrement=False, nullable=False),
            *named,
            *(sa.Column(name, LONG, nullable=False) for name in refers),
            *(sa.Column(name, kind, nullable=nullable) for name, kind, nullable in columns),
            sa.Column("recorded_at", MOMENT, nullable=False),
            *(
                sa.ForeignKeyConstraint([name], [f"{target}.id"], name=op.f(f"fk_{table}_{name}"))
                for name, target in refers.items()
            ),
            sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
        )
        for name in refers:
            op.create_index(op.f(f"ix_{table}_{name}"), table, [name])
    op.add_column("agreements", sa.Column("deemed_on", sa.Date(), nullable=True))


def downgrade():
    op.drop_column("agreements", "deemed_on")
    for table in reversed(TABLES):
        op.drop_table(table)
