"""Cases taken on a court's platform, since when a claim can be known, and suits withdrawn counted as unresolved."""

from datetime import date

import sqlalchemy as sa
from alembic import op

revision = "0032"
down_revision = "0031"
branch_labels = None
depends_on = None

LONG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)
PROGRESS = 2  # how deep a unit has to see into a case for its figures to count it
# Of the cases counted as ruled on: those whose newest outcome at a court says nothing about the matter itself.
UNRESOLVED = """
    SELECT cases.id FROM cases
    JOIN referrals ON referrals.case_id = cases.id
    WHERE cases.result = 'ruled'
      AND referrals.outcome IN ('suit_withdrawn', 'suit_dismissed', 'other')
      AND referrals.id = (SELECT max(newer.id) FROM referrals newer WHERE newer.case_id = cases.id)
"""

COUNTS = sa.table(
    "case_counts", sa.column("unit_id", sa.BigInteger), sa.column("scope", sa.String), sa.column("month", sa.Date),
    sa.column("lead_unit_id", sa.BigInteger), sa.column("track", sa.String), sa.column("result", sa.String),
    sa.column("n", sa.Integer),
)


def upgrade():
    op.add_column(
        "proceedings", sa.Column("by_platform", sa.Boolean(), nullable=False, server_default=sa.false())
    )
    op.add_column("proceedings", sa.Column("counts_from", sa.Date(), nullable=True))
    op.add_column("cases", sa.Column("limitation_from", sa.Date(), nullable=True))
    _breaches()
    _count_as_failed(op.get_bind())


def _breaches():
    line, day = sa.String(length=400), sa.Date()
    op.create_table(
        "breaches",
        sa.Column("id", LONG, autoincrement=False, nullable=False),
        sa.Column("public_id", sa.String(length=22), nullable=False),
        sa.Column("centre_id", LONG, nullable=False),
        sa.Column("found_on", day, nullable=False), sa.Column("due_on", day, nullable=False),
        sa.Column("what", sa.Text(), nullable=False), sa.Column("people", sa.Integer(), nullable=True),
        sa.Column("remedy", line, nullable=True), sa.Column("mended_on", day, nullable=True),
        sa.Column("authority_told_on", day, nullable=True), sa.Column("persons_told_on", day, nullable=True),
        sa.Column("no_harm", line, nullable=True), sa.Column("closed_on", day, nullable=True),
        sa.Column("noted_by_id", LONG, nullable=True), sa.Column("recorded_at", MOMENT, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["centre_id"], ["centres.id"], name="fk_breaches_centre_id_centres"),
        sa.PrimaryKeyConstraint("id", name="pk_breaches"),
        sa.UniqueConstraint("public_id", name="uq_breaches_public_id"),
    )
    op.create_index("ix_breaches_centre_id_found_on", "breaches", ["centre_id", "found_on", "id"])


def _count_as_failed(bind):
    scopes = [scope for (scope,) in bind.execute(sa.text("SELECT DISTINCT scope FROM case_counts"))]
    for (case_id,) in bind.execute(sa.text(UNRESOLVED)).all():
        counted_as = bind.execute(sa.text("SELECT counted_as FROM cases WHERE id = :id"), {"id": case_id}).scalar_one()
        ended = bind.execute(
            sa.text(
                "SELECT end_ground FROM proceedings WHERE case_id = :id AND state = 'ended' ORDER BY id DESC LIMIT 1"
            ),
            {"id": case_id},
        ).scalar()
        result = "never_reached" if ended == "unreachable" else "failed"
        new = counted_as.rpartition("/")[0] + f"/{result}" if counted_as else None
        bind.execute(
            sa.text("UPDATE cases SET result = :result, counted_as = :new WHERE id = :id"),
            {"id": case_id, "result": result, "new": new},
        )
        if counted_as:
            _recount(bind, case_id, scopes, counted_as, result)


def _recount(bind, case_id, scopes, counted_as, result):
    """Move a case from one count to another for every unit and scope that sees it."""
    month, lead, track, before = counted_as.split("/")
    ties = bind.execute(
        sa.text(
            "SELECT DISTINCT unit_id, relation FROM case_access"
            " WHERE case_id = :id AND unit_id IS NOT NULL AND until IS NULL AND depth >= :depth"
        ),
        {"id": case_id, "depth": PROGRESS},
    ).all()
    seen = {(unit, scope) for unit, relation in ties for scope in scopes if relation in scope.split("+")}
    for unit, scope in sorted(seen):
        for name, change in ((before, -1), (result, 1)):
            key = {
                "unit_id": unit, "scope": scope, "month": date.fromisoformat(f"{month}-01"),
                "lead_unit_id": int(lead), "track": track, "result": name,
            }
            is_it = sa.and_(*(COUNTS.c[column] == value for column, value in key.items()))
            if not bind.execute(COUNTS.update().where(is_it).values(n=COUNTS.c.n + change)).rowcount:
                bind.execute(COUNTS.insert().values(**key, n=change))


def downgrade():
    op.drop_table("breaches")
    op.drop_column("cases", "limitation_from")
    op.drop_column("proceedings", "counts_from")
    op.drop_column("proceedings", "by_platform")
