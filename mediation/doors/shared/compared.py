"""What a form's reader was shown, kept with the form as marks: so it is known later who changed which field (P31)."""

import hashlib
import json

from wtforms import FieldList, FormField
from wtforms.widgets import CheckboxInput

OWN = frozenset({"csrf_token", "key", "version", "as_shown"})  # what serves the form and is no content


def is_compared(field) -> bool:
    """Say whether a field is compared by itself; rows of rows are not."""
    return field.short_name not in OWN and not isinstance(field, FieldList | FormField)


def plain(field) -> str:
    """Return a field's value in one spelling, however it was typed: 2600 and 2,600.00 are the same amount."""
    if isinstance(field.widget, CheckboxInput) and not isinstance(field.data, list | tuple):
        return "y" if field.data else ""
    if isinstance(field.data, list | tuple):
        return "\n".join(sorted(map(str, field.data)))
    return "" if field.data is None else str(field.data).replace("\r\n", "\n").strip()


def mark(words: str) -> str:
    """Return the mark of a value: enough to see that it is another one."""
    return hashlib.sha256(words.encode()).hexdigest()[:12]


def marks(form) -> str:
    """Return the marks of everything that a form shows, as it carries them."""
    found = {field.short_name: mark(plain(field)) for field in form if is_compared(field)}
    return json.dumps(found | {name: mark(words) for name, words in form.more_compared().items()})


def read_marks(form) -> dict[str, str]:
    """Return the marks that a form brought back, none where it brought nothing that can be read."""
    try:
        found = json.loads(form.as_shown.data or "{}") if "as_shown" in form else {}
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}
