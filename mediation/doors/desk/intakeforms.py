"""The forms of the window: registration, screening, correction."""

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, DateField, HiddenField, IntegerField, RadioField, SelectChoice, SelectField
from wtforms.validators import InputRequired, Length, NumberRange, Optional, ValidationError

from mediation.casefile.cases.rules import Channel
from mediation.casefile.papers import operations as papers
from mediation.doors.desk import pickers
from mediation.doors.shared.forms import CreatingForm, LongText, Money, StepForm, Text
from mediation.doors.shared.guard import actor
from mediation.doors.shared.language import gettext as _
from mediation.doors.shared.words import sentence
from mediation.ground import clock
from mediation.registry.access.rules import Role
from mediation.registry.people import rules as people_rules
from mediation.registry.people.operations import Identity
from mediation.registry.people.rules import Capacity
from mediation.registry.points import queries as points
from mediation.stages.intake import rules
from mediation.stages.intake.likeness import Told, pairs
from mediation.stages.intake.operations import Belonging, Belongs, Matter, Origin
from mediation.stages.intake.rules import Elsewhere, Question
from mediation.stages.proceedings.rules import Procedure

SHORT_QUESTIONS = {
    Question.CRIME: _l("犯罪线索"), Question.VIOLENCE: _l("家暴"), Question.MINOR_AT_RISK: _l("未成年人"),
    Question.HARM: _l("伤人自伤"), Question.COLLECTIVE: _l("十人以上"),
}


def options(words, empty=None):
    """Return the options of a list of stored words, translated when they are shown."""
    first = [SelectChoice("", empty)] if empty is not None else []
    return first + [SelectChoice(word.value, _l(word.label)) for word in words]


def refuse(obstacles):
    """Say at a field what a rule holds against what was typed there."""
    if obstacles:
        raise ValidationError(" ".join(map(sentence, obstacles)))


class ScreeningFields:
    """The five questions as ticks, and the tick that says no to all of them."""

    crime = BooleanField(SHORT_QUESTIONS[Question.CRIME])
    violence = BooleanField(SHORT_QUESTIONS[Question.VIOLENCE])
    minor_at_risk = BooleanField(SHORT_QUESTIONS[Question.MINOR_AT_RISK])
    harm = BooleanField(SHORT_QUESTIONS[Question.HARM])
    collective = BooleanField(SHORT_QUESTIONS[Question.COLLECTIVE])
    none = BooleanField(_l("都没有"))
    capacity = RadioField(
        _l("受害人"),
        choices=[SelectChoice("full", _l("成年人")), SelectChoice("limited", _l("未成年或没有完全行为能力"))],
        validate_choice=False,
    )

    def ticked(self):
        """Return the questions answered with yes."""
        return [question for question in Question if self[question.value].data]

    def answers(self):
        """Return the answers, None while nobody has answered: no tick at all says nothing."""
        yes = self.ticked()
        return {question: question in yes for question in Question} if yes or self.none.data else None

    def victim_capacity(self):
        known = self.capacity.data in set(Capacity)
        return Capacity(self.capacity.data) if self.violence.data and known else None


class OriginFields:
    """By which way the dispute came; seldom touched, so folded away."""

    channel = SelectField(_l("渠道"), choices=options(Channel))
    point = SelectField(_l("说事点"), choices=[], validators=[Optional()], validate_choice=False)
    outside_no = Text(_l("对方的编号（工单号、委派函号）"), [Optional()], longest=80)
    applied_on = DateField(_l("哪天申请的"), [Optional()])
    court_name = Text(_l("哪个法院交来的"), [Optional()])
    court_no = Text(_l("法院案号"), [Optional()], longest=60)
    court_procedure = SelectField(
        _l("委托案件的程序"), choices=options(Procedure, _l("不是委托的")), validators=[Optional()]
    )
    court_received_on = DateField(_l("法院材料签收日期"), [Optional()])
    pending_elsewhere = SelectField(
        _l("别处已受理或已处理"), choices=options(Elsewhere, _l("没有")), validators=[Optional()]
    )
    pending_since = DateField(_l("从哪天起"), [Optional()])

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.point.choices = pickers.points(centre_id=actor().centre_id, chosen=self.point.data)

    def chosen_point(self):
        """Return the collection point that is chosen, None for none or one that the centre does not have."""
        return points.by_public_id(self.point.data, centre_id=actor().centre_id)


