"""Notices get a name for addresses and always a post; who read one is kept, and indexes serve count and list."""

import secrets

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

LONG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
ONE = "(unit_id IS NULL) <> (account_id IS NULL)"
BOXES = ("account_id", "unit_id")


def upgrade():
    _drop_indexes(["account_id", "read_at"], ["unit_id", "role", "read_at"])
    with op.batch_alter_table("notices") as table:
        table.add_column(sa.Column("public_id", sa.String(length=22), nullable=True))
        table.add_column(sa.Column("read_by_id", LONG, nullable=True))
    _name_rows()
    with op.batch_alter_table("notices") as table:
        table.alter_column("public_id", existing_type=sa.String(length=22), nullable=False)
        table.alter_column("case_id", existing_type=LONG, nullable=False)
        table.alter_column("role", existing_type=sa.String(length=32), nullable=False)
        table.alter_column("event", existing_type=sa.String(length=80), type_=sa.String(length=32), nullable=False)
        table.create_unique_constraint("uq_notices_public_id", ["public_id"])
        table.create_check_constraint("one_recipient", ONE)
    for box in BOXES:
        op.create_index(f"ix_notices_{box}_role_read_at", "notices", [box, "role", "read_at", "id"])
    op.create_index("ix_notices_read_at", "notices", ["read_at"])


def _name_rows():
    notices = sa.table("notices", sa.column("id", LONG), sa.column("public_id", sa.String))
    connection = op.get_bind()
    for row_id in connection.execute(sa.select(notices.c.id)).scalars().all():
        named = notices.update().where(notices.c.id == row_id).values(public_id=secrets.token_urlsafe(16))
        connection.execute(named)


def _drop_indexes(*columns):
    for names in columns:
        op.drop_index(f"ix_notices_{'_'.join(names)}", table_name="notices")


def downgrade():
    op.drop_index("ix_notices_read_at", table_name="notices")
    _drop_indexes(*([box, "role", "read_at"] for box in BOXES))
    with op.batch_alter_table("notices") as table:
        table.drop_constraint(op.f("ck_notices_one_recipient"), type_="check")
        table.drop_constraint("uq_notices_public_id", type_="unique")
        table.alter_column("event", existing_type=sa.String(length=32), type_=sa.String(length=80), nullable=False)
        table.alter_column("role", existing_type=sa.String(length=32), nullable=True)
        table.alter_column("case_id", existing_type=LONG, nullable=True)
        table.drop_column("read_by_id")
        table.drop_column("public_id")
    op.create_index("ix_notices_account_id_read_at", "notices", ["account_id", "read_at"])
    op.create_index("ix_notices_unit_id_role_read_at", "notices", ["unit_id", "role", "read_at"])
