"""What this room offers to the table of steps; an agreement that takes effect starts the time to apply."""

from mediation.casefile.cases.models import Case
from mediation.casefile.cases.rules import AgreementState, ConfirmationState
from mediation.casefile.clocks import operations as clocks
from mediation.casefile.clocks.rules import ClockLabel
from mediation.casefile.duties import queries as duties
from mediation.casefile.duties.rules import Barred
from mediation.ground.choices import N_, Reason
from mediation.ground.db import session
from mediation.ground.errors import because
from mediation.ground.steps import fact, reacts_to, subjects
from mediation.registry.units import queries as units
from mediation.registry.units.rules import UnitKind
from mediation.stages.confirmation import papers, queries, rules
from mediation.stages.confirmation.gather import bundle_of, of_case
from mediation.stages.confirmation.rules import AfterRuling, ApplicationForm, after_ruling

TIME = "JC-01"


class Bar(Reason):
    NO_AGREEMENT = "no_agreement", N_("还没有生效的书面协议"), "JC-01"
    IN_HAND = "confirmation_in_hand", N_("已有一份司法确认在办"), None
    CONFIRMED = "already_confirmed", N_("协议已经法院裁定确认有效"), "JC-14"
    ANSWERED = "answered", N_("法院已经“%(answer)s”，要变更协议才能再申请"), "JC-14"
    NO_LIAISON = "no_liaison", N_("中心还没有设诉调对接单位，请系统管理员先在“单位”里建"), None
    STANDS = "agreement_stands", N_("协议已经生效；口头的可以补成书面，法院没有确认的可以变更，别的照协议履行"), "JC-14"


@subjects("confirmation")
def rows(case_id):
    """Return the confirmation rows of a case, oldest first."""
    return of_case(case_id)


@fact("confirmation.may_start", rules=("JC-01", "JC-03", "JC-10", "JM-09", "MH-06"), cure="agreement")
def may_start(case, *, on, by):
    """There is an agreement that a court could confirm, in time, by a body it knows, and nobody applied yet."""
    bundle = bundle_of(case)
    if bundle.agreement is None:
        return [because(Bar.NO_AGREEMENT)]
    found = _earlier(bundle.confirmation) + queries.start_obstacles(bundle, on=on)
    if units.first_of_kind(case.centre_id, UnitKind.LIAISON_OFFICE, on=on) is None:
        found.append(because(Bar.NO_LIAISON))
    return found + _risks(case.id)


def _earlier(confirmation):
    """What an earlier application of the same agreement leaves open (JC-12, JC-14)."""
    state = confirmation.state if confirmation else ConfirmationState.DROPPED
    if state == ConfirmationState.DROPPED or AfterRuling.APPLY_AGAIN in after_ruling(state):
        return []
    if state == ConfirmationState.CONFIRMED:
        return [because(Bar.CONFIRMED)]
    return [because(Bar.ANSWERED, answer=state)] if after_ruling(state) else [because(Bar.IN_HAND)]


@fact("confirmation.time_is_over", rules=("PT-08", "JC-01"))
def time_is_over(agreement, *, on, by):
    """Who is still in time, or never had any, asks for no time back."""
    case = session.get_one(Case, agreement.case_id)
    if agreement.is_oral or queries.is_for_the_court_itself(agreement):
        return [because(rules.Bar.NO_TIME_RUNS)]
    last_on = queries.last_day_to_apply(case, agreement).day
    return [] if on > last_on else [because(rules.Bar.IN_TIME_STILL, last_day=last_on)]


@fact(
    "confirmation.ready", rules=("JC-01", "JC-02", "JC-09", "JC-13", "JC-19", "DC-02", "MH-06"),
    cure="confirmation.prepare",
)
def ready(confirmation, *, on, by):
    """Every check of the pack is passed, its papers are issued and still say what the case says."""
    bundle = bundle_of(session.get_one(Case, confirmation.case_id))
    found = queries.readiness_of(bundle, on=on).obstacles
    if confirmation.form == ApplicationForm.WRITTEN:
        found = found + papers.obstacles(bundle)
    return found + _risks(confirmation.case_id)


def _risks(case_id):
    """A duty to report holds the application up until its report is recorded."""
    return [obstacle.curable_at("duty.report") for obstacle in duties.obstacles(case_id, Barred.CONFIRM)]


@fact("confirmation.lets_revise", rules=("JC-14", "PM-11"))
def lets_revise(agreement, *, on, by):
    """A text that binds is drawn up again only where the court did not confirm it; an oral agreement may be written."""
    if agreement.state != AgreementState.EFFECTIVE or agreement.is_oral:
        return []
    states = [each.state for each in of_case(agreement.case_id) if each.agreement_id == agreement.id]
    last = next(reversed(states), None)
    refused = last is not None and last != ConfirmationState.CONFIRMED and after_ruling(last)
    return [] if refused else [because(Bar.STANDS)]


@reacts_to("agreement.take_effect")
def start_time(agreement, *, by, on):
    """The time to apply runs from the day of effect; not where the court itself makes the paper (JC-01, JM-09)."""
    case = session.get_one(Case, agreement.case_id)
    if not queries.is_for_the_court_itself(agreement):
        clocks.start(case, TIME, agreement.effective_on, label=ClockLabel.APPLY_CONFIRMATION, by=by, about=agreement)
