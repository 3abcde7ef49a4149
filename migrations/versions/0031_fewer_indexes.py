"""Indexes that begin a longer one of the same table: every registration and every clock wrote them for nothing."""

from alembic import op

revision = "0031"
down_revision = "0030"
branch_labels = None
depends_on = None

INDEXES = {
    "ix_cases_centre_id": ("cases", ["centre_id"]),
    "ix_people_centre_id": ("people", ["centre_id"]),
    "ix_clocks_case_id": ("clocks", ["case_id"]),
}


def upgrade():
    for name, (table, _columns) in INDEXES.items():
        op.drop_index(name, table_name=table)


def downgrade():
    for name, (table, columns) in INDEXES.items():
        op.create_index(name, table, columns)
