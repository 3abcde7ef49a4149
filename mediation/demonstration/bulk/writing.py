"""Many rows of one table into the database with one statement: each value is put into the driver's form once."""

from collections.abc import Callable, Sequence
from operator import itemgetter

from sqlalchemy import JSON, Connection, Table, insert


def write(connection: Connection, table: Table, rows: Sequence[dict]) -> None:
    """Insert rows that all have the same columns, as they are named in the first one; the rest takes its default."""
    names = list(rows[0])
    usual = {column.name: _default(column) for column in table.c if column.name not in rows[0] and column.default}
    compiled = insert(table).values(dict.fromkeys(names)).compile(dialect=connection.dialect, column_keys=names)
    order = compiled.positiontup if compiled.positional else list(compiled.params)
    made = [(place, _encoder(table.c[name].type, connection.dialect)) for place, name in enumerate(order)]
    encoders = [(place, encode) for place, encode in made if encode]
    pick = itemgetter(*order)
    found = []
    for row in rows:
        values = list(pick(usual | row))
        for place, encode in encoders:
            values[place] = encode(values[place])
        found.append(tuple(values) if compiled.positional else dict(zip(order, values, strict=True)))
    connection.exec_driver_sql(str(compiled), found)


def _default(column):
    """Return what stands in a column that a row does not name."""
    return column.default.arg(None) if column.default.is_callable else column.default.arg


def _encoder(kind, dialect) -> Callable | None:
    """Return what puts a column's values into the driver's form, each of a batch once; None where nothing does."""
    process = kind._cached_bind_processor(dialect)
    if process is None:
        return None
    if isinstance(kind.dialect_impl(dialect), JSON):
        nothing = process({})
        return lambda value: process(value) if value else nothing
    known = {None: None}

    def encode(value):
        if value not in known:
            known[value] = process(value)
        return known[value]

    return encode
