"""What this room offers to the table of steps; a mediation that a court sent starts the time to report to it."""

from mediation.casefile.cases import access
from mediation.casefile.cases.models import Case
from mediation.casefile.cases.rules import FROM_COURT, TO_COURT, Exit, basis_of
from mediation.casefile.clocks import operations as clocks
from mediation.ground.choices import N_, Reason
from mediation.ground.db import session
from mediation.ground.errors import because
from mediation.ground.steps import fact, reacts_to, subjects
from mediation.registry.access.rules import Relation
from mediation.registry.units import queries as units
from mediation.registry.units.rules import UnitKind
from mediation.stages.intake import limitation
from mediation.stages.referrals import queries, reporting
from mediation.stages.referrals.circumstances import circumstances, leaving_obstacles


class Bar(Reason):
    NOT_FROM_COURT = "not_from_court", N_("不是法院委派、委托的案件，不用报告法院"), "JM-10"


@subjects("referral")
def rows(case_id):
    """Return the referral rows of a case, oldest first."""
    return queries.of_case(case_id)


@fact("referrals.court_sent_it", rules=("JM-10",))
def court_sent_it(proceeding, *, on, by):
    """Only a court that sent the case is told how its mediation ended."""
    return [] if proceeding.basis in FROM_COURT else [because(Bar.NOT_FROM_COURT)]


@fact("referrals.failed_or_unsuitable", rules=("RT-09", "PM-16"), cure="proceeding.end")
def failed_or_unsuitable(case, *, on, by):
    """Only what failed, does not suit, was breached or was not confirmed leaves the house, and one way at a time."""
    return leaving_obstacles(circumstances(case, on=on))


@reacts_to("case.register")
def let_the_liaison_see(case, *, by, on):
    """What a court sent is followed by the liaison's desk, which answers the court, whoever wrote it down (JM-10)."""
    office_id = units.first_of_kind(case.centre_id, UnitKind.LIAISON_OFFICE, on=on)
    if basis_of(case.source) in FROM_COURT and office_id is not None:
        access.grant(case, Relation.LIAISON, unit_id=office_id)


@reacts_to("referral.take")
def limitation_stands_still(referral, *, by, on):
    """A suit or a request for arbitration interrupts the limitation, and while it lasts nothing runs (LM-02)."""
    if referral.kind in TO_COURT or referral.kind == Exit.ARBITRATION:
        limitation.stand_still(session.get_one(Case, referral.case_id), on=on, by=by)


@reacts_to("proceeding.end", "proceeding.agree")
def begin_report(proceeding, *, by, on):
    """A court that sent the case waits to hear how its mediation ended (JM-10)."""
    if proceeding.basis in FROM_COURT:
        reporting.start_report(proceeding, session.get_one(Case, proceeding.case_id), by=by, on=on)


@reacts_to("proceeding.resume")
def keep_waiting(proceeding, *, by, on):
    """A mediation that goes on has not ended after all."""
    case = session.get_one(Case, proceeding.case_id)
    clocks.stop(case, reporting.REPORT, on=on, by=by, about=proceeding)
