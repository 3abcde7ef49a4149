"""Other units that help, cases that go a level up or down."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0013"
down_revision = "0012"
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
    op.add_column("transfers", sa.Column("kind", sa.String(length=32), server_default="route", nullable=False))
    op.add_column("transfers", sa.Column("why", sa.String(length=32), nullable=True))
    op.add_column("transfers", sa.Column("tried", sa.Text(), nullable=True))
    # a head also sees what the unit is asked to take over: figures are counted by the relations through which one sees
    op.execute(
        "UPDATE case_counts SET scope = 'asked+' || scope WHERE scope LIKE 'assisting+%'"
    )


def downgrade():
    op.execute("UPDATE case_counts SET scope = substr(scope, 7) WHERE scope LIKE 'asked+%'")
    for column in ("tried", "why", "kind"):
        op.drop_column("transfers", column)
    op.drop_table("assisting_tasks")
