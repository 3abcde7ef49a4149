"""The forms of proceedings: accepting, assigning, recusal, consent, notice, more time, the end."""

from flask_babel import lazy_gettext as _l
from wtforms import (
    BooleanField,
    DateField,
    FieldList,
    Form,
    FormField,
    HiddenField,
    RadioField,
    SelectField,
    SelectMultipleField,
)
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Optional
from wtforms.widgets import CheckboxInput, ListWidget

from mediation.casefile.cases.rules import Consent, ConsentForm
from mediation.doors.shared.forms import CreatingForm, LongText, Text
from mediation.ground import clock
from mediation.stages.proceedings.appointing.rules import OverrideReason, RecusalQuestion

YES, NO = "yes", "no"


def choices(enum, first=None):
    """Return the members of an enum as choices, after an empty one where ``first`` is given."""
    found = [SelectChoice(member.value, _l(member.label)) for member in enum]
    return ([SelectChoice("", first)] if first is not None else []) + found


def ticks(label, **more):
    """Return a field of which any number can be ticked."""
    return SelectMultipleField(
        label, widget=ListWidget(prefix_label=False), option_widget=CheckboxInput(), validators=[Optional()], **more
    )


class DatedForm(CreatingForm):
    """An act of today, or of an earlier day that is entered now."""

    on = DateField(_l("哪天的事"), [InputRequired(_l("填日期"))])
    why_late = Text(_l("补登理由"), longest=400)

    def __init__(self, *args, **values):
        super().__init__(*args, **({"on": clock.today()} | values))

    def dated(self) -> dict:
        """Return what every act is told: the day, and why it is entered late."""
        return {"on": self.on.data, "key": self.key.data, "why_late": self.why_late.data or None}


class AcceptForm(DatedForm):
    """Acceptance; three fields are asked for only where a court sent the case (JM-02)."""

    court_received_on = DateField(_l("签收法院材料的日期"), [Optional()])
    procedure = SelectField(_l("法院适用的程序"), [Optional()])
    by_platform = BooleanField(_l("从法院的在线调解平台交来，在平台上确认接受"))
    determined_on = DateField(_l("最后一方收到交通事故认定书的日期"), [Optional()])
    counts_from = DateField(_l("丧葬办完、治疗终结或者损失确定的日期"), [Optional()])
    closed = ticks(_l("有这些情形的不调解，有的勾上"))


class RefuseForm(DatedForm):
    """Why a case is not accepted."""

    ground = RadioField(_l("为什么不受理"), [InputRequired(_l("选一项"))])
    words = LongText(_l("说明"), longest=400)
    notice_given = BooleanField(_l("已告知当事人可以仲裁、找行政机关或者起诉"))


class AssignForm(DatedForm):
    """Who mediates."""

    mediators = ticks(_l("调解员"))
    presider = RadioField(_l("谁主持"), validators=[Optional()], validate_choice=False)
    mode = RadioField(_l("怎么定的"), [InputRequired(_l("选一项"))])
    override = RadioField(
        _l("没派排在第一的，为什么"), validators=[Optional()], choices=choices(OverrideReason), validate_choice=False
    )


class ReassignForm(AssignForm):
    """Who mediates from now on, and why; the reason serves a late entry too."""

    why_late = None
    why = Text(_l("为什么改派"), [InputRequired(_l("要写理由"))], longest=400)

    def dated(self) -> dict:
        return {"on": self.on.data, "key": self.key.data, "why": self.why.data}


class ChooseForm(DatedForm):
    """Whom each party chose; the fields stand in the page, one a party."""


class TakeOnForm(DatedForm):
    """Four questions, yes or no, and what was said to a yes; waivers where there is a conflict."""

    waivers = ticks(_l("书面同意继续由本人调解的"))
    waived_on = DateField(_l("同意的日期"), [Optional()])
    words = Text(_l("有“是”的，写明是什么关系"), longest=400)

    def answers(self) -> dict:
        return {question: self[question.value].data == YES for question in RecusalQuestion}


for _question in RecusalQuestion:
    setattr(
        TakeOnForm, _question.value,
        RadioField(
            _l(_question.label), [InputRequired(_l("答是或者否"))],
            choices=[SelectChoice(NO, _l("否")), SelectChoice(YES, _l("是"))],
        ),
    )


class StepBackForm(CreatingForm):
    """Why a case is not taken on; what is ticked is kept as the answer about recusal."""

    why = Text(_l("为什么不接"), [InputRequired(_l("要写理由"))], longest=400)
    conflicts = ticks(_l("是因为要回避的，勾上"), choices=choices(RecusalQuestion))

    def answers(self) -> dict | None:
        ticked = self.conflicts.data or ()
        return {question: question.value in ticked for question in RecusalQuestion} if ticked else None


class AnswerRow(Form):
    """What one party said."""

    party = HiddenField()
    consent = RadioField(_l("同意调解吗"), choices=choices(Consent))
    form = SelectField(_l("怎么说的"), choices=choices(ConsentForm, "—"), validators=[Optional()])
    on = DateField(_l("哪天说的"), validators=[Optional()])
    takes_mediator = SelectField(_l("对调解员"), validators=[Optional()], choices=[
        SelectChoice("", _l("没说")), SelectChoice(YES, _l("接受")), SelectChoice(NO, _l("不接受")),
    ])


class ConsentsForm(DatedForm):
    """What the parties said to mediation (RT-02, RT-03)."""

    parties = FieldList(FormField(AnswerRow))


class NoticeRow(Form):
    """How one party was told."""

    party = HiddenField()
    form = RadioField(_l("怎么告知的"), choices=choices(ConsentForm, _l("还没告知")), validators=[Optional()])


class NoticesForm(DatedForm):
    """How the parties were told their rights and duties (PM-06, JM-08)."""

    parties = FieldList(FormField(NoticeRow))


class ExtendForm(DatedForm):
    """More time, with the consent of all (PM-18, JM-02)."""

    until = DateField(_l("延到哪天"), [InputRequired(_l("填日期"))])
    consenting = ticks(_l("同意延期的"))
    reason = Text(_l("为什么要延期"), [InputRequired(_l("要写理由"))], longest=400)
    paper = Text(_l("凭哪份材料"), [InputRequired(_l("写明凭哪份材料"))], longest=200)


class PauseForm(DatedForm):
    """What shows that an appraisal is being made (JM-03)."""

    paper = Text(_l("凭哪份材料"), [InputRequired(_l("写明凭哪份材料"))], longest=200)


class EndForm(DatedForm):
    """How an attempt ended without an agreement."""

    ground = RadioField(_l("为什么终止"), [InputRequired(_l("选一项"))])
    requested_by = SelectField(_l("哪一方要求的"), [Optional()])
    words = Text(_l("选“其他”的，写明原因"), longest=400)
    course = LongText(_l("调解经过和没调成的原因"), longest=400)
    issues = LongText(_l("争议焦点，一行一条"), longest=400)
    notice_given = BooleanField(_l("已经告知当事人上面这些途径"))
    cost_conduct = Text(_l("有没有故意拖延、加大别人花费的行为"), longest=400)
    court_points = Text(_l("要提示法院的"), longest=400)
