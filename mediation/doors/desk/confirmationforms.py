"""The forms of judicial confirmation: getting a pack together, and what the court did with it."""

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, DateField, FieldList, Form, FormField, HiddenField, RadioField, SelectField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Optional

from mediation.casefile.cases.rules import ConfirmationState
from mediation.doors.desk.proceedingforms import choices, ticks
from mediation.doors.shared.forms import CreatingForm, LongText, ReportedForm, StepForm, Text
from mediation.stages.agreements import operations as agreements
from mediation.stages.agreements.rules import SignatureKind
from mediation.stages.confirmation import at_court
from mediation.stages.confirmation.rules import (
    ApplicationForm,
    CourtStepKind,
    DismissalGround,
    DropReason,
    PropertyPapers,
    RefusalGround,
    ShamSign,
)


class RestoreForm(CreatingForm):
    """Why the time to apply was missed, and when what hindered the parties ended (PT-08)."""

    ended_on = DateField(_l("障碍哪天消除的"), [InputRequired(_l("填日期"))])
    why = LongText(_l("因为什么耽误了"), [InputRequired(_l("没有写因为什么耽误了"))], longest=400)


class HandOverForm(CreatingForm):
    """Nothing to fill in: the pack is made of the case."""


class SignatureRow(Form):
    """One party's signature under the application."""

    party = HiddenField()
    signed_on = DateField(_l("签申请书的日期"), validators=[Optional()])
    kind = SelectField(_l("方式"), choices=choices(SignatureKind), default=SignatureKind.SIGNATURE.value)
    by = SelectField(_l("谁签的"), validators=[Optional()])
    written_by = Text(_l("代书人"))
    witness = Text(_l("见证人"))

    def values(self) -> dict:
        """Return what the operation takes."""
        return {
            "signed_on": self.signed_on.data, "kind": self.kind.data, "representative": self.by.data or None,
            "written_by": self.written_by.data or None, "witness": self.witness.data or None,
        }


def signed(bundle) -> dict[str, dict]:
    """Return the signatures that are recorded, by the party's public id, as :meth:`SignatureRow.values` has them."""
    people = {row.id: row.public_id for party in bundle.parties for row in party.representatives}
    refs = {party.id: party.public_id for party in bundle.parties}
    return {
        refs[row.party_id]: {
            "signed_on": row.signed_on, "kind": row.kind.value, "representative": people.get(row.representative_id),
            "written_by": row.written_by, "witness": row.witness,
        }
        for row in bundle.confirmation.signatures
    }


class PrepareForm(StepForm):
    """Everything that is got together for a pack; only what was changed is written."""

    court = SelectField(_l("向哪个法院申请"), [Optional()])
    identified = ticks(_l("看过身份证件原件的"))
    property_papers = RadioField(_l("财产权利证明"), choices=choices(PropertyPapers), validators=[Optional()])
    clauses = ticks(_l("请求确认的条款"))
    nothing_against = BooleanField(_l("六种驳回情形都逐条看过，没有"))
    grounds = ticks(_l("有的勾出来"), choices=choices(DismissalGround))
    signs = ticks(_l("虚假调解的迹象，有的勾出来"), choices=choices(ShamSign))
    suspected = BooleanField(_l("怀疑是虚假调解，先停下"))
    cleared_because = Text(_l("怎么查清的"), longest=400)
    by_hand = BooleanField(_l("字体里没有的字，文书上留空手写"))
    late = BooleanField(_l("已过期限，只出“逾期草稿”"))
    signatures = FieldList(FormField(SignatureRow))
    proof_sealed_on = DateField(_l("证明盖章日期"), [Optional()])

    @classmethod
    def of(cls, bundle, competent):
        """Return the form of a pack as it stands."""
        row, known = bundle.confirmation, signed(bundle)
        grounds = row.answers.get("grounds", {})
        form = cls(
            version=row.version, court=row.court_code, proof_sealed_on=row.proof_sealed_on,
            property_papers=row.property_papers.value if row.property_papers else None,
            identified=[party.public_id for party in bundle.parties if party.identity_checked_on],
            clauses=[str(number) for number, duty in enumerate(bundle.agreement.duties, 1) if duty.is_confirmable],
            nothing_against=bool(grounds) and not any(grounds.values()),
            grounds=[ground for ground, said in grounds.items() if said], signs=list(row.answers.get("signs", ())),
            suspected=row.sham_suspected, signatures=[_signature_of(party, known) for party in bundle.parties],
        )
        form._offer(bundle, competent)
        return form

    def _offer(self, bundle, competent):
        courts = [SelectChoice(each.court.code, each.court.name) for each in competent]
        self.court.choices = [SelectChoice("", "—"), *courts]
        self.identified.choices = [SelectChoice(party.public_id, party.name) for party in bundle.parties]
        numbered = enumerate(bundle.agreement.duties, 1)
        self.clauses.choices = [SelectChoice(str(number), f"{number}　{duty.what}") for number, duty in numbered]
        parties = {party.public_id: party for party in bundle.parties}
        for entry in self.signatures:
            party = parties.get(entry.form.party.data)
            people = agreements.representatives_of(party) if party else []
            signers = [SelectChoice(each.public_id, each.name) for each in people]
            entry.name_shown = party.name if party else ""
            entry.form.by.choices = [SelectChoice("", _l("本人")), *signers]

    def answers(self) -> dict[str, bool] | None:
        """Return the look at each ground, None while nobody has looked."""
        found = set(self.grounds.data or ())
        if not found and not self.nothing_against.data:
            return None
        return {ground.value: ground.value in found for ground in DismissalGround}


