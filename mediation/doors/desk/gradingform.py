"""The standard by which cases are graded, as a form: one group of conditions for each grade and urgency (ST-02)."""

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, Form, FormField, IntegerField, SelectChoice
from wtforms.validators import NumberRange, Optional

from mediation.casefile.cases.grades import Grade, Risk, Urgency
from mediation.casefile.cases.rules import Trait
from mediation.doors.desk.proceedingforms import ticks
from mediation.doors.desk.settingforms import SettingForm
from mediation.doors.shared.forms import Money
from mediation.doors.shared.language import gettext as _
from mediation.doors.shared.words import money
from mediation.registry.settings.rules import Kind

GRADING = Kind.TABLE, "ST-02"
MOST = 10_000


class Conditions(Form):
    """What speaks for one grade; what is left empty is not asked."""

    people = IntegerField(_l("人数"), [Optional(), NumberRange(1, MOST)])
    amount_fen = Money(_l("争议金额（元）"), [Optional()])
    visits = IntegerField(_l("同一件事来过几次"), [Optional(), NumberRange(1, MOST)])
    relapse = BooleanField(_l("同样双方结案不久又来（复发）"))
    flags = ticks(_l("筛查发现"))
    traits = ticks(_l("纠纷性质"))

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.flags.choices = [SelectChoice(each.value, _(each.label)) for each in Risk]
        self.traits.choices = [SelectChoice(each.value, _(each.label)) for each in Trait]

    def stored(self) -> dict:
        """Return what was filled in, under the names of the rule table."""
        return {field.short_name: field.data for field in self if field.data or type(field.data) is int}


class GradingForm(SettingForm):
    """The whole table; a group without conditions is left out, so that nothing is graded so."""

    own = (Grade.DIFFICULT.value, Grade.SIMPLE.value, Urgency.IMMEDIATE.value, Urgency.URGENT.value)
    groups = own
    difficult = FormField(Conditions, _l("疑难复杂：够上一样就是"))
    simple = FormField(Conditions, _l("简易：都不超过，筛查也没有发现风险"))
    immediate = FormField(Conditions, _l("特急：够上一样就是"))
    urgent = FormField(Conditions, _l("急件：够上一样就是"))

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.simple.form.traits.label.text = _("有这些性质的不算简易")
        del self.simple.form.relapse
        del self.simple.form.flags  # any finding at all keeps a case from being simple

    def value(self):
        found = {name: self[name].form.stored() for name in self.own}
        return {name: group for name, group in found.items() if group}

    @classmethod
    def data_of(cls, value):
        return {name: value.get(name, {}) for name in cls.own}


def grading_words(value: dict) -> str:
    """Return a stored standard as people read it, one sentence a grade."""
    found = []
    for each in (*Grade, *Urgency):
        if each in value:
            said = {"grade": _(each.label), "conditions": _("、").join(_conditions(each, value[each.value]))}
            is_simple = each is Grade.SIMPLE
            found.append(
                _("%(grade)s（都不超过）：%(conditions)s", **said) if is_simple
                else _("%(grade)s（够上一样）：%(conditions)s", **said)
            )
    return _("；").join(found)


def _conditions(grade, group):
    words = {
        "people": lambda many: _("%(many)s人", many=many),
        "amount_fen": lambda fen: _("%(yuan)s 元", yuan=money(fen)),
        "visits": lambda many: _("来过%(many)s次", many=many),
        "relapse": lambda _so: _("复发"),
        "flags": lambda keys: _("、").join(_(Risk(each).label) for each in keys),
        "traits": lambda keys: _traits(grade, _("、").join(_(Trait(each).label) for each in keys)),
    }
    return [say(group[name]) for name, say in words.items() if name in group]


def _traits(grade, traits):
    return _("%(traits)s不算简易", traits=traits) if grade is Grade.SIMPLE else traits
