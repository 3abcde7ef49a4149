"""figures."""

from flask import Blueprint

from mediation.doors.shared.guard import LOGGED_IN, policy

bp = Blueprint("figures", __name__)


@bp.get("/figures")
@policy(LOGGED_IN)
def index():
    return "…"
