"""What an operation refuses with, said on a terminal."""

from contextlib import contextmanager

import click
from flask import current_app

from mediation.doors.shared.words import sentence
from mediation.ground.errors import Invalid, NotFound, RuleBroken


@contextmanager
def refused():
    """Run an operation; its refusal ends the command with one line for each reason."""
    try:
        yield
    except RuleBroken as error:
        with current_app.test_request_context():  # sentences are made for the language of a request
            _end([sentence(obstacle) for obstacle in error.obstacles])
    except Invalid as error:
        _end([f"{field}：{text}" for field, text in error.fields.items()] or [error.message])
    except NotFound:
        _end(["没有找到"])


def _end(lines):
    raise click.ClickException("\n".join(lines))
