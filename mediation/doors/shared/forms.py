"""Base of all forms: token, idempotency key, version; text cleaned before it is looked at (P7, B9, B10, B19)."""

import unicodedata
from decimal import Decimal, InvalidOperation

from flask import g
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import DateField, Field, HiddenField, IntegerField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, Optional, ValidationError
from wtforms.widgets import HiddenInput, TextInput

from mediation.doors.shared import compared
from mediation.doors.shared.language import gettext as _
from mediation.ground import clock
from mediation.ground.errors import Invalid
from mediation.ground.once import new_key

FULL_WIDTH = {ord("０") + digit: str(digit) for digit in range(10)} | {ord("．"): ".", ord("，"): ","}


def clean(text):
    """Return a text in NFC without what no keyboard types. Raises ValueError on NUL, surrogates and control signs."""
    if text is None:
        return None
    text = text.replace("\r\n", "\n").strip()
    for letter in text:
        kind = unicodedata.category(letter)
        if kind == "Cs" or (kind == "Cc" and letter not in "\n\t"):
            raise ValueError
    return unicodedata.normalize("NFC", text)


def clean_filter(text):
    """Filter of text fields; what cannot be cleaned is refused by :class:`Clean`."""
    try:
        return clean(text)
    except ValueError:
        return text


def one_line(text):
    """Filter of fields of one line: what was pasted over several becomes one."""
    return text if text is None else " ".join(clean_filter(text).split())


class Clean:
    """Refuses text with characters that cannot be stored or printed."""

    def __call__(self, form, field):
        try:
            clean(field.data)
        except ValueError:
            raise ValidationError(_l("有不能保存的控制字符，请删掉再交")) from None


class Text(StringField):
    """One line, cleaned, as long as its column."""

    def __init__(self, label=None, validators=(), *, longest=120, **kwargs):
        checks = [*validators, Clean(), Length(max=longest, message=_l("最多 %(max)d 个字"))]
        super().__init__(label, checks, filters=[one_line], **kwargs)


class LongText(TextAreaField):
    """Several lines, cleaned, at most 20,000 characters."""

    def __init__(self, label=None, validators=(), *, longest=20_000, **kwargs):
        checks = [*validators, Clean(), Length(max=longest, message=_l("最多 %(max)d 个字"))]
        super().__init__(label, checks, filters=[clean_filter], **kwargs)


class Money(Field):
    """An amount typed in yuan and kept in fen; empty is None. Takes 3,500.5 and full-width digits."""

    widget = TextInput()

    def _value(self):
        if self.raw_data:
            return self.raw_data[0]
        return "" if self.data is None else f"{self.data / 100:,.2f}"

    def process_formdata(self, values):
        text = (values[0] if values else "").strip().translate(FULL_WIDTH).replace(",", "").rstrip("元").strip()
        if not text:
            self.data = None
            return
        try:
            fen = Decimal(text) * 100
        except InvalidOperation:
            raise ValueError(_("金额写数字，如 3500 或 3500.50")) from None
        if not fen.is_finite() or fen != fen.to_integral_value() or not 0 <= fen < 10**14:
            raise ValueError(_("金额最多两位小数，不能是负数"))
        self.data = int(fen)


class DeskForm(FlaskForm):
    """Base of the desk's forms."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        g.form = self  # a conflict shows what was typed

    class Meta(FlaskForm.Meta):
        def render_field(self, field, render_kw):
            if field.flags.required and field.type != "RadioField":
                render_kw = {"required": True, **render_kw}
            return super().render_field(field, render_kw)

    def take_errors(self, error: Invalid) -> None:
        """Show an operation's refusal at the fields it names, the rest at the head."""
        for name, text in error.fields.items():
            field = self._fields.get(name)
            target = field if field is not None else next(iter(self._fields.values()))
            target.errors = [*target.errors, _l(str(text))]


class CreatingForm(DeskForm):
    """A form that creates something: sent twice, it creates once."""

    key = HiddenField(validators=[Length(max=40)])

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if not self.key.data:
            self.key.data = new_key()


class ComparedForm(DeskForm):
    """A form that two people may fill at once: it carries marks of what it showed (:mod:`compared`)."""

    as_shown = HiddenField(validators=[Length(max=10_000)])

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.mark_shown()

    def mark_shown(self) -> None:
        """Keep marks of what the form shows; whoever fills fields later calls it again."""
        if not self.is_submitted():
            self.as_shown.data = compared.marks(self)

    def more_compared(self) -> dict[str, str]:
        """Return what is compared beside the single fields, in words by name."""
        return {}


class StepForm(CreatingForm, ComparedForm):
    """A form that takes a step: it also carries the version that was read."""

    version = IntegerField(widget=HiddenInput(), validators=[Optional()])


class ReportedForm(StepForm):
    """A form for what others did elsewhere: the day, and why it is entered late."""

    on = DateField(_l("日期"), [InputRequired(_l("填日期"))])
    late = Text(_l("补登理由（隔了几天才登的要写）"), longest=400)

    shown = ("on", "late")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **{"on": clock.today(), **kwargs})


def uploaded(field) -> bytes:
    """Return what a file field was given, and close the temporary file that held it."""
    try:
        return field.data.read()
    finally:
        field.data.close()
