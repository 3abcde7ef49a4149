"""confirmation."""

from flask import Blueprint

from mediation.doors.shared.guard import LOGGED_IN, policy

bp = Blueprint("confirmation", __name__)


@bp.get("/confirmation")
@policy(LOGGED_IN)
def board():
    return "…"
