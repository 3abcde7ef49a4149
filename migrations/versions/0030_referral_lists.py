"""Lists of referrals by state and day, by the court's number, and their figures."""

from alembic import op

revision = "0030"
down_revision = "0029"
branch_labels = None
depends_on = None

INDEXES = {
    "ix_referrals_state_sent_on": ["state", "sent_on", "id"],
    "ix_referrals_state_returned_on": ["state", "returned_on", "id"],
    "ix_referrals_state_decided_on": ["state", "decided_on", "id"],
    "ix_referrals_taken_on": ["taken_on"],
    "ix_referrals_court_no": ["court_no"],
}


def upgrade():
    for name, columns in INDEXES.items():
        op.create_index(name, "referrals", columns)


def downgrade():
    for name in reversed(INDEXES):
        op.drop_index(name, table_name="referrals")
