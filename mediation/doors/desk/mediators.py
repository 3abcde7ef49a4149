"""mediators."""

from flask import Blueprint

from mediation.doors.shared.guard import LOGGED_IN, policy

bp = Blueprint("mediators", __name__)


@bp.get("/mediators")
@policy(LOGGED_IN)
def index():
    return "…"
