"""How hard a case is and how much it presses; cases of before have neither until somebody says it."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade():
    op.add_column("cases", sa.Column("grade", sa.String(length=32), nullable=True))
    op.add_column("cases", sa.Column("urgency", sa.String(length=32), nullable=True))
    op.create_index("ix_cases_centre_id_grade_id", "cases", ["centre_id", "grade", "id"])


def downgrade():
    op.drop_index("ix_cases_centre_id_grade_id", table_name="cases")
    for column in ("urgency", "grade"):
        op.drop_column("cases", column)
