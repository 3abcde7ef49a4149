"""From every state that a case can come to, some way leads to its end: whoever is missing, whoever will not go on.

The table of steps is walked as it stands. Each fact it names is answered from the rules for a case of one applicant,
one respondent and one duty; what a step brings along is written below. A party who refuses stays away for good: nothing
that needs the parties happens any more, and still the case must come to its end (RT-04, RT-09).
"""

from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import cache, cached_property

import pytest

from mediation.casefile.cases.lifecycle import TABLE, Step, fact_keys
from mediation.casefile.cases.linking import merging_obstacles
from mediation.casefile.cases.rules import (
    ACTIVE_PROCEEDING,
    FROM_COURT,
    AgreementState,
    Basis,
    CaseState,
    ConfirmationState,
    PerformanceState,
    ProceedingState,
    Progress,
    ReferralState,
    Stage,
    TransferState,
    stage_of,
)
from mediation.registry.access.rules import Role
from mediation.stages.archive.rules import ClosingFacts, ClosingOutcome, open_ends, outcome_obstacles
from mediation.stages.confirmation.rules import AfterRuling, after_ruling
from mediation.stages.referrals.rules import unreported_obstacles

A, C, F, P, R = AgreementState, CaseState, ConfirmationState, ProceedingState, ReferralState


@dataclass(frozen=True)
class Walk:
    """A case in one round. ``refused``: a party stays away from now on; ``in_time``: the thirty days still run."""

    basis: Basis
    in_time: bool
    case: CaseState = C.REGISTERED
    transfer: TransferState | None = None
    proceeding: ProceedingState | None = None
    agreement: AgreementState | None = None
    confirmation: ConfirmationState | None = None
    referral: ReferralState | None = None
    performance: PerformanceState | None = None
    to_court: bool = True
    is_oral: bool = False
    reported: bool = False
    refused: bool = False
    was: CaseState | None = None  # of a case that was merged into another, before that

    @cached_property
    def progress(self) -> Progress:
        duties = (self.performance,) if self.performance else ()
        return Progress(
            self.case, self.transfer, self.proceeding, self.agreement, self.confirmation, self.referral, duties,
            referral_to_court=self.to_court,
        )

    @cached_property
    def stage(self) -> Stage:
        return stage_of(self.progress)

    @property
    def fresh(self) -> "Walk":
        """The next round: nothing of the old one is left but who is in it."""
        return Walk(self.basis, self.in_time, refused=self.refused)


def closing(case: Walk, outcome=None) -> ClosingFacts:
    return ClosingFacts(
        outcome, ("neighbour",), case.basis, case.proceeding, case.agreement, case.is_oral, True,
        case.progress.performance, case.confirmation, case.referral, notice_given=True,
    )


def may_be_closed(case: Walk) -> bool:
    outcomes = [each for each in ClosingOutcome if each != ClosingOutcome.WITHDRAWN]
    return not open_ends(closing(case)) and any(not outcome_obstacles(closing(case, each)) for each in outcomes)


def court_told(case: Walk) -> bool:
    reported_on = object() if case.reported else None
    return not closing(case).was_mediated or not unreported_obstacles(case.basis, reported_on=reported_on)


def may_leave(case: Walk) -> bool:
    waits = case.proceeding == P.AGREED and case.agreement != A.EFFECTIVE
    if case.referral in (R.SENT, R.TAKEN) or (case.referral == R.DECIDED and case.to_court):
        return False
    not_confirmed = case.confirmation and case.confirmation != F.CONFIRMED and after_ruling(case.confirmation)
    is_owed = case.agreement != A.EFFECTIVE or not_confirmed or case.performance == PerformanceState.BREACHED
    return case.proceeding not in ACTIVE_PROCEEDING and not waits and bool(is_owed)


