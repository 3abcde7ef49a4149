"""calendars."""

from flask import Blueprint

from mediation.doors.shared.guard import LOGGED_IN, policy

bp = Blueprint("calendars", __name__)


@bp.get("/calendars")
@policy(LOGGED_IN)
def index():
    return "…"
