"""A desk without rooms: a few pages made of the shared macros alone, to try the look and the script in a browser."""

from datetime import UTC, date, datetime
from pathlib import Path
from types import SimpleNamespace as Thing

from flask import Flask, flash, jsonify, redirect, render_template, request
from flask_babel import Babel
from flask_bootstrap import Bootstrap5
from flask_wtf import CSRFProtect, FlaskForm
from jinja2 import ChoiceLoader, FileSystemLoader
from wtforms import (
    BooleanField,
    DateField,
    FieldList,
    Form,
    FormField,
    HiddenField,
    PasswordField,
    RadioField,
    SelectChoice,
    SelectField,
    StringField,
    TextAreaField,
)
from wtforms.validators import InputRequired, Optional

from mediation.doors.shared import headers, pages, words

HOUSE = Path(__file__).parents[3]
CENTRE = "南昌县社会矛盾纠纷多元化解中心"
VILLAGES = {"qjc": "武阳镇 前进村", "qfc": "武阳镇 前坊村", "htc": "向塘镇 河头村"}
TITLES = ("魏长根等 7 人与宏泰劳务劳动报酬纠纷", "万春根与涂小兰宅基地纠纷", "敖丽萍与邓春香房屋租赁纠纷")


class LoginForm(FlaskForm):
    account = StringField("账号", [InputRequired()])
    password = PasswordField("密码", [InputRequired()])


class DutyForm(Form):
    what = StringField("做什么", [InputRequired("还没写做什么")])
    due_on = DateField("到期", [Optional()])


class CaseForm(FlaskForm):
    version = HiddenField(default="1")
    name = StringField("来人姓名", [InputRequired("还没填姓名")])
    phone = StringField("电话", [InputRequired("还没填电话")])
    story = TextAreaField("发生了什么")
    village = StringField("地点")
    village_id = HiddenField()
    type = SelectField("类型", choices=[SelectChoice("", "请选"), SelectChoice("water", "相邻用水、排水")])
    is_told = BooleanField("已告知")
    seen = RadioField("算哪一种？", choices=[SelectChoice("new", "新纠纷"), SelectChoice("repeat", "复发")],
                      validators=[Optional()])
    duties = FieldList(FormField(DutyForm), min_entries=1)


class Desk:
    """What the pages did: the drafts and forms that arrived, and what the next draft is answered with."""

    def __init__(self):
        self.drafts = []
        self.sent = []
        self.pressed = []
        self.draft_status = 200
        self.is_logged_in = True
        self.settings = {}


def create_app(desk: Desk) -> Flask:
    app = Flask("mediation", root_path=str(HOUSE / "mediation"))
    app.config.update(SECRET_KEY="only for tests", BOOTSTRAP_SERVE_LOCAL=True, TESTING=True)
    app.jinja_loader = ChoiceLoader([FileSystemLoader(HOUSE / "templates"), FileSystemLoader(Path(__file__).parent)])
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    Bootstrap5(app)
    CSRFProtect(app)
    Babel(app, default_locale="zh_CN", default_timezone="Asia/Shanghai")
    words.register(app)
    pages.register(app)
    app.after_request(lambda response: headers.add(response, secure=False))
    app.context_processor(lambda: _shell(desk))
    for endpoint in ("act_as", "code", "language", "logout"):
        app.add_url_rule(f"/{endpoint}", f"desk.account.{endpoint}", lambda: redirect("/login"), methods=["POST"])
    app.add_url_rule(
        "/search", "desk.search.results", lambda: render_template("list.html", **_list()), methods=["GET", "POST"]
    )
    _add_pages(app, desk)
    _add_form(app, desk)
    return app


