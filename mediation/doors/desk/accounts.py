"""Accounts, kept by the system administrator, and posts, granted by the security administrator (P5)."""

from flask import Blueprint, current_app, flash, redirect, render_template, request, url_for
from flask_babel import lazy_gettext as _l
from wtforms import DateField, SelectChoice, SelectField, StringField
from wtforms.validators import InputRequired, Optional

from mediation.doors.shared.forms import CreatingForm, DeskForm, Text
from mediation.doors.shared.guard import actor, policy
from mediation.doors.shared.language import gettext as _
from mediation.doors.shared.refusals import refused_on
from mediation.ground import clock
from mediation.ground.db import transaction
from mediation.registry.access.rules import Permission, Role
from mediation.registry.staff import operations as staff
from mediation.registry.staff import queries
from mediation.registry.staff.rules import CODE_LIFE
from mediation.registry.units import queries as units

bp = Blueprint("accounts", __name__)


class AccountForm(CreatingForm):
    login = Text(_l("账号名"), [InputRequired()], longest=40)
    name = Text(_l("姓名"), [InputRequired()])


class DisableForm(DeskForm):
    """Asks nothing; carries the token and shows what the operation refuses with."""


class PostForm(CreatingForm):
    role = SelectField(_l("岗位"), choices=[
        SelectChoice(role.value, _l(role.label)) for role in Role if role is not Role.SYSTEM
    ])
    unit = SelectField(_l("单位"))
    from_ = DateField(_l("从"), [InputRequired()])
    to = DateField(_l("到（不填就一直有效）"), [Optional()])

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        found = units.units(actor().centre_id, on=clock.today())
        self.unit.choices = [SelectChoice(unit.public_id, unit.name) for unit in found]


class DeputyForm(CreatingForm):
    post = SelectField(_l("代理谁的岗位"))
    from_ = DateField(_l("从"), [InputRequired()])
    to = DateField(_l("到"), [InputRequired()])

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.post.choices = [
            SelectChoice(post.public_id, f"{post.holder}　{_(post.role.label)}　{post.unit_name}")
            for post in queries.posts_to_stand_in_for(for_=actor())
        ]


class EndForm(DeskForm):
    post = StringField(validators=[InputRequired()])
    on = DateField(_l("最后一天"), [InputRequired()])


@bp.get("/accounts")
@policy(Permission.ACCOUNTS_MANAGE)
def index():
    """Every account of the centre with its posts."""
    text = request.args.get("q", "").strip()
    found = queries.accounts(for_=actor(), text=text)
    is_cut = len(found) == queries.MOST_LISTED
    return render_template("desk/accounts/index.html", accounts=found, is_cut=is_cut, text=text)


@bp.route("/accounts/new", methods=["GET", "POST"])
@policy(Permission.ACCOUNTS_MANAGE)
def create():
    """Create an account; it works once it has a password and a post."""
    form = AccountForm()
    if form.validate_on_submit():
        with refused_on(form) as done, transaction():
            public_id = staff.create_account(form.login.data, form.name.data, by=actor(), key=form.key.data)
        if done:
            flash(_("账号已建好。发一次性密码给本人，再请安全管理员授岗。"))
            return redirect(url_for("desk.accounts.show", public_id=public_id))
    return render_template("desk/accounts/create.html", form=form)


@bp.get("/accounts/<public_id:public_id>")
@policy(Permission.ACCOUNTS_MANAGE)
def show(public_id):
    """One account: its state and its posts."""
    return _page(public_id, DisableForm())


@bp.post("/accounts/<public_id:public_id>/code")
@policy(Permission.ACCOUNTS_MANAGE)
def code(public_id):
    """Issue a one-time code and show it, this once (P12)."""
    form = DisableForm()
    with refused_on(form) as done, transaction():
        issued = staff.issue_code(public_id, by=actor())
    if not done:
        return _page(public_id, form)
    address = current_app.extensions["yichuang"].public_url.rstrip("/") + url_for("desk.account.code")
    return render_template(
        "desk/accounts/code.html", account=queries.account(public_id, for_=actor()), code=issued, address=address,
        until=clock.now() + CODE_LIFE,
    )


@bp.post("/accounts/<public_id:public_id>/disable")
@policy(Permission.ACCOUNTS_MANAGE)
def disable(public_id):
    """Disable an account, or enable it again."""
    enable = request.form.get("enable") == "1"
    form = DisableForm()
    with refused_on(form) as done, transaction():
        staff.disable_account(public_id, by=actor(), enable=enable)
    if not done:
        return _page(public_id, form)
    flash(_("账号已恢复") if enable else _("账号已停用，正在用的登录马上失效"))
    return redirect(url_for("desk.accounts.show", public_id=public_id))


@bp.get("/posts")
@policy(Permission.POSTS_GRANT)
def posts():
    """Every account with its posts, for whoever grants them."""
    text = request.args.get("q", "").strip()
    found = queries.accounts(for_=actor(), text=text)
    is_cut = len(found) == queries.MOST_LISTED
    return render_template("desk/accounts/posts.html", accounts=found, is_cut=is_cut, text=text)


@bp.route("/posts/<public_id:public_id>", methods=["GET", "POST"])
@policy(Permission.POSTS_GRANT)
def posts_of(public_id):
    """The posts of one account; a new one."""
    form = PostForm(from_=clock.today())
    if form.validate_on_submit():
        with refused_on(form) as done, transaction():
            staff.grant_post(
                public_id, form.unit.data, form.role.data, by=actor(), from_=form.from_.data, to=form.to.data,
                key=form.key.data,
            )
        if done:
            return _back_to_posts(public_id, _("岗位已授予"))
    return _posts_page(public_id, form=form)


@bp.route("/posts/<public_id:public_id>/deputy", methods=["GET", "POST"])
@policy(Permission.POSTS_GRANT)
def deputy(public_id):
    """Let the account stand in for somebody between two days."""
    form = DeputyForm(from_=clock.today())
    if form.validate_on_submit():
        with refused_on(form) as done, transaction():
            staff.appoint_deputy(
                public_id, form.post.data, by=actor(), from_=form.from_.data, to=form.to.data, key=form.key.data
            )
        if done:
            return _back_to_posts(public_id, _("代理已定"))
    account = queries.account(public_id, for_=actor())
    return render_template("desk/accounts/deputy.html", account=account, form=form)


@bp.post("/posts/<public_id:public_id>/end")
@policy(Permission.POSTS_GRANT)
def end_post(public_id):
    """End one post of the account, and who stands in for it, with a day."""
    form = EndForm()
    if form.validate_on_submit():
        with refused_on(form) as done, transaction():
            staff.end_post(form.post.data, by=actor(), on=form.on.data)
        if done:
            return _back_to_posts(public_id, _("岗位已结束"))
    return _posts_page(public_id, wrong=form)


def _page(public_id, form):
    return render_template(
        "desk/accounts/show.html", account=queries.account(public_id, for_=actor()), form=form,
        is_own=public_id == queries.own_public_id(actor()),
    )


def _posts_page(public_id, form=None, wrong=None):
    return render_template(
        "desk/accounts/posts_of.html", account=queries.account(public_id, for_=actor()), wrong=wrong or DeskForm(),
        form=form or PostForm(formdata=None, from_=clock.today()), today=clock.today(),
        is_own=public_id == queries.own_public_id(actor()),
    )


def _back_to_posts(public_id, words):
    flash(words)
    return redirect(url_for("desk.accounts.posts_of", public_id=public_id))
