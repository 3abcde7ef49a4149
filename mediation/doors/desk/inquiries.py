"""Asking somebody about a dispute: who, where, question and answer; the record comes out to be signed (form 1.3)."""

from datetime import datetime, time

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import lazy_gettext as _l
from wtforms import DateField, SelectField, TimeField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Optional

from mediation.doors.desk.proceedingforms import DatedForm
from mediation.doors.desk.sessionforms import moment
from mediation.doors.shared.forms import LongText, Text
from mediation.doors.shared.guard import actor, step_page
from mediation.doors.shared.language import gettext as _
from mediation.doors.shared.refusals import refused_on
from mediation.ground import clock
from mediation.ground.db import transaction
from mediation.registry.people.rules import Sex
from mediation.stages.proceedings import inquiries, queries
from mediation.stages.proceedings.inquiries import Asked, Told

bp = Blueprint("inquiries", __name__)
FIELDS = ("name", "sex", "birth_on", "workplace", "address", "phone", "relation")
OPENING = "问：\n答："


class InquiryForm(DatedForm):
    """One inquiry; ``party`` fills in who is asked from the case."""

    day = DateField(_l("调查日期"), [InputRequired()])
    begins = TimeField(_l("开始"), [InputRequired()])
    ends = TimeField(_l("结束"), [Optional()])
    place = Text(_l("地点"), [InputRequired(_l("写明在哪里"))])
    name = Text(_l("被调查人"), [InputRequired(_l("写明问的是谁"))])
    sex = SelectField(_l("性别"), [Optional()])
    birth_on = DateField(_l("出生日期"), [Optional()])
    workplace = Text(_l("工作单位"))
    address = Text(_l("住址"), longest=400)
    phone = Text(_l("电话"), longest=40)
    relation = Text(_l("与当事人的关系"), longest=60)
    inquirers = Text(_l("调查人（几个人用、隔开）"), [InputRequired(_l("写明谁去问的"))])
    recorder = Text(_l("记录人"), [InputRequired(_l("写明谁记的"))])
    others = Text(_l("在场的其他人"))
    exchange = LongText(_l("问答"), [InputRequired(_l("一行“问：”，一行“答：”"))])

    def __init__(self, *args, **values):
        super().__init__(*args, **values)
        self.sex.choices = [SelectChoice("", "—"), *(SelectChoice(each.label, _l(each.label)) for each in Sex)]

    def told(self) -> Told:
        """Return the inquiry as the operation takes it."""
        birth_on = self.birth_on.data.isoformat() if self.birth_on.data else None
        who = {field: self[field].data or None for field in FIELDS}
        who |= {"birth_on": birth_on, "name": self.name.data or ""}
        return Told(
            asked=Asked(**who), starts_at=_at(self.day.data, self.begins.data),
            ends_at=_at(self.day.data, self.ends.data) if self.ends.data else None, place=self.place.data,
            exchange=self.exchange.data, inquirers=self.inquirers.data, recorder=self.recorder.data,
            others=self.others.data,
        )


def _at(day, hour: time) -> datetime:
    return moment(day, hour)


@bp.route("/proceedings/<public_id:public_id>/inquiry", methods=["GET", "POST"])
@step_page("proceeding.inquire")
def inquire(public_id):
    """Write an inquiry down; a party's own data come from the case with one key."""
    proceeding, case = queries.get(public_id, for_=actor())
    known = inquiries.known_people(case.id)
    chosen = next((each for each in known if each.name == request.args.get("who")), None)
    mine = "、".join(row.mediator.name for row in queries.mediators_on(proceeding.id))
    given = {field: getattr(chosen, field) for field in FIELDS if field != "birth_on"} if chosen else {}
    if chosen and chosen.birth_on:
        given["birth_on"] = datetime.fromisoformat(chosen.birth_on).date()
    form = InquiryForm(
        day=clock.today(), begins=clock.local(clock.now()).time(), inquirers=mine, recorder=actor().name,
        exchange=OPENING, **given,
    )
    if form.validate_on_submit():
        with refused_on(form) as done, transaction():
            paper = inquiries.inquire(public_id, form.told(), by=actor(), **form.dated())
        if done:
            flash(_("调查已记，请打印出来让被调查人逐页签名"))
            return redirect(url_for("desk.papers.download", public_id=paper))
        proceeding, case = queries.get(public_id, for_=actor())
    return render_template(
        "desk/inquiries/inquire.html", form=form, case=case, proceeding=proceeding, known=known,
        rows=inquiries.of_case(case.id),
    )
