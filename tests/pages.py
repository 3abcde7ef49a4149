"""Pages that the application has only in tests: one that breaks as it is told, one that asks again and again."""

from flask import current_app

from mediation.doors.shared import guard


@guard.policy(guard.PUBLIC)
def breaks():
    """Raise what the test has put into the configuration."""
    raise current_app.config["BREAKS"]


@guard.policy(guard.LOGGED_IN, polls=True)
def polled():
    return ""


def add(app):
    """Add the pages to an application that has not answered yet."""
    app.add_url_rule("/breaks", "breaks", breaks)
    app.add_url_rule("/polled", "polled", polled)
