"""The pool of mediators: trainings, leave, complaints, studios, loads, what was suggested, outcomes, handing over."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None

JSON = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
LONG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def plain(length):
    return sa.String(length=length).with_variant(sa.String(length=length, collation="C"), "postgresql")


MEDIATOR = (
    ("certificate_no", sa.String(length=60)), ("certificate_until", sa.Date()),
    ("committee_post", sa.String(length=32)), ("ethnic", sa.String(length=20)), ("languages", sa.String(length=400)),
    ("home_area_code", plain(12)), ("barred_on", sa.Date()),
)
LOADED, COUNTED, BELONGS = "load_points > 0", "counted_as IS NOT NULL", "until IS NULL"


def _key(name, table):
    return sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}"))


def _refers(table, column, target):
    return sa.ForeignKeyConstraint([column], [f"{target}.id"], name=op.f(f"fk_{table}_{column}"))


def _id(name="id"):
    return sa.Column(name, LONG, autoincrement=False, nullable=False)


def _named(table):
    return [
        _id(), sa.Column("public_id", sa.String(length=22), nullable=False),
        sa.Column("centre_id", LONG, nullable=False), _key("id", table), _refers(table, "centre_id", "centres"),
        sa.UniqueConstraint("public_id", name=op.f(f"uq_{table}_public_id")),
    ]


def _index(table, *columns, name=None, **options):
    op.create_index(op.f(name or f"ix_{table}_{'_'.join(columns)}"), table, list(columns), **options)


def _partly(where):
    return {"sqlite_where": sa.text(where), "postgresql_where": sa.text(where)}


def upgrade():
    for name, kind in MEDIATOR:
        op.add_column("mediators", sa.Column(name, kind, nullable=True))
    op.add_column("units", sa.Column("brand", plain(120), nullable=True))
    of_no_case = _partly("case_id IS NULL AND object_id IS NOT NULL")
    _index("trail", "object_kind", "object_id", "id", name="ix_trail_object", **of_no_case)
    _people()
    _work()
    _handing_over()
    _guests()


def _people():
    recorded = sa.DateTime(timezone=True)
    op.create_table(
        "mediator_trainings",
        _id(), sa.Column("mediator_id", LONG, nullable=False), sa.Column("on", sa.Date(), nullable=False),
        sa.Column("hours", sa.Integer(), nullable=True), sa.Column("topic", sa.String(length=400), nullable=False),
        sa.Column("recorded_at", recorded, nullable=False), sa.Column("recorded_by_id", LONG, nullable=True),
        _key("id", "mediator_trainings"), _refers("mediator_trainings", "mediator_id", "mediators"),
    )
    _index("mediator_trainings", "mediator_id")
    op.create_table(
        "mediator_leaves",
        *_named("mediator_leaves"), sa.Column("mediator_id", LONG, nullable=False),
        sa.Column("deputy_id", LONG, nullable=True), sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("first_on", sa.Date(), nullable=False), sa.Column("last_on", sa.Date(), nullable=False),
        sa.Column("planned_to", sa.Date(), nullable=False), sa.Column("note", sa.String(length=400), nullable=True),
        sa.Column("cancelled_at", recorded, nullable=True), sa.Column("made_by_id", LONG, nullable=True),
        sa.Column("recorded_at", recorded, nullable=False), sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("last_on >= first_on", name=op.f("ck_mediator_leaves_lasts")),
        _refers("mediator_leaves", "mediator_id", "mediators"), _refers("mediator_leaves", "deputy_id", "mediators"),
    )
    for columns in (["centre_id"], ["deputy_id"], ["mediator_id", "last_on"], ["centre_id", "last_on"]):
        _index("mediator_leaves", *columns)
    op.create_table(
        "mediator_complaints",
        *_named("mediator_complaints"), sa.Column("mediator_id", LONG, nullable=False),
        sa.Column("received_on", sa.Date(), nullable=False), sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("words", sa.String(length=400), nullable=False),
        sa.Column("state", sa.String(length=32), nullable=False), sa.Column("is_serious", sa.Boolean(), nullable=False),
        sa.Column("sanction", sa.String(length=32), nullable=True), sa.Column("decided_on", sa.Date(), nullable=True),
        sa.Column("decided_by_id", LONG, nullable=True), sa.Column("decided_by", plain(120), nullable=True),
        sa.Column("reason", sa.String(length=400), nullable=True), sa.Column("recorded_by_id", LONG, nullable=True),
        sa.Column("recorded_at", recorded, nullable=False), sa.Column("version", sa.Integer(), nullable=False),
        _refers("mediator_complaints", "mediator_id", "mediators"),
    )
    for column in ("centre_id", "mediator_id"):
        _index("mediator_complaints", column)
    op.create_table(
        "studio_members",
        _id(), sa.Column("unit_id", LONG, nullable=False), sa.Column("mediator_id", LONG, nullable=False),
        sa.Column("is_namesake", sa.Boolean(), nullable=False), sa.Column("since", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=True), sa.Column("recorded_at", recorded, nullable=False),
        _key("id", "studio_members"), _refers("studio_members", "unit_id", "units"),
        _refers("studio_members", "mediator_id", "mediators"),
    )
    _index("studio_members", "mediator_id")
    _index(
        "studio_members", "unit_id", "mediator_id", name="uq_studio_members_active", unique=True, **_partly(BELONGS)
    )


def _work():
    op.add_column("proceedings", sa.Column("choices", JSON, nullable=True))
    op.add_column(
        "proceeding_mediators", sa.Column("load_points", sa.Integer(), nullable=False, server_default=sa.text("0"))
    )
    op.add_column("proceeding_mediators", sa.Column("suggested", JSON, nullable=True))
    op.add_column("proceeding_mediators", sa.Column("override", sa.String(length=32), nullable=True))
    op.add_column("proceeding_mediators", sa.Column("counted_as", sa.String(length=100), nullable=True))
    # What runs now weighs what an ordinary case weighs, until something of it moves.
    op.execute(
        "UPDATE proceeding_mediators SET load_points = 3 WHERE until IS NULL AND proceeding_id IN "
        "(SELECT id FROM proceedings WHERE state IN ('accepted', 'assigned', 'mediating', 'suspended'))"
    )
    with op.batch_alter_table("proceeding_mediators") as table:
        table.alter_column("load_points", server_default=None)
    _index(
        "proceeding_mediators", "mediator_id", "load_points", name="ix_proceeding_mediators_load", **_partly(LOADED)
    )
    _index(
        "proceeding_mediators", "mediator_id", "counted_as", name="ix_proceeding_mediators_counted", **_partly(COUNTED)
    )
    op.create_table(
        "mediator_outcomes",
        _id("mediator_id"), sa.Column("month", sa.Date(), nullable=False),
        sa.Column("type_code", sa.String(length=40), nullable=False),
        sa.Column("grade", sa.String(length=16), nullable=False),
        sa.Column("result", sa.String(length=16), nullable=False), sa.Column("n", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint(
            "mediator_id", "month", "type_code", "grade", "result", name=op.f("pk_mediator_outcomes")
        ),
        _refers("mediator_outcomes", "mediator_id", "mediators"),
    )


def _guests():
    op.create_table(
        "case_guests",
        _id(), sa.Column("public_id", sa.String(length=22), nullable=False),
        sa.Column("case_id", LONG, nullable=False), sa.Column("proceeding_id", LONG, nullable=False),
        sa.Column("data_key", sa.LargeBinary(), nullable=False),
        sa.Column("role", sa.String(length=32), nullable=False),
        sa.Column("name", plain(120), nullable=False), sa.Column("account_id", LONG, nullable=True),
        sa.Column("task", sa.String(length=400), nullable=False), sa.Column("consents", JSON, nullable=False),
        sa.Column("opinion_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("opinion_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("since", sa.Date(), nullable=False), sa.Column("until", sa.Date(), nullable=True),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False), _key("id", "case_guests"),
        sa.UniqueConstraint("public_id", name=op.f("uq_case_guests_public_id")),
        _refers("case_guests", "case_id", "cases"), _refers("case_guests", "proceeding_id", "proceedings"),
        _refers("case_guests", "account_id", "accounts"),
    )
    for column in ("case_id", "proceeding_id", "account_id"):
        _index("case_guests", column)


def _handing_over():
    op.create_index(
        op.f("ix_cases_mediator_id_open"), "cases", ["mediator_id", "id"], sqlite_where=sa.text("is_open = 1"),
        postgresql_where=sa.text("is_open"),
    )
    op.create_table(
        "handovers",
        *_named("handovers"), sa.Column("from_id", LONG, nullable=False),
        sa.Column("state", sa.String(length=32), nullable=False), sa.Column("on", sa.Date(), nullable=False),
        sa.Column("why", sa.String(length=400), nullable=False), sa.Column("total", sa.Integer(), nullable=False),
        sa.Column("account_id", LONG, nullable=False), sa.Column("post_id", LONG, nullable=False),
        sa.Column("unit_id", LONG, nullable=False), sa.Column("by_name", plain(120), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False), _refers("handovers", "from_id", "mediators"),
        _refers("handovers", "unit_id", "units"),
    )
    for columns in (["centre_id"], ["unit_id"], ["from_id", "recorded_at"]):
        _index("handovers", *columns)
    op.create_table(
        "handover_rows",
        _id(), sa.Column("handover_id", LONG, nullable=False), sa.Column("case_id", LONG, nullable=False),
        sa.Column("proceeding_id", LONG, nullable=False), sa.Column("to_id", LONG, nullable=False),
        sa.Column("state", sa.String(length=32), nullable=False), sa.Column("reasons", JSON, nullable=False),
        sa.Column("place_id", LONG, nullable=True), sa.Column("step", sa.String(length=64), nullable=True),
        sa.Column("moved_at", sa.DateTime(timezone=True), nullable=True), _key("id", "handover_rows"),
        _refers("handover_rows", "handover_id", "handovers"), _refers("handover_rows", "case_id", "cases"),
        _refers("handover_rows", "proceeding_id", "proceedings"), _refers("handover_rows", "to_id", "mediators"),
    )
    for column in ("case_id", "proceeding_id", "to_id"):
        _index("handover_rows", column)
    _index("handover_rows", "handover_id", "state", "id", name="ix_handover_rows_handover_id_state")


def downgrade():
    for table in ("case_guests", "handover_rows", "handovers", "mediator_outcomes"):
        op.drop_table(table)
    op.drop_index(op.f("ix_cases_mediator_id_open"), "cases")
    for name in ("load", "counted"):
        op.drop_index(op.f(f"ix_proceeding_mediators_{name}"), "proceeding_mediators")
    for column in ("counted_as", "override", "suggested", "load_points"):
        op.drop_column("proceeding_mediators", column)
    op.drop_column("proceedings", "choices")
    for table in ("studio_members", "mediator_complaints", "mediator_leaves", "mediator_trainings"):
        op.drop_table(table)
    op.drop_index(op.f("ix_trail_object"), "trail")
    op.drop_column("units", "brand")
    for name, _kind in reversed(MEDIATOR):
        op.drop_column("mediators", name)
