"""The language that an interpreter beside a party turns into Chinese."""

import sqlalchemy as sa
from alembic import op

revision = "0033"
down_revision = "0032"
branch_labels = None
depends_on = None


def upgrade():
    op.add_column("representatives", sa.Column("language", sa.String(20)))


def downgrade():
    with op.batch_alter_table("representatives") as table:
        table.drop_column("language")
