"""Cases of a place by day, and links of a kind by day: what registration and its figures look for."""

from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

INDEXES = (("cases", ("centre_id", "area_code", "applied_on")), ("case_links", ("centre_id", "kind", "since")))


def upgrade():
    for table, columns in INDEXES:
        op.create_index(op.f(f"ix_{table}_{'_'.join(columns)}"), table, list(columns))


def downgrade():
    for table, columns in INDEXES:
        op.drop_index(op.f(f"ix_{table}_{'_'.join(columns)}"), table)
