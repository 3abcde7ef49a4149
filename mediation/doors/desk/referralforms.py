"""The forms of referrals; all that the case knows is filled in."""

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, DateField, FieldList, Form, FormField, RadioField, SelectField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Optional

from mediation.casefile.cases.rules import Exit
from mediation.doors.desk.proceedingforms import choices, ticks
from mediation.doors.shared.forms import CreatingForm, LongText, Money, StepForm, Text
from mediation.stages.referrals import queries
from mediation.stages.referrals.operations import ReferralValues
from mediation.stages.referrals.procedure import Exclusion, SmallClaimsExclusion
from mediation.stages.referrals.reporting import Fact
from mediation.stages.referrals.rules import DataBasis, Item, LabourPrecondition, Outcome, ReturnReason

TO_COURT_BASIS = DataBasis.COURT_FILING


class SendForm(CreatingForm):
    """A referral as its sender looks it over."""

    to_unit = SelectField(_l("送到哪里"), [Optional()])
    to_name = Text(_l("名单里没有的，写名称"))
    unsuitable_reason = Text(_l("为什么不适合调解"), longest=400)
    claims = LongText(_l("请求，一行一条"), longest=4000)
    amount_fen = Money(_l("金额（元）"))
    issues = LongText(_l("争议焦点，一行一条"), longest=400)
    is_money_claim = BooleanField(_l("只要求给付金钱"))
    is_clear = BooleanField(_l("事实清楚、权利义务关系明确、争议不大"))
    agreed_simple = BooleanField(_l("双方约定适用简易程序"))
    agreed_small = BooleanField(_l("双方约定适用小额诉讼"))
    exclusions = ticks(_l("不能用简易程序的情形"))
    small_exclusions = ticks(_l("不能用小额诉讼的情形"))
    labour = SelectField(_l("劳动争议的前置程序"), [Optional()])
    government_decided_on = DateField(_l("政府作出处理决定的日期"), [Optional()])
    checklist = ticks(_l("材料：有的勾上，没勾的写“无”"))
    preservation = Text(_l("要不要保全"), longest=200)
    evidence_loss = Text(_l("证据会不会灭失"), longest=200)
    data_basis = RadioField(_l("把个人信息交出去的依据"), [InputRequired(_l("选一项"))])
    notice_given = BooleanField(_l("已告知当事人可以仲裁、找行政机关或者起诉"))

    @classmethod
    def of(cls, found, way):
        """Return the form of a way out, filled from the case."""
        there = queries.checklist(found)
        issues = found.proceeding.issues if found.proceeding else None
        to_court = way.exit in (Exit.QUICK_TRIAL, Exit.SUIT)
        form = cls(
            to_unit=way.receivers[0].public_id if way.receivers else None, claims=found.case.claims,
            amount_fen=found.case.amount_fen, issues=issues, is_money_claim=True, is_clear=True,
            checklist=[item.value for item, is_there in there.items() if is_there],
            data_basis=(TO_COURT_BASIS if to_court else DataBasis.STATUTORY_DUTY).value,
            unsuitable_reason=found.unsuitable_reason, labour=found.labour.value if found.labour else "",
            notice_given=bool(found.proceeding and found.proceeding.notice_given_on),
        )
        form.to_unit.choices = [
            *(SelectChoice(unit.public_id, unit.name) for unit in way.receivers), SelectChoice("", _l("别的单位"))
        ]
        form.exclusions.choices = choices(Exclusion)
        form.small_exclusions.choices = choices(SmallClaimsExclusion)
        form.labour.choices = choices(LabourPrecondition, _l("没有"))
        form.checklist.choices = choices(Item)
        form.data_basis.choices = choices(DataBasis)
        return form

    def values(self, exit: Exit, parties) -> ReferralValues:
        """Return what the operation takes; a ticked consent basis means that every party consented."""
        basis = DataBasis(self.data_basis.data)
        ticked = set(self.checklist.data or ())
        return ReferralValues(
            kind=exit, to_unit=self.to_unit.data or None, to_name=self.to_name.data or "",
            unsuitable_reason=self.unsuitable_reason.data or "", claims=self.claims.data or "",
            amount_fen=self.amount_fen.data, issues=self.issues.data or "", is_money_claim=self.is_money_claim.data,
            is_clear=self.is_clear.data, agreed_small=self.agreed_small.data, agreed_simple=self.agreed_simple.data,
            exclusions=[Exclusion(each) for each in self.exclusions.data or ()],
            small_exclusions=[SmallClaimsExclusion(each) for each in self.small_exclusions.data or ()],
            labour=LabourPrecondition(self.labour.data) if self.labour.data else None,
            government_decided_on=self.government_decided_on.data,
            checklist={item: item.value in ticked for item in Item}, preservation=self.preservation.data or "",
            evidence_loss=self.evidence_loss.data or "", data_basis=basis,
            data_consents=[party.ref for party in parties] if basis == DataBasis.CONSENT else (),
            notice_given=self.notice_given.data,
        )


class TakeForm(StepForm):
    """The receiver takes a case in; a court under its own number."""

    court_no = Text(_l("法院案号（照法院写的抄）"), longest=60)


class ReturnForm(StepForm):
    """The receiver gives a case back."""

    why = RadioField(_l("为什么退回"), [InputRequired(_l("选一项"))], choices=choices(ReturnReason))
    note = Text(_l("说明"), longest=400)


class DecideForm(StepForm):
    """What came of a case."""

    outcome = RadioField(_l("结果"), [InputRequired(_l("选一项"))], choices=choices(Outcome))
    note = Text(_l("说明"), longest=400)


class FactRow(Form):
    """One fact in one sentence."""

    text = Text(_l("事实"), longest=400)
    evidence = Text(_l("证据"), longest=200)


class UndisputedForm(CreatingForm):
    """Facts that nobody disputes."""

    facts = FieldList(FormField(FactRow), min_entries=3)
    disputed = LongText(_l("还有争议的，一行一条"), longest=2000)
    consenting = ticks(_l("同意记载的当事人"))

    def lines(self) -> list[Fact]:
        """Return the facts that were written."""
        return [Fact(row.form.text.data or "", row.form.evidence.data or "") for row in self.facts if row.form.text.data]


class SignUndisputedForm(StepForm):
    """Who has signed the facts."""

    signed = ticks(_l("已签名的当事人"))
    signed_on = DateField(_l("签名日期"), [InputRequired()])
    mediator_signed = BooleanField(_l("调解员已签名"))


class ReportForm(CreatingForm):
    """The report to the court that sent the case."""

    course = LongText(_l("调解经过和结果（终止时写过的不用再写）"), longest=2000)
    asks_confirmation = BooleanField(_l("当事人要申请司法确认"))
