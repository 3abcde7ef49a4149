"""What pages are read by: marks of the small tables, figures by month, indexes behind the lists."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

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
        sa.Column("mark", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_editions")),
    )
    for name, (columns, which) in INDEXES.items():
        op.create_index(name, "cases", columns, **which)


def downgrade():
    for name in INDEXES:
        op.drop_index(name, table_name="cases")
    op.drop_table("editions")
