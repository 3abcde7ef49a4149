"""Decisions about log-in: limits, idleness, and what a password must be."""

from datetime import datetime, timedelta

from mediation.ground.choices import N_, Reason
from mediation.ground.errors import Obstacle, because

WINDOW = timedelta(minutes=15)  # P8
MOST_PER_ACCOUNT = 5
MOST_PER_ADDRESS = 20
IDLE = timedelta(minutes=30)  # P10
ABSOLUTE = timedelta(hours=12)
CODE_LIFE = timedelta(minutes=30)  # P12
SHORTEST_PASSWORD = 10
LONGEST_PASSWORD = 128
MOST_REVEALS_PER_HOUR = 20  # P23: more than this raises an alert
MOST_ID_SEARCHES_PER_HOUR = 30  # P25


class Bar(Reason):
    PASSWORD_SHORT = "password_short", N_("密码至少 %(least)s 个字符")
    PASSWORD_LONG = "password_long", N_("密码最多 %(most)s 个字符")
    PASSWORD_NAME = "password_name", N_("密码里不要有账号名")
    PASSWORD_PLAIN = "password_plain", N_("密码要有字母和数字")


def password_obstacles(password: str, login: str) -> list[Obstacle]:
    """Return what is wrong with a new password."""
    found = []
    if len(password) < SHORTEST_PASSWORD:
        found.append(because(Bar.PASSWORD_SHORT, least=SHORTEST_PASSWORD))
    if len(password) > LONGEST_PASSWORD:
        found.append(because(Bar.PASSWORD_LONG, most=LONGEST_PASSWORD))
    if login and login.lower() in password.lower():
        found.append(because(Bar.PASSWORD_NAME))
    if not (any(letter.isalpha() for letter in password) and any(letter.isdigit() for letter in password)):
        found.append(because(Bar.PASSWORD_PLAIN))
    return found


def is_alive(created_at: datetime, last_seen_at: datetime, now: datetime) -> bool:
    """Say whether a session still lives: idle at most 30 minutes, at most 12 hours in all (P10)."""
    return now - last_seen_at <= IDLE and now - created_at <= ABSOLUTE
