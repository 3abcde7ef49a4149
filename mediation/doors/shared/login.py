"""Sessions of people: the cookie names a row in the database, the row decides (P4, P10, B4)."""

import logging
from datetime import timedelta

from flask import g, request, session
from flask_login import LoginManager, UserMixin, login_user
from sqlalchemy.exc import OperationalError

from mediation.ground import clock
from mediation.ground.db import transaction
from mediation.registry.staff import operations as staff

log = logging.getLogger(__name__)

TOUCH_EVERY = timedelta(minutes=1)
AWAITED = "second factor awaited"  # in the cookie: the token of a half log-in

manager = LoginManager()
manager.session_protection = None


class SessionUser(UserMixin):
    """What Flask-Login knows of a person: the session's token, and who is behind it."""

    def __init__(self, token, present):
        self.token = token
        self.actor = present.actor
        self.posts = present.posts
        self.is_unproven = present.is_unproven
        self.session_id = present.session_id
        self.last_seen_at = present.last_seen_at
        self.language = present.language
        self.settings = present.settings
        self.must_change_password = present.must_change_password

    def get_id(self):
        return self.token


def begin(token) -> None:
    """Begin a person's session in a fresh cookie."""
    session.clear()
    login_user(load(token))


@manager.user_loader
def load(token):
    """Return the person of a session token, None when the session is over."""
    found = staff.present(token, address=request.remote_addr, request=g.get("request_no"))
    return SessionUser(token, found) if found else None


def keep_alive(response, view):
    """Move the session's last sign of life, at most once a minute, after a request that a person made."""
    user = getattr(g, "_login_user", None)
    if user is None or not getattr(user, "is_authenticated", False) or getattr(view, "polls", False):
        return response
    if response.status_code < 500 and clock.now() - user.last_seen_at > TOUCH_EVERY:
        try:
            with transaction():
                staff.touch(user.session_id)
        except OperationalError:  # a locked database takes no page from who only reads; the next request tries again
            log.warning("a sign of life was not kept")
    return response


def forget_person() -> None:
    """Let nobody be logged in for the rest of this request, and ask the database for no one."""
    g.actor = None
    g._login_user = manager.anonymous_user()
