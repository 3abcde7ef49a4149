"""The phrase bank: one's own phrases, and those of the whole centre."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import lazy_gettext as _l
from wtforms import IntegerField, RadioField, SelectField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Optional
from wtforms.widgets import HiddenInput

from mediation.doors.desk.proceedingforms import choices
from mediation.doors.shared.forms import CreatingForm, LongText, Text
from mediation.doors.shared.guard import actor, policy
from mediation.doors.shared.language import gettext as _
from mediation.doors.shared.refusals import refused_on
from mediation.ground import clock
from mediation.ground.db import transaction
from mediation.registry.access.rules import Permission
from mediation.registry.causes import queries as causes
from mediation.registry.phrases import operations, queries
from mediation.registry.phrases.rules import Place
from mediation.registry.staff import queries as staff

bp = Blueprint("phrases", __name__)

OWN, SHARED = "own", "shared"


class PhraseForm(CreatingForm):
    """One phrase."""

    code = Text(_l("短码"), [InputRequired(_l("填短码，如 gs"))], longest=13)
    text = LongText(_l("内容"), [InputRequired(_l("没有写内容"))], longest=2000)
    place = SelectField(_l("用在哪个框"), choices=choices(Place))
    type_code = SelectField(_l("哪类纠纷用"), [Optional()])
    whose = RadioField(_l("给谁用"), choices=[
        SelectChoice(OWN, _l("只我自己")), SelectChoice(SHARED, _l("全中心")),
    ])
    version = IntegerField(widget=HiddenInput(), validators=[Optional()])

    def know(self, by) -> None:
        """Offer the types of dispute, and the whole centre to whoever may write for it."""
        types = [kind for kind in causes.types(on=clock.today(), centre_id=by.centre_id) if kind.parent_code is None]
        self.type_code.choices = [SelectChoice("", _l("都能用"))]
        self.type_code.choices += [SelectChoice(each.code, each.name) for each in types]
        if not by.may(Permission.PHRASES_SHARE):
            del self.whose

    def values(self) -> dict:
        return {
            "code": self.code.data, "text": self.text.data, "place": self.place.data,
            "type_code": self.type_code.data or None,
        }


@bp.route("/phrases", methods=["GET", "POST"])
@policy(Permission.PHRASES_KEEP)
def index():
    """List the phrases in use, or those that were ended, and keep one more."""
    form = PhraseForm(place=Place.ANY.value, whose=OWN)
    form.know(actor())
    if form.validate_on_submit():
        with refused_on(form) as done, transaction():
            operations.add(
                by=actor(), on=clock.today(), key=form.key.data,
                shared="whose" in form and form.whose.data == SHARED, **form.values(),
            )
        if done:
            flash(_("已存，打“;%(code)s”再按 Tab 就用上", code=form.code.data.lstrip(";；")))
            return redirect(url_for("desk.phrases.index"))
    ended = request.args.get("show") == "ended"
    found = queries.listing(actor(), ended=ended)
    return render_template(
        "desk/phrases/index.html", form=form, phrases=found, ended=ended,
        authors=staff.names(each.made_by_id for each in found),
        types={kind.code: kind.name for kind in causes.types(on=clock.today(), centre_id=actor().centre_id)},
        may_share=actor().may(Permission.PHRASES_SHARE),
    )


@bp.route("/phrases/<public_id:public_id>/change", methods=["GET", "POST"])
@policy(Permission.PHRASES_KEEP)
def change(public_id):
    """Mend a phrase: the old one is ended, the new one takes its place."""
    phrase = queries.get(public_id, for_=actor())
    form = PhraseForm(obj=phrase)
    form.know(actor())
    if "whose" in form:
        del form.whose
    if form.validate_on_submit():
        with refused_on(form) as done, transaction():
            operations.change(
                public_id, by=actor(), on=clock.today(), version=form.version.data or 0, **form.values()
            )
        if done:
            flash(_("已改"))
            return redirect(url_for("desk.phrases.index"))
        phrase = queries.get(public_id, for_=actor())
    return render_template("desk/phrases/change.html", form=form, phrase=phrase)


@bp.post("/phrases/<public_id:public_id>/end")
@policy(Permission.PHRASES_KEEP)
def end(public_id):
    """Take a phrase out of use."""
    with transaction():
        operations.end(public_id, by=actor(), on=clock.today())
    flash(_("已停用，以前写进记录的不变"))
    return redirect(url_for("desk.phrases.index"))
