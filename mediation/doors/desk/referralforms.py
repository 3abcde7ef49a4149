"""The forms of referrals; all that the case knows is filled in."""

import re

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, DateField, FieldList, Form, FormField, IntegerField, RadioField, SelectField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, NumberRange, Optional

from mediation.casefile.cases.rules import Exit
from mediation.doors.desk.proceedingforms import choices, ticks
from mediation.doors.shared.forms import CreatingForm, LongText, Money, ReportedForm, StepForm, Text
from mediation.ground import clock
from mediation.stages.proceedings.periods import Procedure
from mediation.stages.referrals import at_court, queries, rules
from mediation.stages.referrals.operations import ReferralValues
from mediation.stages.referrals.procedure import Exclusion, SmallClaimsExclusion
from mediation.stages.referrals.reporting import Fact
from mediation.stages.referrals.rules import TO_COURT, DataBasis, Item, LabourPrecondition, Outcome, ReturnReason

# Verbs of a claim for something other than money; they only set the tick, the sender looks at it.
ACTS = re.compile("恢复|拆除|停止|排除|交付|修|搬|腾|道歉|过户|确认|返还(?!.{0,6}[款钱])")
BASIS_OF = {Exit.ARBITRATION: DataBasis.CONSENT}
LEAST_FACTS = 3


class SendForm(CreatingForm):
    """A referral as its sender looks it over."""

    to_unit = SelectField(_l("送到哪里"), [Optional()])
    to_name = Text(_l("名单里没有的，写名称"))
    unsuitable_reason = Text(_l("为什么不适合调解"), longest=400)
    claims = LongText(_l("请求，一行一条"), longest=4000)
    amount_fen = Money(_l("标的额（元）"))
    issues = LongText(_l("争议焦点，一行一条"), longest=400)
    is_money_claim = BooleanField(_l("只要求给付金钱"))
    is_clear = BooleanField(_l("事实清楚、权利义务关系明确、争议不大"))
    agreed_simple = BooleanField(_l("双方约定适用简易程序"))
    agreed_small = BooleanField(_l("双方约定适用小额诉讼"))
    exclusions = ticks(_l("不能用简易程序的情形"), choices=choices(Exclusion))
    small_exclusions = ticks(_l("不能用小额诉讼的情形"), choices=choices(SmallClaimsExclusion))
    procedure = SelectField(_l("建议适用的程序"), [Optional()], choices=choices(Procedure, _l("按右边算出来的")))
    procedure_reason = Text(_l("另选程序的，写理由"), longest=400)
    labour = SelectField(_l("劳动争议的前置程序"), [Optional()], choices=choices(LabourPrecondition, _l("没有")))
    government_decided_on = DateField(_l("政府作出处理决定的日期"), [Optional()])
    checklist = ticks(_l("材料：有的勾上，没勾的写“无”"))
    preservation = Text(_l("要不要保全（没有就空着）"), longest=200)
    evidence_loss = Text(_l("证据会不会灭失（不会就空着）"), longest=200)
    evidence_days = IntegerField(_l("建议举证期限（天）"), [Optional(), NumberRange(1, 365)])
    unusual = ticks(_l("一般不走速裁的情形，有的勾上"))
    unusual_confirmed = BooleanField(_l("看过，仍然建议速裁"))
    data_basis = RadioField(_l("把个人信息交出去的依据"), [InputRequired(_l("选一项"))], choices=choices(DataBasis))
    data_consents = ticks(_l("单独同意的当事人"))
    notice_given = BooleanField(_l("已告知当事人可以仲裁、找行政机关或者起诉"))

    @classmethod
    def of(cls, found, way, back=None):
        """Return the form of a way out, filled from the case, and from what was sent that way and came ``back``."""
        there = queries.checklist(found)
        usual = DataBasis.COURT_FILING if way.exit in TO_COURT else DataBasis.STATUTORY_DUTY
        known = {
            "to_unit": way.receivers[0].public_id if way.receivers else "", "claims": found.case.claims,
            "amount_fen": found.case.amount_fen, "issues": found.proceeding.issues if found.proceeding else None,
            "is_money_claim": not ACTS.search(found.case.claims or ""), "is_clear": True,
            "checklist": [item.value for item, is_there in there.items() if is_there],
            "data_basis": BASIS_OF.get(way.exit, usual).value, "unsuitable_reason": found.unsuitable_reason,
            "labour": found.labour.value if found.labour else "",
        }
        form = cls(**known | (_as_sent(back, way, there) if back is not None and back.kind == way.exit else {}))
        form.to_unit.choices = [
            *(SelectChoice(unit.public_id, unit.name) for unit in way.receivers), SelectChoice("", _l("别的单位"))
        ]
        form.checklist.choices = choices([item for item in Item if item not in queries.KEPT_HERE])
        listed = at_court.unusual_words(found.case, on=clock.today())
        form.unusual.choices = [SelectChoice(word, word) for word in listed]
        form.data_basis.choices = choices(rules.bases_for(way.exit))
        asked = rules.asked_for_consent(found.parties)
        form.data_consents.choices = [SelectChoice(party.ref, party.name) for party in asked]
        return form

    def suit(self) -> dict:
        """Return what the procedure is worked out from; words that the form does not offer are left out."""
        ticked, ticked_small = set(self.exclusions.data or ()), set(self.small_exclusions.data or ())
        return {
            "amount_fen": self.amount_fen.data, "is_money_claim": self.is_money_claim.data,
            "is_clear": self.is_clear.data, "agreed_small": self.agreed_small.data,
            "agreed_simple": self.agreed_simple.data,
            "more_exclusions": [each for each in Exclusion if each.value in ticked],
            "more_small_exclusions": [each for each in SmallClaimsExclusion if each.value in ticked_small],
        }

    def receiver(self, way):
        """Return the unit that is chosen, else the name that is written."""
        chosen = next((unit for unit in way.receivers if unit.public_id == self.to_unit.data), None)
        return chosen or self.to_name.data or ""

    def values(self, exit: Exit) -> ReferralValues:
        """Return what the operation takes."""
        ticked, suit = set(self.checklist.data or ()), self.suit()
        return ReferralValues(
            kind=exit, to_unit=self.to_unit.data or None, to_name=self.to_name.data or "",
            unsuitable_reason=self.unsuitable_reason.data or "", claims=self.claims.data or "",
            amount_fen=suit["amount_fen"], issues=self.issues.data or "", is_money_claim=suit["is_money_claim"],
            is_clear=suit["is_clear"], agreed_small=suit["agreed_small"], agreed_simple=suit["agreed_simple"],
            exclusions=suit["more_exclusions"], small_exclusions=suit["more_small_exclusions"],
            procedure=Procedure(self.procedure.data) if self.procedure.data else None,
            procedure_reason=self.procedure_reason.data or "",
            labour=LabourPrecondition(self.labour.data) if self.labour.data else None,
            government_decided_on=self.government_decided_on.data,
            checklist={item: item.value in ticked or item in queries.KEPT_HERE for item in Item},
            preservation=self.preservation.data or "", evidence_loss=self.evidence_loss.data or "",
            data_basis=DataBasis(self.data_basis.data), data_consents=self.data_consents.data or (),
            notice_given=self.notice_given.data, evidence_days=self.evidence_days.data,
            unusual=self.unusual.data or (), unusual_confirmed=self.unusual_confirmed.data,
        )


