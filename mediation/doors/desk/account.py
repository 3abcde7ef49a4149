"""One's own account: log in and out, act in another post, language, password."""

from flask import Blueprint, current_app, flash, make_response, redirect, render_template, request, session, url_for
from flask_babel import lazy_gettext as _l
from flask_login import current_user, logout_user
from wtforms import PasswordField, StringField
from wtforms.validators import InputRequired, Length

from mediation.doors.shared.forms import DeskForm
from mediation.doors.shared.guard import LOGGED_IN, PUBLIC, actor, policy, safe_next
from mediation.doors.shared.language import LANGUAGES
from mediation.doors.shared.language import gettext as _
from mediation.doors.shared.login import AWAITED, begin
from mediation.doors.shared.words import sentence
from mediation.ground.db import transaction
from mediation.ground.errors import Invalid, RuleBroken
from mediation.registry.staff import operations as staff
from mediation.registry.staff.rules import IDLE, LONGEST_PASSWORD
from mediation.registry.units import queries as units

bp = Blueprint("account", __name__)


class LoginForm(DeskForm):
    account = StringField(_l("账号"), [InputRequired(), Length(max=40)])
    password = PasswordField(_l("密码"), [InputRequired(), Length(max=LONGEST_PASSWORD)])


class CodeForm(DeskForm):
    account = StringField(_l("账号"), [InputRequired(), Length(max=40)])
    code = StringField(_l("一次性密码"), [InputRequired(), Length(max=60)])
    password = PasswordField(_l("新密码"), [InputRequired(), Length(max=LONGEST_PASSWORD)])
    again = PasswordField(_l("再输一遍新密码"), [InputRequired(), Length(max=LONGEST_PASSWORD)])


class PasswordForm(DeskForm):
    old = PasswordField(_l("原密码"), [InputRequired(), Length(max=LONGEST_PASSWORD)])
    password = PasswordField(_l("新密码"), [InputRequired(), Length(max=LONGEST_PASSWORD)])
    again = PasswordField(_l("再输一遍新密码"), [InputRequired(), Length(max=LONGEST_PASSWORD)])


@bp.route("/login", methods=["GET", "POST"])
@policy(PUBLIC)
def login():
    """Log in; the page says the same whatever was wrong (P9)."""
    following = safe_next(request.args.get("next"))
    if current_user.is_authenticated and request.method == "GET":
        return redirect(following or url_for("desk.home.start"))
    form = LoginForm()
    if form.validate_on_submit():
        entered = staff.log_in(form.account.data, form.password.data, address=request.remote_addr or "")
        if entered and entered.needs_code:
            session.clear()
            session[AWAITED] = entered.token
            return redirect(url_for("desk.secondfactor.ask", next=following))
        if entered:
            begin(entered.token)
            return redirect(following or url_for("desk.home.start"))
        form.password.errors = [_("账号或密码不对，或者账号暂时锁住了。15 分钟后再试，或找系统管理员。")]
    expired = int(IDLE.total_seconds() // 60) if following and following != "/" and request.method == "GET" else None
    return render_template("desk/login.html", form=form, expired=expired, demo_logins=_demo_logins())


def _demo_logins():
    if not units.is_demonstration():
        return None
    path = current_app.extensions["yichuang"].instance / "demo-logins.txt"
    if not path.exists():
        return None
    lines = [line.split("\t") for line in path.read_text().splitlines() if line.count("\t") == 3]
    return [{"post": post, "unit": unit, "account": login, "password": word} for post, unit, login, word in lines]


@bp.route("/login/code", methods=["GET", "POST"])
@policy(PUBLIC)
def code():
    """Set a password with a one-time code."""
    form = CodeForm()
    if form.validate_on_submit():
        if form.password.data != form.again.data:
            form.again.errors = [_("两遍不一样")]
        elif _redeem(form):
            flash(_("新密码已经设好，请登录"))
            return redirect(url_for("desk.account.login"))
    return render_template("desk/account/code.html", form=form)


def _redeem(form):
    try:
        with transaction():
            if staff.redeem_code(form.account.data, form.code.data, form.password.data):
                return True
        form.code.errors = [_("账号和一次性密码对不上，或者已经用过、过期了。请系统管理员重新发一个。")]
    except RuleBroken as error:
        form.password.errors = [sentence(obstacle) for obstacle in error.obstacles]
    return False


@bp.post("/logout")
@policy(LOGGED_IN, unproven=True)
def logout():
    with transaction():
        staff.log_out(current_user.session_id, by=actor())
    logout_user()
    session.clear()
    return redirect(url_for("desk.account.login"))


@bp.post("/act-as")
@policy(LOGGED_IN)
def act_as():
    with transaction():
        staff.act_as(current_user.session_id, request.form.get("post", ""), by=actor())
    return redirect(url_for("desk.home.start"))


@bp.post("/language")
@policy(PUBLIC)
def language():
    """Choose the language of the pages: kept with the account, or in a cookie before log-in."""
    chosen = request.form.get("language")
    chosen = chosen if chosen in LANGUAGES else "zh_CN"
    answer = make_response(redirect(safe_next(request.form.get("next")) or "/"))
    if actor():
        with transaction():
            staff.choose_language(chosen, by=actor())
    answer.set_cookie("language", chosen, max_age=31_536_000, samesite="Lax", httponly=True)
    return answer


@bp.route("/password", methods=["GET", "POST"])
@policy(LOGGED_IN)
def password():
    """Change one's own password; every session ends."""
    form = PasswordForm()
    if form.validate_on_submit():
        try:
            if form.password.data != form.again.data:
                raise Invalid(again=_("两遍不一样"))
            with transaction():
                staff.change_password(actor().account_id, form.old.data, form.password.data, by=actor())
        except Invalid as error:
            form.take_errors(error)
        except RuleBroken as error:
            form.password.errors = [sentence(obstacle) for obstacle in error.obstacles]
        else:
            flash(_("密码已改，请用新密码登录"))
            return redirect(url_for("desk.account.login"))
    return render_template("desk/account/password.html", form=form)
