"""The window: registering, screening, correcting. One page to register, one to go on from there."""

from flask import (
    Blueprint,
    Response,
    current_app,
    flash,
    jsonify,
    make_response,
    redirect,
    render_template,
    request,
    url_for,
)
from markupsafe import Markup
from segno import make as make_qr
from werkzeug.datastructures import MultiDict

from mediation.casefile.attachments import queries as attachments
from mediation.casefile.cases import drafts, links, needs
from mediation.casefile.cases import queries as cases
from mediation.casefile.cases.lifecycle import STEPS
from mediation.casefile.cases.rules import CaseState, Channel, PartyRole, Stage, Turn
from mediation.casefile.duties import queries as duties
from mediation.doors.desk import intakepanel, nextsteps, ordered, pickers, shifts
from mediation.doors.desk.intakeforms import RegisterForm
from mediation.doors.desk.partyforms import flag_words
from mediation.doors.shared import headers
from mediation.doors.shared.guard import actor, policy, step_page
from mediation.doors.shared.language import gettext as _
from mediation.doors.shared.refusals import refused_on
from mediation.doors.shared.words import sentence
from mediation.ground import clock
from mediation.ground.db import transaction
from mediation.ground.errors import NotAllowed, RuleBroken
from mediation.registry.access.rules import Permission, Role
from mediation.stages.contacts import queries as contacts
from mediation.stages.groups import queries as groups
from mediation.stages.intake import asked, queries, rules
from mediation.stages.intake import operations as intake
from mediation.stages.intake.orders import operations as orders
from mediation.stages.referrals import letters
from mediation.stages.routing import operations as routing
from mediation.stages.routing import queries as ways

bp = Blueprint("intake", __name__)

AT_THE_WINDOW = STEPS["case.register"]
SECRET_OF_FORM = "csrf_token"


@bp.route("/intake", methods=["GET", "POST"])
@step_page("case.register")
def register():
    """Register a dispute; the same save may screen it and send it where the panel suggests."""
    form, saved_words = RegisterForm(), True
    if request.method == "GET":
        form, saved_words = _from_draft(*(request.args.get(name, "")[:22] for name in ("order", "letter")))
    elif request.form.get("take_type"):  # without the script the suggestion is a button of the form
        _take_type(form, request.form["take_type"])
    elif request.form.get("look"):  # without the script this is how the panel is filled
        pass
    elif form.validate_on_submit():
        with refused_on(form) as done, transaction():
            public_id = _register(form)
        if done and actor().role is Role.MEDIATOR:  # who does not see it before it is given to them
            flash(_("主动调解的纠纷已登记，中心筛查、分流以后由承办单位受理；各方都同意才能达成协议。"))
            return redirect(url_for("desk.home.start"))
        if done:
            _route(public_id, form)
            waits = {"join": 1} if _waits_to_join(public_id, form) else {}
            return redirect(url_for("desk.intake.saved", public_id=public_id, _anchor="print", **waits))
    return render_template(
        "desk/intake/register.html", form=form, saved_words=saved_words, panel=intakepanel.of(form, by=actor()),
        strip=_strip(), now=clock.now(), order=ordered.shown(form.order.data),
        letter=ordered.letter_of(form.letter.data),
    )


def _register(form):
    key, by, on = form.key.data, actor(), clock.today()
    public_url = current_app.extensions["yichuang"].public_url
    screens = by.role in STEPS["case.screen"].who
    values = form.values()
    if screens:
        values |= {"answers": form.answers(), "capacity": form.victim_capacity()}
    public_id = intake.register(
        by=by, on=on, key=key, public_url=public_url, noted=() if screens else form.ticked(), **values
    )
    if form.order.data:
        orders.completed(form.order.data, public_id, by=by)
    if form.letter.data:
        letters.registered(form.letter.data, public_id, by=by)
    drafts.forget(ordered.draft_of(form.order.data or form.letter.data), by=by)
    return public_id


