"""The form of a platform's definition: what it is, for which cases, its fields in order."""

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, DateField, FieldList, Form, FormField, IntegerField, SelectField, SelectMultipleField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, NumberRange, Optional, ValidationError
from wtforms.widgets import CheckboxInput, ListWidget

from mediation.casefile.cases.rules import Source, Track
from mediation.casefile.outside.rules import System
from mediation.doors.shared.forms import LongText, StepForm, Text
from mediation.doors.shared.guard import actor
from mediation.doors.shared.language import gettext as _
from mediation.ground import clock
from mediation.registry.access.rules import Role
from mediation.registry.causes import queries as causes
from mediation.registry.platforms.rules import (
    FORMATS,
    LONGEST_FIXED,
    LONGEST_LABEL,
    LONGEST_VALUE,
    MAY_ENTER,
    Definition,
    Field,
    Format,
    Ours,
    Since,
    Value,
)
from mediation.stages.copyout import values

BLANK = "__n__"


class Ticks(SelectMultipleField):
    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()


def _options(choice):
    return [SelectChoice(each.value, _l(each.label)) for each in choice]


class FieldRow(Form):
    """One field of the platform."""

    place = IntegerField(_l("第几"), [Optional(), NumberRange(1, 999)])
    label = Text(_l("那里的叫法"), [Optional()], longest=LONGEST_LABEL)
    ours = SelectField(_l("我们的哪一项"), choices=_options(Ours))
    format = SelectField(
        _l("写法"), choices=[SelectChoice("", _l("照常")), *_options(Format)], validators=[Optional()]
    )
    longest = IntegerField(_l("最长"), [Optional(), NumberRange(1, LONGEST_VALUE)])
    required = BooleanField(_l("必填"))
    extra = LongText(_l("固定文字，或者对照码"), [Optional()], longest=4000)


class DefinitionForm(StepForm):
    """What a platform is from a day on. ``extra`` of a row holds its fixed text, or lines of our word = their code."""

    name = Text(_l("平台名称"), [InputRequired()], longest=60)
    system = SelectField(_l("编号算哪个系统的"), choices=_options(System))
    since = SelectField(_l("从什么时候起要录"), choices=_options(Since))
    who = Ticks(_l("谁来录入"), choices=_options(MAY_ENTER))
    tracks = Ticks(_l("只要哪种调解（不勾就都要）"), choices=_options(Track))
    sources = Ticks(_l("只要哪些来源（不勾就都要）"), choices=_options(Source))
    types = Ticks(_l("只要哪些类型（不勾就都要）"))
    note = Text(_l("给录入的人看的说明"), longest=200)
    fields = FieldList(FormField(FieldRow), max_entries=100)
    valid_from = DateField(_l("从哪天起"), [InputRequired()])
    reason = Text(_l("为什么改"), longest=400)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        kinds = causes.types(on=clock.today(), centre_id=actor().centre_id)
        self.types.choices = [SelectChoice(each.code, each.name) for each in kinds if each.parent_code is None]

    def validate_fields(self, field):
        """Read each row's extra, so that what cannot be read stands at the form's head."""
        for entry in field:
            row = entry.form
            if (row.label.data or "").strip():
                _codes(row, Ours(row.ours.data))

    def definition(self) -> Definition:
        """Return what was typed, its fields by the places that were given; rows without a name are left out."""
        rows = [entry.form for entry in self.fields if (entry.form.label.data or "").strip()]
        numbered = sorted(enumerate(rows, 1), key=lambda pair: (pair[1].place.data or pair[0], pair[0]))
        return Definition(
            name=self.name.data.strip(), system=self.system.data, who=tuple(Role(each) for each in self.who.data or ()),
            since=Since(self.since.data), fields=tuple(_field(row) for _place, row in numbered),
            tracks=tuple(self.tracks.data or ()), sources=tuple(self.sources.data or ()),
            types=tuple(self.types.data or ()), note=(self.note.data or "").strip(),
        )

    def one_more(self) -> None:
        """Add an empty row, as the button does without the script."""
        self.fields.append_entry({"ours": Ours.FIXED.value})


def data_of(definition: Definition) -> dict:
    """Return what the form shows of a definition."""
    return {
        "name": definition.name, "system": definition.system, "since": definition.since.value, "note": definition.note,
        "who": [str(role) for role in definition.who],
        **{key: list(getattr(definition, key)) for key in ("tracks", "sources", "types")},
        "fields": [_row(place, each) for place, each in enumerate(definition.fields, 1)],
    }


def _row(place, each):
    return {
        "place": place, "label": each.label, "ours": each.ours.value, "longest": each.longest,
        "format": "" if each.format == FORMATS[each.ours.holds][0] else each.format.value, "required": each.required,
        "extra": each.fixed if each.ours is Ours.FIXED else _lines(each),
    }


def _lines(each):
    names = dict(values.vocabulary(each.ours, centre_id=actor().centre_id) or ())
    return "\n".join(f"{names.get(word, word)}={code}" for word, code in each.codes.items())


def _field(row) -> Field:
    ours = Ours(row.ours.data)
    wants = Format(row.format.data) if row.format.data else FORMATS[ours.holds][0]
    return Field(
        row.label.data.strip(), ours, wants, row.longest.data, bool(row.required.data),
        (row.extra.data or "").strip()[:LONGEST_FIXED] if ours is Ours.FIXED else "", _codes(row, ours),
    )


def _codes(row, ours) -> dict[str, str]:
    """Return the table of codes that was typed, by our stored word. Raises ValidationError for what cannot be read."""
    if ours.holds is not Value.WORD or not (row.extra.data or "").strip():
        return {}
    known = values.vocabulary(ours, centre_id=actor().centre_id) or []
    words = {name: word for word, name in reversed(known)} | {word: word for word, _name in known}
    found = {}
    for line in row.extra.data.splitlines():
        name, separator, code = (part.strip() for part in line.partition("="))
        if not name and not code:
            continue
        if not separator or not code or name not in words:
            raise ValidationError(_(
                "“%(label)s”的对照码“%(line)s”看不懂，一行一个，写成“%(example)s=01”", label=row.label.data,
                line=line.strip(), example=known[0][1] if known else "",
            ))
        found[words[name]] = code
    return found
