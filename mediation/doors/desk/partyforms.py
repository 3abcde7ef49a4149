"""The forms of parties, of who stands beside them, of their address for service."""

from flask_babel import lazy_gettext as _l
from flask_babel import lazy_pgettext
from wtforms import BooleanField, DateField, RadioField, SelectChoice, SelectField, SelectMultipleField
from wtforms.validators import InputRequired, Length, Optional, Regexp
from wtforms.widgets import CheckboxInput, ListWidget

from mediation.casefile.cases.rules import AgentAuthority, AgentKind, PartyFlag, PartyRole, Representation
from mediation.doors.desk.intakeforms import options, refuse
from mediation.doors.shared.forms import CreatingForm, DeskForm, LongText, StepForm, Text
from mediation.doors.shared.language import gettext as _
from mediation.ground import clock
from mediation.registry.people import rules as people_rules
from mediation.registry.people.operations import Identity
from mediation.registry.people.rules import IdKind, RevealReason, Sex
from mediation.stages.intake.operations import Helper, Service, Standing
from mediation.stages.intake.rules import POWERS

OWN_FLAGS = [flag for flag in PartyFlag if flag != PartyFlag.WHEREABOUTS_UNKNOWN]  # that one has a tick of its own


def flag_words():
    """Return the words of the flags by their stored keys."""
    return {flag.value: _(flag.label) for flag in PartyFlag}


def ticks(label, choices):
    """Return a field of several ticks."""
    box = {"widget": ListWidget(prefix_label=False), "option_widget": CheckboxInput()}
    return SelectMultipleField(label, choices=choices, validators=[Optional()], **box)


def person_or_organisation():
    """Return the field that tells a person from an organisation."""
    kinds = [SelectChoice("", _l("个人")), SelectChoice("y", lazy_pgettext("party", "单位"))]
    return RadioField(_l("个人还是单位"), choices=kinds, default="", validate_choice=False)


class IdentityFields:
    """Who somebody is. Numbers are checked when they are typed, an empty one stays as it was."""

    name = Text(_l("姓名、名称"), [InputRequired()], longest=100)
    id_kind = SelectField(_l("证件"), choices=options(IdKind))
    id_number = Text(_l("证件号码"), longest=40)
    phone = Text(_l("电话"), longest=40)
    sex = SelectField(_l("性别"), choices=options(Sex, _l("没填")), validators=[Optional()])
    birth_on = DateField(_l("出生日期"), [Optional()])
    ethnic = Text(_l("民族"), longest=20)
    occupation = Text(_l("职业"), longest=60)
    employer = Text(_l("工作单位"), longest=100)
    address = Text(_l("住址、住所地"), longest=400)
    uscc = Text(_l("统一社会信用代码"), longest=18)
    legal_rep_name = Text(_l("法定代表人"), longest=100)
    legal_rep_post = Text(_l("职务"), longest=40)

    PERSONAL = ("sex", "birth_on", "ethnic", "occupation", "employer", "address")
    CORPORATE = ("uscc", "legal_rep_name", "legal_rep_post", "address")

    def validate_id_number(self, field):
        kind = IdKind(self.id_kind.data) if self.id_kind.data in set(IdKind) else IdKind.RESIDENT_ID
        refuse(people_rules.read_id_number(field.data, kind, on=clock.today()).obstacles if field.data else [])

    def validate_phone(self, field):
        refuse(people_rules.phone_obstacles(field.data) if field.data else [])

    def validate_uscc(self, field):
        refuse(people_rules.uscc_obstacles(field.data) if field.data else [])

    def validate_name(self, field):
        refuse(people_rules.name_obstacles(field.data or ""))

    def identity(self, *, is_organisation):
        """Return the fields of an ``Identity`` that were filled in; the covered ones only when they were typed."""
        names = self.CORPORATE if is_organisation else self.PERSONAL
        found = {name: self[name].data or None for name in names}
        found |= {"name": self.name.data, "is_organisation": is_organisation}
        if is_organisation:
            found["uscc"] = self.uscc.data or ""
        elif self.id_number.data:
            found |= {"id_number": self.id_number.data, "id_kind": IdKind(self.id_kind.data)}
        if self.phone.data:
            found["phone"] = self.phone.data
        return found


class AddPartyForm(IdentityFields, CreatingForm):
    """One more party."""

    role = SelectField(_l("身份"), choices=options(PartyRole))
    is_organisation = person_or_organisation()

    def party(self):
        told = self.identity(is_organisation=self.is_organisation.data == "y")
        return {"role": PartyRole(self.role.data), "identity": Identity(**told)}


