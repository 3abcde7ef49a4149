"""Is a paper ours? Number and short hash typed, or the file itself; for staff, limited in rate (idea 20)."""

from flask import Blueprint, render_template
from flask_babel import lazy_gettext as _l
from wtforms import FileField

from mediation.casefile.papers import checking
from mediation.casefile.papers.checking import Verdict
from mediation.doors.shared.forms import DeskForm, Text, uploaded
from mediation.doors.shared.guard import actor, policy
from mediation.doors.shared.language import gettext as _
from mediation.doors.shared.refusals import refused_on
from mediation.ground.db import transaction
from mediation.registry.access.rules import Permission
from mediation.stages.agreements import esigning

bp = Blueprint("check", __name__)


class CheckForm(DeskForm):
    """What stands at the foot of a paper, or the file."""

    number = Text(_l("编号"), longest=80)
    hash = Text(_l("校验码"), longest=40)
    file = FileField(_l("或者选 PDF 文件"))


@bp.route("/check", methods=["GET", "POST"])
@policy(Permission.CASES_READ)
def index():
    """Say whether a paper is genuine; of its case nothing but form, day and unit."""
    form, answer, signature = CheckForm(), None, None
    if form.validate_on_submit():
        content = uploaded(form.file) if form.file.data else b""
        if not content and not (form.number.data and form.hash.data):
            form.form_errors.append(_("填编号和校验码，或者选一个 PDF 文件"))
        else:
            with refused_on(form) as done, transaction():
                done.answer, done.signature = _answer(form, content)
            if done:
                answer, signature = done.answer, done.signature
    return render_template(
        "desk/check/index.html", form=form, answer=answer, signature=signature, good=Verdict.GENUINE,
        is_set_up=esigning.is_set_up(),
    )


def _answer(form, content):
    if content:
        return esigning.checked(content, by=actor())
    return checking.by_number(form.number.data, form.hash.data, by=actor()), None
