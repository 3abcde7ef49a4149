"""The court's fee with its working, and the limits of small claims; to tell the parties, and to print for them."""

from flask import Blueprint, render_template, request, url_for
from flask_babel import lazy_gettext as _l
from wtforms import Form, SelectField

from mediation.doors.desk.proceedingforms import choices
from mediation.doors.shared.forms import Money
from mediation.doors.shared.guard import LOGGED_IN, actor, policy
from mediation.ground import clock
from mediation.registry.access.rules import Permission
from mediation.registry.settings import queries as settings
from mediation.stages.proceedings.periods import Procedure
from mediation.stages.referrals import at_court, limits
from mediation.stages.referrals.fees import FeeKind
from mediation.stages.referrals.rules import Outcome

bp = Blueprint("fees", __name__)

FEN = 100


class FeeForm(Form):
    """What the fee depends on; asked by an address, so that a page can link to a sum."""

    amount = Money(_l("标的额（元）"))
    kind = SelectField(_l("什么案件"), choices=choices(FeeKind), default=FeeKind.PROPERTY.value)
    procedure = SelectField(_l("什么程序"), choices=choices(Procedure), default=Procedure.ORDINARY.value)
    end = SelectField(
        _l("怎么结案"), default="",
        choices=choices((Outcome.JUDGMENT, Outcome.COURT_MEDIATION, Outcome.SUIT_WITHDRAWN), _l("还不知道")),
    )


def address_of(case):
    """Return the page that counts what a suit about a case would cost, to tell the parties."""
    kind = at_court.fee_kind(case, amount_fen=case.amount_fen)
    amount = f"{case.amount_fen / FEN:.2f}" if case.amount_fen else None
    return url_for("desk.fees.index", amount=amount, kind=kind.value, procedure=Procedure.SIMPLE.value)


@bp.get("/fees")
@policy(LOGGED_IN)
def index():
    """Count a fee, and list the limits of small claims by province and year."""
    by, today = actor(), clock.today()
    form = FeeForm(request.args)
    is_asked = bool(request.args) and form.validate()
    amount = form.amount.data
    lacks_sum = is_asked and form.kind.data == FeeKind.PROPERTY and amount is None
    fee = None
    if is_asked and not lacks_sum:
        fee = at_court.fee_of(
            FeeKind(form.kind.data), amount, on=today, centre_id=by.centre_id,
            procedure=Procedure(form.procedure.data), outcome=Outcome(form.end.data) if form.end.data else None,
        )
    return render_template(
        "desk/fees/index.html", form=form, fee=fee, amount=amount, lacks_sum=lacks_sum,
        kind=FeeKind(form.kind.data) if is_asked else None,
        articles=settings.citations_for("QT-14", on=today, centre_id=by.centre_id),
        limits=limits.table(centre_id=by.centre_id, on=today), may_enter=by.may(Permission.SETTINGS_MANAGE),
    )