def _route(public_id, form):
    """Send the case where the panel suggested, if that was accepted; when something bars it, say so and go on."""
    if request.form.get("route") != "accept":
        return
    case = cases.get(public_id, for_=actor())
    if case.state == CaseState.REGISTERED:
        flash(_("已登记。五问还没答，答完才能分流。"), "warning")
        return
    advice = ways.suggest_for(case, on=clock.today()) if case.state == CaseState.SCREENED else None
    if advice is None:
        return
    unit, track = advice.way.unit, advice.way.track
    try:
        with transaction():
            routing.route(
                public_id, track=track, unit_public_id=unit.public_id, by=actor(), on=clock.today(),
                key=f"{form.key.data}.route",
            )
    except RuleBroken as error:
        flash(_("已登记，还没分流：%(why)s", why=_("；").join(map(sentence, error.obstacles))), "warning")
    except NotAllowed:
        flash(_("已登记。您的岗位不能分流，请分流员来办。"), "warning")


def _waits_to_join(public_id, form):
    """Say whether the case was to join another and a duty to report came before that."""
    chosen = form.chosen_case()
    if chosen is None or chosen.kind != intake.Belonging.JOIN:
        return False
    return cases.get(public_id, for_=actor()).state != CaseState.MERGED


def _from_draft(order, letter):
    found = drafts.load(ordered.draft_of(order or letter), by=actor())
    fields = MultiDict(found[0] if found else ordered.fields_of(order) or ordered.fields_of_letter(letter))
    if "channel" not in fields:
        by = actor()
        usual = Channel.PATROL if by.role is Role.HEAD else Channel.WINDOW
        channel, point = queries.last_origin(by=by, on=clock.today(), usual=usual)
        fields["channel"], fields["point"] = channel.value, point or ""
    fields.setdefault("applied_on", clock.today().isoformat())
    is_present = not (order or letter) and actor().role is not Role.MEDIATOR  # else nobody stands at the window
    fields["data_notice"] = rules.DATA_NOTICE if is_present else rules.NOTICE_LATER
    return RegisterForm(fields), _draft_words(found[1]) if found else True


def _take_type(form, code):
    label = pickers.type_label(code, centre_id=actor().centre_id)
    form.kind.data, form.type_code.data = label, code if label else ""


@bp.post("/intake/draft")
@policy(AT_THE_WINDOW)
def draft():
    """Keep what is typed; the answer is the sentence that the page shows."""
    known = set(RegisterForm()._fields) - {SECRET_OF_FORM}
    fields = [(name, value) for name, value in request.form.items(multi=True) if name in known]
    with transaction():
        saved_at = drafts.save(ordered.draft_of(_origin_of(request.form)), fields, by=actor())
    return Response(_draft_words(saved_at), mimetype="text/plain")


def _origin_of(fields):
    """Return the order or the letter that a registration is made from, whose draft is its own."""
    return (fields.get("order") or fields.get("letter") or "")[:22]


def _draft_words(saved_at):
    return _("草稿 %(time)s 已存", time=f"{clock.local(saved_at):%H:%M:%S}")


@bp.post("/intake/clear")
@policy(AT_THE_WINDOW)
def clear():
    """Drop the draft: the next visitor."""
    with transaction():
        drafts.forget(queries.DRAFT, by=actor())
    return redirect(url_for("desk.intake.register"))


@bp.post("/intake/live")
@policy(AT_THE_WINDOW)
def live():
    """Answer the panel for what is typed so far; nothing is validated, nothing but the look-up is written."""
    form = RegisterForm()
    return render_template("desk/intake/_panel.html", form=form, panel=intakepanel.of(form, by=actor()))


@bp.get("/intake/notice")
@policy(AT_THE_WINDOW)
def notice():
    """Show the notice on personal data, to be turned towards the visitor or printed (DP-05)."""
    return render_template("desk/intake/notice.html", version=rules.DATA_NOTICE)


PICKED = {"places": pickers.places, "types": pickers.types, "causes": pickers.cause_options}


@bp.get("/pick/<any(places, types, causes):what>")
@policy(Permission.CASES_READ)
def pick(what):
    """Answer a field that suggests places, types or causes."""
    return jsonify(PICKED[what](request.args.get("q", "")[:60], centre_id=actor().centre_id))


