"""The language that an interpreter turns into Chinese; which row names a file is found without reading them all."""

import sqlalchemy as sa
from alembic import op

revision = "0033"
down_revision = "0032"
branch_labels = None
depends_on = None


NAMED = (("papers", "file_name"), ("attachments", "file_name"), ("bundles", "pdf_name"), ("bundles", "zip_name"))


def upgrade():
    for table, column in NAMED:
        op.create_index(f"ix_{table}_{column}", table, [column])
    op.add_column("representatives", sa.Column("language", sa.String(20)))


def downgrade():
    for table, column in NAMED:
        op.drop_index(f"ix_{table}_{column}", table_name=table)
    with op.batch_alter_table("representatives") as table:
        table.drop_column("language")