class RegisterForm(ScreeningFields, OriginFields, CreatingForm):
    """Nine fields that take the focus; everything else is hidden, folded or asked afterwards."""

    name = Text(_l("来人姓名"), [InputRequired(_l("没有写来的是谁"))], longest=200)
    phone = Text(_l("电话（没有就写“无”）"), [InputRequired(_l("没有写电话，没有就写“无”"))], longest=40)
    id_number = Text(_l("身份证号"), longest=40)
    other = Text(
        _l("对方（姓名或单位，可带电话、住处；不知道就写“不详”）"),
        [InputRequired(_l("没有写对方是谁，不知道就写“不详”"))],
        longest=400,
    )
    story = LongText(_l("发生了什么"), [InputRequired(_l("没有写发生了什么"))])
    claims = Text(_l("要求什么"), longest=2000)
    place = Text(_l("地点（拼音首字母，如 wyqj）"), longest=120)
    kind = Text(_l("类型"), [InputRequired(_l("没有选纠纷类型"))], longest=60)
    amount = Money(_l("金额（元）"))
    area_code = HiddenField(validators=[Length(max=15)])
    type_code = HiddenField(validators=[Length(max=40)])
    data_notice = HiddenField(validators=[Length(max=40)])
    belongs = Text(_l("这次来访"), [Optional()], longest=40)  # "repeat:public id": radios in the panel
    order = HiddenField(validators=[Length(max=22)])  # the row of an imported sheet that is completed here
    letter = HiddenField(validators=[Length(max=22)])  # the court's letter that is registered here
    by_hand = BooleanField(_l("字体里没有的字，回执上留空，用笔写上"))  # asked only when a character has no glyph

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if actor().role is Role.MEDIATOR:  # registers what they found themselves, nothing else
            self.channel.choices = options([Channel.PATROL])
            self.channel.data = Channel.PATROL.value

    NEEDED = ("name", "phone", "other", "story", "kind")

    def missing(self):
        """Return the labels of what must still be filled in."""
        short = {"other": _("对方"), "phone": _("电话")}
        return [short.get(name) or self[name].label.text for name in self.NEEDED if not (self[name].data or "").strip()]

    def visitors(self):
        return rules.read_side(self.name.data or "")

    def other_side(self):
        return rules.read_side(self.other.data or "")

    def validate_phone(self, field):
        refuse(people_rules.phone_obstacles(field.data) if field.data else [])

    def validate_id_number(self, field):
        if not field.data:
            return
        first = next(iter(self.visitors().parties), None)
        if first is not None and first.is_organisation:
            refuse(people_rules.uscc_obstacles(field.data))
        else:
            refuse(people_rules.read_id_number(field.data, on=clock.today()).obstacles)

    def validate_other(self, field):
        side = self.other_side()
        if field.data and not side.parties and not side.is_unknown:
            raise ValidationError(_("看不出对方是谁，先写姓名，再用逗号隔开别的"))

    def validate_kind(self, field):
        if field.data and self.chosen_type() is None:
            raise ValidationError(pickers.unknown_words(_("类型")))

    def chosen_type(self):
        return pickers.type_code(self.kind.data or "", self.type_code.data, centre_id=actor().centre_id)

    def chosen_place(self):
        return pickers.place_code(self.place.data or "", self.area_code.data, centre_id=actor().centre_id)

    def applicants(self):
        """Return who came; phone and number are those of the first one named."""
        first, *rest = self.visitors().parties
        number = "uscc" if first.is_organisation else "id_number"
        speaker = Identity(
            first.name, is_organisation=first.is_organisation, phone=self.phone.data, address=first.address or None,
            **{number: self.id_number.data or ""},
        )
        return [speaker, *map(identity_of, rest)]

    def values(self):
        """Return what ``intake.register`` takes."""
        other = self.other_side()
        return {
            "applicants": self.applicants(),
            "respondents": [identity_of(told) for told in other.parties],
            "unknown_side": other.note if other.is_unknown else None,
            "matter": Matter(
                story=self.story.data, type_code=self.chosen_type() or "", claims=self.claims.data or "",
                amount_fen=self.amount.data, area_code=self.chosen_place(), place=self.place.data or None,
                people=max(self.visitors().people, other.people),
            ),
            "origin": self.origin(),
            "data_notice": self.data_notice.data or "",
            "by_hand": self.by_hand.data,
            "belongs": self.chosen_case(),
        }

    def chosen_case(self):
        """Return to which earlier case this visit belongs and how, None for a new case."""
        kind, _colon, public_id = (self.belongs.data or "").partition(":")
        if kind not in set(Belonging) - {Belonging.NEW}:
            return None
        return Belongs(Belonging(kind), public_id)

    def told(self):
        """Return what is compared with earlier cases."""
        sides = self.visitors(), self.other_side()
        ours, theirs = (tuple(told.name for told in side.parties) for side in sides)
        return Told(
            ours, theirs, area_code=self.chosen_place() or "", story=pairs(self.story.data or ""),
            channel=self.known_channel(), outside_no=(self.outside_no.data or "").strip(),
        )

    def lacks_a_character(self):
        """Say whether a character that no font draws barred the save: then the clerk chooses."""
        return self.by_hand.data or any(getattr(error, "key", "") == papers.Bar.NO_GLYPH for error in self.form_errors)

    def known_channel(self):
        return Channel(self.channel.data) if self.channel.data in set(Channel) else Channel.WINDOW

    def origin(self):
        return Origin(
            channel=self.known_channel(), point=self.point.data or None, outside_no=self.outside_no.data,
            applied_on=self.applied_on.data, court_name=self.court_name.data, court_no=self.court_no.data,
            court_procedure=self.court_procedure.data, court_received_on=self.court_received_on.data,
            elsewhere=Elsewhere(self.pending_elsewhere.data) if self.pending_elsewhere.data else None,
            elsewhere_since=self.pending_since.data,
        )


