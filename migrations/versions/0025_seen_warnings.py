"""Which warnings about its text somebody has ticked, kept with the agreement."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None

JSON = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")


def upgrade():
    with op.batch_alter_table("agreements") as table:
        table.add_column(sa.Column("seen_warnings", JSON, nullable=False, server_default="{}"))
    with op.batch_alter_table("agreements") as table:
        table.alter_column("seen_warnings", server_default=None, existing_type=JSON, existing_nullable=False)


def downgrade():
    with op.batch_alter_table("agreements") as table:
        table.drop_column("seen_warnings")
