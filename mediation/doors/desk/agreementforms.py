"""The forms of agreements."""

from functools import partial

from flask_babel import lazy_gettext as _l
from wtforms import DateField, FieldList, Form, FormField, HiddenField, IntegerField, SelectField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Optional
from wtforms.widgets import HiddenInput

from mediation.casefile.cases.needs import READ_NOT
from mediation.casefile.cases.rules import Representation
from mediation.doors.shared.forms import ComparedForm, CreatingForm, LongText, Money, StepForm, Text
from mediation.doors.shared.language import gettext as _
from mediation.ground import clock
from mediation.stages.agreements import operations as agreements
from mediation.stages.agreements.operations import ClauseValues
from mediation.stages.agreements.rules import ClauseKind, Manner, SignatureKind, Signer, Subject

BLANK_ROWS = 2
MONEY_MANNERS = (Manner.TRANSFER, Manner.CASH, Manner.MOBILE)
EVERYBODY = "*"


def _choices(enum, first=None):
    found = [SelectChoice(member.value, _l(member.label)) for member in enum]
    return ([SelectChoice("", first)] if first is not None else []) + found
CLAUSES = "clauses_of"  # posted by the conflict's page: whose clauses hold


class ClauseForm(Form):
    """One row: who owes whom what, how much, by when, how."""

    obligor = SelectField(_l("谁"), validators=[Optional()])
    obligee = SelectField(_l("对谁"), validators=[Optional()])
    what = Text(_l("做什么"), longest=1000)
    amount = Money(_l("金额（元）"))
    due_on = DateField(_l("最晚哪天"), validators=[Optional()])
    manner = SelectField(_l("怎么履行"), choices=_choices(Manner, "—"), validators=[Optional()])
    subject = SelectField(_l("内容性质"), choices=_choices(Subject, _l("自动判断")), validators=[Optional()])

    def parts(self) -> tuple:
        """Return what a row says, in the order in which it is read aloud."""
        names = {choice.value: choice.label for choice in self.obligor.choices}
        money = f"{self.amount.data / 100:,.2f}" if self.amount.data else None
        return names.get(self.obligor.data), self.what.data, money, self.due_on.data

    @property
    def is_blank(self) -> bool:
        return not (self.what.data or self.amount.data or self.due_on.data)

    def values(self, parties: list[str], account: str | None) -> ClauseValues:
        """Return the row as the operation takes it; money makes it a payment, no day and no manner a mere term."""
        pays = self.amount.data is not None
        manner = self.manner.data or None
        if not pays and manner in MONEY_MANNERS:
            manner = Manner.WORK if self.due_on.data else None
        kind = ClauseKind.PAY if pays else ClauseKind.DO if self.due_on.data or manner else ClauseKind.TERM
        return ClauseValues(
            kind=kind, what=self.what.data or "", obligors=_who(self.obligor.data, parties),
            obligees=_who(self.obligee.data, parties), amount_fen=self.amount.data, due_on=self.due_on.data,
            manner=manner, account=account if manner == Manner.TRANSFER else None, subject=self.subject.data or None,
        )


def _who(chosen, parties):
    if chosen == EVERYBODY:
        return tuple(parties)
    return (chosen,) if chosen else ()


class BeginForm(CreatingForm):
    """Nothing to fill in: everything comes from the case."""


class TextForm(ComparedForm):
    """The text of an agreement."""

    facts = LongText(_l("主要事实和争议"), [InputRequired(_l("写明纠纷的主要事实和争议事项"))])
    responsibility = LongText(_l("各方责任（可不填）"))
    total = Money(_l("协议总额（元）"))
    clauses = FieldList(FormField(ClauseForm))
    account = Text(_l("收款账户：户名、开户行、账号"), longest=300)
    breach_clause = LongText(_l("违约责任"), longest=2000)
    place = Text(_l("签订地点"))
    version = IntegerField(widget=HiddenInput(), validators=[InputRequired()])
    agreed_on = DateField(_l("达成协议的日期"), validators=[Optional()])
    reason = Text(_l("补登理由（7 天以前才要）"), longest=400)
    _parties = None

    @classmethod
    def of(cls, agreement, parties, **more):
        """Return the form of a draft, its rows filled and two blank ones below."""
        rows = [_row_of(duty, parties) for duty in agreement.duties]
        account = next((duty.account for duty in agreement.duties if duty.account), None)
        form = cls(
            facts=agreement.facts, responsibility=agreement.responsibility, total=agreement.total_fen,
            breach_clause=agreement.breach_clause, place=agreement.place, version=agreement.version, account=account,
            clauses=rows + _blank_rows(parties, 3 - len(rows) if len(rows) < 3 else BLANK_ROWS),
            agreed_on=clock.today(), **more,
        )
        form.know(parties)
        form.mark_shown()
        return form

    def more_compared(self) -> dict[str, str]:
        """Return the clauses, once the parties that they name are known."""
        return {CLAUSES: self.clause_words()} if self._parties is not None else {}

    def know(self, parties) -> None:
        """Offer the parties in every row."""
        self._parties = [key for key, _name in parties]
        for entry in self.clauses:
            _offer(entry.form, parties)
        self.blank = ClauseForm(prefix=f"{self.clauses.name}-__n__-")
        _offer(self.blank, parties)

    def values(self) -> dict:
        """Return what the operation takes."""
        account = self.account.data or None
        return {
            "facts": self.facts.data or "", "responsibility": self.responsibility.data or None,
            "total_fen": self.total.data,
            "breach_clause": self.breach_clause.data or None, "place": self.place.data or None,
            "clauses": [entry.form.values(self._parties, account) for entry in self.clauses if not entry.form.is_blank],
        }


    def texts(self) -> dict:
        """Return the single fields with the version, as two people compare them."""
        compared = ("facts", "responsibility", "total", "breach_clause", "place", "version")
        return {name: self[name].data for name in compared}

    def clause_words(self) -> str:
        """Return the rows in words, for comparing them as a whole."""
        rows = [entry.form for entry in self.clauses if not entry.form.is_blank]
        return "；".join(" ".join(str(part) for part in row.parts() if part) for row in rows) or _("空")


