"""home."""

from flask import Blueprint

from mediation.doors.shared.guard import LOGGED_IN, policy

bp = Blueprint("home", __name__)


@bp.get("/")
@policy(LOGGED_IN)
def start():
    return "…"
