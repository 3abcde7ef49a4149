"""The card about each type of dispute: to be read beside a case, to be printed, to be kept up to date."""

from dataclasses import dataclass

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask_babel import lazy_gettext as _l
from wtforms import DateField
from wtforms.validators import InputRequired

from mediation.doors.desk import typewords
from mediation.doors.shared.forms import CreatingForm, LongText, Text
from mediation.doors.shared.guard import actor, policy
from mediation.doors.shared.language import gettext as _
from mediation.doors.shared.refusals import refused_on
from mediation.ground import clock
from mediation.ground.choices import N_
from mediation.ground.db import transaction
from mediation.registry.access.rules import Permission
from mediation.registry.causes import guides, queries
from mediation.registry.staff import queries as staff

bp = Blueprint("guides", __name__)

MANAGE = Permission.SETTINGS_MANAGE
LABELS = {"who": N_("谁来办"), "law": N_("依据"), "phone": N_("电话"), "note": N_("怎么办")}


@dataclass(frozen=True)
class Card:
    """A card as pages show it: the type, its parts in words, and what to bring."""

    code: str
    name: str
    lines: list[tuple[str, str]]
    papers: tuple[str, ...]


class GuideForm(CreatingForm):
    """What the card says, from when on, why."""

    who = Text(_l("谁来办"), [InputRequired()], longest=200)
    law = Text(_l("依据"), longest=200)
    phone = Text(_l("电话"), longest=120)
    note = LongText(_l("怎么办"), longest=800)
    valid_from = DateField(_l("从哪天起"), [InputRequired()])
    why = Text(_l("为什么改"), [InputRequired(_l("写一句为什么，以后查得到"))], longest=200)

    def words(self) -> dict:
        return {part: self[part].data or "" for part in guides.PARTS}


def card(code, *, on, centre_id) -> Card | None:
    """Return the card to show for a type on a day, None without a type or a card."""
    kind = queries.effective(code, on=on, centre_id=centre_id) if code else None
    found = guides.guide(code, on=on, centre_id=centre_id) if kind else None
    return _card(kind, found) if found else None


def _card(kind, found):
    lines = [(_(label), getattr(found, part)) for part, label in LABELS.items() if getattr(found, part)]
    return Card(kind.code, kind.name, lines, kind.papers)


@bp.get("/guides/<string(maxlength=40):type_code>")
@policy(Permission.CASES_READ)
def show(type_code):
    """One page to read or to print."""
    by, day = actor(), typewords.day(request.args.get("on"))
    shown = card(type_code, on=day, centre_id=by.centre_id)
    if shown is None:
        abort(404)
    return render_template("desk/guides/show.html", card=shown, day=day)


@bp.get("/settings/guides")
@policy(MANAGE)
def index():
    """Every type with its card, or the card above that it uses."""
    by, today = actor(), clock.today()
    rows = [(kind, guides.guide(kind.code, on=today, centre_id=by.centre_id))
            for kind in queries.types(on=today, centre_id=by.centre_id)]
    names = {kind.code: kind.name for kind, _found in rows}
    return render_template("desk/guides/index.html", rows=rows, names=names)


@bp.route("/settings/guides/<string(maxlength=40):type_code>", methods=["GET", "POST"])
@policy(MANAGE)
def edit(type_code):
    """What the card says; looked at first, then published; everything it has said before."""
    by, today = actor(), clock.today()
    kind = queries.effective(type_code, on=today, centre_id=by.centre_id)
    if kind is None:
        abort(404)
    now, shown = guides.guide(type_code, on=today, centre_id=by.centre_id), None
    form = GuideForm(data={part: getattr(now, part) if now else "" for part in guides.PARTS} | {"valid_from": today})
    if form.validate_on_submit():
        if request.form.get("do") == "publish":
            with refused_on(form) as done, transaction():
                guides.rewrite(type_code, form.words(), by=by, on=form.valid_from.data, why=form.why.data)
            if done:
                flash(_("已发布，以前的写法留着"))
                return redirect(url_for("desk.guides.edit", type_code=type_code))
        else:
            with refused_on(form) as done:
                shown = _card(kind, guides.rewritten(type_code, form.words(), by=by, on=form.valid_from.data))
    return render_template(
        "desk/guides/edit.html", form=form, kind=kind, now=now, shown=shown, log=_log(type_code, by),
        is_own=now is not None and now.code == type_code,
        above=queries.dispute_type(now.code, centre_id=by.centre_id) if now else None,
    )


def _log(code, by):
    """Return the versions that the centre wrote, the newest first: row, who, and each part that changed."""
    rows = guides.versions(code, centre_id=by.centre_id)
    names = staff.names({row.set_by_id for row in rows})
    cards = [guides.of_row(row) for row in rows]
    earlier = [*cards[1:], guides.built_in().get(code)][:len(rows)]
    return [
        (row, names.get(row.set_by_id) or _("系统"), [
            (_(label), getattr(was, part) if was else "", getattr(now, part))
            for part, label in LABELS.items() if (getattr(was, part) if was else "") != getattr(now, part)
        ])
        for row, now, was in zip(rows, cards, earlier, strict=True)
    ]