def identity_of(told):
    """Return the identity of a party as one line told it."""
    return Identity(told.name, is_organisation=told.is_organisation, phone=told.phone, address=told.address or None)


class ScreenForm(ScreeningFields, CreatingForm):
    """The five questions on a page of their own, with the party who suffers."""

    victim = SelectField(_l("受害的是哪一方"), choices=[], validators=[Optional()])

    def __init__(self, *args, parties=(), **kwargs):
        super().__init__(*args, **kwargs)
        self.victim.choices = [SelectChoice("", _("不是当事人，或说不清"))]
        self.victim.choices += [SelectChoice(party.public_id, party.name) for party in parties if party.person_id]


class LearnForm(ScreenForm):
    """What was learnt after the screening; only what is new is ticked."""

    none = None
    words = LongText(_l("看到、听到了什么"), [InputRequired(_l("没有写看到、听到了什么"))], longest=400)


class CorrectForm(OriginFields, StepForm):
    """What may be corrected of a case, with the reason."""

    story = LongText(_l("发生了什么"), [InputRequired()])
    claims = LongText(_l("要求什么"), longest=2000)
    kind = Text(_l("类型"), [InputRequired()], longest=60)
    cause = Text(_l("案由"), longest=120)
    amount_fen = Money(_l("金额（元）"))
    area = Text(_l("地点（镇、村）"), longest=120)
    place = Text(_l("地点写法"), longest=120)
    object_area = Text(_l("争议的东西在哪里（不动产）"), longest=120)
    people_count = IntegerField(_l("人多的一方有几人"), [InputRequired(), NumberRange(1, 100_000)])
    reason = Text(_l("为什么更正"), [InputRequired(_l("没有写更正的理由"))], longest=400)
    type_code = HiddenField(validators=[Length(max=40)])
    cause_code = HiddenField(validators=[Length(max=40)])
    area_code = HiddenField(validators=[Length(max=15)])
    object_area_code = HiddenField(validators=[Length(max=15)])

    PLAIN = (
        "story", "claims", "amount_fen", "place", "people_count", "channel", "outside_no", "applied_on", "court_name",
        "court_no", "court_procedure", "court_received_on", "pending_elsewhere", "pending_since",
    )

    @staticmethod
    def words_of(stored):
        """Return stored fields as this form shows them: codes with their names."""
        whose = {"centre_id": actor().centre_id}
        point = points.point(stored["point_id"], **whose)
        return stored | {
            "kind": pickers.type_label(stored["type_code"], **whose),
            "cause": pickers.cause_label(stored["cause_code"], **whose),
            "area": pickers.place_label(stored["area_code"], **whose),
            "point": point.public_id if point else "",
            "object_area": pickers.place_label(stored["object_area_code"], **whose),
        }

    def validate_kind(self, field):
        self._must_be_known(field, self.changes()["type_code"], _("类型"))

    def validate_cause(self, field):
        self._must_be_known(field, self.changes()["cause_code"], _("案由"))

    def validate_area(self, field):
        self._must_be_known(field, self.changes()["area_code"], _("地点"))

    def validate_object_area(self, field):
        self._must_be_known(field, self.changes()["object_area_code"], _("地点"))

    def _must_be_known(self, field, code, what):
        if field.data and code is None:
            raise ValidationError(pickers.unknown_words(what))

    def changes(self):
        """Return the fields as ``intake.correct`` takes them."""
        whose = {"centre_id": actor().centre_id}
        point = self.chosen_point()
        return {name: self[name].data for name in self.PLAIN} | {
            "point_id": point.id if point else None,
            "type_code": pickers.type_code(self.kind.data or "", self.type_code.data, **whose),
            "cause_code": pickers.cause_code(self.cause.data or "", self.cause_code.data, **whose),
            "area_code": pickers.place_code(self.area.data or "", self.area_code.data, **whose),
            "object_area_code": pickers.place_code(self.object_area.data or "", self.object_area_code.data, **whose),
        }