def may_apply(case: Walk) -> bool:
    again = case.confirmation in (None, F.DROPPED) or AfterRuling.APPLY_AGAIN in after_ruling(case.confirmation)
    whole = case.agreement == A.EFFECTIVE and not case.is_oral and case.basis != Basis.ENTRUSTED
    return again and whole and case.in_time


def may_revise(case: Walk) -> bool:
    unconfirmed = case.confirmation not in (None, F.CONFIRMED) and bool(after_ruling(case.confirmation))
    return not case.refused and (case.agreement != A.EFFECTIVE or case.is_oral or unconfirmed)


def together(case: Walk) -> bool:
    return not case.refused


# A unit has the case: what another one was only asked changes nothing.
HERE = (TransferState.RECEIVED, TransferState.OFFERED, TransferState.DECLINED, TransferState.TAKEN_BACK)


def curable(case: Walk) -> bool:
    """What those who are there can always mend: type, guardian, report of a duty, papers, rights told."""
    return True


FACTS: dict[str, Callable[[Walk], bool]] = {
    "intake.complete": curable,
    "intake.found_by_finder": curable,
    "intake.children_have_guardians": curable,
    "intake.may_merge": lambda case: not merging_obstacles(case.progress),
    "intake.may_unmerge": curable,  # for seven days
    "groups.may_merge": curable,  # the other case is merged into the lead file
    "groups.members_consent": curable,  # who refuses leaves the group
    "routing.admissible": curable,
    "routing.not_before_arbiter": curable,  # the arbiter rules, or nobody is named any more
    "routing.waits_for_arbiter": curable,
    "routing.not_designated": curable,  # who was told to take it may still refuse acceptance
    "routing.no_open_track": lambda case: case.proceeding not in ACTIVE_PROCEEDING,
    "duties.none_bars_routing": curable,
    "duties.none_bars_session": curable,
    "duties.none_bars_agreement": curable,
    "duties.none_open": curable,
    "proceedings.received": lambda case: case.transfer in HERE and case.proceeding is None,
    "proceedings.may_accept": together,
    "proceedings.no_refusal": together,
    "proceedings.all_informed": together,
    "proceedings.no_conflict": curable,
    "proceedings.all_represented": curable,
    "proceedings.can_follow": curable,
    "proceedings.not_elsewhere": curable,  # no other body has this case; one that has ends the mediation (RT-05)
    "proceedings.may_pause": curable,  # an appraisal begins and ends; neither moves the case
    "proceedings.is_paused": curable,
    "proceedings.is_mediating": lambda case: case.proceeding == P.MEDIATING,
    "proceedings.is_ended": lambda case: case.proceeding in (P.ENDED, P.REFUSED),
    "agreements.none_effective": lambda case: case.agreement != A.EFFECTIVE,
    "agreements.none_open": lambda case: case.agreement not in (A.DRAFT, A.PROPOSED, A.AGREED),
    "agreements.nobody_objected": together,  # an objection ends the attempt, like a refusal
    "agreements.still_lawful": curable,  # the text is written again
    "agreements.all_consent": together,
    "agreements.complete": together,
    "agreements.capacity": curable,
    "agreements.wants_signature": together,
    "agreements.court_wants_it": lambda case: case.basis in FROM_COURT,
    "confirmation.may_start": may_apply,
    "confirmation.ready": lambda case: not case.refused and case.in_time,
    "confirmation.lets_revise": may_revise,
    "confirmation.time_is_over": lambda case: case.agreement == A.EFFECTIVE and not case.in_time,
    "referrals.failed_or_unsuitable": may_leave,
    "referrals.court_sent_it": lambda case: case.basis in FROM_COURT,
    "delegation.between_attempts": lambda case: (
        case.proceeding in (None, P.ENDED, P.REFUSED) and case.agreement is None
        and case.transfer in HERE
    ),
    "delegation.none_asked": lambda case: case.transfer != TransferState.OFFERED,
    "delegation.is_asked": curable,
    "delegation.not_ordered": curable,  # whoever was ordered receives
    "assisting.may_ask": curable,
    "assisting.is_ours": curable,
    "assisting.none_mandatory_open": curable,  # who asked withdraws it
    "performance.has_agreement": lambda case: case.agreement == A.EFFECTIVE,
    "archive.has_outcome": may_be_closed,
    "archive.court_told": court_told,
    "archive.complete": curable, "archive.keeps_file": curable, "mending.may_decide": curable,
}


