"""The channels: collection points, outside numbers, sheets of orders, and who was not accepted at the window."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

LONG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
INSTANT = sa.DateTime(timezone=True)
JSON = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")

# The system of the number that a channel brought, as the program has it today.
SYSTEMS = {
    "hotline_12345": "hotline_12345", "police_110": "police_110", "police": "police", "procuratorate": "procuratorate",
    "court_commission": "court", "court_entrustment": "court", "petition": "petition", "agency": "agency",
    "grid": "grid",
}
AT_ONCE = 1000


def plain_text(length):
    return sa.String(length).with_variant(sa.String(length, collation="C"), "postgresql")


def upgrade():
    op.create_table(
        "points",
        sa.Column("id", LONG, autoincrement=False, nullable=False),
        sa.Column("public_id", sa.String(length=22), nullable=False),
        sa.Column("centre_id", LONG, nullable=False),
        sa.Column("code", sa.String(length=20), nullable=False),
        sa.Column("name", plain_text(120), nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("channel", sa.String(length=32), nullable=False),
        sa.Column("area_code", plain_text(12), nullable=True),
        sa.Column("unit_id", LONG, nullable=True),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.Column("made_by_id", LONG, nullable=True),
        sa.Column("recorded_at", INSTANT, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("valid_to IS NULL OR valid_to >= valid_from", name=op.f("ck_points_validity")),
        sa.ForeignKeyConstraint(["centre_id"], ["centres.id"], name=op.f("fk_points_centre_id")),
        sa.ForeignKeyConstraint(["unit_id"], ["units.id"], name=op.f("fk_points_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_points")),
        sa.UniqueConstraint("centre_id", "code", name="uq_points_centre_id_code"),
        sa.UniqueConstraint("public_id", name=op.f("uq_points_public_id")),
    )
    for column in ("centre_id", "unit_id"):
        op.create_index(op.f(f"ix_points_{column}"), "points", [column])
    op.create_table(
        "outside_numbers",
        sa.Column("id", LONG, autoincrement=False, nullable=False),
        sa.Column("public_id", sa.String(length=22), nullable=False),
        sa.Column("centre_id", LONG, nullable=False),
        sa.Column("case_id", LONG, nullable=False),
        sa.Column("system", sa.String(length=32), nullable=False),
        sa.Column("number", sa.String(length=80), nullable=False),
        sa.Column("is_origin", sa.Boolean(), nullable=False),
        sa.Column("status", sa.String(length=32), nullable=False),
        sa.Column("said_on", sa.Date(), nullable=True),
        sa.Column("note", sa.String(length=400), nullable=True),
        sa.Column("recorded_by_id", LONG, nullable=True),
        sa.Column("recorded_at", INSTANT, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_outside_numbers_case_id")),
        sa.ForeignKeyConstraint(["centre_id"], ["centres.id"], name=op.f("fk_outside_numbers_centre_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outside_numbers")),
        sa.UniqueConstraint("case_id", "system", "number", name="uq_outside_numbers_once"),
        sa.UniqueConstraint("public_id", name=op.f("uq_outside_numbers_public_id")),
    )
    op.create_index(op.f("ix_outside_numbers_centre_id"), "outside_numbers", ["centre_id"])
    op.create_index("ix_outside_numbers_number", "outside_numbers", ["number", "system"])
    _orders()
    _signposts()
    _court_letters()
    op.add_column("cases", sa.Column("point_id", LONG, nullable=True))
    op.create_index("ix_cases_point_id_id", "cases", ["point_id", "id"])
    op.create_index("ix_cases_centre_id_channel_id", "cases", ["centre_id", "channel", "id"])
    op.create_index("ix_cases_centre_id_applied_on", "cases", ["centre_id", "applied_on", "channel", "point_id"])
    op.drop_index(op.f("ix_cases_outside_no"), table_name="cases")
    _keep_origins(op.get_bind())


def _orders():
    op.create_table(
        "order_sheets",
        sa.Column("id", LONG, autoincrement=False, nullable=False),
        sa.Column("public_id", sa.String(length=22), nullable=False),
        sa.Column("centre_id", LONG, nullable=False),
        sa.Column("unit_id", LONG, nullable=False),
        sa.Column("account_id", LONG, nullable=False),
        sa.Column("post_id", LONG, nullable=False),
        sa.Column("data_key", sa.LargeBinary(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("channel", sa.String(length=32), nullable=False),
        sa.Column("headings", JSON, nullable=False),
        sa.Column("columns", JSON, nullable=False),
        sa.Column("others_unknown", sa.Boolean(), nullable=False),
        sa.Column("state", sa.String(length=32), nullable=False),
        sa.Column("why_stopped", sa.String(length=400), nullable=True),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("total", sa.Integer(), nullable=False),
        sa.Column("ended_at", INSTANT, nullable=True),
        sa.Column("recorded_at", INSTANT, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["centre_id"], ["centres.id"], name=op.f("fk_order_sheets_centre_id")),
        sa.ForeignKeyConstraint(["unit_id"], ["units.id"], name=op.f("fk_order_sheets_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_order_sheets")),
        sa.UniqueConstraint("public_id", name=op.f("uq_order_sheets_public_id")),
    )
    op.create_index(op.f("ix_order_sheets_centre_id"), "order_sheets", ["centre_id"])
    op.create_index("ix_order_sheets_unit_id_id", "order_sheets", ["unit_id", "id"])
    op.create_table(
        "order_rows",
        sa.Column("id", LONG, autoincrement=False, nullable=False),
        sa.Column("public_id", sa.String(length=22), nullable=False),
        sa.Column("centre_id", LONG, nullable=False),
        sa.Column("unit_id", LONG, nullable=False),
        sa.Column("sheet_id", LONG, nullable=False),
        sa.Column("line", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(length=80), nullable=True),
        sa.Column("mark", sa.LargeBinary(length=32), nullable=False),
        sa.Column("cells_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("verdict", sa.String(length=32), nullable=False),
        sa.Column("waits", sa.Boolean(), nullable=False),
        sa.Column("checked_in", sa.Integer(), nullable=False),
        sa.Column("why", JSON, nullable=False),
        sa.Column("case_id", LONG, nullable=True),
        sa.Column("recorded_at", INSTANT, nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_order_rows_case_id")),
        sa.ForeignKeyConstraint(["centre_id"], ["centres.id"], name=op.f("fk_order_rows_centre_id")),
        sa.ForeignKeyConstraint(["sheet_id"], ["order_sheets.id"], name=op.f("fk_order_rows_sheet_id")),
        sa.ForeignKeyConstraint(["unit_id"], ["units.id"], name=op.f("fk_order_rows_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_order_rows")),
        sa.UniqueConstraint("public_id", name=op.f("uq_order_rows_public_id")),
    )
    for column in ("case_id", "centre_id", "sheet_id"):
        op.create_index(op.f(f"ix_order_rows_{column}"), "order_rows", [column])
    op.create_index("ix_order_rows_sheet_id_verdict_line", "order_rows", ["sheet_id", "verdict", "line"])
    op.create_index("ix_order_rows_unit_id_waits_id", "order_rows", ["unit_id", "waits", "id"])
    op.create_index("ix_order_rows_mark", "order_rows", ["mark"])


def _signposts():
    op.create_table(
        "signposts",
        sa.Column("id", LONG, autoincrement=False, nullable=False),
        sa.Column("public_id", sa.String(length=22), nullable=False),
        sa.Column("centre_id", LONG, nullable=False),
        sa.Column("unit_id", LONG, nullable=False),
        sa.Column("case_id", LONG, nullable=True),
        sa.Column("ground", sa.String(length=32), nullable=False),
        sa.Column("ways", JSON, nullable=False),
        sa.Column("words", sa.String(length=400), nullable=True),
        sa.Column("people", sa.Integer(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("number", sa.String(length=60), nullable=False),
        sa.Column("recorded_by_id", LONG, nullable=True),
        sa.Column("recorded_at", INSTANT, nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_signposts_case_id")),
        sa.ForeignKeyConstraint(["centre_id"], ["centres.id"], name=op.f("fk_signposts_centre_id")),
        sa.ForeignKeyConstraint(["unit_id"], ["units.id"], name=op.f("fk_signposts_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_signposts")),
        sa.UniqueConstraint("public_id", name=op.f("uq_signposts_public_id")),
    )
    for column in ("case_id", "centre_id"):
        op.create_index(op.f(f"ix_signposts_{column}"), "signposts", [column])
    op.create_index("ix_signposts_centre_id_on", "signposts", ["centre_id", "on", "ground"])
    op.create_index("ix_signposts_unit_id_id", "signposts", ["unit_id", "id"])


def _court_letters():
    op.create_table(
        "court_letters",
        sa.Column("id", LONG, autoincrement=False, nullable=False),
        sa.Column("public_id", sa.String(length=22), nullable=False),
        sa.Column("centre_id", LONG, nullable=False),
        sa.Column("unit_id", LONG, nullable=False),
        sa.Column("data_key", sa.LargeBinary(), nullable=False),
        sa.Column("channel", sa.String(length=32), nullable=False),
        sa.Column("court_name", plain_text(120), nullable=False),
        sa.Column("letter_no", sa.String(length=80), nullable=False),
        sa.Column("court_no", sa.String(length=60), nullable=True),
        sa.Column("procedure", sa.String(length=32), nullable=True),
        sa.Column("applicants_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("respondents_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("received_on", sa.Date(), nullable=False),
        sa.Column("signed_on", sa.Date(), nullable=True),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("is_provisional", sa.Boolean(), nullable=False),
        sa.Column("state", sa.String(length=32), nullable=False),
        sa.Column("return_reason", sa.String(length=400), nullable=True),
        sa.Column("case_id", LONG, nullable=True),
        sa.Column("recorded_by_id", LONG, nullable=True),
        sa.Column("recorded_at", INSTANT, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_court_letters_case_id")),
        sa.ForeignKeyConstraint(["centre_id"], ["centres.id"], name=op.f("fk_court_letters_centre_id")),
        sa.ForeignKeyConstraint(["unit_id"], ["units.id"], name=op.f("fk_court_letters_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_court_letters")),
        sa.UniqueConstraint("public_id", name=op.f("uq_court_letters_public_id")),
    )
    for column in ("case_id", "centre_id"):
        op.create_index(op.f(f"ix_court_letters_{column}"), "court_letters", [column])
    op.create_index("ix_court_letters_unit_id_state", "court_letters", ["unit_id", "state", "due_on", "id"])


def _keep_origins(connection):
    """Let the number under which each case came be the first of its outside numbers.

    The row takes the case's own id and public id: they are unique, and nobody has been told them for such a row.
    """
    cases = sa.table(
        "cases", *(sa.column(name) for name in ("id", "public_id", "centre_id", "channel", "outside_no")),
        sa.column("registered_at", INSTANT), sa.column("registered_by_id"),
    )
    numbers = sa.table(
        "outside_numbers",
        *(sa.column(name) for name in ("id", "public_id", "centre_id", "case_id", "system", "number", "status")),
        sa.column("is_origin", sa.Boolean()), sa.column("recorded_at", INSTANT), sa.column("recorded_by_id"),
        sa.column("version"),
    )
    last = 0
    while True:
        query = sa.select(cases).where(cases.c.id > last, cases.c.outside_no.is_not(None)).order_by(cases.c.id)
        found = connection.execute(query.limit(AT_ONCE)).all()
        if not found:
            return
        last = found[-1].id
        rows = [
            {
                "id": each.id, "public_id": each.public_id, "centre_id": each.centre_id, "case_id": each.id,
                "system": SYSTEMS.get(each.channel, "other"), "number": each.outside_no.strip(), "status": "unknown",
                "is_origin": True, "recorded_at": each.registered_at, "recorded_by_id": each.registered_by_id,
                "version": 1,
            }
            for each in found if each.outside_no.strip()
        ]
        if rows:
            connection.execute(numbers.insert(), rows)


def downgrade():
    op.create_index(op.f("ix_cases_outside_no"), "cases", ["outside_no"])
    for name in ("ix_cases_centre_id_applied_on", "ix_cases_centre_id_channel_id", "ix_cases_point_id_id"):
        op.drop_index(name, table_name="cases")
    op.drop_column("cases", "point_id")
    for name in ("court_letters", "signposts", "order_rows", "order_sheets", "outside_numbers"):
        op.drop_table(name)
    op.drop_table("points")
