"""Forms of settings: one for each kind of value, and the words in which a value is shown."""

import json

from flask_babel import lazy_gettext as _l
from wtforms import DateField, IntegerField, RadioField, SelectChoice, SelectField
from wtforms.validators import InputRequired, NumberRange, Optional, ValidationError

from mediation.doors.shared.forms import CreatingForm, LongText, Money, Text
from mediation.doors.shared.guard import actor
from mediation.doors.shared.language import gettext as _
from mediation.doors.shared.words import money
from mediation.ground import clock
from mediation.registry.settings.rules import Citation, Kind, Unit
from mediation.registry.units import queries as units

MOST = 10**9


class SettingForm(CreatingForm):
    """What every new value needs: from when, on what ground, why, for whom."""

    valid_from = DateField(_l("从哪天起"), [InputRequired()])
    unit = SelectField(_l("给谁用"), [Optional()])
    source = Text(_l("依据"), [InputRequired()], longest=400)
    reason = Text(_l("为什么改"), [InputRequired()], longest=400)

    own: tuple[str, ...] = ()  # the fields of the value, in their order
    groups: tuple[str, ...] = ()  # those of them that are forms of their own

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        found = units.units(actor().centre_id, on=clock.today())
        self.unit.choices = [
            SelectChoice("", _("整个中心")), *(SelectChoice(unit.public_id, unit.name) for unit in found)
        ]

    def value(self):
        """Return the value as it is stored."""
        return self[self.own[0]].data

    @classmethod
    def data_of(cls, value) -> dict:
        """Return what the fields show for a stored value."""
        return {cls.own[0]: value}


class PeriodForm(SettingForm):
    own = ("amount", "counted_in")
    amount = IntegerField(_l("多少"), [InputRequired(), NumberRange(0, 36_500)])
    counted_in = SelectField(_l("按什么算"), choices=[SelectChoice(unit.value, _l(unit.label)) for unit in Unit])

    def value(self):
        return {"amount": self.amount.data, "unit": self.counted_in.data}

    @classmethod
    def data_of(cls, value):
        return {"amount": value["amount"], "counted_in": value["unit"]}


class NumberForm(SettingForm):
    own = ("number",)
    number = IntegerField(_l("数"), [InputRequired(), NumberRange(0, MOST)])


class AmountForm(SettingForm):
    own = ("amount",)
    amount = Money(_l("金额（元）"), [InputRequired()])


class FlagForm(SettingForm):
    own = ("is_so",)
    is_so = RadioField(
        _l("是不是"), [InputRequired()], choices=[SelectChoice("yes", _l("是")), SelectChoice("no", _l("否"))]
    )

    def value(self):
        return self.is_so.data == "yes"

    @classmethod
    def data_of(cls, value):
        return {"is_so": "yes" if value else "no"}


class WordsForm(SettingForm):
    own = ("words",)
    words = LongText(_l("清单，一行一个"), longest=4000)

    def value(self):
        return [line.strip() for line in self.words.data.splitlines() if line.strip()]

    @classmethod
    def data_of(cls, value):
        return {"words": "\n".join(value)}

    def validate_words(self, field):
        if "|" in field.data:
            raise ValidationError(_l("不能用竖线"))


class TextForm(SettingForm):
    own = ("text",)
    text = LongText(_l("文字"), [InputRequired()], longest=4000)


class TableForm(SettingForm):
    own = ("table",)
    table = LongText(_l("规则表（JSON）"), [InputRequired()], longest=20_000)

    def value(self):
        return json.loads(self.table.data)

    @classmethod
    def data_of(cls, value):
        return {"table": json.dumps(value, ensure_ascii=False, indent=2)}

    def validate_table(self, field):
        try:
            found = json.loads(field.data)
        except (ValueError, RecursionError):
            found = None
        if not isinstance(found, dict):
            raise ValidationError(_l("不是有效的 JSON 对象"))


class WageForm(SettingForm):
    own = ("year", "amount")
    year = IntegerField(_l("哪一年的"), [InputRequired(), NumberRange(2000, 2100)])
    amount = Money(_l("年平均工资（元）"), [InputRequired()])

    def value(self):
        return {"year": self.year.data, "amount_fen": self.amount.data}

    @classmethod
    def data_of(cls, value):
        return {"year": value["year"], "amount": value["amount_fen"]}


class CitationForm(SettingForm):
    own = ("law", "article", "paragraph", "item")
    law = Text(_l("法律全称"), [InputRequired()], longest=120)
    article = IntegerField(_l("条"), [InputRequired(), NumberRange(1, 9999)])
    paragraph = IntegerField(_l("款"), [Optional(), NumberRange(1, 99)])
    item = IntegerField(_l("项"), [Optional(), NumberRange(1, 99)])

    def value(self):
        law = "".join(self.law.data.strip("《》").split())
        return {"law": law, "number": self.article.data, "paragraph": self.paragraph.data, "item": self.item.data}

    @classmethod
    def data_of(cls, value):
        return {
            "law": value["law"], "article": value["number"], "paragraph": value.get("paragraph"),
            "item": value.get("item"),
        }


FORMS = {
    Kind.PERIOD: PeriodForm, Kind.NUMBER: NumberForm, Kind.AMOUNT: AmountForm, Kind.FLAG: FlagForm,
    Kind.WORDS: WordsForm, Kind.TEXT: TextForm, Kind.TABLE: TableForm, Kind.WAGE: WageForm,
    Kind.CITATION: CitationForm, Kind.TEMPLATE: NumberForm,
}


def words_of(kind: Kind, value) -> str:
    """Return a stored value as people read it."""
    match kind:
        case Kind.PERIOD:
            return f"{value['amount']} {_(Unit(value['unit']).label)}"
        case Kind.AMOUNT:
            return _("%(yuan)s 元", yuan=money(value))
        case Kind.FLAG:
            return _("是") if value else _("否")
        case Kind.WORDS:
            return _("、").join(value) or _("（空）")
        case Kind.TABLE:
            return json.dumps(value, ensure_ascii=False)
        case Kind.WAGE:
            return _("%(year)s 年 %(yuan)s 元", year=value["year"], yuan=money(value["amount_fen"]))
        case Kind.CITATION:
            return str(Citation("", **value))
        case Kind.TEMPLATE:
            return _("第 %(number)s 版", number=value)
    return str(value)
