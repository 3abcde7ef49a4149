"""The trail only grows: the database itself refuses to change or delete its rows."""

from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

GUARDED = ("trail", "trail_values")
WHAT = ("update", "delete")


def upgrade():
    if op.get_bind().dialect.name == "sqlite":
        for table in GUARDED:
            for what in WHAT:
                op.execute(
                    f"CREATE TRIGGER {table}_no_{what} BEFORE {what} ON {table} "
                    "BEGIN SELECT RAISE(ABORT, 'the trail only grows'); END"
                )
        return
    op.execute(
        "CREATE FUNCTION trail_only_grows() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION 'the trail only grows'; END $$"
    )
    for table in GUARDED:
        op.execute(
            f"CREATE TRIGGER {table}_only_grows BEFORE UPDATE OR DELETE ON {table} "
            "FOR EACH ROW EXECUTE FUNCTION trail_only_grows()"
        )
        op.execute(
            f"CREATE TRIGGER {table}_not_emptied BEFORE TRUNCATE ON {table} "
            "FOR EACH STATEMENT EXECUTE FUNCTION trail_only_grows()"
        )


def downgrade():
    if op.get_bind().dialect.name == "sqlite":
        for table in GUARDED:
            for what in WHAT:
                op.execute(f"DROP TRIGGER {table}_no_{what}")
        return
    for table in GUARDED:
        op.execute(f"DROP TRIGGER {table}_only_grows ON {table}")
        op.execute(f"DROP TRIGGER {table}_not_emptied ON {table}")
    op.execute("DROP FUNCTION trail_only_grows()")
