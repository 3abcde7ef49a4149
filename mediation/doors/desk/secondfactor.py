"""The second factor: set up by an administrator before anything else opens, asked for at log-in, reset (P11)."""

import base64
import binascii

from flask import Blueprint, flash, redirect, render_template, request, session, url_for
from flask_babel import lazy_gettext as _l
from flask_login import current_user
from markupsafe import Markup
from segno import make as make_qr
from wtforms import HiddenField, RadioField, SelectChoice, StringField
from wtforms.validators import InputRequired, Length

from mediation.doors.shared.forms import DeskForm
from mediation.doors.shared.guard import LOGGED_IN, PUBLIC, actor, policy, safe_next
from mediation.doors.shared.language import gettext as _
from mediation.doors.shared.login import AWAITED, begin
from mediation.doors.shared.refusals import refused_on
from mediation.ground.db import transaction
from mediation.registry.access.rules import Permission
from mediation.registry.staff import operations as staff
from mediation.registry.staff import queries
from mediation.registry.staff.rules import SECOND_LIFE, FactorReset

bp = Blueprint("secondfactor", __name__)


class AskForm(DeskForm):
    code = StringField(_l("验证码"), [InputRequired(), Length(max=40)])


class EnrolForm(DeskForm):
    """Until a code proves that the app has it, the page itself carries the sealed secret."""

    offered = HiddenField(validators=[Length(max=400)])
    code = StringField(_l("验证器里的六位数字"), [InputRequired(), Length(max=40)])

    def sealed(self) -> bytes:
        """Return the secret that the page carried, empty when there was none."""
        try:
            return base64.b64decode(self.offered.data or "", validate=True)
        except (binascii.Error, ValueError):
            return b""


class ResetForm(DeskForm):
    reason = RadioField(
        _l("为什么重设"), [InputRequired(_l("选一项"))],
        choices=[SelectChoice(each.value, _l(each.label)) for each in FactorReset],
    )


@bp.route("/login/second", methods=["GET", "POST"])
@policy(PUBLIC)
def ask():
    """Ask for the second factor after the password; the page says the same whatever was wrong."""
    waiting = session.get(AWAITED, "")
    following = safe_next(request.args.get("next"))
    if not staff.is_awaited(waiting):
        flash(_("请先输账号和密码"))
        return redirect(url_for("desk.account.login", next=following))
    form = AskForm()
    if form.validate_on_submit():
        with transaction():
            token = staff.finish_log_in(waiting, form.code.data, address=request.remote_addr or "")
        if token:
            begin(token)
            return redirect(following or url_for("desk.home.start"))
        form.code.data = ""
        form.code.errors = [_("验证码不对、已经用过，或者账号暂时锁住了。等下一个验证码再试；锁住的 15 分钟后再试。")]
    minutes = int(SECOND_LIFE.total_seconds() // 60)
    return render_template("desk/secondfactor/ask.html", form=form, minutes=minutes)


@bp.route("/second-factor", methods=["GET", "POST"])
@policy(LOGGED_IN, unproven=True)
def enrol():
    """Set up the second factor: show the secret, keep it once a code proves it, show the recovery codes."""
    if not current_user.is_unproven:
        return redirect(url_for("desk.home.start"))
    form = EnrolForm()
    if form.validate_on_submit():
        codes = []
        with refused_on(form) as done, transaction():
            codes = staff.enrol_factor(current_user.session_id, form.sealed(), form.code.data, by=actor())
        if done:
            return render_template("desk/secondfactor/recovery.html", codes=codes)
    offer = staff.offer_factor(by=actor(), sealed=form.sealed())
    form.offered.data = base64.b64encode(offer.sealed).decode()
    qr = make_qr(offer.address, error="l", micro=False)
    return render_template(
        "desk/secondfactor/enrol.html", form=form, secret=offer.secret, account=queries.login_of(actor()),
        qr=Markup(qr.svg_inline(scale=3, border=4, svgclass="qr", lineclass=None)),
    )


@bp.post("/second-factor/later")
@policy(LOGGED_IN, unproven=True)
def later():
    """Look around a demonstration without."""
    if current_user.is_unproven:
        with transaction():
            staff.put_factor_off(current_user.session_id, by=actor())
    return redirect(url_for("desk.home.start"))


@bp.route("/posts/<public_id:public_id>/second-factor", methods=["GET", "POST"])
@policy(Permission.FACTORS_RESET)
def reset(public_id):
    """Take the second factor from somebody who lost it."""
    account = queries.account(public_id, for_=actor())
    form = ResetForm()
    if form.validate_on_submit():
        with refused_on(form) as done, transaction():
            staff.reset_factor(public_id, form.reason.data, by=actor())
        if done:
            flash(_("已重设，正在用的登录马上失效。请本人重新登录，登录后要先设好两步验证。"))
            return redirect(url_for("desk.accounts.posts_of", public_id=public_id))
    return render_template("desk/secondfactor/reset.html", form=form, account=account)
