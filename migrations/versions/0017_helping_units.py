"""Other units that help, cases that go a level up or down, working notes, hand-overs of a shift."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None

JSON = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
LONG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
NAME = sa.String(length=120).with_variant(sa.String(length=120, collation="C"), "postgresql")


def upgrade():
    op.create_table(
        "assisting_tasks",
        sa.Column("id", LONG, autoincrement=False, nullable=False),
        sa.Column("public_id", sa.String(length=22), nullable=False),
        sa.Column("centre_id", LONG, nullable=False),
        sa.Column("case_id", LONG, nullable=False),
        sa.Column("unit_id", LONG, nullable=False),
        sa.Column("from_unit_id", LONG, nullable=False),
        sa.Column("data_key", sa.LargeBinary(), nullable=False),
        sa.Column("state", sa.String(length=32), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("is_mandatory", sa.Boolean(), nullable=False),
        sa.Column("wanted_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("asked_on", sa.Date(), nullable=False),
        sa.Column("asked_by", NAME, nullable=False),
        sa.Column("answer_due_on", sa.Date(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("answered_on", sa.Date(), nullable=True),
        sa.Column("decline_reason", sa.String(length=32), nullable=True),
        sa.Column("helper_id", LONG, nullable=True),
        sa.Column("helper", NAME, nullable=True),
        sa.Column("reported_on", sa.Date(), nullable=True),
        sa.Column("reported_by", NAME, nullable=True),
        sa.Column("result_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("papers", JSON, nullable=False),
        sa.Column("why", sa.String(length=400), nullable=True),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["centre_id"], ["centres.id"], name=op.f("fk_assisting_tasks_centre_id")),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_assisting_tasks_case_id")),
        sa.ForeignKeyConstraint(["unit_id"], ["units.id"], name=op.f("fk_assisting_tasks_unit_id")),
        sa.ForeignKeyConstraint(["from_unit_id"], ["units.id"], name=op.f("fk_assisting_tasks_from_unit_id")),
        sa.ForeignKeyConstraint(["helper_id"], ["accounts.id"], name=op.f("fk_assisting_tasks_helper_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_assisting_tasks")),
        sa.UniqueConstraint("public_id", name=op.f("uq_assisting_tasks_public_id")),
    )
    for column in ("centre_id", "case_id"):
        op.create_index(op.f(f"ix_assisting_tasks_{column}"), "assisting_tasks", [column])
    for column in ("unit_id", "helper_id", "centre_id"):
        op.create_index(
            f"ix_assisting_tasks_{column}_state_due_on", "assisting_tasks", [column, "state", "due_on", "id"]
        )
    op.create_table(
        "case_notes",
        sa.Column("id", LONG, autoincrement=False, nullable=False),
        sa.Column("public_id", sa.String(length=22), nullable=False),
        sa.Column("centre_id", LONG, nullable=False),
        sa.Column("case_id", LONG, nullable=False),
        sa.Column("account_id", LONG, nullable=False),
        sa.Column("author", NAME, nullable=False),
        sa.Column("role", sa.String(length=32), nullable=False),
        sa.Column("unit_id", LONG, nullable=True),
        sa.Column("data_key", sa.LargeBinary(), nullable=False),
        sa.Column("text_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("mentions", JSON, nullable=False),
        sa.Column("follows_id", LONG, nullable=True),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("edited_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("deleted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["centre_id"], ["centres.id"], name=op.f("fk_case_notes_centre_id")),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_case_notes_case_id")),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name=op.f("fk_case_notes_account_id")),
        sa.ForeignKeyConstraint(["follows_id"], ["case_notes.id"], name=op.f("fk_case_notes_follows_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_notes")),
        sa.UniqueConstraint("public_id", name=op.f("uq_case_notes_public_id")),
    )
    op.create_index("ix_case_notes_case_id_id", "case_notes", ["case_id", "id"])
    for column in ("centre_id", "follows_id"):
        op.create_index(op.f(f"ix_case_notes_{column}"), "case_notes", [column])
    op.create_table(
        "shift_handovers",
        sa.Column("id", LONG, autoincrement=False, nullable=False),
        sa.Column("public_id", sa.String(length=22), nullable=False),
        sa.Column("centre_id", LONG, nullable=False),
        sa.Column("unit_id", LONG, nullable=False),
        sa.Column("role", sa.String(length=32), nullable=False),
        sa.Column("account_id", LONG, nullable=False),
        sa.Column("author", NAME, nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("data_key", sa.LargeBinary(), nullable=False),
        sa.Column("general_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["centre_id"], ["centres.id"], name=op.f("fk_shift_handovers_centre_id")),
        sa.ForeignKeyConstraint(["unit_id"], ["units.id"], name=op.f("fk_shift_handovers_unit_id")),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name=op.f("fk_shift_handovers_account_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_shift_handovers")),
        sa.UniqueConstraint("public_id", name=op.f("uq_shift_handovers_public_id")),
    )
    op.create_index(op.f("ix_shift_handovers_centre_id"), "shift_handovers", ["centre_id"])
    op.create_index("ix_shift_handovers_unit_id_role_id", "shift_handovers", ["unit_id", "role", "id"])
    op.create_table(
        "shift_lines",
        sa.Column("id", LONG, autoincrement=False, nullable=False),
        sa.Column("handover_id", LONG, nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("case_id", LONG, nullable=True),
        sa.Column("data_key", sa.LargeBinary(), nullable=False),
        sa.Column("text_sealed", sa.LargeBinary(), nullable=True),
        sa.ForeignKeyConstraint(["handover_id"], ["shift_handovers.id"], name=op.f("fk_shift_lines_handover_id")),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_shift_lines_case_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_shift_lines")),
    )
    for column in ("handover_id", "case_id"):
        op.create_index(op.f(f"ix_shift_lines_{column}"), "shift_lines", [column])
    op.create_table(
        "shift_reads",
        sa.Column("id", LONG, autoincrement=False, nullable=False),
        sa.Column("handover_id", LONG, nullable=False),
        sa.Column("account_id", LONG, nullable=False),
        sa.Column("name", NAME, nullable=False),
        sa.Column("read_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["handover_id"], ["shift_handovers.id"], name=op.f("fk_shift_reads_handover_id")),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name=op.f("fk_shift_reads_account_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_shift_reads")),
        sa.UniqueConstraint("handover_id", "account_id", name="uq_shift_reads_once"),
    )
    op.add_column("transfers", sa.Column("kind", sa.String(length=32), server_default="route", nullable=False))
    op.add_column("transfers", sa.Column("why", sa.String(length=32), nullable=True))
    op.add_column("transfers", sa.Column("tried", sa.Text(), nullable=True))
    op.create_index("ix_transfers_centre_id_kind_sent_on", "transfers", ["centre_id", "kind", "sent_on"])
    # a head also sees what the unit is asked to take over: figures are counted by the relations through which one sees
    op.execute(
        "UPDATE case_counts SET scope = 'asked+' || scope WHERE scope LIKE 'assisting+%'"
    )


def downgrade():
    op.execute("UPDATE case_counts SET scope = substr(scope, 7) WHERE scope LIKE 'asked+%'")
    op.drop_index("ix_transfers_centre_id_kind_sent_on", table_name="transfers")
    for column in ("tried", "why", "kind"):
        op.drop_column("transfers", column)
    for table in ("shift_reads", "shift_lines", "shift_handovers", "case_notes", "assisting_tasks"):
        op.drop_table(table)