def with_duty(case: Walk, **changes) -> Walk:
    return replace(case, agreement=A.EFFECTIVE, proceeding=P.AGREED, performance=PerformanceState.DUE, **changes)


def performed(case: Walk) -> Iterator[Walk]:
    """What may become of a duty: where nobody helps any more, only its breach is written down."""
    states = [PerformanceState.BREACHED] if case.refused else [state for state in PerformanceState if state != "due"]
    return (replace(case, performance=state) for state in states)


def sent_on(case: Walk, state: TransferState) -> Walk:
    """Another unit begins anew."""
    return replace(case.fresh, case=C.ROUTED, transfer=state)


BRINGS = {  # what follows from a step beyond its own state
    "case.route": lambda case: [replace(case, transfer=TransferState.SENT)],
    "case.designate": lambda case: [replace(case, transfer=TransferState.SENT)],
    "case.record_consent": lambda case: [replace(case, refused=True)],
    "transfer.reject": lambda case: [replace(case.fresh, case=C.SCREENED)],
    "transfer.recall": lambda case: [replace(case.fresh, case=C.SCREENED)],
    "transfer.send_up": lambda case: [sent_on(case, TransferState.SENT)],
    "transfer.order_down": lambda case: [sent_on(case, TransferState.SENT)],
    "transfer.consent": lambda case: [sent_on(case, TransferState.RECEIVED)],
    "case.change_track": lambda case: [replace(case.fresh, case=C.SCREENED)],
    "case.reopen": lambda case: [replace(case.fresh, case=C.SCREENED)],
    "proceeding.end": lambda case: [replace(case, agreement=None, reported=False)],
    "proceeding.report_to_court": lambda case: [replace(case, reported=True)],
    "agreement.agree": lambda case: [replace(case, proceeding=P.AGREED)],
    "agreement.deem": lambda case: [with_duty(case)],
    "agreement.agree_orally": lambda case: [with_duty(case, is_oral=True)],
    "agreement.sign": lambda case: [with_duty(case) if case.agreement == A.AGREED else case],
    "agreement.revise": lambda case: [
        replace(
            case, agreement=A.DRAFT, proceeding=P.MEDIATING, confirmation=None, performance=None, is_oral=False,
            reported=False,
        )
    ],
    "referral.send": lambda case: [replace(case, to_court=True), replace(case, to_court=False)],
    "performance.record": performed,
}
BESIDE = ("duty", "booking", "task", "mending")  # what goes on beside the road and leads nowhere by itself


def after(step: Step, case: Walk) -> list[Walk]:
    """Return where a step leads, nothing where the table or a fact forbids it."""
    if step.name == "case.withdraw" and case.refused:
        return []  # who stays away withdraws nothing
    now = getattr(case, step.object)
    fits = case.stage in step.stages if step.creates else now in step.from_
    if case.case == C.MERGED and step.object != "case":
        return []  # it goes on in the other case
    if not fits or not all(FACTS[key](case) for key in step.facts):
        return []
    if step.undoes:
        return [replace(case, case=case.was, was=None)]
    moved = replace(case, **{step.object: type_of(step)(step.to)}) if step.to else case
    if step.to == C.MERGED:
        moved = replace(moved, was=now)
    return list(BRINGS.get(step.name, lambda same: [same])(moved))


def type_of(step: Step):
    return {
        "case": C, "transfer": TransferState, "proceeding": P, "agreement": A, "confirmation": F, "referral": R,
        "performance": PerformanceState,
    }[step.object]


