"""The page for a form that somebody else overtook: both versions side by side, nothing typed is lost (P31, B10).

What only one of the two changed is settled already: the reader's own words stay, the other's are taken. Asked is only
about what both changed, and about everything that differs where it is not known what the reader was shown.
"""

from dataclasses import dataclass, replace

from flask import make_response, render_template, request
from wtforms.widgets import CheckboxInput, HiddenInput

from mediation.doors.shared import compared
from mediation.doors.shared.language import gettext as _
from mediation.ground.errors import Stale

SETTLED = "settled"


@dataclass(frozen=True)
class Side:
    """One field that reads differently now: the values to post, and the words for both."""

    name: str
    label: str
    theirs: str | list[str]
    mine: str | list[str]
    theirs_words: str
    mine_words: str
    by_me: bool = True  # the reader changed what was shown to them
    by_them: bool = True

    @property
    def is_asked(self) -> bool:
        """Say whether the reader is to choose; of several ticks the reader's own stay, with both shown."""
        return self.by_me and self.by_them and isinstance(self.mine, str)


def answer(form, error: Stale, *, title="", latest_url=None, more=(), add=None):
    """Return the page on which the reader chooses, field by field, and saves to where the form was going.

    ``error.theirs`` maps names of the form's fields to what is stored now, the new ``version`` among them. ``more``
    are sides that the caller made, of what is no single field; ``add`` are values posted besides what was typed,
    ``{name: [value, ...]}``, such as the other's ticks.
    """
    stored = _stored(form, error.theirs)
    shown = compared.read_marks(form)
    sides = differing(form, stored, error.theirs, shown)
    sides += [_attributed(side, shown) for side in more if side.theirs_words != side.mine_words]
    carry = _carried(form, stored, error.theirs, sides, shown)
    carry += [(name, value) for name, values in (add or {}).items() for value in values if (name, value) not in carry]
    page = render_template(
        "shared/conflict.html", sub=title, carry=carry, by=error.by,
        both=[side for side in sides if side.is_asked], at=error.at, action=request.full_path.rstrip("?"),
        mine=[side for side in sides if side.by_me and not side.is_asked], latest_url=latest_url or request.path,
        theirs=[side for side in sides if not side.by_me],
    )
    return make_response(page, 409)


def is_settled() -> bool:
    """Say whether what is posted comes from this page: somebody has chosen between both versions."""
    return request.form.get(SETTLED) == "1"


def _stored(form, theirs):
    stored = type(form)(formdata=None, data=theirs)
    for field in form:
        if hasattr(field, "choices") and field.choices is not None:
            stored[field.short_name].choices = field.choices
    return stored


def differing(form, stored, theirs, shown) -> list[Side]:
    """Return the fields whose typed value is not what is stored now, each with who changed it."""
    sides = []
    for mine in form:
        name = mine.short_name
        if name not in theirs or not compared.is_compared(mine) or isinstance(mine.widget, HiddenInput):
            continue
        other = stored[name]
        words = compared.plain(other), compared.plain(mine)
        if words[0] != words[1]:
            by_them, by_me = (shown.get(name) != compared.mark(each) for each in words)
            values = _posted(other), _posted(mine), _words(other), _words(mine)
            sides.append(Side(mine.name, mine.label.text, *values, by_me=by_me, by_them=by_them))
    return sides


def _attributed(side: Side, shown) -> Side:
    by_them, by_me = (shown.get(side.name) != compared.mark(words) for words in (side.theirs_words, side.mine_words))
    return replace(side, by_me=by_me, by_them=by_them)


def _carried(form, stored, theirs, sides, shown) -> list[tuple[str, str]]:
    """Return what the page posts without asking: what was typed, the other's values where only they changed one."""
    taken = {side.name: side.theirs for side in sides if not side.by_me}
    taken |= {side.name: side.mine for side in sides if side.by_me and not side.is_asked}
    taken |= {name: str(theirs[name]) for name in ("version",) if name in theirs}
    taken |= _hidden_of_theirs(form, stored, theirs, shown)
    if "as_shown" in form:
        taken["as_shown"] = compared.marks(stored)
    taken[SETTLED] = "1"
    left = {side.name for side in sides if side.is_asked} | set(taken) | {"csrf_token"}
    carry = [(name, value) for name in request.form for value in request.form.getlist(name) if name not in left]
    return carry + [(name, each) for name, value in taken.items() for each in _several(value)]


def _hidden_of_theirs(form, stored, theirs, shown):
    """Return the codes behind the other's words, where the reader has not chosen another one."""
    hidden = [field for field in form if isinstance(field.widget, HiddenInput) and compared.is_compared(field)]
    return {
        field.name: _posted(stored[field.short_name]) for field in hidden
        if field.short_name in theirs and shown.get(field.short_name) == compared.mark(compared.plain(field))
    }


def _several(value):
    return value if isinstance(value, list) else [value]


def _posted(field):
    if isinstance(field.data, list | tuple):
        return [str(each) for each in field.data]
    if isinstance(field.widget, CheckboxInput):
        return "y" if field.data else ""
    if hasattr(field, "iter_choices"):
        return "" if field.data is None else str(field.data)
    return str(field._value()).replace("\r\n", "\n")


def _words(field):
    if isinstance(field.data, list | tuple):
        labels = {str(choice.value): str(choice.label) for choice in field.iter_choices()}
        return _("、").join(labels.get(each, each) for each in _posted(field)) or _("空")
    if isinstance(field.widget, CheckboxInput):
        return _("是") if field.data else _("否")
    if hasattr(field, "iter_choices"):
        labels = {str(choice.value): choice.label for choice in field.iter_choices()}
        return labels.get(_posted(field)) or _("空")
    return _posted(field) or _("空")
