"""Who read an agreement to a party that cannot read it (DC-05)."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None

NAME = sa.String(length=120).with_variant(sa.String(length=120, collation="C"), "postgresql")


def upgrade():
    op.add_column("signatures", sa.Column("read_by", NAME, nullable=True))


def downgrade():
    op.drop_column("signatures", "read_by")
