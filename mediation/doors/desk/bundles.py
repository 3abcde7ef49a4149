"""The whole case to take along: what it holds and lacks, asked for with a reason, taken away when it is made."""

from flask import Blueprint, Response, jsonify, redirect, render_template, url_for
from flask_babel import lazy_gettext as _l
from wtforms import RadioField, SelectField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import Optional

from mediation.casefile.cases import queries as cases
from mediation.casefile.cases.lifecycle import STEPS
from mediation.casefile.cases.rules import CaseState
from mediation.doors.shared.forms import CreatingForm, Text
from mediation.doors.shared.guard import actor, policy, step_page
from mediation.doors.shared.headers import disposition
from mediation.doors.shared.language import gettext as _
from mediation.doors.shared.refusals import refused_on
from mediation.doors.shared.words import sentence
from mediation.ground import clock
from mediation.ground.db import transaction
from mediation.registry.staff import queries as staff
from mediation.stages.bundles import operations, queries, rules
from mediation.stages.bundles.rules import BOUND_IN, Audience, BundleState

bp = Blueprint("bundles", __name__)

TAKES = STEPS["case.bundle"]
TYPES = {"pdf": "application/pdf", "zip": "application/zip"}
SANDBOX = "sandbox; default-src 'none'"


class BundleForm(CreatingForm):
    """For whom a bundle is, and why."""

    audience = RadioField(_l("给谁"), default=Audience.FILE.value)
    party = SelectField(_l("哪一方"), validators=[Optional()])
    reason = Text(_l("理由：给谁、做什么用"), longest=400)


@bp.route("/cases/<public_id:public_id>/bundle", methods=["GET", "POST"])
@step_page("case.bundle")
def ask(public_id):
    """Show what a bundle would hold and what the dossier lacks; ask for one."""
    case = cases.get(public_id, for_=actor())
    parties = cases.parties_of(case.id)
    form = BundleForm()
    offered = [each for each in Audience if each != Audience.ARCHIVE or case.state == CaseState.ARCHIVED]
    form.audience.choices = [SelectChoice(each.value, _(each.label)) for each in offered]
    form.party.choices = [SelectChoice("", _("不选"))]
    form.party.choices += [SelectChoice(party.public_id, party.name) for party in parties]
    if form.validate_on_submit():
        with refused_on(form) as done, transaction():
            done.bundle = operations.ask(
                public_id, audience=form.audience.data, party=form.party.data or None, reason=form.reason.data or "",
                by=actor(), on=clock.today(), key=form.key.data,
            )
        if done:
            return redirect(url_for("desk.bundles.show", public_id=done.bundle))
        case = cases.get(public_id, for_=actor())
    parts = queries.parts_of(case, Audience.FILE, None, by=actor())
    earlier = queries.of_case(case.id)
    return render_template(
        "desk/bundles/ask.html", form=form, case=case, groups=groups(case, parts), count=len(parts),
        lacks=[sentence(each) for each in queries.lacks_of(case, parts)],
        earlier=earlier, names=staff.names({row.asked_by_id for row in earlier}),
    )


def groups(case, parts):
    """Return the dossier's parts in order: label, what is in it, whether it must be there."""
    wanted = rules.mandatory(queries.facts_of(case))
    return [
        (item.label, [part for part in parts if part.item == item], item in wanted)
        for item in rules.Item if item not in BOUND_IN
    ]


@bp.get("/bundles/<public_id:public_id>")
@policy(TAKES)
def show(public_id):
    """Show how far a bundle is, and its two files when it is made."""
    bundle, case = queries.get(public_id, for_=actor())
    party = next((each for each in cases.parties_of(case.id) if each.id == bundle.party_id), None)
    return render_template(
        "desk/bundles/show.html", bundle=bundle, case=case, progress=_progress(bundle), party=party,
        is_waiting=bundle.state == BundleState.WAITING, is_ready=bundle.is_kept,
        names=staff.names({bundle.asked_by_id}),
    )


def _progress(bundle):
    if bundle.state != BundleState.WAITING:
        return _(bundle.state.label)
    if bundle.error:
        return _("没有打成，系统会再试")
    return _("正在打包：%(done)s / %(total)s 件", done=bundle.done, total=bundle.total)


@bp.get("/bundles/<public_id:public_id>/progress")
@policy(TAKES, polls=True)
def progress(public_id):
    """Say how far a bundle is, for the page that waits for it."""
    bundle, _case = queries.get(public_id, for_=actor())
    return jsonify(words=_progress(bundle), over=bundle.state != BundleState.WAITING)


@bp.get("/bundles/<public_id:public_id>/whole.<any(pdf, zip):form>")
@policy(TAKES)
def take(public_id, form):
    """Hand out a file of a bundle; each time is written down."""
    bundle, case, content = operations.content(public_id, form, by=actor())
    answer = Response(content, mimetype=TYPES[form])
    number = "".join(sign for sign in case.body_no or case.register_no if sign.isalnum())
    name = f"{number}.{form}"
    answer.headers["Content-Disposition"] = disposition("attachment", name)
    answer.headers["X-Content-Type-Options"] = "nosniff"
    answer.headers["Content-Security-Policy"] = SANDBOX
    return answer
