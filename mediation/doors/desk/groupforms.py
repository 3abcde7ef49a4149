"""What the desk asks about a group."""

from flask import request
from flask_babel import lazy_gettext as _l
from wtforms import (
    DateField,
    DateTimeLocalField,
    IntegerField,
    RadioField,
    SelectChoice,
    SelectField,
    SelectMultipleField,
)
from wtforms.validators import InputRequired, NumberRange, Optional
from wtforms.widgets import CheckboxInput, ListWidget

from mediation.casefile.cases.rules import Consent, ConsentForm, PartyRole
from mediation.doors.shared.forms import CreatingForm, DeskForm, LongText, Money, StepForm, Text
from mediation.ground import clock
from mediation.stages.groups.rules import LEAST, MOST_SAID, About, Each, Sheet

MINUTES = ["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S"]
SIDES = (PartyRole.APPLICANT, PartyRole.RESPONDENT)
TICKED, EVERYBODY = "ticked", "everybody"


def count_field():
    """Return the field for how many people were said."""
    wrong = _l("写人数，至少 2 人")
    return IntegerField(
        _l("一共多少人"), [InputRequired(wrong), NumberRange(LEAST, MOST_SAID, wrong)]
    )


class OpenForm(CreatingForm):
    """How many they are, what it is about in money, since when that is known."""

    said_count = count_field()
    total = Money(_l("合计金额（元）"), [Optional()])
    learnt_at = DateTimeLocalField(
        _l("什么时候知道的"), [InputRequired(_l("写什么时候知道有这么多人的，首报从这时起算"))], format=MINUTES
    )
    side = SelectField(_l("群体是哪一方"), choices=[SelectChoice(each.value, _l(each.label)) for each in SIDES])


class NumbersForm(StepForm):
    said_count = count_field()
    total = Money(_l("合计金额（元）"), [Optional()])


class NamesForm(CreatingForm):
    """A pasted list; it is looked at first."""

    names = LongText(_l("名单"), [InputRequired(_l("把名单贴进来，一行一个人"))], longest=100_000)


class ProposalForm(StepForm):
    text = LongText(_l("和解方案"), [Optional()], longest=4000)


class MembersForm(CreatingForm):
    """A form about members that are ticked on its page or were ticked on the list before it."""

    @property
    def ticked(self) -> list[str]:
        return list(dict.fromkeys(request.values.getlist("member")))


class ElectForm(MembersForm):
    signed_on = DateField(_l("推选书签署日期"), [InputRequired(_l("写推选书哪天签的"))])
    elected_on = DateField(_l("推选日期"), [Optional()])


class AnswersForm(MembersForm):
    """What members say, as it stands on the signed sheet."""

    about = SelectField(_l("表什么态"), choices=[SelectChoice(each.value, _l(each.label)) for each in About])
    answer = SelectField(
        _l("意见"),
        choices=[SelectChoice(Consent.AGREED.value, _l("同意")), SelectChoice(Consent.REFUSED.value, _l("不同意"))],
    )
    form = SelectField(
        _l("怎么说的"),
        choices=[SelectChoice(each.value, _l(each.label)) for each in (
            ConsentForm.WRITTEN, ConsentForm.ONLINE, ConsentForm.ORAL,
        )],
    )
    said_on = DateField(_l("表态日期"), [InputRequired(_l("写哪天表的态"))])
    who = RadioField(
        _l("谁"),
        choices=[
            SelectChoice(TICKED, _l("下面勾选的")), SelectChoice(EVERYBODY, _l("还没表态的全部，都在签字表上签了")),
        ],
        default=TICKED,
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **{"said_on": clock.today(), **kwargs})


class PrintForm(MembersForm):
    """What is printed, and for whom."""

    sheets = SelectMultipleField(
        _l("全组一份"), [Optional()], choices=[SelectChoice(each.value, _l(each.label)) for each in Sheet],
        widget=ListWidget(prefix_label=False), option_widget=CheckboxInput(),
    )
    each = SelectMultipleField(
        _l("每人一份"), [Optional()], choices=[SelectChoice(each.value, _l(each.label)) for each in Each],
        widget=ListWidget(prefix_label=False), option_widget=CheckboxInput(),
    )
    who = RadioField(
        _l("给谁印"),
        choices=[SelectChoice(EVERYBODY, _l("名单上全部")), SelectChoice(TICKED, _l("勾选的"))],
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if not self.is_submitted():
            self.who.data = TICKED if self.ticked else EVERYBODY


class MemberForm(StepForm):
    amount = Money(_l("金额（元）"), [Optional()])
    place = Text(_l("村组、住址"), longest=200)


class ReasonForm(StepForm):
    reason = Text(_l("理由"), [InputRequired(_l("要写理由"))], longest=400)


class TakeInForm(CreatingForm):
    """The case that is meant stands on the page as it was found."""

    other = Text(_l("哪一件"), [InputRequired(_l("先找到那一件"))], longest=22)


class PlainReasonForm(DeskForm):
    reason = Text(_l("理由"), [InputRequired(_l("要写理由"))], longest=400)