def _add_pages(app, desk):
    @app.route("/login", methods=["GET", "POST"])
    def login():
        form = LoginForm()
        if form.validate_on_submit():
            desk.is_logged_in = True
            return redirect(request.args.get("next", "/list"))
        logins = [Thing(post="调解员", unit="中心人民调解委员会", account="xiongguisheng", password="p2-vrt-63da")]
        return render_template("desk/login.html", form=form, expired=30, demo_logins=logins)

    @app.get("/list")
    def cases():
        return render_template("list.html", **_list())

    @app.get("/case")
    def case():
        return render_template("case.html", **_case())

    @app.post("/press")
    def press():
        desk.pressed.append(request.form.to_dict())
        return redirect("/list")

    @app.get("/conflict")
    def conflict():
        side = {"before_words": "", "theirs": "2 楼", "mine": "3 楼", "theirs_words": "2 楼", "mine_words": "3 楼"}
        at = datetime(2026, 11, 23, 1, 38, tzinfo=UTC)
        return render_template(
            "shared/conflict.html", sub="李细根与赣腾建设房屋损害纠纷", by="邹晓岚", at=at, carry=[("version", "4")],
            both=[{"name": "address", "label": "送达地址", **side}], mine=[{"label": "电话记录", **side}],
            theirs=[{"label": "法院", **side}], action="/press", latest_url="/case",
        )

    @app.route("/error", methods=["GET", "POST"])
    def error():
        reasons = [{"text": "协议第 4 条是确认物权", "cure_url": "/case", "cure_label": "移出申请"}]
        return render_template("shared/error.html", code=409, title="现在还不能办", text="下面每一条都要先解决：",
                               reasons=reasons, request_no="7f2c", back_url="/form", in_shell=desk.is_logged_in), 409


def _add_form(app, desk):
    @app.route("/form", methods=["GET", "POST"])
    def form():
        if not desk.is_logged_in:
            return redirect("/login?next=/form")
        form = CaseForm()
        if form.validate_on_submit():
            desk.sent.append(request.form.to_dict())
            flash("已登记")
            return redirect("/list")
        return render_template("form.html", form=form, blank=DutyForm(prefix="duties-__n__-"))

    @app.post("/draft")
    def draft():
        desk.drafts.append(request.form.to_dict())
        return ("草稿 10:00:00 已存", 200) if desk.draft_status == 200 else ("", desk.draft_status)

    @app.post("/panel")
    def panel():
        return render_template("panel.html", form=CaseForm(), story=request.form["story"])

    @app.get("/villages")
    def villages():
        found = [key for key in VILLAGES if key.startswith(request.args["q"])]
        return jsonify([{"value": key, "label": VILLAGES[key], "hint": key} for key in found])


def _shell(desk):
    if not desk.is_logged_in or request.path == "/login":
        return {"centre_name": CENTRE, "is_demo": True}
    posts = [Thing(key="a", label="调解员", unit_name="中心调委会", current=True),
             Thing(key="b", label="法院联络员", unit_name="县法院", current=False)]
    below = [Thing(label="网格", url="#", count=6, quiet=True)]
    menu = [Thing(label="登记", url="/form", current=True, key="n", count=None, children=below),
            Thing(label="待受理", url="#", count=5, late=True)]
    who = desk.settings.get("who", "7")
    actor = Thing(
        key=who, name="熊桂生", post_label="调解员", unit_name="中心调委会", centre_name=CENTRE, posts=posts, may=bool
    )
    return {"actor": actor, "menu": menu, "my_turn": 6, "is_demo": True, **desk.settings}


def _list():
    due = [date(2026, 11, 12), date(2026, 11, 23), date(2026, 12, 9)]
    cases = [
        Thing(number=f"南民调{310 + n}", title=title, due_on=due[n], fen=7_200_000) for n, title in enumerate(TITLES)
    ]
    return {"cases": cases, "sort": "due", "page": Thing(previous="a", next="b", total=1000, is_capped=True)}


def _case():
    reasons = [
        Thing(text="赣腾建设没有盖章", cure_url="#", cure_label="登记盖章", word="缺"),
        Thing(text="第 4 条确认物权"),
    ]
    return {
        "open_steps": [
            Thing(label="登记签字盖章", url="/form", hint="收到申请书之后", is_main=True),
            Thing(label="催赣腾建设盖章", url="/press", hint="催过 1 次", post=True, fields={"step": "urge"}),
            Thing(label="结束并引导", url="/list"),
        ],
        "barred_steps": [
            Thing(label="申请司法确认", hint="12 项齐 9 项", done=9, total=12, ready=["30 日内"], reasons=reasons),
            Thing(label="归档", reasons=[Thing(text="先结案")]),
        ],
        "stages": [Thing(label="登记", note="10-12", done=True), Thing(label="调解", current=True)],
        "clocks": [
            Thing(label="申请司法确认", due_on=date(2026, 12, 9), is_statutory=True, story=["11月9日生效，当天不算。"],
                  spans=[Thing(when="11-10 至今天", who="赣腾建设，盖章", days=14)], cite="民事诉讼法第 205 条"),
            Thing(label="调解 30 日", due_on=date(2026, 11, 5), ended="提前 6 天办成"),
        ],
    }