class PartyForm(IdentityFields, StepForm):
    """What is known of a party: who it is, what must be minded, how it may be reached."""

    role = SelectField(_l("身份"), choices=options(PartyRole))
    is_organisation = person_or_organisation()  # asked only while nobody knows who it is
    flags = ticks(_l("有就勾"), options(OWN_FLAGS))
    whereabouts_unknown = BooleanField(_l("下落不明"))
    lives_on_own_earnings = BooleanField(_l("已满16周岁，以自己的劳动收入为主要生活来源"))
    do_not_call = BooleanField(_l("不要打电话"))
    hours = Text(_l("什么时候可以联系"), longest=60)
    note = Text(_l("怎样联系才安全"), longest=200)
    unavailable = LongText(_l("什么时候来不了"), longest=400)
    reason = Text(_l("改动已填内容的理由"), longest=400)

    def standing(self):
        return Standing(
            PartyRole(self.role.data), frozenset(map(PartyFlag, self.flags.data or ())), self.whereabouts_unknown.data,
            self.lives_on_own_earnings.data,
        )

    def contact(self):
        return {"do_not_call": self.do_not_call.data, "hours": self.hours.data, "note": self.note.data}


class HelperForm(CreatingForm):
    """Who stands beside a party. The second half is asked of agents only."""

    capacity = SelectField(_l("作什么"), choices=options(Representation))
    name = Text(_l("姓名"), [InputRequired()], longest=100)
    sex = SelectField(_l("性别"), choices=options(Sex, _l("没填")), validators=[Optional()])
    relation = Text(_l("与当事人的关系"), longest=40)
    id_number = Text(_l("身份证号"), longest=40)
    phone = Text(_l("电话"), longest=40)
    language = Text(_l("翻译什么语言"), longest=20)
    kind = SelectField(_l("代理人是"), choices=options(AgentKind, _l("不是委托代理人")), validators=[Optional()])
    workplace = Text(_l("执业机构、工作单位"), longest=100)
    licence_no = Text(_l("执业证号"), longest=40)
    authority = RadioField(_l("授权"), choices=options(AgentAuthority), validate_choice=False)
    powers = ticks(_l("特别授权写明的权限"), [SelectChoice(power, _l(power)) for power in POWERS])
    paper_received_on = DateField(_l("收到授权委托书的日期"), [Optional()])

    def validate_phone(self, field):
        refuse(people_rules.phone_obstacles(field.data) if field.data else [])

    def validate_id_number(self, field):
        refuse(people_rules.read_id_number(field.data, on=clock.today()).obstacles if field.data else [])

    def helper(self):
        is_agent = self.capacity.data == Representation.AGENT
        known = self.authority.data in set(AgentAuthority)
        return Helper(
            Representation(self.capacity.data), self.name.data, sex=self.sex.data or None, relation=self.relation.data,
            language=self.language.data if self.capacity.data == Representation.INTERPRETER else None,
            id_number=self.id_number.data or "", phone=self.phone.data or "",
            kind=AgentKind(self.kind.data) if is_agent and self.kind.data else None,
            workplace=self.workplace.data if is_agent else None, licence_no=self.licence_no.data if is_agent else None,
            authority=AgentAuthority(self.authority.data) if is_agent and known else None,
            powers=tuple(self.powers.data or ()) if is_agent else (),
            paper_received_on=self.paper_received_on.data if is_agent else None,
        )


class EndForm(DeskForm):
    reason = Text(_l("为什么不再担任"), [InputRequired()], longest=400)


class AddressForm(CreatingForm):
    """The address for service. Electronic service counts only with the tick (DC-07)."""

    recipient = Text(_l("收件人"), [InputRequired()], longest=100)
    phone = Text(_l("联系电话"), longest=40)
    postcode = Text(
        _l("邮政编码"), [InputRequired(), Length(max=6), Regexp(r"\d{6}", message=_l("邮政编码是 6 位数字"))], longest=6
    )
    address = Text(_l("详细地址"), [InputRequired()], longest=400)
    is_confidential = BooleanField(_l("要求对地址和联系方式保密"))
    agrees_to_electronic = BooleanField(_l("本人明确同意电子送达"))
    mobile = Text(_l("手机号码"), longest=20)
    email = Text(_l("电子邮箱"), longest=100)
    platform = Text(_l("平台账号"), longest=100)

    def validate_phone(self, field):
        refuse(people_rules.phone_obstacles(field.data) if field.data else [])

    def service(self):
        names = ("recipient", "address", "postcode", "phone", "mobile", "email", "platform")
        texts = {name: self[name].data or "" for name in names}
        return Service(
            **texts, agrees_to_electronic=self.agrees_to_electronic.data, is_confidential=self.is_confidential.data
        )


class RevealForm(DeskForm):
    """Why somebody wants to see a number in full (P23)."""

    field = RadioField(
        _l("看哪一项"), choices=[SelectChoice("phone", _l("电话")), SelectChoice("id_number", _l("证件号码"))],
        default="phone",
    )
    reason = RadioField(_l("为什么"), choices=options(RevealReason), default=RevealReason.CALL.value)
    words = Text(_l("说明"), longest=200)
