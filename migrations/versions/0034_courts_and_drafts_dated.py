"""Courts that do not follow the division have days; settings are drafted before they hold."""

import secrets
from datetime import date

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0034"
down_revision = "0033"
branch_labels = None
depends_on = None

JSON = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
LONG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
LINE, MOMENT = sa.String(length=400), sa.DateTime(timezone=True)
ALWAYS = date(2000, 1, 1)  # what was entered without days has held as long as anybody asks


def upgrade():
    with op.batch_alter_table("court_exceptions") as table:
        table.add_column(sa.Column("public_id", sa.String(length=22), nullable=True))
        table.add_column(sa.Column("valid_from", sa.Date(), nullable=True))
        table.add_column(sa.Column("valid_to", sa.Date(), nullable=True))
        table.add_column(sa.Column("set_by_id", LONG, nullable=True))
    rows = sa.table("court_exceptions", sa.column("id"), sa.column("public_id"), sa.column("valid_from"))
    connection = op.get_bind()
    for row_id in connection.scalars(sa.select(rows.c.id)).all():
        values = {"public_id": secrets.token_urlsafe(16), "valid_from": ALWAYS}
        connection.execute(rows.update().where(rows.c.id == row_id).values(**values))
    with op.batch_alter_table("court_exceptions") as table:
        table.alter_column("public_id", existing_type=sa.String(length=22), nullable=False)
        table.alter_column("valid_from", existing_type=sa.Date(), nullable=False)
        table.create_unique_constraint(op.f("uq_court_exceptions_public_id"), ["public_id"])
        table.create_check_constraint(
            op.f("ck_court_exceptions_validity"), "valid_to IS NULL OR valid_to >= valid_from"
        )
    op.create_table(
        "setting_drafts",
        sa.Column("id", LONG, autoincrement=False, nullable=False),
        sa.Column("public_id", sa.String(length=22), nullable=False),
        sa.Column("centre_id", LONG, nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("key", sa.String(length=60), nullable=False),
        sa.Column("value", JSON, nullable=False),
        sa.Column("before", JSON, nullable=False),
        sa.Column("unit_id", LONG, nullable=True),
        sa.Column("area_code", sa.String(length=12), nullable=True),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("source", LINE, nullable=False),
        sa.Column("reason", LINE, nullable=False),
        sa.Column("state", sa.String(length=32), nullable=False),
        sa.Column("drafted_by_id", LONG, nullable=False),
        sa.Column("drafted_on", sa.Date(), nullable=False),
        sa.Column("rehearsal", JSON, nullable=False),
        sa.Column("rehearsed_at", MOMENT, nullable=False),
        sa.Column("decided_by_id", LONG, nullable=True),
        sa.Column("decided_on", sa.Date(), nullable=True),
        sa.Column("row_id", LONG, nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("recorded_at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(["centre_id"], ["centres.id"], name=op.f("fk_setting_drafts_centre_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_setting_drafts")),
        sa.UniqueConstraint("public_id", name=op.f("uq_setting_drafts_public_id")),
    )
    op.create_index(op.f("ix_setting_drafts_centre_id"), "setting_drafts", ["centre_id"])
    op.create_index("ix_setting_drafts_centre_id_state", "setting_drafts", ["centre_id", "state", "id"])


def downgrade():
    op.drop_table("setting_drafts")
    with op.batch_alter_table("court_exceptions") as table:
        table.drop_constraint(op.f("ck_court_exceptions_validity"), type_="check")
        table.drop_constraint(op.f("uq_court_exceptions_public_id"), type_="unique")
        for name in ("set_by_id", "valid_to", "valid_from", "public_id"):
            table.drop_column(name)
