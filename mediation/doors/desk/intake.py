"""intake."""

from flask import Blueprint

from mediation.doors.shared.guard import LOGGED_IN, policy

bp = Blueprint("intake", __name__)


@bp.get("/intake")
@policy(LOGGED_IN)
def register():
    return "…"
