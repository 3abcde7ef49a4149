"""The forms of routing rules: what a rule asks is chosen from fields, never written as it is stored."""

from functools import partial

from flask_babel import lazy_gettext as _l
from wtforms import DateField, IntegerField, SelectField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Optional

from mediation.casefile.cases.grades import Grade
from mediation.casefile.cases.rules import PartyFlag, Risk, Source, Track, Trait
from mediation.doors.desk import pickers
from mediation.doors.desk.proceedingforms import choices, ticks
from mediation.doors.shared.forms import CreatingForm, Money, StepForm, Text
from mediation.doors.shared.language import gettext as _
from mediation.ground import clock
from mediation.registry.causes import queries as causes
from mediation.registry.regions import queries as regions
from mediation.registry.regions.rules import AreaLevel
from mediation.registry.units import queries as units
from mediation.registry.units.rules import TRACKS_OF

LISTS = ("types", "traits", "areas", "sources", "flags", "without_flags", "grades")
FIGURES = ("amount_from_fen", "amount_to_fen", "people_from")
LEVELS = (AreaLevel.COUNTY, AreaLevel.TOWN, AreaLevel.VILLAGE)


class BeginForm(CreatingForm):
    why = Text(_l("为什么改"), [InputRequired(_l("写明为什么改"))], longest=400)


class PublishForm(StepForm):
    valid_from = DateField(_l("从哪天起用"), [InputRequired(_l("填日期"))])


class RuleForm(StepForm):
    """One rule; empty conditions are not asked. The conditions that are filled in must all hold."""

    name = Text(_l("名称"), [InputRequired(_l("规则要有名称"))])
    priority = IntegerField(_l("优先级"), [InputRequired(_l("写一个数"))])
    reason = Text(_l("道理"), [InputRequired(_l("写一句道理"))], longest=400)
    types = ticks(_l("纠纷类型是其中之一"))
    traits = ticks(_l("属于其中之一"))
    areas = ticks(_l("地点在其中之一"))
    sources = ticks(_l("来源是其中之一"))
    flags = ticks(_l("有其中之一"))
    without_flags = ticks(_l("一样都没有"))
    amount_from_fen = Money(_l("金额不少于（元）"))
    amount_to_fen = Money(_l("金额不超过（元）"))
    people_from = IntegerField(_l("人数不少于"), [Optional()])
    grades = ticks(_l("难易等级是其中之一"))
    track = SelectField(_l("调解种类"), choices=choices(Track))
    unit_kind = SelectField(_l("送哪类单位"), [Optional()])
    level = SelectField(_l("哪一级的"), [Optional()])
    unit = SelectField(_l("指定一个单位"), [Optional()])

    def __init__(self, *args, centre_id, rule=None, **kwargs):
        given = {} if rule is None else _stored(rule)
        super().__init__(*args, data=given | kwargs.pop("data", {}), **kwargs)
        self._centre_id = centre_id
        self._offer(given)

    def _offer(self, given):
        centre_id, today = self._centre_id, clock.today()
        main_types = [(each.code, each.name) for each in causes.types(on=today, centre_id=centre_id) if each.level == 1]
        county = units.centre(centre_id).area_code
        towns = [(each.code, each.short) for each in regions.towns(county, centre_id=centre_id)]
        self.types.choices = _with(main_types, given.get("types"), partial(pickers.type_label, centre_id=centre_id))
        self.areas.choices = _with(towns, given.get("areas"), partial(pickers.place_label, centre_id=centre_id))
        self.traits.choices, self.sources.choices = choices(Trait), choices(Source)
        self.grades.choices = choices(Grade)
        signs = [*choices(Risk), *choices(flag for flag in PartyFlag if flag.value not in set(Risk))]
        self.flags.choices = self.without_flags.choices = signs
        self.unit_kind.choices = choices(TRACKS_OF, "—")
        self.level.choices = choices(LEVELS, _("最近的"))
        bodies = units.units(centre_id, on=today, kinds=tuple(TRACKS_OF))
        self.unit.choices = [SelectChoice("", "—"), *(SelectChoice(each.public_id, each.name) for each in bodies)]

    def values(self) -> dict:
        """Return the rule as the operation takes it."""
        asked = {name: self[name].data for name in (*LISTS, *FIGURES) if self[name].data not in (None, [], "")}
        unit = units.get(self.unit.data, centre_id=self._centre_id) if self.unit.data else None
        return {
            "name": self.name.data, "priority": self.priority.data, "reason": self.reason.data, "conditions": asked,
            "track": self.track.data, "unit_kind": None if unit else self.unit_kind.data or None,
            "level": None if unit else self.level.data or None, "unit_id": unit.id if unit else None,
        }


def _stored(rule) -> dict:
    unit = units.unit(rule.unit_id).public_id if rule.unit_id else ""
    return {
        "name": rule.name, "priority": rule.priority, "reason": rule.reason, "track": str(rule.track),
        "unit_kind": rule.unit_kind or "", "level": str(rule.level or ""), "unit": unit, **rule.conditions,
    }


def _with(known, chosen, name_of):
    """Return choices, and what a rule asks for already though it is not among them."""
    codes = {code for code, _name in known}
    more = [(code, name_of(code)) for code in chosen or () if code not in codes]
    return [SelectChoice(code, name) for code, name in (*known, *more)]
