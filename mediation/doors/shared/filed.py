"""A form with a file that is shown before it is taken over: until then the page itself carries it."""

import base64
import binascii

from flask_babel import lazy_gettext as _l
from wtforms import FileField, HiddenField
from wtforms.validators import Length, ValidationError

from mediation.doors.shared.forms import DeskForm, uploaded

LONGEST = 1_500_000  # letters of a file in base 64; the largest table that people bring is far below


class FileForm(DeskForm):
    """Base of such forms; ``content()`` is the file's, just uploaded or carried."""

    file = FileField(_l("文件（CSV）"))
    carried = HiddenField(validators=[Length(max=LONGEST, message=_l("文件太大"))])

    def validate_file(self, field):
        """One of the two must be there."""
        if not self._is_new() and not self.carried.data:
            raise ValidationError(_l("请选择文件"))

    def content(self) -> bytes:
        """Return the file; a new one is carried on from here."""
        if self._is_new():
            self.carried.data = base64.b64encode(uploaded(self.file)).decode()
        try:
            return base64.b64decode(self.carried.data, validate=True)
        except (binascii.Error, ValueError):
            return b""

    def _is_new(self):
        return bool(getattr(self.file.data, "filename", ""))
