"""Sessions of people: the cookie names a row in the database, the row decides (P4, P10, B4)."""

from datetime import timedelta

from flask import g, request, session
from flask_login import LoginManager, UserMixin

from mediation.ground import clock
from mediation.ground.db import transaction
from mediation.registry.staff import operations as staff

TOUCH_EVERY = timedelta(minutes=1)

manager = LoginManager()
manager.session_protection = None


class SessionUser(UserMixin):
    """What Flask-Login knows of a person: the session's token, and who is behind it."""

    def __init__(self, token, present):
        self.token = token
        self.actor = present.actor
        self.posts = present.posts
        self.session_id = present.session_id
        self.last_seen_at = present.last_seen_at
        self.language = present.language
        self.settings = present.settings
        self.must_change_password = present.must_change_password

    def get_id(self):
        return self.token


@manager.user_loader
def load(token):
    """Return the person of a session token, None when the session is over."""
    found = staff.actor_of(token, address=request.remote_addr, request=g.get("request_no"))
    return SessionUser(token, found) if found else None


def keep_alive(response, view):
    """Move the session's last sign of life, at most once a minute, after a request that a person made."""
    user = getattr(g, "_login_user", None)
    if user is None or not getattr(user, "is_authenticated", False) or getattr(view, "polls", False):
        return response
    if response.status_code < 500 and clock.now() - user.last_seen_at > TOUCH_EVERY:
        with transaction():
            staff.touch(user.session_id)
    return response


def forget_cookie() -> None:
    """Empty the cookie session; a new one begins at log-in."""
    session.clear()
