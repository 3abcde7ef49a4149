"""Files by body, year and number, who borrowed them; bundles that the archive keeps; signed papers."""

import re

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0029"
down_revision = "0028"
branch_labels = None
depends_on = None

JSON = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
LONG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
NAME = sa.String(length=120).with_variant(sa.String(length=120, collation="C"), "postgresql")
NUMBER = sa.String(length=60).with_variant(sa.String(length=60, collation="C"), "postgresql")
LINE, MOMENT = sa.String(length=400), sa.DateTime(timezone=True)
OUT = sa.text("back_on IS NULL")
AT_ONCE = 1000


def upgrade():
    with op.batch_alter_table("closings") as table:
        table.alter_column("archive_no", existing_type=sa.String(length=60), type_=NUMBER, existing_nullable=True)
        table.add_column(sa.Column("archive_unit_id", LONG, nullable=True))
        table.add_column(sa.Column("archive_serial", sa.Integer(), nullable=True))
        table.add_column(sa.Column("shelf_no", sa.String(length=60), nullable=True))
        table.add_column(sa.Column("excused", JSON, nullable=True))
        table.create_foreign_key(op.f("fk_closings_archive_unit_id"), "units", ["archive_unit_id"], ["id"])
    _fill()
    op.create_index("ix_closings_archived", "closings", ["archive_unit_id", "archive_year", "archive_serial"])
    op.create_index("ix_closings_archive_no", "closings", ["archive_no"])
    op.create_table(
        "borrowings",
        sa.Column("id", LONG, autoincrement=False, nullable=False),
        sa.Column("public_id", sa.String(length=22), nullable=False),
        sa.Column("centre_id", LONG, nullable=False),
        sa.Column("case_id", LONG, nullable=False),
        sa.Column("borrower", NAME, nullable=False),
        sa.Column("borrower_unit", NAME, nullable=False),
        sa.Column("purpose", LINE, nullable=False),
        sa.Column("lent_on", sa.Date(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("lent_by_id", LONG, nullable=True),
        sa.Column("back_on", sa.Date(), nullable=True),
        sa.Column("back_note", LINE, nullable=True),
        sa.Column("taken_back_by_id", LONG, nullable=True),
        sa.Column("recorded_at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(["centre_id"], ["centres.id"], name=op.f("fk_borrowings_centre_id")),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_borrowings_case_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_borrowings")),
        sa.UniqueConstraint("public_id", name=op.f("uq_borrowings_public_id")),
    )
    op.create_index(op.f("ix_borrowings_centre_id"), "borrowings", ["centre_id"])
    op.create_index(op.f("ix_borrowings_case_id"), "borrowings", ["case_id"])
    op.create_index(
        "ix_borrowings_out", "borrowings", ["centre_id", "due_on", "id"], sqlite_where=OUT, postgresql_where=OUT
    )
    op.create_index(
        "uq_borrowings_case_out", "borrowings", ["case_id"], unique=True, sqlite_where=OUT, postgresql_where=OUT
    )
    op.create_index("ix_papers_file_sha256", "papers", ["file_sha256"])


def _fill():
    """Give the files that have a number already their body and the serial that stands in it."""
    here = op.get_bind()
    closings = sa.table("closings", *map(sa.column, ("id", "case_id", "archive_no", "archive_unit_id", "archive_serial")))
    cases = sa.table("cases", *map(sa.column, ("id", "lead_unit_id", "registered_unit_id")))
    filed = (
        sa.select(closings.c.id, closings.c.archive_no, sa.func.coalesce(cases.c.lead_unit_id, cases.c.registered_unit_id))
        .join(cases, cases.c.id == closings.c.case_id).where(closings.c.archive_no.is_not(None))
        .order_by(closings.c.id).limit(AT_ONCE)
    )
    last = -1
    while rows := here.execute(filed.where(closings.c.id > last)).all():
        for closing_id, number, unit_id in rows:
            found = re.search(r"(\d+)号$", number)
            values = {"archive_unit_id": unit_id, "archive_serial": int(found[1]) if found else None}
            here.execute(sa.update(closings).where(closings.c.id == closing_id).values(values))
        last = rows[-1][0]


def downgrade():
    op.drop_index("ix_papers_file_sha256", "papers")
    op.drop_table("borrowings")
    op.drop_index("ix_closings_archive_no", "closings")
    op.drop_index("ix_closings_archived", "closings")
    with op.batch_alter_table("closings") as table:
        table.drop_constraint(op.f("fk_closings_archive_unit_id"), type_="foreignkey")
        for name in ("excused", "shelf_no", "archive_serial", "archive_unit_id"):
            table.drop_column(name)
        table.alter_column("archive_no", existing_type=NUMBER, type_=sa.String(length=60), existing_nullable=True)
