"""settings."""

from flask import Blueprint

from mediation.doors.shared.guard import LOGGED_IN, policy

bp = Blueprint("settings", __name__)


@bp.get("/settings")
@policy(LOGGED_IN)
def index():
    return "…"
