"""Not accepted at the window: whom it only told where to go, and cases it does not take."""

from flask import Blueprint, Response, flash, redirect, render_template, url_for
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, IntegerField, RadioField, SelectChoice, SelectMultipleField
from wtforms.validators import InputRequired
from wtforms.widgets import CheckboxInput, ListWidget

from mediation.casefile.cases import queries as cases
from mediation.doors.shared.forms import CreatingForm, Text
from mediation.doors.shared.guard import actor, policy, step_page
from mediation.doors.shared.headers import disposition
from mediation.doors.shared.language import gettext as _
from mediation.doors.shared.refusals import refused_on
from mediation.ground import clock
from mediation.ground.db import transaction
from mediation.registry.access.rules import Permission
from mediation.registry.settings import queries as settings
from mediation.stages.archive import operations as archive
from mediation.stages.intake import refusal, signposts
from mediation.stages.intake.refusal import Ground, Way

bp = Blueprint("signposts", __name__)


class RefusalForm(CreatingForm):
    """Why, and where else to go."""

    ground = RadioField(
        _l("为什么不受理"), [InputRequired(_l("没有选为什么不受理"))],
        choices=[SelectChoice(each.value, _l(each.label)) for each in Ground],
    )
    words = Text(_l("说明（不写纠纷内容和姓名；印在告知书上）"), longest=400)
    ways = SelectMultipleField(
        _l("告知的途径"), choices=[SelectChoice(each.value, _l(each.label)) for each in Way],
        widget=ListWidget(prefix_label=False), option_widget=CheckboxInput(),
    )
    told = BooleanField(_l("已当面说清别的途径"))

    def values(self):
        """Return the values as the operations take them."""
        return {
            "ground": self.ground.data, "ways": self.ways.data or (), "words": self.words.data or "",
            "told": self.told.data,
        }


class VisitForm(RefusalForm):
    people = IntegerField(_l("来了几人"), [InputRequired(_l("写来了几人"))], default=1)


@bp.get("/signposts")
@policy(Permission.CASES_REGISTER)
def index():
    """Whom the unit's window did not take lately."""
    return render_template("desk/signposts/index.html", rows=signposts.newest(for_=actor()), way=Way)


@bp.route("/signposts/new", methods=["GET", "POST"])
@policy(Permission.CASES_REGISTER)
def visit():
    """Somebody who is only told where to go: nothing of the dispute is written down."""
    form = VisitForm()
    if form.validate_on_submit():
        with refused_on(form) as done, transaction():
            public_id = signposts.point_the_way(
                by=actor(), on=clock.today(), key=form.key.data, people=form.people.data, **form.values()
            )
        if done:
            return redirect(url_for("desk.signposts.show", public_id=public_id))
    return render_template("desk/signposts/visit.html", form=form, notes=_notes())


@bp.get("/signposts/<public_id:public_id>")
@policy(Permission.CASES_REGISTER)
def show(public_id):
    """What was told, and the letter to print."""
    row = signposts.get(public_id, for_=actor())
    return render_template("desk/signposts/show.html", row=row, ways=[Way(way) for way in row.ways["ways"]])


@bp.get("/signposts/<public_id:public_id>/letter")
@policy(Permission.CASES_REGISTER)
def letter(public_id):
    """The letter of somebody without a case, to print; the name is written by hand."""
    number, data = signposts.letter(public_id, by=actor())
    response = Response(data, mimetype="application/pdf")
    response.headers["Content-Disposition"] = disposition("inline", f"{number}.pdf")
    return response


@bp.route("/cases/<public_id:public_id>/not-accepted", methods=["GET", "POST"])
@step_page("case.refuse")
def refuse(public_id):
    """Do not take a registered case."""
    form = RefusalForm()
    if form.validate_on_submit():
        with refused_on(form) as done, transaction():
            archive.refuse(public_id, by=actor(), on=clock.today(), key=form.key.data, **form.values())
        if done:
            flash(_("已按不予受理结案，告知书在文书里，可以打印"))
            return redirect(url_for("desk.cases.show", public_id=public_id, _anchor="papers"))
    return render_template(
        "desk/signposts/refuse.html", form=form, case=cases.get(public_id, for_=actor()), notes=_notes()
    )


def _notes():
    """Return beside each ground what it rests on and where it usually leads."""
    today, found = clock.today(), {}
    for ground, (_rule, articles) in refusal.RESTS_ON.items():
        cited = [str(settings.citation(key, on=today)) for key in articles]
        ways = [_(way.label) for way in refusal.WAYS_OF[ground]]
        found[ground.value] = _("；").join([*cited, _("通常告知：%(ways)s", ways=_("、").join(ways))])
    return found
