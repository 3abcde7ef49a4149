"""accounts."""

from flask import Blueprint

from mediation.doors.shared.guard import LOGGED_IN, policy

bp = Blueprint("accounts", __name__)


@bp.get("/accounts")
@policy(LOGGED_IN)
def index():
    return "…"


@bp.get("/posts")
@policy(LOGGED_IN)
def posts():
    return "…"
