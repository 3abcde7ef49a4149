"""What an operation refuses with, said on a terminal."""

from contextlib import contextmanager

import click
from flask import current_app
from sqlalchemy.exc import OperationalError, ProgrammingError

from mediation.doors.shared.words import sentence
from mediation.ground.errors import Invalid, NotFound, RuleBroken

MOST_TOLD = 10


@contextmanager
def refused(**options):
    """Run an operation; its refusal ends the command with one line for each reason.

    ``options`` names the command's option for each value that the operation may refuse.
    """
    try:
        yield
    except RuleBroken as error:
        with current_app.test_request_context():  # sentences are made for the language of a request
            _end([sentence(obstacle) for obstacle in error.obstacles])
    except Invalid as error:
        _end([f"{options.get(field, field)}：{text}" for field, text in error.fields.items()] or [error.message])
    except NotFound:
        _end(["没有找到"])
    except (OperationalError, ProgrammingError):
        _end(["数据库用不了，或者还没有建表。建表：flask --app wsgi db upgrade；查原因：flask --app wsgi doctor"])


def _end(lines):
    more = [f"……共 {len(lines)} 条"] if len(lines) > MOST_TOLD else []
    raise click.ClickException("\n".join([*lines[:MOST_TOLD], *more]))
