"""The forms of judicial confirmation: getting a pack together, and what the court did with it."""

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, DateField, FieldList, Form, FormField, HiddenField, RadioField, SelectField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Optional

from mediation.casefile.cases.rules import ConfirmationState
from mediation.doors.desk.proceedingforms import choices, ticks
from mediation.doors.shared.forms import CreatingForm, StepForm, Text
from mediation.ground import clock
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


class PrepareForm(StepForm):
    """Everything that is got together for a pack; only what was changed is written."""

    court = SelectField(_l("向哪个法院申请"), [Optional()])
    identified = ticks(_l("已核对身份证件原件"))
    property_papers = RadioField(_l("财产权利证明"), choices=choices(PropertyPapers), validators=[Optional()])
    clauses = ticks(_l("请求确认的条款"))
    nothing_against = BooleanField(_l("六种驳回情形都逐条看过，没有"))
    grounds = ticks(_l("有的勾出来"), choices=choices(DismissalGround))
    signs = ticks(_l("虚假调解的迹象，有的勾出来"), choices=choices(ShamSign))
    suspected = BooleanField(_l("怀疑是虚假调解，先停下"))
    cleared_because = Text(_l("怎么查清的"), longest=400)
    signatures = FieldList(FormField(SignatureRow))
    proof_sealed_on = DateField(_l("证明盖章日期"), [Optional()])

    @classmethod
    def of(cls, bundle, competent):
        """Return the form of a pack as it stands."""
        row = bundle.confirmation
        signed = {signature.party_id for signature in row.signatures}
        grounds = row.answers.get("grounds", {})
        unsigned = [party for party in bundle.parties if party.id not in signed]
        form = cls(
            court=row.court_code, property_papers=row.property_papers.value if row.property_papers else None,
            identified=[party.public_id for party in bundle.parties if party.identity_checked_on],
            clauses=[str(number) for number, duty in enumerate(bundle.agreement.duties, 1) if duty.is_confirmable],
            nothing_against=bool(grounds) and not any(grounds.values()),
            grounds=[ground for ground, said in grounds.items() if said], signs=list(row.answers.get("signs", ())),
            suspected=row.sham_suspected, proof_sealed_on=row.proof_sealed_on,
            signatures=[{"party": party.public_id} for party in unsigned],
        )
        form.court.choices = [SelectChoice("", "—"), *(SelectChoice(each.court.code, each.court.name) for each in competent)]
        form.identified.choices = [SelectChoice(party.public_id, party.name) for party in bundle.parties]
        form.clauses.choices = [
            SelectChoice(str(number), f"{number}　{duty.what}") for number, duty in enumerate(bundle.agreement.duties, 1)
        ]
        known = {party.public_id: party for party in bundle.parties}
        for entry in form.signatures:
            party = known.get(entry.form.party.data)
            entry.name_shown = party.name if party else ""
            people = agreements.representatives_of(party) if party else []
            entry.form.by.choices = [SelectChoice("", _l("本人")), *(SelectChoice(each.public_id, each.name) for each in people)]
        return form

    def answers(self) -> dict[str, bool] | None:
        """Return the look at each ground, None while nobody has looked."""
        found = set(self.grounds.data or ())
        if not found and not self.nothing_against.data:
            return None
        return {ground.value: ground.value in found for ground in DismissalGround}


class WhyForm(StepForm):
    """A reason in words."""

    reason = Text(_l("要补什么"), [InputRequired(_l("写明要补什么"))], longest=400)


class DropForm(StepForm):
    """Why no application is made."""

    why = RadioField(_l("为什么不申请了"), [InputRequired(_l("选一项"))], choices=choices(DropReason))
    note = Text(_l("说明"), longest=400)


class FileForm(StepForm):
    """The filing."""

    form = RadioField(_l("怎么申请的"), choices=choices(ApplicationForm), default=ApplicationForm.WRITTEN.value)
    posted_on = DateField(_l("邮寄的，投邮日期"), [Optional()])


class CourtForm(StepForm):
    """Base of what the court did: the day, and why it is entered late."""

    on = DateField(_l("日期"), [InputRequired(_l("填日期"))])
    late = Text(_l("补登理由（7 天以前才要）"), longest=400)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **{"on": clock.today(), **kwargs})


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


class RuledForm(CourtForm):
    """The court's answer."""

    answer = RadioField(_l("法院怎么裁的"), [InputRequired(_l("选一项"))])
    ground = SelectField(_l("理由"), [Optional()])
    received_on = DateField(_l("裁定送达当事人的日期"), [Optional()])
    note = Text(_l("说明"), longest=400)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.answer.choices = choices([state for state in ConfirmationState if state in at_court.STEP_OF])
        self.ground.choices = choices([*DismissalGround, *RefusalGround], "—")
