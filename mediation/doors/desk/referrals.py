"""referrals."""

from flask import Blueprint

from mediation.doors.shared.guard import LOGGED_IN, policy

bp = Blueprint("referrals", __name__)


@bp.get("/referrals")
@policy(LOGGED_IN)
def board():
    return "…"
