"""search."""

from flask import Blueprint

from mediation.doors.shared.guard import LOGGED_IN, policy

bp = Blueprint("search", __name__)


@bp.get("/search")
@policy(LOGGED_IN)
def results():
    return "…"
