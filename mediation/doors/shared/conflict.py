"""The page for a form that somebody else overtook: both versions side by side, nothing typed is lost (P31, B10)."""

from typing import NamedTuple

from flask import make_response, render_template, request
from flask_babel import gettext as _
from wtforms import FieldList, FormField
from wtforms.widgets import CheckboxInput, HiddenInput

from mediation.ground.errors import Stale


class Side(NamedTuple):
    """One field that reads differently now: the values to post, and the words for both."""

    name: str
    label: str
    theirs: str
    mine: str
    theirs_words: str
    mine_words: str


def answer(form, error: Stale, *, title="", latest_url=None, more=()):
    """Return the page on which the reader chooses, field by field, and saves to where the form was going.

    ``error.theirs`` maps names of the form's fields to what is stored now, the new ``version`` among them. ``more``
    are sides that the caller made, of what is no single field; they are asked about where their words differ.
    """
    both = differing(form, error.theirs) + [side for side in more if side.theirs_words != side.mine_words]
    chosen = {side.name for side in both}
    new = {name: str(error.theirs[name]) for name in ("version",) if name in error.theirs}
    typed = [(name, value) for name in request.form for value in request.form.getlist(name)]
    carry = [(name, new.get(name, value)) for name, value in typed if name not in chosen and name != "csrf_token"]
    page = render_template(
        "shared/conflict.html", sub=title, both=both, mine=[], theirs=[], carry=carry, by=error.by, at=error.at,
        action=request.full_path.rstrip("?"), latest_url=latest_url or request.path,
    )
    return make_response(page, 409)


def differing(form, theirs) -> list[Side]:
    """Return the fields of ``form`` whose typed value is not what is stored now. Rows of rows are the caller's."""
    stored = type(form)(formdata=None, data=theirs)
    sides = []
    for mine in form:
        if mine.short_name not in theirs or not _is_one_value(mine) or isinstance(mine.widget, HiddenInput):
            continue
        other = stored[mine.short_name]
        if _posted(mine) != _posted(other):
            values = _posted(other), _posted(mine), _words(other), _words(mine)
            sides.append(Side(mine.name, mine.label.text, *values))
    return sides


def _is_one_value(field):
    return not isinstance(field, FieldList | FormField) and not isinstance(field.data, list | tuple)


def _posted(field):
    if isinstance(field.widget, CheckboxInput):
        return "y" if field.data else ""
    if hasattr(field, "iter_choices"):
        return "" if field.data is None else str(field.data)
    return str(field._value()).replace("\r\n", "\n")


def _words(field):
    if isinstance(field.widget, CheckboxInput):
        return _("是") if field.data else _("否")
    if hasattr(field, "iter_choices"):
        labels = {str(choice.value): choice.label for choice in field.iter_choices()}
        return labels.get(_posted(field)) or _("空")
    return _posted(field) or _("空")
