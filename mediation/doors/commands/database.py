"""Bringing the tables up to date before a command works on them."""

import logging

import click
import flask_migrate
from sqlalchemy.exc import OperationalError, ProgrammingError


def upgrade() -> None:
    """Upgrade the database quietly; end the command when that fails."""
    logging.getLogger("alembic").setLevel(logging.WARNING)
    try:
        flask_migrate.upgrade()
    except (OperationalError, ProgrammingError) as error:
        why = str(error.orig).splitlines()[0]
        raise click.ClickException(f"数据库连不上，或者表升级不了：{why}") from None