CHOSEN = [step for step in TABLE if not step.implied and step.object not in BESIDE and step.name != "case.register"]
OBJECTS = sorted({step.object for step in CHOSEN})
CREATING, MOVING = defaultdict(list), defaultdict(list)  # by stage; by kind of object and its state
for each in CHOSEN:
    for state in each.stages if each.creates else each.from_:
        (CREATING[state] if each.creates else MOVING[each.object, state]).append(each)


def ahead_of(case: Walk) -> Iterator[Step]:
    """Return the steps that the table has for a case as it stands, whatever the facts say."""
    yield from CREATING[case.stage]
    for kind in OBJECTS:
        yield from MOVING[kind, getattr(case, kind)]


@cache
def graph() -> dict[Walk, set[tuple[str, Walk]]]:
    """Return every state that some series of steps leads to, each with the steps out of it."""
    found: dict[Walk, set[tuple[str, Walk]]] = {}
    ahead = [Walk(basis, in_time) for basis in Basis for in_time in (True, False)]
    while ahead:
        case = ahead.pop()
        if case in found:
            continue
        found[case] = {(step.name, there) for step in ahead_of(case) for there in after(step, case)}
        ahead += [there for _name, there in found[case]]
    return found


WHO = {step.name: set(step.who) for step in TABLE}


def dead_ends(roles) -> set[Walk]:
    """Return the states from which those roles bring no case to its end."""
    back: dict[Walk, set[Walk]] = {}
    for case, ways in graph().items():
        for name, there in ways:
            if WHO[name] & roles:
                back.setdefault(there, set()).add(case)
    ended = [case for case in graph() if case.case in (C.CLOSED, C.ARCHIVED)]
    alive = set(ended)
    while ended:
        for case in back.get(ended.pop(), ()):
            if case not in alive:
                alive.add(case)
                ended.append(case)
    return set(graph()) - alive


def named(cases: set[Walk]) -> list[str]:
    return sorted({f"{case.stage} {case}" for case in cases})


EVERYBODY = set(Role)


def test_every_fact_of_the_table_is_answered_here():
    assert set(FACTS) == fact_keys()


def test_the_walk_goes_everywhere():
    """What the walk never sees proves nothing: every stage and every state of the table is passed."""
    assert {case.stage for case in graph()} == set(Stage)
    taken = {name for ways in graph().values() for name, _there in ways}
    assert taken == {step.name for step in CHOSEN}


def test_no_state_is_a_dead_end():
    assert named(dead_ends(EVERYBODY)) == []


def test_no_state_is_a_dead_end_for_who_is_left_when_parties_stay_away():
    """RT-04, RT-09: with a party gone, and no clerk and no court's clerk at work, once the case was screened."""
    few = {Role.DISPATCHER, Role.MEDIATOR, Role.HEAD, Role.LIAISON}
    assert named({case for case in dead_ends(few) if case.refused and case.case != C.REGISTERED}) == []


@pytest.mark.parametrize("away", [Role.DISPATCHER, Role.INTAKE_CLERK, Role.COURT_CLERK, Role.SUPERVISOR, Role.LEADER])
def test_nobody_at_a_desk_is_irreplaceable(away):
    assert named(dead_ends(EVERYBODY - {away})) == []


@pytest.mark.parametrize("away", [Role.MEDIATOR, Role.HEAD, Role.LIAISON])
def test_whose_absence_would_hold_a_case_up(away):
    """Only these three are needed, each where the law wants that very person: the court is spoken to by the liaison."""
    stuck = {case.stage for case in dead_ends(EVERYBODY - {away})}
    assert stuck <= ONLY_BY[away]


ONLY_BY = {
    Role.MEDIATOR: set(),
    Role.HEAD: set(),
    Role.LIAISON: {Stage.CONFIRMING, Stage.REFERRED},
}
