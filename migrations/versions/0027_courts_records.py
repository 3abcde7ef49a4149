"""The board of confirmations by state; how each court took our packs."""

from alembic import op

revision = "0027"
down_revision = "0026"
branch_labels = None
depends_on = None


def upgrade():
    op.create_index("ix_confirmations_state", "confirmations", ["state"])
    op.create_index("ix_confirmations_court_filed", "confirmations", ["court_code", "filed_on"])


def downgrade():
    op.drop_index("ix_confirmations_court_filed", table_name="confirmations")
    op.drop_index("ix_confirmations_state", table_name="confirmations")