def _signature_of(party, known):
    row = known.get(party.public_id, {})
    return {"party": party.public_id, "by": row.get("representative"), **row}


class WhyForm(StepForm):
    """A reason in words."""

    reason = Text(_l("要补什么"), [InputRequired(_l("写明要补什么"))], longest=400)


class DropForm(StepForm):
    """Why no application is made."""

    why = RadioField(_l("为什么不申请了"), [InputRequired(_l("选一项"))], choices=choices(DropReason))
    note = Text(_l("说明"), longest=400)


class CourtForm(ReportedForm):
    """Base of what happens at the court."""

    def value(self, name):
        """Return what was typed in a field, None where the form has no such field or it is empty."""
        return self[name].data or None if name in self else None


class FileForm(CourtForm):
    """The filing."""

    form = RadioField(_l("怎么申请的"), choices=choices(ApplicationForm), default=ApplicationForm.WRITTEN.value)
    posted_on = DateField(_l("邮寄的，投邮日期"), [Optional()])


class AcceptedForm(CourtForm):
    """The court took the application in."""

    court_no = Text(_l("法院案号（照受理通知书抄）"), [InputRequired(_l("写法院的案号"))], longest=60)


class AskedForm(CourtForm):
    """The court asks, summons, takes longer; or what answers it."""

    kind = RadioField(_l("什么事"), [InputRequired(_l("选一项"))])
    due_on = DateField(_l("法院定的日期"), [Optional()])
    note = Text(_l("说明"), longest=400)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.kind.choices = choices([kind for kind in CourtStepKind if kind in at_court.BETWEEN])


class ObjectionForm(CourtForm):
    """Somebody objects to the ruling, or the court rejects the objection."""

    kind = RadioField(_l("什么事"), [InputRequired(_l("选一项"))], choices=choices(at_court.OBJECTING))
    note = Text(_l("说明"), longest=400)

    shown = ("kind", "on", "note", "late")


class AnswerForm(CourtForm):
    """The court's answer that needs no ground."""

    note = Text(_l("说明"), longest=400)

    shown = ("on", "note", "late")


class ConfirmedForm(AnswerForm):
    """The court confirmed."""

    received_on = DateField(_l("裁定送达当事人的日期（还没送达就空着）"), [Optional()])

    shown = ("on", "received_on", "note", "late")


class DismissedForm(AnswerForm):
    """The court dismissed; what it should not have taken in is dismissed too."""

    ground = RadioField(
        _l("裁定写的理由"), [InputRequired(_l("选一项"))], choices=choices((*DismissalGround, *RefusalGround))
    )

    shown = ("ground", "on", "note", "late")


class RefusedForm(AnswerForm):
    """The court did not take the application in."""

    ground = RadioField(_l("不予受理的理由"), [InputRequired(_l("选一项"))], choices=choices(RefusalGround))

    shown = ("ground", "on", "note", "late")


FORM_OF = {
    ConfirmationState.CONFIRMED: ConfirmedForm,
    ConfirmationState.DISMISSED: DismissedForm,
    ConfirmationState.REFUSED: RefusedForm,
}


def answer_form(answer: ConfirmationState) -> AnswerForm:
    """Return the form of one answer of the court."""
    return FORM_OF.get(answer, AnswerForm)()