def _as_sent(back, way, there) -> dict:
    """Return what a referral said that came back; what was put into the file since is ticked as well."""
    said = dict(back.flags.get("said", {}))
    ticked = {item for item, was_there in back.checklist.items() if was_there} | {
        item.value for item, is_there in there.items() if is_there
    }
    receivers = [unit for unit in way.receivers if unit.id == back.to_unit_id]
    if back.return_reason == ReturnReason.JURISDICTION:  # not there again
        receivers = [unit for unit in way.receivers if unit.id != back.to_unit_id]
    elsewhere = back.to_name if not receivers and back.return_reason != ReturnReason.JURISDICTION else ""
    return said | {
        "to_unit": receivers[0].public_id if receivers else "", "to_name": elsewhere, "claims": back.claims,
        "amount_fen": back.amount_fen, "issues": back.issues, "checklist": sorted(ticked),
        "data_basis": back.basis_for_data.value, "unsuitable_reason": back.unsuitable_reason,
        "labour": back.labour_precondition.value if back.labour_precondition else "",
        "government_decided_on": back.government_decided_on, "evidence_days": back.flags.get("evidence_days"),
        "unusual": back.flags.get("unusual", []), "notice_given": back.notice_given_on is not None,
        "procedure": said.get("procedure") or "",
    }


class TakeForm(ReportedForm):
    """The receiver takes a case in; a court under its own number."""

    court_no = Text(_l("法院案号（照立案通知书抄）"), longest=60)


class ReturnForm(ReportedForm):
    """The receiver gives a case back."""

    why = RadioField(_l("为什么退回"), [InputRequired(_l("选一项"))], choices=choices(ReturnReason))
    note = Text(_l("说明"), longest=400)

    shown = ("why", "note", "on", "late")


class DecideForm(ReportedForm):
    """What came of a case."""

    outcome = RadioField(_l("结果"), [InputRequired(_l("选一项"))], choices=choices(Outcome))
    note = Text(_l("说明"), longest=400)

    shown = ("outcome", "note", "on", "late")


class FactRow(Form):
    """One fact in one sentence."""

    text = Text(_l("事实"), longest=400)
    evidence = Text(_l("证据"), longest=200)


class UndisputedForm(CreatingForm):
    """Facts that nobody disputes."""

    facts = FieldList(FormField(FactRow), min_entries=LEAST_FACTS)
    disputed = LongText(_l("还有争议的，一行一条"), longest=2000)
    consenting = ticks(_l("同意记载的当事人"))

    @classmethod
    def of(cls, record, proceeding):
        """Return the form, with what was recorded before; points in dispute are those noted when mediation ended."""
        if record is None:
            return cls(prefix="note-", disputed=proceeding.issues)
        return cls(
            prefix="note-", facts=[*record.facts_list, {}], disputed="\n".join(record.disputed_list),
            consenting=list(record.consents),
        )

    def lines(self) -> list[Fact]:
        """Return the facts that were written."""
        rows = [row.form for row in self.facts if row.form.text.data]
        return [Fact(row.text.data, row.evidence.data or "") for row in rows]


class SignUndisputedForm(StepForm):
    """Who has signed the facts."""

    signed = ticks(_l("已签名的当事人"))
    signed_on = DateField(_l("签名日期"), [InputRequired(_l("填日期"))])
    mediator_signed = BooleanField(_l("调解员已签名"))


class ReportForm(CreatingForm):
    """The report to the court that sent the case."""

    course = LongText(_l("调解经过和结果（终止时写过的不用再写）"), longest=2000)
    asks_confirmation = BooleanField(_l("当事人要申请司法确认"))
