"""The forms of the page for somebody who is at the window or on the telephone."""

from flask_babel import lazy_gettext as _l
from flask_wtf.file import MultipleFileField
from wtforms import DateField, IntegerField, RadioField, SelectField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Optional
from wtforms.widgets import HiddenInput

from mediation.casefile.attachments.rules import AttachmentKind
from mediation.doors.desk.proceedingforms import choices
from mediation.doors.shared import words
from mediation.doors.shared.forms import CreatingForm, DeskForm, LongText, Text
from mediation.doors.shared.language import gettext as _
from mediation.stages.contacts.rules import LONGEST, CallBack, Manner, Reached, Topic

STRANGER = "stranger"
PARTY, BESIDE = "p:", "b:"


class ReceiveForm(CreatingForm):
    """Who is here. How they were known is the button that sends it."""

    who = RadioField(_l("谁在这里"), validators=[Optional()])
    claimed = Text(_l("不是本案的人，自报的姓名"), longest=60)
    tail = Text(_l("报的电话后四位"), longest=4)
    manner = RadioField(_l("怎么来的"), choices=choices(Manner), default=Manner.WINDOW.value)

    def know(self, parties) -> None:
        """Offer the parties of a case and those who stand beside them; whoever came first comes most likely again."""
        offered = []
        for party in parties:
            offered.append(SelectChoice(PARTY + party.public_id, _party(party)))
            offered += [SelectChoice(BESIDE + row.public_id, _beside(row, party)) for row in party.representatives]
        self.who.choices = [*offered, SelectChoice(STRANGER, _("别的人"))]
        if not self.who.data:
            self.who.data = offered[0].value if offered else STRANGER

    def values(self) -> dict:
        """Return who it is as the operation takes it."""
        who = self.who.data or STRANGER
        return {
            "party": who.removeprefix(PARTY) if who.startswith(PARTY) else None,
            "beside": who.removeprefix(BESIDE) if who.startswith(BESIDE) else None,
            "claimed": (self.claimed.data or "") if who == STRANGER else "",
            "tail": self.tail.data or "", "manner": self.manner.data,
        }


def _party(party):
    return _("%(name)s（%(role)s）", name=party.name, role=words.label(party.role))


def _beside(row, party):
    return _("%(name)s（%(whose)s的%(capacity)s）", name=row.name, whose=party.name, capacity=words.label(row.capacity))


class PapersForm(CreatingForm):
    """Several files at once, scanned or dropped onto the field."""

    files = MultipleFileField(_l("选文件，或者把扫描件拖到这里（可以几份一起）"))
    kind = SelectField(_l("种类"), choices=choices(AttachmentKind), default=AttachmentKind.EVIDENCE.value)


class AnswerForm(CreatingForm):
    """What was asked and what was answered, and whether somebody calls back."""

    topic = SelectField(_l("问什么"), choices=choices(Topic))
    asked = Text(_l("问的原话（可不写）"), longest=400)
    told = LongText(_l("答了什么"), longest=LONGEST)
    call_back = SelectField(_l("答应回电话"), validators=[Optional()])
    call_back_on = DateField(_l("哪天以前"), [Optional()])

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.call_back.choices = [SelectChoice("", _("不用")), *choices(CallBack)]


class NoteForm(CreatingForm):
    """A line for the next colleague."""

    text = LongText(_l("记一笔"), longest=LONGEST)


class CalledForm(DeskForm):
    """What came of a promised call."""

    reached = RadioField(_l("结果"), [InputRequired(_l("选一项"))], choices=choices(Reached))
    words = LongText(_l("说了什么"), longest=LONGEST)
    version = IntegerField(widget=HiddenInput(), validators=[Optional()])
