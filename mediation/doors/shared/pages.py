"""What templates ask for besides words: the same list with other filters, the fields to mend, the language."""

from typing import NamedTuple
from urllib.parse import urlencode

from flask import request
from flask_babel import get_locale
from wtforms import FieldList, FormField
from wtforms.widgets import HiddenInput, ListWidget

from mediation.doors.shared import settled
from mediation.doors.shared.cures import Because
from mediation.doors.shared.language import LANGUAGES


class Wrong(NamedTuple):
    """One complaint about a form; ``anchor`` is the id of the control to mend, None when it is the whole form's.

    ``cure_url`` leads to another page where it is mended.
    """

    anchor: str | None
    label: str
    message: str
    cure_url: str | None = None
    cure_label: str | None = None


def here(**changes) -> str:
    """Return the address of this page with some of its query changed; None takes a word out.

    The answer is relative, so that nothing in a query can lead to another host.
    """
    query = request.args.to_dict(flat=False) | {name: [value] for name, value in changes.items()}
    kept = [(name, value) for name, values in query.items() for value in values if value is not None]
    return "?" + urlencode(kept)


def wrong_fields(form) -> list[Wrong]:
    """Return everything wrong with a form, rows of rows included, in the order of the page."""
    found = [_of_the_whole(error) for error in form.form_errors]
    for field in form:
        found += _wrong_in(field)
    return found


def _of_the_whole(error):
    if isinstance(error, Because):
        return Wrong(None, "", error.text, error.cure_url, error.cure_label)
    return Wrong(None, "", error)


def _wrong_in(field):
    if isinstance(field, FormField):
        return wrong_fields(field.form)
    if isinstance(field, FieldList):
        own = [Wrong(field.id, field.label.text, error) for error in field.errors if not isinstance(error, list | dict)]
        return own + [wrong for entry in field for wrong in _wrong_in(entry)]
    if isinstance(field.widget, HiddenInput):
        return [Wrong(None, "", error) for error in field.errors]
    anchor = f"{field.id}-0" if isinstance(field.widget, ListWidget) else field.id
    return [Wrong(anchor, field.label.text, error) for error in field.errors]


def given(attributes: dict) -> dict:
    """Return the attributes of a control that have a value."""
    return {name: value for name, value in attributes.items() if value}


def page_lang() -> str:
    """Return the language of the page as HTML names it: ``zh-CN``."""
    return _present_language().replace("_", "-")


def other_languages() -> list[tuple[str, str]]:
    """Return key and name of every language that the page is not in."""
    return [(key, name) for key, name in LANGUAGES.items() if key != _present_language()]


def _present_language():
    # Babel calls zh_CN zh_Hans_CN, so only the first part is compared.
    locale = get_locale()
    return next((key for key in LANGUAGES if locale and key.split("_")[0] == locale.language), "zh_CN")


def register(app):
    """Give these functions to the templates of ``app``."""
    for function in (here, wrong_fields, given, page_lang, other_languages):
        app.jinja_env.globals[function.__name__] = function
    app.jinja_env.filters["told"] = settled.told
