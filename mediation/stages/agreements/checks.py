"""What agreements offer to the table of steps."""

from mediation.casefile.cases import progress
from mediation.casefile.cases.facts import party_facts
from mediation.casefile.cases.models import Case
from mediation.casefile.cases.rules import (
    FROM_COURT,
    AgreementState,
    agent_obstacles,
    consent_obstacles,
    disputing,
    guardian_obstacles,
)
from mediation.ground.choices import N_, Reason
from mediation.ground.db import session
from mediation.ground.errors import because
from mediation.ground.steps import fact, reacts_to, subjects
from mediation.registry.settings import queries as settings
from mediation.stages.agreements import operations, proposals, queries, silence
from mediation.stages.agreements.linting import rules as linting
from mediation.stages.agreements.rules import Signer
from mediation.stages.proceedings.models import Proceeding


class Bar(Reason):
    EFFECTIVE = "effective", N_("协议已经生效，不能再终止"), "RT-04"
    IN_HAND = "in_hand", N_("已有一份协议在办"), None
    ORAL = "oral_needs_no_signature", N_("口头协议不用签字，已有登记表"), "PM-11"
    ALL_SIGNED = "all_signed", N_("都签好、盖好了"), "PM-13"
    NO_PROPOSAL = "no_proposal", N_("没有提出过调解方案"), "JM-14"
    NOT_FROM_COURT = "not_from_court", N_("不是法院委派、委托的案件，不用报法院"), "JM-09"


@subjects("agreement")
def rows(case_id):
    """Return the agreements of a case, oldest first."""
    return queries.of_case(case_id)


def _case_of(subject) -> int:
    return subject.id if isinstance(subject, Case) else subject.case_id


@fact("agreements.none_effective", rules=("RT-04",))
def none_effective(subject, *, on, by):
    """A proceeding can be ended until its agreement binds; afterwards performance and confirmation follow.

    What an earlier round of a reopened case agreed on keeps nobody in this one (RT-04).
    """
    if isinstance(subject, Case):
        binds = progress.progress_of(subject, progress.history(subject.id)).agreement == AgreementState.EFFECTIVE
    else:
        found = queries.effective(subject.case_id)
        binds = found is not None and found.proceeding_id == subject.id
    return [because(Bar.EFFECTIVE)] if binds else []


@fact("agreements.none_open", cure="agreement")
def none_open(case, *, on, by):
    """There is one text at a time."""
    return [because(Bar.IN_HAND)] if queries.unsigned(_case_of(case)) else []


@fact("agreements.all_consent", rules=("RT-02", "RT-03"), cure="case.record_consent")
def all_consent(subject, *, on, by):
    """Every party has agreed to mediation; silence is not consent."""
    return consent_obstacles(party_facts(_case_of(subject), on=on))


@fact("agreements.complete", rules=("PM-12", "DC-03", "PM-03", "JC-13"), cure="agreement.edit")
def complete(agreement, *, on, by):
    """The linter finds nothing that the law bars: who owes whom what, how much, by when, how; the sums agree."""
    return _bars(agreement, on=on)


@fact("agreements.still_lawful", rules=("PM-12", "DC-03", "JC-13"), cure="agreement.revise")
def still_lawful(agreement, *, on, by):
    """Nobody signs a text that the linter would not let through on the day on which it was agreed."""
    if agreement.state != AgreementState.AGREED:
        return []
    return _bars(agreement, on=agreement.agreed_on or on)


def _bars(agreement, *, on):
    case = session.get_one(Case, agreement.case_id)
    text = agreement if queries.is_whole(agreement) else queries.load(agreement.id)
    return linting.content_obstacles(queries.draft_of(text, case, on=on), on=on)


@fact("agreements.capacity", rules=("MH-05", "QT-16"), cure="parties")
def capacity(subject, *, on, by):
    """Who cannot act alone has a guardian, agents have their papers; asked of a text, or of a case that has none."""
    case = session.get_one(Case, _case_of(subject))
    parties = party_facts(case.id, on=on)
    most = settings.number("QT-16", on=case.law_on, centre_id=case.centre_id)
    found = guardian_obstacles(parties)
    for party in disputing(parties):
        found += agent_obstacles(party, most=most)
    return found


@fact("agreements.wants_signature", rules=("PM-13", "JM-09"))
def wants_signature(agreement, *, on, by):
    """A text in effect may still want its mediator's name and the body's seal: a court asks for the parties' alone."""
    if agreement.is_oral:
        return [because(Bar.ORAL)]
    signers = {row.signer for row in agreement.signatures}
    is_whole = agreement.state == AgreementState.EFFECTIVE and {Signer.MEDIATOR, Signer.BODY} <= signers
    return [because(Bar.ALL_SIGNED)] if is_whole else []


@fact("agreements.nobody_objected", rules=("JM-14",), cure="agreement.serve_proposal")
def nobody_objected(agreement, *, on, by):
    """Silence is consent once everybody was served and the last day to object is over."""
    proposal = proposals.newest(agreement.id)
    if proposal is None:
        return [because(Bar.NO_PROPOSAL)]
    return silence.silence_obstacles(party_facts(agreement.case_id, on=on), proposals.put_of(proposal), on=on)


@fact("agreements.court_wants_it", rules=("JM-09",))
def court_wants_it(agreement, *, on, by):
    """Only what a court commissioned or entrusted goes back to it."""
    basis = session.get_one(Proceeding, agreement.proceeding_id).basis
    return [] if basis in FROM_COURT else [because(Bar.NOT_FROM_COURT)]


@reacts_to("proceeding.end")
def abandon(proceeding, *, by, on):
    """What was not signed is given up with its proceeding."""
    operations.abandon_open(proceeding, by=by, on=on)


