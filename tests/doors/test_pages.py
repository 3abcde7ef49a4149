"""What templates ask for: addresses that keep the filter, the list of what is wrong, both sides of a conflict."""

from dataclasses import astuple
from datetime import UTC, date, datetime

import pytest
from flask import Flask
from flask_babel import Babel, force_locale
from wtforms import (
    BooleanField,
    DateField,
    FieldList,
    Form,
    FormField,
    HiddenField,
    RadioField,
    SelectChoice,
    SelectField,
    StringField,
)
from wtforms.validators import InputRequired, Length

from mediation.doors.shared import compared, conflict, pages
from mediation.ground.errors import Stale

COURTS = [SelectChoice("", "未选"), SelectChoice("nanchang", "南昌县法院"), SelectChoice("jinxian", "进贤县法院")]
KINDS = [SelectChoice("new", "新纠纷"), SelectChoice("repeat", "复发")]
HEARD_ON = date(2026, 11, 20)


class Duty(Form):
    what = StringField("做什么", [InputRequired("还没写做什么")])


class Complaint(Form):
    version = HiddenField(validators=[Length(max=1, message="版本不对")])
    name = StringField("姓名", [InputRequired("还没填姓名")])
    court = SelectField("法院", choices=COURTS)
    kind = RadioField("算哪一种", choices=KINDS, validators=[InputRequired("还没选")])
    is_told = BooleanField("已告知")
    heard_on = DateField("日期")
    duties = FieldList(FormField(Duty), min_entries=2)


@pytest.fixture(autouse=True)
def app():
    app = Flask(__name__)
    Babel(app, default_locale="zh_CN")
    with app.test_request_context("/cases?unit=a&unit=b&sort=due&after=x"):
        yield app


def test_here_keeps_the_filter_and_drops_what_is_none():
    assert pages.here(sort="-due", after=None) == "?unit=a&unit=b&sort=-due"
    assert pages.here(unit="c") == "?unit=c&sort=due&after=x"


def test_here_never_leads_to_another_place(app):
    for query in ("_external=1&_scheme=javascript", "next=//evil.example", "x=%0d%0aLocation:%20/"):
        with app.test_request_context(f"//evil.example/cases?{query}"):
            address = pages.here(page="2")
            assert address.startswith("?") and "\n" not in address and "\r" not in address


def test_everything_wrong_is_named_with_the_place_to_mend_it():
    form = Complaint(data={"version": "12", "court": "nanchang"})
    form.validate()
    assert [(wrong.anchor, str(wrong.message)) for wrong in pages.wrong_fields(form)] == [
        (None, "版本不对"),
        ("name", "还没填姓名"),
        ("kind-0", "还没选"),
        ("duties-0-what", "还没写做什么"),
        ("duties-1-what", "还没写做什么"),
    ]


def test_a_page_is_in_one_language_and_offers_the_others():
    assert (pages.page_lang(), pages.other_languages()) == ("zh-CN", [("en", "English")])
    with force_locale("en"):
        assert (pages.page_lang(), pages.other_languages()) == ("en", [("zh_CN", "中文")])


def test_a_conflict_shows_only_what_reads_differently():
    same = {"kind": "new", "heard_on": HEARD_ON}
    mine = Complaint(data={"name": "裘志明", "court": "nanchang", "is_told": True, **same})
    theirs = {"version": 4, "name": "裘志民", "court": "jinxian", "is_told": False, **same}
    stored = Complaint(formdata=None, data=theirs)
    assert [astuple(side)[:6] for side in conflict.differing(mine, stored, theirs, {})] == [
        ("name", "姓名", "裘志民", "裘志明", "裘志民", "裘志明"),
        ("court", "法院", "jinxian", "nanchang", "进贤县法院", "南昌县法院"),
        ("is_told", "已告知", "", "y", "否", "是"),
    ]


@pytest.mark.parametrize(("typed", "stored_now", "who"), [
    ("裘志明", "裘志民", "both"), ("裘志明", "裘志敏", "mine"), ("裘志敏", "裘志民", "theirs"),
    (" 裘志敏\r\n", "裘志敏", None),
])
def test_who_changed_a_field_is_known_from_what_was_shown(typed, stored_now, who):
    shown = {"name": compared.mark("裘志敏")}
    theirs = {"name": stored_now}
    stored = Complaint(formdata=None, data=theirs)
    sides = conflict.differing(Complaint(data={"name": typed}), stored, theirs, shown)
    found = ["both" if side.is_asked else "mine" if side.by_me else "theirs" for side in sides]
    assert found == ([who] if who else [])


def test_the_conflict_page_carries_everything_typed_and_the_new_version(app, monkeypatch):
    shown = {}
    monkeypatch.setattr(conflict, "render_template", lambda name, **values: shown.update(values) or "page")
    typed = {"csrf_token": "t", "version": "3", "name": "裘志明", "duties-0-what": "修墙", "note": "多出来的"}
    with app.test_request_context("/cases/1/edit?tab=2", method="POST", data=typed):
        form = Complaint(data={"name": "裘志明"})
        error = Stale({"version": 4, "name": "裘志民"}, by="邹晓岚", at=datetime(2026, 11, 23, 2, 38, tzinfo=UTC))
        response = conflict.answer(form, error)
    assert response.status_code == 409
    assert dict(shown["carry"]) == {"version": "4", "duties-0-what": "修墙", "note": "多出来的", "settled": "1"}
    assert (shown["action"], shown["by"]) == ("/cases/1/edit?tab=2", "邹晓岚")
