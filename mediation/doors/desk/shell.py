"""What the desk's shell shows around every page: who acts, the menu of the post, how much waits for them."""

from types import SimpleNamespace

from flask import g, request, url_for
from flask_babel import lazy_pgettext
from flask_login import current_user

from mediation.casefile.cases.lifecycle import STEPS
from mediation.casefile.notices import queries as notices
from mediation.doors.desk import turns
from mediation.doors.shared.guard import may_enter
from mediation.doors.shared.language import gettext as _
from mediation.ground import clock
from mediation.registry.access.rules import Permission, Role
from mediation.registry.platforms import queries as platforms
from mediation.registry.staff.rules import DEPUTISABLE
from mediation.registry.units import queries as units

R, P = Role, Permission

# Label, endpoint, permission, roles (None: every role that has the permission). At most seven stand in one menu.
MENU = (
    (lazy_pgettext("menu", "登记"), "desk.intake.register", P.CASES_REGISTER, (R.INTAKE_CLERK, R.LIAISON)),
    (lazy_pgettext("menu", "首页"), "desk.home.start", None, None),
    (lazy_pgettext("menu", "日程"), "desk.days.day", P.CASES_READ, (R.INTAKE_CLERK, R.DISPATCHER, R.MEDIATOR, R.HEAD)),
    (lazy_pgettext("menu", "主动登记"), "desk.intake.register", STEPS["case.register"], (R.HEAD, R.MEDIATOR)),
    (lazy_pgettext("menu", "司法确认"), "desk.confirmation.board", P.CONFIRMATION_BOARD, None),
    (lazy_pgettext("menu", "移送收案"), "desk.referrals.board", P.TRIBUNAL_BOARD, None),
    (lazy_pgettext("menu", "移送"), "desk.referrals.board", P.CONFIRMATION_BOARD, None),
    (lazy_pgettext("menu", "上级录入"), "desk.copyout.index", STEPS["case.note_outside"], None),
    (lazy_pgettext("menu", "全部案件"), "desk.cases.index", P.CASES_READ, None),
    (lazy_pgettext("menu", "统计"), "desk.figures.index", P.FIGURES_READ, None),
    (lazy_pgettext("menu", "分流规则"), "desk.routingrules.index", P.ROUTING_RULES_READ, None),
    (lazy_pgettext("menu", "工作量"), "desk.fairness.index", P.FAIRNESS_READ, (R.SUPERVISOR,)),
    (lazy_pgettext("menu", "调解员"), "desk.mediators.index", P.MEDIATORS_MANAGE, None),
    (lazy_pgettext("menu", "单位"), "desk.units.index", P.UNITS_MANAGE, None),
    (lazy_pgettext("menu", "账号"), "desk.accounts.index", P.ACCOUNTS_MANAGE, None),
    (lazy_pgettext("menu", "岗位"), "desk.accounts.posts", P.POSTS_GRANT, None),
    (lazy_pgettext("menu", "信息泄露"), "desk.breaches.index", P.BREACHES_KEEP, None),
    (lazy_pgettext("menu", "设置"), "desk.settings.front", P.SETTINGS_MANAGE, None),
    (lazy_pgettext("menu", "日历"), "desk.calendars.index", P.SETTINGS_MANAGE, None),
)


def context():
    """Return what the templates of the desk need; nothing before log-in."""
    by = g.get("actor")
    if by is None:
        may_ask = request.endpoint and not g.get("is_database_away")
        return {"is_demo": units.is_demonstration() if may_ask else False}
    return {
        "actor": _actor(by),
        "menu": list(_menu(by)),
        "my_turn_url": url_for("desk.home.start"),
        **_waiting(by),
        "may_receive": may_enter(STEPS["case.receive_visitor"], by),
        "account_links": list(_account_links(by)),
        "home_url": url_for("desk.home.start"),
        "is_demo": units.is_demonstration(),
        "single_keys": current_user.settings.get("single_keys", True),
    }


def _actor(by):
    posts = [
        SimpleNamespace(
            key=post.public_id, label=_post_words(post), unit_name=post.unit_name, current=post.id == by.post_id
        )
        for post in current_user.posts
    ]
    return SimpleNamespace(
        key=str(by.account_id), name=_name_words(by), post_label=_(by.role.label), unit_name=by.unit_name,
        centre_name=units.centre_name(by.centre_id), posts=posts, role=by.role, may=by.may,
    )


def _post_words(post):
    role = _(post.role.label)
    return _("%(role)s（代%(whom)s）", role=role, whom=post.stands_for) if post.stands_for else role


def _name_words(by):
    return _("%(name)s（代%(whom)s）", name=by.name, whom=by.stands_for) if by.stands_for else by.name


def _account_links(by):
    if by.role in DEPUTISABLE:
        yield SimpleNamespace(label=_("不在、代理"), url=url_for("desk.deputies.index"))
    if by.may(P.PHRASES_KEEP):
        yield SimpleNamespace(label=_("常用语"), url=url_for("desk.phrases.index"))
    if by.may(P.LEAVE_KEEP):
        yield SimpleNamespace(label=_("谁不在、请假"), url=url_for("desk.leave.index"))
    if may_enter(STEPS["case.archive"], by):
        yield SimpleNamespace(label=_("档案"), url=url_for("desk.shelves.index"))
    if by.may(P.CASES_READ):
        yield SimpleNamespace(label=_("核验文书"), url=url_for("desk.check.index"))
    yield SimpleNamespace(label=_("算期限"), url=url_for("desk.deadlines.index"))
    if by.may(P.CASES_READ):
        yield SimpleNamespace(label=_("诉讼费、小额限额"), url=url_for("desk.fees.index"))
    yield SimpleNamespace(label=_("法律规则"), url=url_for("desk.lawbook.index"))
    yield SimpleNamespace(label=_("改密码"), url=url_for("desk.account.password"))


def _menu(by):
    for label, endpoint, permission, roles in MENU:
        if endpoint == "desk.copyout.index" and not platforms.mine(by, on=clock.today()):
            continue  # nothing that this post types a second time
        if (permission is None or may_enter(permission, by)) and (roles is None or by.role in roles):
            yield SimpleNamespace(
                label=label, url=url_for(endpoint), current=request.endpoint == endpoint, count=None, key=None,
                children=[],
            )


def _waiting(by):
    """Return what waits for the post: cases whose turn it is, unread notices; nothing for posts that read no cases."""
    if not by.may(P.CASES_READ):
        return {"my_turn": None}
    chosen = turns.mine(by)
    my_turn, unread = notices.waiting(by, chosen) if chosen else (None, notices.unread_count(by))
    return {"my_turn": my_turn, "unread_notices": unread, "notices_url": url_for("desk.notices.index")}
