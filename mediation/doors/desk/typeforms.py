"""Forms of dispute types: lists are written one entry a line."""

from datetime import timedelta

from flask_babel import lazy_gettext as _l
from wtforms import DateField, SelectField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Optional, ValidationError

from mediation.casefile.cases.rules import Trait
from mediation.doors.desk import pickers
from mediation.doors.desk.proceedingforms import ticks
from mediation.doors.shared.forms import CreatingForm, LongText, Text
from mediation.doors.shared.guard import actor
from mediation.doors.shared.language import gettext as _

LONGEST_LIST = 2000


class AddTypeForm(CreatingForm):
    """What a type is: its name, what it means to the law, the words it is heard by, what is brought and asked."""

    name = Text(_l("名称"), [InputRequired()], longest=40)
    valid_from = DateField(_l("从哪天起用"), [InputRequired()])
    traits = ticks(_l("性质"))
    keywords = LongText(_l("听得出来的词，一行一个"), longest=LONGEST_LIST)
    causes = LongText(_l("常用案由，一行一个，写名称"), longest=LONGEST_LIST)
    papers = LongText(_l("要带的材料，一行一样"), longest=LONGEST_LIST)
    questions = LongText(_l("登记后多问的问题，一行一个"), longest=LONGEST_LIST)
    why = Text(_l("为什么"), [InputRequired(_l("写一句为什么，以后查得到"))], longest=200)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.traits.choices = [SelectChoice(trait.value, _(trait.label)) for trait in Trait]

    def validate_causes(self, field):
        for name in _lines(field.data):
            if _cause_code(name) is None:
                raise ValidationError(_("案由表里没有“%(name)s”", name=name))

    def parts(self) -> dict:
        """Return the lists as the operations take them."""
        return {
            "traits": self.traits.data or [], "keywords": _lines(self.keywords.data),
            "causes": [_cause_code(name) for name in _lines(self.causes.data)],
            "papers": _lines(self.papers.data), "questions": _lines(self.questions.data),
        }

    def effective_on(self):
        """Return the first day on which the change shows."""
        return self.valid_from.data


class ChangeTypeForm(AddTypeForm):
    """The same, filled with what the type is now."""

    @staticmethod
    def data_of(kind) -> dict:
        causes = [pickers.cause_label(code, centre_id=actor().centre_id) for code in kind.causes]
        return {
            "name": kind.name, "traits": sorted(kind.traits), "keywords": "\n".join(kind.keywords),
            "causes": "\n".join(causes), "papers": "\n".join(kind.papers),
            "questions": "\n".join(each.line for each in kind.questions),
        }


class EndTypeForm(CreatingForm):
    """The last day, what follows, why."""

    valid_to = DateField(_l("用到哪天"), [InputRequired()])
    successor = SelectField(_l("以后改选哪个类型"), [Optional()])
    why = Text(_l("为什么"), [InputRequired(_l("写一句为什么，以后查得到"))], longest=200)

    def effective_on(self):
        """Return the first day on which the change shows."""
        return self.valid_to.data + timedelta(days=1)


def _cause_code(name: str) -> str | None:
    return pickers.cause_code(name, None, centre_id=actor().centre_id)


def _lines(text) -> list[str]:
    return list(dict.fromkeys(line.strip() for line in (text or "").splitlines() if line.strip()))
