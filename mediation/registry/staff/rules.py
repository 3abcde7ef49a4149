"""Decisions about log-in and posts: limits, idleness, what a password must be, who may hold what."""

import re
from collections.abc import Sequence
from datetime import date, datetime, timedelta

from mediation.ground.choices import Choice, N_, Reason
from mediation.ground.errors import Obstacle, because
from mediation.registry.access.rules import ADMINISTRATORS, Role
from mediation.registry.calendar.rules import add_months

WINDOW = timedelta(minutes=15)  # P8
MOST_PER_ACCOUNT = 5
MOST_PER_ADDRESS = 20
IDLE = timedelta(minutes=30)  # P10
ABSOLUTE = timedelta(hours=12)
CODE_LIFE = timedelta(minutes=30)  # P12
SECOND_LIFE = timedelta(minutes=10)  # from the password to the second factor
LOGIN = re.compile(r"[a-z0-9][a-z0-9._-]{1,39}")
SHORTEST_PASSWORD = 10
LONGEST_PASSWORD = 128
MOST_ID_SEARCHES_PER_HOUR = 30  # P25


class Proof(Choice):
    """What a session rests on beside the password; an administrator's opens nothing without one (P11)."""

    CODE = "code", N_("两步验证")
    DEMONSTRATION = "demonstration", N_("演示环境，以后再设")


class FactorReset(Choice):
    """Why somebody's second factor is taken away."""

    LOST = "lost", N_("手机丢了或坏了")
    CHANGED = "changed", N_("换了手机")
    EXPOSED = "exposed", N_("密钥可能被别人看到了")


class Bar(Reason):
    PASSWORD_SHORT = "password_short", N_("密码至少 %(least)s 个字符")
    PASSWORD_LONG = "password_long", N_("密码最多 %(most)s 个字符")
    PASSWORD_NAME = "password_name", N_("密码里不要有账号名")
    PASSWORD_PLAIN = "password_plain", N_("密码要有字母和数字")
    ADMINISTRATOR_ALONE = "administrator_alone", N_("系统、安全、审计管理员各用一个账号，不能兼任，也不能兼办案件")
    ADMINISTRATOR_CODE = "administrator_code", N_("管理员的一次性密码只在服务器上发：flask one-time-code %(login)s")
    FACTOR_HELD = "factor_held", N_("这个账号已经设好两步验证，请重新登录")
    NO_FACTOR = "no_factor", N_("这个账号没有设两步验证，不用重设")
    OWN_FACTOR = "own_factor", N_("不能重设自己的两步验证，请在服务器上运行：flask reset-second-factor %(login)s")
    LOGS_TOO_YOUNG = (
        "logs_too_young", N_("网络日志至少留六个月：只能清除%(latest)s以前的"), "DP-08",
    )
    LOGIN_TAKEN = "login_taken", N_("这个账号名已经有人用了")
    OWN_ACCOUNT = "own_account", N_("不能停用自己的账号")
    OWN_POST = "own_post", N_("不能给自己授岗，也不能结束自己的岗位")
    POST_HELD = "post_held", N_("这段时间已经有这个单位的这个岗位")
    UNIT_ENDED = "unit_ended", N_("“%(unit)s”在%(on)s不存在")
    DEPUTY_UNTIL = "deputy_until", N_("代理岗位要写到哪天为止")
    DEPUTY_OVERLAPS = "deputy_overlaps", N_("%(from_)s到%(to)s已由%(who)s代理，先提前结束那一段，或者改日期")
    NO_DEPUTY_ROLE = "no_deputy_role", N_("“%(role)s”不用代理岗位：调解员请假在调解员名册里办，管理员由安全管理员授岗")
    DEPUTY_APPOINTS = "deputy_appoints", N_("代理别人的岗位时不能再定代理，请本人或者上级来定")
    DEPUTY_STRANGER = "deputy_stranger", N_("代理的人要在本单位或者上级单位有岗位")
    DEPUTY_SAME = "deputy_same", N_("%(who)s在这个单位也是%(role)s，本来就能办这个岗位的事，不用代理；要定代理请选别人")
    AWAY_BACKWARDS = "away_backwards", N_("结束日期不能早于开始日期")
    AWAY_PAST = "away_past", N_("开始日期不能早于今天")
    AWAY_OVERLAPS = "away_overlaps", N_("%(from_)s到%(to)s已经登记过不在，先结束那一段，或者改日期")
    AWAY_REASON = "away_reason", N_("没有写为什么不在")
    AWAY_OVER = "away_over", N_("这一段已经结束了")
    DEPUTY_OTHER = "deputy_other", N_("代理的岗位要与被代理的是同一单位、同一岗位，且不能是本人的")


DEPUTISABLE = frozenset(Role) - ADMINISTRATORS - {Role.MEDIATOR, Role.SYSTEM}


def away_obstacles(role: Role, from_: date, to: date, *, today: date, reason: str, as_deputy: bool) -> list[Obstacle]:
    """Return what forbids saying that the holder of a post is away between two days, or letting somebody stand in."""
    found = [] if role in DEPUTISABLE else [because(Bar.NO_DEPUTY_ROLE, role=role)]
    if as_deputy:
        found.append(because(Bar.DEPUTY_APPOINTS))
    if to < from_:
        found.append(because(Bar.AWAY_BACKWARDS))
    if from_ < today:
        found.append(because(Bar.AWAY_PAST))
    return found if reason.strip() else [*found, because(Bar.AWAY_REASON)]


def uncovered(from_: date, to: date, covered: Sequence[tuple[date, date]]) -> date | None:
    """Return the first day between two on which nobody stands in, None when somebody does on each."""
    day = from_
    for begins, ends in sorted(covered):
        if begins > day:
            return day
        day = max(day, ends + timedelta(days=1))
    return day if day <= to else None


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


def administrator_obstacles(role: Role, held: set[Role]) -> list[Obstacle]:
    """Return what forbids a post beside those held: an administrator is that and nothing else (P5)."""
    mixed = role in ADMINISTRATORS or bool(held & ADMINISTRATORS)
    return [because(Bar.ADMINISTRATOR_ALONE)] if mixed and held - {role} else []


def is_unproven(held: set[Role], proof: Proof | None) -> bool:
    """Say whether a session lacks its second factor: one administrator's post among several is enough (P11)."""
    return bool(held & ADMINISTRATORS) and proof is None


def is_alive(created_at: datetime, last_seen_at: datetime, now: datetime) -> bool:
    """Say whether a session still lives: idle at most 30 minutes, at most 12 hours in all (P10)."""
    return now - last_seen_at <= IDLE and now - created_at <= ABSOLUTE


def purging_obstacles(before: date, *, on: date, days: int, months: int) -> list[Obstacle]:
    """Return LOGS_TOO_YOUNG where logs would go that are not yet ``days`` and ``months`` old, whichever is longer.

    Both are dated settings of DP-08, the house's and the law's: half a year has up to 184 days.
    DP-08: Cybersecurity Law (2025), Art. 23: network logs are kept for six months at least.
    """
    latest = min(on - timedelta(days=days), add_months(on, -months))
    return [because(Bar.LOGS_TOO_YOUNG, latest=latest)] if before > latest else []
