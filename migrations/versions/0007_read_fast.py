"""What pages are read by: marks of the small tables, figures by month, indexes behind the lists."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

LONG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
IS_OPEN = {"sqlite_where": sa.text("is_open = 1"), "postgresql_where": sa.text("is_open")}
INDEXES = {  # by name: columns, which rows
    "ix_cases_centre_id_turn_id": (["centre_id", "turn", "id"], {}),
    "ix_cases_centre_id_due_on_id": (["centre_id", "due_on", "id"], {}),
    "ix_cases_turn_since_open": (["centre_id", "turn_since", "id"], IS_OPEN),
    "ix_cases_centre_id_type_code_id": (["centre_id", "type_code", "id"], {}),
    "ix_cases_centre_id_result_id": (["centre_id", "result", "id"], {}),
    "ix_cases_lead_unit_id_id": (["lead_unit_id", "id"], {}),
}


def upgrade():
    op.create_table(
        "editions",
        sa.Column("name", sa.String(40), nullable=False),
        sa.Column("mark", LONG, nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_editions")),
    )
    op.create_table(
        "case_counts",
        sa.Column("unit_id", LONG, autoincrement=False, nullable=False),
        sa.Column("scope", sa.String(80), nullable=False),
        sa.Column("month", sa.Date(), nullable=False),
        sa.Column("lead_unit_id", LONG, autoincrement=False, nullable=False),
        sa.Column("track", sa.String(32), nullable=False),
        sa.Column("result", sa.String(16), nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint(
            "unit_id", "scope", "month", "lead_unit_id", "track", "result", name=op.f("pk_case_counts")
        ),
    )
    op.add_column("cases", sa.Column("counted_as", sa.String(100)))
    for name, (columns, which) in INDEXES.items():
        op.create_index(name, "cases", columns, **which)
    _count()


def _count():
    """Say what the cases that are there count as; the nightly look then counts them."""
    is_sqlite = op.get_bind().dialect.name == "sqlite"
    month = "strftime('%Y-%m', accepted_on)" if is_sqlite else "to_char(accepted_on, 'YYYY-MM')"
    op.execute(
        f"UPDATE cases SET counted_as = {month} || '/' || coalesce(lead_unit_id, 0) || '/' || coalesce(track, '') "
        "|| '/' || result WHERE accepted_on IS NOT NULL"
    )


def downgrade():
    for name in INDEXES:
        op.drop_index(name, table_name="cases")
    op.drop_column("cases", "counted_as")
    op.drop_table("case_counts")
    op.drop_table("editions")
