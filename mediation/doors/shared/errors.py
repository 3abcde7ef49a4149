"""One answer for each refusal and each failure, in plain words, with a request number (P40, B25)."""

import logging

from flask import g, make_response, render_template, request
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import DataError, IntegrityError, OperationalError, TimeoutError
from werkzeug.exceptions import HTTPException

from mediation.doors.shared import conflict, login
from mediation.doors.shared.cures import Because, reasons_of
from mediation.doors.shared.guard import refused_words
from mediation.doors.shared.language import gettext as _
from mediation.ground import trail
from mediation.ground.db import aside, session
from mediation.ground.errors import Invalid, NotAllowed, NotFound, RuleBroken, Stale

log = logging.getLogger(__name__)


def answer(code, title, text, *, reasons=(), retry_after=None):
    """Return the error page, drawn inside the desk where somebody is logged in."""
    in_shell = g.get("actor") is not None
    page = render_template(
        "shared/error.html", code=code, title=title, text=text, reasons=reasons, request_no=g.get("request_no"),
        back_url=request.referrer if _same_site(request.referrer) else None, in_shell=in_shell,
    )
    response = make_response(page, code)
    if retry_after:
        response.headers["Retry-After"] = str(retry_after)
    return response


def _same_site(address):
    return bool(address) and address.startswith(request.host_url)


def not_found(_error):
    session.rollback()
    return answer(404, _("没有找到"), _("没有这个页面或案件，也可能不归您的单位办理。请核对地址，或用上方查询框找。"))


def not_allowed(_error):
    with aside():
        trail.record("refused", by=g.get("actor"), params={"endpoint": request.endpoint}, result="refused")
    return answer(403, _("这一项您不能办"), refused_words())


def rule_broken(error: RuleBroken):
    session.rollback()
    return answer(409, _("现在还不能办"), _("下面每一条都要先解决："), reasons=reasons_of(error))


def stale(error):
    """Show both versions side by side where the form and what is stored are known (P31)."""
    session.rollback()
    if g.get("form") is not None and getattr(error, "theirs", None):
        return conflict.answer(g.form, error)
    text = _("您打开这一页之后，有人改过这个案件。请返回、刷新后再办，您填的内容还在浏览器里。")
    return answer(409, _("别人先改过了"), text)


def invalid(error: Invalid):
    session.rollback()
    reasons = [Because(_(str(text))) for text in error.fields.values()]
    return answer(400, _("填写有误"), _(error.message) if error.message else _("请按提示改好再交："), reasons=reasons)


def csrf(_error):
    session.rollback()
    text = _("为了安全，这一页要重新打开后再提交。请返回上一页、刷新后再交，您填的内容还在浏览器里。")
    return answer(400, _("页面放得太久了"), text)


def data_error(_error):
    session.rollback()
    return answer(400, _("填写有误"), _("有一项内容超出了允许的长度或范围，请检查后再交。"))


def busy(error):
    """Answer without asking the database for anything: not who is there, not whether it is a demonstration."""
    session.rollback()
    log.error("database not available: %s", type(error).__name__)
    login.forget_person()
    g.is_database_away = True
    text = _("数据库暂时用不了，刚才这一步没有保存。请等一分钟再试，仍不行请联系管理员。")
    return answer(503, _("系统正忙"), text, retry_after=60)


def http(error: HTTPException):
    session.rollback()
    words = {
        400: (_("请求有误"), _("请返回上一页再试。")),
        401: (_("登录已过期"), _("请重新登录；您填的内容还在浏览器里。")),
        405: (_("不能这样打开"), _("请从页面上的按钮进入。")),
        413: (_("文件太大"), _("单个文件最大 20 MB，请压缩或分开上传。")),
        429: (_("太频繁了"), _("请过一会儿再试。")),
    }
    if error.code == 404:
        return not_found(error)
    title, text = words.get(error.code, (_("办不了"), _("请返回上一页再试。")))
    return answer(error.code or 500, title, text)


def unexpected(error):
    session.rollback()
    log.exception("unexpected error at %s", request.endpoint, exc_info=error)
    return answer(500, _("系统出错了"), _("刚才这一步没有保存。请再试一次；仍不行，把下面的编号告诉管理员。"))


def register(app) -> None:
    """Give the application its answers."""
    handlers = {
        NotFound: not_found, NotAllowed: not_allowed, RuleBroken: rule_broken, Stale: stale, Invalid: invalid,
        CSRFError: csrf, DataError: data_error, OperationalError: busy, TimeoutError: busy, IntegrityError: stale,
        HTTPException: http, Exception: unexpected,
    }
    for kind, handler in handlers.items():
        app.register_error_handler(kind, handler)


