"""Administrators prove themselves twice: half log-ins, recovery codes, and what a session rests on."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

LONG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade():
    op.add_column("login_sessions", sa.Column("proof", sa.String(32), nullable=True))
    op.create_table(
        "pending_logins",
        sa.Column("id", LONG, autoincrement=False, nullable=False),
        sa.Column("token_hash", sa.LargeBinary(length=32), nullable=False),
        sa.Column("account_id", LONG, nullable=False),
        sa.Column("authorisation", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name=op.f("fk_pending_logins_account_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pending_logins")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_pending_logins_token_hash")),
    )
    op.create_index(op.f("ix_pending_logins_account_id"), "pending_logins", ["account_id"])
    op.create_table(
        "recovery_codes",
        sa.Column("id", LONG, autoincrement=False, nullable=False),
        sa.Column("account_id", LONG, nullable=False),
        sa.Column("code_hash", sa.LargeBinary(length=32), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name=op.f("fk_recovery_codes_account_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_recovery_codes")),
        sa.UniqueConstraint("code_hash", name=op.f("uq_recovery_codes_code_hash")),
    )
    op.create_index(op.f("ix_recovery_codes_account_id"), "recovery_codes", ["account_id"])


def downgrade():
    op.drop_table("recovery_codes")
    op.drop_table("pending_logins")
    with op.batch_alter_table("login_sessions") as table:
        table.drop_column("proof")
