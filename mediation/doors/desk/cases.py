"""cases."""

from flask import Blueprint

from mediation.doors.shared.guard import LOGGED_IN, policy

bp = Blueprint("cases", __name__)


@bp.get("/cases")
@policy(LOGGED_IN)
def index():
    return "…"
