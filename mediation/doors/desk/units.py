"""units."""

from flask import Blueprint

from mediation.doors.shared.guard import LOGGED_IN, policy

bp = Blueprint("units", __name__)


@bp.get("/units")
@policy(LOGGED_IN)
def index():
    return "…"