class OralForm(TextForm):
    """An oral agreement: the same rows, and the day on which the parties agreed."""

    key = HiddenField()
    version = IntegerField(widget=HiddenInput(), validators=[Optional()])
    agreed_on = DateField(_l("达成口头协议的日期"), [InputRequired()])

    @classmethod
    def of_case(cls, case, parties):
        """Return a blank form with the story of the case."""
        form = cls(facts=case.story, agreed_on=clock.today(), clauses=_blank_rows(parties, 2))
        form.know(parties)
        if not form.key.data:
            form.key.data = CreatingForm().key.data
        return form


def _offer(row, parties):
    people = [SelectChoice(key, name) for key, name in parties]
    everybody = [SelectChoice(EVERYBODY, _l("各方"))]
    row.obligor.choices = [SelectChoice("", "—"), *people, *everybody]
    row.obligee.choices = [SelectChoice("", "—"), *people, *everybody]


def _row_of(duty, parties):
    return {
        "obligor": _chosen(duty.obligors["parties"], parties), "obligee": _chosen(duty.obligees["parties"], parties),
        "what": duty.what, "amount": duty.amount_fen, "due_on": duty.due_on, "manner": duty.manner or "",
        "subject": duty.subject or "",
    }


def _chosen(refs, parties):
    if len(refs) > 1 and len(refs) == len(parties):
        return EVERYBODY
    return refs[0] if refs else ""


def _blank_rows(parties, count):
    pays = parties[-1][0] if len(parties) > 1 else ""
    gets = parties[0][0] if parties else ""
    return [{"obligor": pays, "obligee": gets, "manner": Manner.TRANSFER.value} for _row in range(count)]


class PartySignatureForm(Form):
    """One party's signature."""

    party = HiddenField()
    signed_on = DateField(_l("签字日期"), validators=[Optional()])
    kind = SelectField(_l("方式"), choices=_choices(SignatureKind), default=SignatureKind.SIGNATURE.value)
    by = SelectField(_l("谁签的"), validators=[Optional()])
    written_by = Text(_l("代书人"))
    witness = Text(_l("见证人"))
    read_by = Text(_l("谁读给本人听的"))
    consented_on = DateField(_l("由代表人签的：本人书面同意日期"), validators=[Optional()])


class SignForm(StepForm):
    """All signatures that are still missing."""

    parties = FieldList(FormField(PartySignatureForm))
    mediator_on = DateField(_l("调解员签字日期"), validators=[Optional()])
    sealed_on = DateField(_l("调解组织盖章日期"), validators=[Optional()])

    @classmethod
    def of(cls, agreement, parties, signed):
        """Return a form with a row for each party that has not signed."""
        missing = [party for party in parties if party.public_id not in signed and party.role != "outsider"]
        form = cls(parties=[{"party": party.public_id} for party in missing])
        by_id = {party.public_id: party for party in missing}
        for entry in form.parties:
            party = by_id.get(entry.form.party.data)
            entry.name_shown = party.name if party else ""
            choices = [SelectChoice("", _l("本人"))]
            if party:
                choices += [SelectChoice(row.public_id, f"{row.name}") for row in agreements.representatives_of(party)]
            entry.form.by.choices = choices
            helpers = party.representatives if party else ()
            flags = set((party.flags or {}).get("flags", ())) if party else set()
            entry.is_read_to = bool(flags & READ_NOT)
            entry.has_speaker = any(row.capacity == Representation.GROUP_REP for row in helpers)
        form.has_mediator = any(row.signer == Signer.MEDIATOR for row in agreement.signatures)
        form.has_seal = any(row.signer == Signer.BODY for row in agreement.signatures)
        return form

    def acts(self):
        """Return one operation for each date that was filled in."""
        for entry in self.parties:
            row = entry.form
            if row.signed_on.data:
                yield partial(
                    _sign_party, party=row.party.data, signed_on=row.signed_on.data, kind=row.kind.data,
                    representative=row.by.data or None, written_by=row.written_by.data or None,
                    witness=row.witness.data or None, read_by=row.read_by.data or None,
                    consented_on=row.consented_on.data,
                )
        if self.mediator_on.data and not self.has_mediator:
            yield partial(agreements.sign_mediator, signed_on=self.mediator_on.data)
        if self.sealed_on.data and not self.has_seal:
            yield partial(agreements.seal, sealed_on=self.sealed_on.data)


def _sign_party(public_id, *, party, **values):
    agreements.sign_party(public_id, party, **values)


class ReasonForm(CreatingForm):
    """A reason."""

    reason = Text(_l("为什么重拟"), [InputRequired(_l("要写理由"))], longest=400)


class FiledForm(StepForm):
    """The day on which the court got the agreement."""

    filed_on = DateField(_l("报法院的日期"), [InputRequired()])
