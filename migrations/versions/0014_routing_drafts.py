"""Drafts of routing rules with their rehearsal; transfers counted by centre and rule."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

JSON = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
LONG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
NAME = sa.String(length=120).with_variant(sa.String(length=120, collation="C"), "postgresql")
INSTANT = sa.DateTime(timezone=True)
INDEXES = {
    "ix_transfers_centre_id_id": ["centre_id", "id"],
    "ix_transfers_centre_id_rule_sent_on": ["centre_id", "rule", "sent_on", "override_reason", "id"],
    "ix_transfers_centre_id_sent_on": ["centre_id", "sent_on", "to_unit_id", "state"],
}


def upgrade():
    op.create_table(
        "routing_drafts",
        sa.Column("id", LONG, autoincrement=False, nullable=False),
        sa.Column("public_id", sa.String(length=22), nullable=False),
        sa.Column("centre_id", LONG, nullable=False),
        sa.Column("state", sa.String(length=32), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("why", sa.String(length=400), nullable=False),
        sa.Column("changes", JSON, nullable=False),
        sa.Column("replaced", JSON, nullable=False),
        sa.Column("rehearsal", JSON, nullable=False),
        sa.Column("rehearsed_mark", sa.String(length=64), nullable=True),
        sa.Column("rehearsed_at", INSTANT, nullable=True),
        sa.Column("undoes_id", LONG, nullable=True),
        sa.Column("made_by_id", LONG, nullable=True),
        sa.Column("made_by", NAME, nullable=False),
        sa.Column("published_by_id", LONG, nullable=True),
        sa.Column("published_by", NAME, nullable=True),
        sa.Column("published_at", INSTANT, nullable=True),
        sa.Column("valid_from", sa.Date(), nullable=True),
        sa.Column("recorded_at", INSTANT, nullable=False),
        sa.ForeignKeyConstraint(["centre_id"], ["centres.id"], name=op.f("fk_routing_drafts_centre_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_routing_drafts")),
        sa.UniqueConstraint("public_id", name=op.f("uq_routing_drafts_public_id")),
    )
    op.create_index(op.f("ix_routing_drafts_centre_id"), "routing_drafts", ["centre_id"])
    op.create_index("ix_routing_drafts_centre_id_state_id", "routing_drafts", ["centre_id", "state", "id"])
    op.add_column("routing_rules", sa.Column("is_off", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.add_column("routing_rules", sa.Column("draft_id", LONG, nullable=True))
    with op.batch_alter_table("routing_rules") as rules:
        rules.alter_column("is_off", server_default=None, existing_type=sa.Boolean(), existing_nullable=False)
    op.add_column("transfers", sa.Column("centre_id", LONG, nullable=True))
    op.add_column("transfers", sa.Column("rule", sa.Integer(), nullable=True))
    _fill(op.get_bind())
    for name, columns in INDEXES.items():
        op.create_index(name, "transfers", columns)


def _fill(connection):
    """What was sent before is counted too: the centre stands in the case, the rule in the suggestion."""
    told = {"sqlite": "CAST(json_extract(suggestion, '$.rule') AS INTEGER)", "postgresql": "(suggestion->>'rule')::int"}
    connection.exec_driver_sql(
        "UPDATE transfers SET centre_id = (SELECT centre_id FROM cases WHERE cases.id = transfers.case_id), "
        f"rule = {told[connection.dialect.name]}"
    )


def downgrade():
    for name in INDEXES:
        op.drop_index(name, table_name="transfers")
    for column in ("rule", "centre_id"):
        op.drop_column("transfers", column)
    for column in ("draft_id", "is_off"):
        op.drop_column("routing_rules", column)
    op.drop_table("routing_drafts")