@bp.get("/intake/<public_id:public_id>")
@policy(AT_THE_WINDOW)
def saved(public_id):
    """Show the receipt and what may be filled in now, while the visitor is still here."""
    case = cases.get(public_id, for_=actor())
    offered, barred = nextsteps.box(case, current_app)
    following = next((step for step in offered if step.name in ("case.screen", "case.route")), None)
    bars = next((step.reasons for step in barred if step.name == "case.route"), [])
    public_url = current_app.extensions["yichuang"].public_url
    qr = make_qr(f"{public_url}/progress#{case.query_code}", error="m")
    parties = cases.parties_of(case.id)
    came = [party for party in parties if party.role == PartyRole.APPLICANT]
    page = render_template(
        "desk/intake/saved.html", case=case, receipt=queries.receipt_of(case), parties=parties,
        listens=any(map(_listens, came)), is_for_many=_is_for_many(case),
        reads_large=any(needs.reads_large((party.flags or {}).get("flags", ())) for party in came),
        qr=Markup(qr.svg_inline(scale=4, border=2, svgclass="qr", lineclass=None, omitsize=False)),
        addresses=cases.service_addresses(case.id), attachments=attachments.of_case(case.id),
        links=links.of_case(case, for_=actor()), is_merged=case.state == CaseState.MERGED,
        waits_to_join="join" in request.args, duties=duties.of_case(case.id),
        is_screened=case.screened_on is not None, next_step=following,
        flags=flag_words(), bars=bars, questions=asked.questions(case), answers=asked.answered(case),
        bring=asked.papers(case), hints=rules.hints_for(case.screening),
    )
    response = make_response(page)
    response.headers["Content-Security-Policy"] = headers.policy(frame_src="'self'")  # the receipt, to be printed
    return response


@bp.get("/intake/<public_id:public_id>/read-aloud")
@policy(AT_THE_WINDOW)
def read_aloud(public_id):
    """Print what was written down, to be read to who cannot read it; signed as read. Chinese (DC-05)."""
    case = cases.get(public_id, for_=actor())
    parties = cases.parties_of(case.id)
    ours = [party for party in parties if party.role == PartyRole.APPLICANT]
    return render_template(
        "notices/read_at_intake.html", case=case, parties=[each for each in ours if _listens(each)] or ours,
        others=[party for party in parties if party.role != PartyRole.APPLICANT], beside=needs.BESIDE,
    )


def _listens(party):
    return bool(needs.READ_ALOUD.intersection((party.flags or {}).get("flags", ())))


def _is_for_many(case):
    """Say whether so many came with one matter that their list is pasted in next (row 20)."""
    step = STEPS["case.group"]
    if actor().role not in step.who or case.state not in step.from_:
        return False
    said_so = bool((case.screening or {}).get(rules.Question.COLLECTIVE))
    return said_so or case.people_count >= groups.limits(case, on=clock.today()).report_from


def _strip():
    """Return today's strip: what waits for the window. Counts, no names: the screen faces the visitor."""
    by, today = actor(), clock.today()
    if by.role is Role.MEDIATOR:
        return []
    parts = (
        (_("等筛查"), {"stage": Stage.REGISTERED}, cases.Filter(stages=(Stage.REGISTERED,))),
        (_("等分流"), {"stage": Stage.SCREENED}, cases.Filter(stages=(Stage.SCREENED,))),
        (_("没人办"), {"turn": Turn.NOBODY}, cases.Filter(turns=(Turn.NOBODY,))),
        (_("今天申请"), {"from": today.isoformat()}, cases.Filter(applied_from=today)),
    )
    counted = [cases.count(for_=by, chosen=chosen, up_to=99) for _label, _query, chosen in parts]
    strip = [
        {"label": label, "href": url_for("desk.cases.index", **query), "count": "99+" if count > 99 else count}
        for (label, query, _chosen), count in zip(parts, counted, strict=True)
    ]
    calls = contacts.promised_count(for_=by)
    if calls:
        strip.append({"label": _("要回的电话"), "href": url_for("desk.atwindow.calls"), "count": calls})
    return strip + ordered.strip(by) + shifts.strip()
