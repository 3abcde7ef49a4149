"""How a case stands when it is to leave: why, what is known, what may go with it."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import bindparam, select

from mediation.casefile.attachments import queries as attached
from mediation.casefile.attachments.rules import AttachmentKind
from mediation.casefile.cases import progress
from mediation.casefile.cases import queries as cases
from mediation.casefile.cases.facts import facts_of, service_facts, traits_of
from mediation.casefile.cases.models import Case, Party
from mediation.casefile.cases.rules import (
    ACTIVE_PROCEEDING,
    DISPUTING_ROLES,
    AgreementState,
    Exit,
    PartyFacts,
    PartyFlag,
    PerformanceState,
    ProceedingState,
    Progress,
    ReferralState,
    Trait,
    address_obstacles,
)
from mediation.casefile.papers.models import Paper, PaperState
from mediation.ground.db import session
from mediation.ground.errors import Obstacle, because
from mediation.ground.rereading import until_written
from mediation.registry.calendar.rules import LastDay
from mediation.registry.deadlines import queries as deadlines
from mediation.registry.regions import queries as regions
from mediation.registry.settings import queries as settings
from mediation.registry.units import queries as units
from mediation.stages.intake import limitation as claims
from mediation.stages.proceedings import queries as proceedings
from mediation.stages.proceedings.models import Proceeding
from mediation.stages.proceedings.rules import RefusalGround
from mediation.stages.referrals import rules
from mediation.stages.referrals.confidential import MAY_LEAVE, undisputed_obstacles
from mediation.stages.referrals.models import UndisputedFacts
from mediation.stages.referrals.procedure import (
    Exclusion,
    Limits,
    Proposal,
    SmallClaimsExclusion,
    SuitFacts,
    Wage,
    propose,
)
from mediation.stages.referrals.rules import Bar, Item, LabourPrecondition, Origin

AGREEMENTS = ("agreement", "oral_agreement")
AFTER_AN_AGREEMENT = (Origin.BREACHED, Origin.NOT_CONFIRMED)
UNDISPUTED, LETTER = "undisputed_facts", "quick_trial_referral"
KEPT_HERE = frozenset({Item.ADDRESSES, Item.TERMINATION, Item.UNDISPUTED_FACTS})  # nobody's tick makes them be there
SCANS = {
    Item.EVIDENCE: AttachmentKind.EVIDENCE,
    Item.IDENTITY: AttachmentKind.IDENTITY,
    Item.AGENTS: AttachmentKind.AUTHORITY,
}


@dataclass(frozen=True)
class Circumstances:
    """A case with what the rules of leaving ask about."""

    case: Case
    rows: Sequence[Party]
    parties: Sequence[PartyFacts]
    state: Progress
    proceeding: Proceeding | None
    traits: frozenset[str]
    undisputed: UndisputedFacts | None

    @property
    def origin(self) -> Origin:
        """Return why the case leaves; it follows from how it stands, nobody chooses it (RT-09)."""
        if self.state.agreement == AgreementState.EFFECTIVE:
            return Origin.NOT_CONFIRMED if self.state.confirmation in rules.NOT_CONFIRMED else Origin.BREACHED
        return Origin.FAILED if self.state.proceeding == ProceedingState.ENDED else Origin.UNSUITABLE

    @property
    def is_active(self) -> bool:
        """Say whether mediation still goes on, or an agreement waits for signatures."""
        waits = self.state.proceeding == ProceedingState.AGREED and self.state.agreement != AgreementState.EFFECTIVE
        return self.state.proceeding in ACTIVE_PROCEEDING or waits

    @property
    def was_mediated(self) -> bool:
        return self.proceeding is not None and self.proceeding.accepted_on is not None

    @property
    def has_failed(self) -> bool:
        """Say whether a mediation ended without an agreement, so that there is a certificate of its end."""
        return self.origin == Origin.FAILED and self.was_mediated

    @property
    def labour(self) -> LabourPrecondition | None:
        known = self.case.labour_precondition
        return LabourPrecondition(known) if known in set(LabourPrecondition) else None

    @property
    def unsuitable_reason(self) -> str:
        """Return why the body did not take the case, where it said so."""
        if self.proceeding is None or self.proceeding.state != ProceedingState.REFUSED:
            return ""
        ground, note = self.proceeding.refusal_ground, self.proceeding.refusal_note
        return "，".join(part for part in (RefusalGround(ground).label if ground else "", note) if part)

    @property
    def may_attach_undisputed(self) -> bool:
        return self.undisputed is not None and not attaching_obstacles(self.undisputed, self.parties)


def circumstances(case: Case, *, on: date) -> Circumstances:
    """Return how a case stands."""
    rows = cases.parties_of(case.id)
    state = progress.progress_of(case, progress.history(case.id))
    proceeding = proceedings.newest(case.id) if state.proceeding else None
    return Circumstances(
        case=case,
        rows=rows,
        parties=[facts_of(row, on=on) for row in rows],
        state=state,
        proceeding=proceeding,
        traits=traits_of(case.type_code, centre_id=case.centre_id),
        undisputed=next(
            (row for row in records_of(case.id) if proceeding and row.proceeding_id == proceeding.id), None
        ),
    )


def leaving_obstacles(found: Circumstances) -> list[Obstacle]:
    """Return what in the case itself forbids it to leave, whatever the exit. RT-09.

    After an award or a decision of the government the way to court is open (AM-07, AM-14); after a court's none is.
    """
    with_court = found.state.referral == ReferralState.DECIDED and found.state.referral_to_court
    if with_court or found.state.referral in (ReferralState.SENT, ReferralState.TAKEN):
        return [because(Bar.ALREADY_SENT)]
    return rules.origin_obstacles(
        found.origin,
        is_active=found.is_active,
        unsuitable_reason="…",  # the sender writes it
        is_breached=PerformanceState.BREACHED in found.state.performance,
        notice_given=True,  # asked for when it is sent
    )


# --- what goes along ---


_RECORDS = (
    select(UndisputedFacts).where(UndisputedFacts.case_id == bindparam("case_id")).order_by(UndisputedFacts.id.desc())
)


@until_written(UndisputedFacts)
def records_of(case_id: int) -> list[UndisputedFacts]:
    """Return the records of undisputed facts of a case, the newest first."""
    noted = progress.took(case_id, "proceeding.note_undisputed")
    return list(session.scalars(_RECORDS, {"case_id": case_id})) if noted else []


def newest_undisputed(proceeding_id: int) -> UndisputedFacts | None:
    """Return the record of undisputed facts of a proceeding."""
    query = select(UndisputedFacts).where(UndisputedFacts.proceeding_id == proceeding_id)
    return session.scalar(query.order_by(UndisputedFacts.id.desc()).limit(1))


def attaching_obstacles(record: UndisputedFacts, parties: Sequence[PartyFacts]) -> list[Obstacle]:
    """Return why a record of undisputed facts may not go along: the consent and signature of all are wanted. JM-13."""
    return undisputed_obstacles(
        [fact["text"] for fact in record.facts_list], parties, consents=record.consents, signed=record.signatures,
        mediator_signed=record.mediator_signed_on is not None,
    )


def papers_for(found: Circumstances, exit: Exit) -> list[Paper]:
    """Return the issued papers that may leave by an exit, the newest of each; the list is an allow-list (JM-12)."""
    allowed = set(MAY_LEAVE[exit]) - {LETTER}  # it is written to one receiver; who gets the case next gets their own
    if found.origin not in AFTER_AN_AGREEMENT:
        allowed -= set(AGREEMENTS)
    if not found.may_attach_undisputed:
        allowed.discard(UNDISPUTED)
    query = select(Paper).where(
        Paper.case_id == found.case.id, Paper.kind.in_(allowed), Paper.state != PaperState.CANCELLED,
        Paper.is_draft.is_(False),
    )
    newest = {(row.kind, row.object_id): row for row in session.scalars(query.order_by(Paper.id))}
    return sorted(newest.values(), key=lambda row: row.id)


def checklist(found: Circumstances) -> dict[Item, bool]:
    """Return what of the file is there, as far as the case itself says it (QT-12). Nobody types it again."""
    held = {row.kind for row in attached.of_case(found.case.id)}
    kinds = {row.kind for row in papers_for(found, Exit.QUICK_TRIAL)}
    addresses = service_facts(cases.service_addresses(found.case.id).values())
    reached = [row for row in found.rows if row.role in DISPUTING_ROLES and not row.whereabouts_unknown]
    agents = [agent for party in found.parties for agent in party.agents]
    flags = {flag for party in found.parties for flag in party.flags}
    return {
        Item.LETTER: True,
        Item.COMPLAINT: "application" in kinds,
        Item.IDENTITY: AttachmentKind.IDENTITY in held or all(row.identity_checked_on for row in reached),
        Item.ADDRESSES: not any(address_obstacles(row.name, addresses.get(row.id)) for row in reached),
        Item.EVIDENCE: AttachmentKind.EVIDENCE in held,
        Item.TERMINATION: "termination" in kinds,
        Item.UNDISPUTED_FACTS: UNDISPUTED in kinds,
        Item.ISSUES: bool(found.proceeding and found.proceeding.issues),
        Item.PROCEDURE_CONSENTS: False,
        Item.AGENTS: bool(agents) and all(agent.has_paper for agent in agents),
        Item.LIMITATION: True,
        Item.RISKS: any(found.case.screening.values()),
        Item.SPECIAL: bool(flags),
    }


def pages(case_id: int) -> dict[Item, tuple[int | None, bool]]:
    """Return pages, and whether it is an original, of what was handed in."""
    found = {}
    for item, kind in SCANS.items():
        rows = attached.of_case(case_id, kind)
        if rows:
            found[item] = (sum(row.pages or 0 for row in rows) or None, all(row.is_original for row in rows))
    return found


# --- the procedure ---


def exclusions(found: Circumstances) -> list[Exclusion]:
    """Return what follows from the parties against the simple procedure (QT-02)."""
    return rules.exclusions_of(
        found.parties, numerous_from=numerous_from(found.case), group=found.case.group_size or 0
    )


def numerous_from(case: Case) -> int:
    return settings.number("QT-02", on=case.law_on, centre_id=case.centre_id)


def small_exclusions(found: Circumstances) -> list[SmallClaimsExclusion]:
    """Return what follows from case and parties against small claims (QT-05)."""
    flags = {flag for party in found.parties for flag in party.flags}
    known = {
        SmallClaimsExclusion.STATUS_OR_TITLE: bool(found.traits & {Trait.STATUS, Trait.TITLE}),
        SmallClaimsExclusion.FOREIGN: PartyFlag.FOREIGN in flags,
        SmallClaimsExclusion.WHEREABOUTS: PartyFlag.WHEREABOUTS_UNKNOWN in flags,
    }
    return [exclusion for exclusion, is_so in known.items() if is_so]


def wage_of(case: Case, *, on: date, court_area: str | None = None) -> tuple[Wage, str] | None:
    """Return the wage figure of the court's province with its source, None while nobody has set it (QT-04).

    ``court_area`` is where the court is that the case goes to, without it the centre's own province.
    """
    figure = settings.wage(on=on, centre_id=case.centre_id, area_code=court_area)
    if figure is None:
        return None
    return Wage(figure.amount_fen, figure.year, province_of(case, court_area), figure.since), figure.source


def province_of(case: Case, court_area: str | None = None) -> str:
    """Return the name of the province that a court, or else the centre, is in."""
    area = court_area or units.centre(case.centre_id).area_code
    chain = regions.path(area[:6], centre_id=case.centre_id)
    return chain[0].name if chain else ""


def limits_of(*, on: date, centre_id: int) -> Limits:
    return Limits(
        settings.number("QT-03.mandatory_percent", on=on, centre_id=centre_id),
        settings.number("QT-03.agreed_percent", on=on, centre_id=centre_id),
    )


def proposal(
    found: Circumstances, *, on: date, amount_fen: int | None, is_money_claim: bool = True, is_clear: bool = True,
    more_exclusions: Collection[Exclusion] = (), more_small_exclusions: Collection[SmallClaimsExclusion] = (),
    agreed_small: bool = False, agreed_simple: bool = False, court_area: str | None = None,
) -> Proposal:
    """Return the procedure to propose: what the case says, and what the sender ticked besides. QT-01 to QT-05."""
    wage = wage_of(found.case, on=on, court_area=court_area)
    return propose(
        SuitFacts(
            amount_fen=amount_fen,
            is_money_claim=is_money_claim,
            is_clear=is_clear,
            exclusions=list(dict.fromkeys([*exclusions(found), *more_exclusions])),
            small_exclusions=list(dict.fromkeys([*small_exclusions(found), *more_small_exclusions])),
            agreed_small=agreed_small,
            agreed_simple=agreed_simple,
        ),
        wage=wage[0] if wage else None,
        limits=limits_of(on=on, centre_id=found.case.centre_id),
        region=province_of(found.case, court_area),
    )


def limitation(found: Circumstances) -> LastDay | None:
    """Return the day on which the claim lapses before a court, or before arbitration that comes first; None unknown.

    Counted from the request that interrupted it, or from the day since when it is known. LM-01, LM-02, AM-08.
    """
    key = next(iter(claims.keys_of(found.case)), None)
    since = claims.starts_on(found.case, key) if key else None
    if since is None:
        return None
    return deadlines.last_day(key, since, on=found.case.law_on, centre_id=found.case.centre_id)


def named(rows: Sequence[Party]) -> Mapping[str, str]:
    """Return who is named on the referral besides the parties, by name (JM-07)."""
    return {each.name: each.capacity.label for row in rows for each in row.representatives}
