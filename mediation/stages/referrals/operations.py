"""Referrals: sent, taken in, returned, decided."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date

from mediation.casefile.cases import access, steps
from mediation.casefile.cases import queries as cases
from mediation.casefile.cases.models import Case
from mediation.casefile.cases.rules import Exit, ReferralState, read_court_number
from mediation.casefile.clocks import operations as clocks
from mediation.casefile.clocks.rules import ClockLabel
from mediation.casefile.notices import operations as notices
from mediation.casefile.notices import rules as seats
from mediation.casefile.notices.rules import Event
from mediation.casefile.papers import operations as issued
from mediation.casefile.papers.models import Paper
from mediation.ground.db import session
from mediation.ground.errors import NotFound, Obstacle, because, known
from mediation.ground.ids import new_id
from mediation.ground.once import once
from mediation.registry.access.rules import Actor, Depth, Relation
from mediation.registry.units import queries as units
from mediation.registry.units.models import Unit
from mediation.registry.units.rules import COURTS, UnitKind
from mediation.stages.proceedings import facts as proceeding_facts
from mediation.stages.proceedings import papers as proceeding_papers
from mediation.stages.proceedings.periods import Procedure
from mediation.stages.referrals import at_court, papers, queries, rules
from mediation.stages.referrals.circumstances import (
    KEPT_HERE,
    Circumstances,
    checklist,
    circumstances,
    exclusions,
    named,
    numerous_from,
    papers_for,
    proposal,
)
from mediation.stages.referrals.models import Referral
from mediation.stages.referrals.pace import unusual_obstacles
from mediation.stages.referrals.procedure import Exclusion, SmallClaimsExclusion
from mediation.stages.referrals.rules import (
    TO_COURT,
    Bar,
    DataBasis,
    Item,
    LabourPrecondition,
    Origin,
    Outcome,
    ReturnReason,
)

FILING = "QT-08"


@dataclass(frozen=True)
class ReferralValues:
    """A referral as the sender confirms it; most of it was read from the case and only looked at.

    ``procedure`` None takes the proposed one with its reasons. ``agreed_small`` and ``agreed_simple`` say that both
    sides agreed on that procedure, ``notice_given`` that the parties were told the other ways (PM-09). ``checklist``
    says what of the file is there; of what the program itself keeps only what it has is there (JM-13).
    """

    kind: Exit
    to_unit: str | None = None  # public id; else ``to_name``
    to_name: str = ""
    unsuitable_reason: str = ""
    claims: str = ""
    amount_fen: int | None = None
    issues: str = ""
    procedure: Procedure | None = None
    procedure_reason: str = ""
    is_money_claim: bool = True
    is_clear: bool = True
    agreed_small: bool = False
    agreed_simple: bool = False
    exclusions: Collection[Exclusion] = ()
    small_exclusions: Collection[SmallClaimsExclusion] = ()
    labour: LabourPrecondition | None = None
    government_decided_on: date | None = None
    checklist: Mapping[Item, bool] = field(default_factory=dict)
    preservation: str = ""
    evidence_loss: str = ""
    data_basis: DataBasis | None = None
    data_consents: Collection[str] = ()
    notice_given: bool = False
    evidence_days: int | None = None  # proposed period for evidence (QT-07)
    unusual: Collection[str] = ()  # words of the setting QT-10 that fit the case
    unusual_confirmed: bool = False


@once
def send(
    case_public_id: str, *, by: Actor, on: date, values: ReferralValues, reason: str | None = None,
    key: str | None = None,
) -> str:
    """Send a case that failed, is unsuitable or was breached to where it goes on.

    For a tribunal the letter is issued with its number, the tribunal sees what is submitted and nothing else, and its
    time to file starts. Raises RuleBroken with everything that forbids it. Returns the referral's public id.
    """
    case = cases.get(case_public_id, for_=by)
    found = circumstances(case, on=on)
    unit = units.get(values.to_unit, centre_id=case.centre_id) if values.to_unit else None
    referral = _new(values, found, unit, by=by, on=on)
    going = papers_for(found, values.kind)
    bars = _procedure(referral, values, found, on=on) + _bars(referral, values, found, going)
    bars += rules.petition_obstacles(values.kind, answered=queries.petitions_answered(case.id))
    said = {"kind": values.kind} | _warned(referral, values, found, unit, on=on)
    steps.take("referral.send", referral, by=by, on=on, case=case, reason=reason, bars=bars, facts=said)
    _let_see(case, referral, unit, on=on)
    if referral.kind == Exit.QUICK_TRIAL:
        texts = {"preservation": values.preservation, "evidence_loss": values.evidence_loss}
        letter = papers.issue_letter(referral, found, by=by, on=on, texts=texts)
        referral.number, going = letter.number, [letter, *going]
    if referral.kind in TO_COURT:
        clocks.start(case, FILING, on, label=ClockLabel.FILING, by=by, about=referral)
    referral.papers = {"papers": [paper.public_id for paper in going]}
    session.flush()
    if referral.kind in TO_COURT:
        notices.tell(case, Event.REFERRED_HERE, seats.COURT, by=by, mark=referral.id)
    return referral.public_id


def _new(values: ReferralValues, found: Circumstances, unit: Unit | None, *, by: Actor, on: date) -> Referral:
    told = found.proceeding.notice_given_on if found.proceeding else None
    return Referral(
        id=new_id(), case_id=found.case.id, kind=values.kind, state=ReferralState.SENT, version=1,
        to_unit_id=unit.id if unit else None, to_name=unit.name if unit else values.to_name.strip(),
        sent_on=on, sent_by_id=by.account_id, origin=found.origin,
        unsuitable_reason=values.unsuitable_reason.strip() or found.unsuitable_reason or None,
        labour_precondition=values.labour or found.labour, government_decided_on=values.government_decided_on,
        claims=values.claims.strip(), amount_fen=values.amount_fen, issues=values.issues.strip(),
        procedure_agreed=values.agreed_small or values.agreed_simple, papers={},
        checklist=_there(values, found),
        flags={"raised": papers.marks(found, on=on), "said": _said(values)} | _pace(values),
        basis_for_data=values.data_basis,
        notice_given_on=told or (on if values.notice_given else None),
    )


def _said(values: ReferralValues) -> dict[str, object]:
    """Return what the sender said and no column holds: a case that comes back is sent again without saying it anew."""
    return {
        "is_money_claim": values.is_money_claim, "is_clear": values.is_clear, "agreed_small": values.agreed_small,
        "agreed_simple": values.agreed_simple, "small_exclusions": [str(each) for each in values.small_exclusions],
        "procedure": values.procedure and str(values.procedure), "procedure_reason": values.procedure_reason,
        "preservation": values.preservation, "evidence_loss": values.evidence_loss,
        "data_consents": list(values.data_consents), "unusual_confirmed": values.unusual_confirmed,
    }


def _pace(values: ReferralValues) -> dict[str, object]:
    if values.kind != Exit.QUICK_TRIAL:
        return {}
    said = {"evidence_days": values.evidence_days, "unusual": list(values.unusual)}
    return {name: value for name, value in said.items() if value}


def _warned(
    referral: Referral, values: ReferralValues, found: Circumstances, unit: Unit | None, *, on: date
) -> dict[str, list[str]]:
    """Return what the sender was warned of, for the history; none of it forbids the referral. QT-07, QT-10, QT-15."""
    if values.kind not in TO_COURT:
        return {}
    to = at_court.where(found, to=unit or referral.to_name, is_money_claim=values.is_money_claim)
    cautions = list(to.cautions)
    if values.kind == Exit.QUICK_TRIAL:
        cautions += at_court.pace_cautions(
            found.case, on=on, procedure=referral.procedure, evidence_days=values.evidence_days,
            unusual=list(values.unusual),
        )
    return {"warned": words} if (words := [word.value for word in at_court.warned(cautions)]) else {}


def _there(values: ReferralValues, found: Circumstances) -> dict[Item, bool]:
    kept = checklist(found)
    return {item: bool(there) and (item not in KEPT_HERE or kept[item]) for item, there in values.checklist.items()}


def _procedure(referral: Referral, values: ReferralValues, found: Circumstances, *, on: date) -> list[Obstacle]:
    """Write the procedure onto a referral to the tribunal: the proposed one, or the sender's own with a reason."""
    if values.kind != Exit.QUICK_TRIAL:
        return []
    proposed = proposal(
        found, on=on, amount_fen=values.amount_fen, is_money_claim=values.is_money_claim, is_clear=values.is_clear,
        more_exclusions=values.exclusions, more_small_exclusions=values.small_exclusions,
        agreed_small=values.agreed_small, agreed_simple=values.agreed_simple,
        court_area=units.unit(referral.to_unit_id).area_code if referral.to_unit_id else None,
    )
    referral.procedure = values.procedure or proposed.procedure
    reasons = "；".join(papers.said(reason) for reason in proposed.reasons)
    as_proposed = referral.procedure == proposed.procedure
    referral.procedure_reason = values.procedure_reason.strip() or (reasons if as_proposed else "")
    if referral.procedure is None:
        return list(proposed.wanted)
    is_small = referral.procedure == Procedure.SMALL_CLAIMS
    return [because(Bar.NOT_SMALL)] if is_small and not as_proposed else []


def _bars(referral: Referral, values: ReferralValues, found: Circumstances, going: Collection[Paper]) -> list[Obstacle]:
    bars = [] if referral.to_name else [because(Bar.NO_RECEIVER)]
    if values.kind == Exit.QUICK_TRIAL and values.unusual:
        listed = at_court.unusual_words(found.case, on=referral.sent_on)
        bars += unusual_obstacles(values.unusual, listed, confirmed=values.unusual_confirmed)
    bars += rules.origin_obstacles(
        found.origin, unsuitable_reason=referral.unsuitable_reason or "", is_breached=found.origin == Origin.BREACHED,
        notice_given=referral.notice_given_on is not None,
    )
    if found.has_failed:  # a claim is the party's own, whatever sum the talks came near; the other texts are ours
        ours = [text for text in _texts(referral, values) if text != referral.claims]
        bars += rules.concession_obstacles(ours, proceeding_facts.half_way(found.case), open_texts=_open(found))
    mediators = proceeding_papers.mediators(found.proceeding) if found.proceeding else []
    return bars + rules.sending_obstacles(
        rules.ReferralFacts(
            exit=values.kind, parties=found.parties, traits=found.traits, claims=papers.lines(referral.claims),
            story=found.case.story, was_mediated=found.has_failed, procedure=referral.procedure,
            procedure_reason=referral.procedure_reason or "", procedure_by_agreement=referral.procedure_agreed,
            exclusions=[*exclusions(found), *values.exclusions], labour=referral.labour_precondition,
            government_decided_on=values.government_decided_on, mediators=[each.name for each in mediators],
            named=named(found.rows), checklist=referral.checklist, papers={paper.kind for paper in going},
            texts=_texts(referral, values), concessions=proceeding_facts.private_words(found.case),
            open_texts=_open(found), data_basis=values.data_basis,
            data_consents=values.data_consents,
        ),
        numerous_from=numerous_from(found.case),
    )


def _texts(referral: Referral, values: ReferralValues) -> list[str]:
    """Return every text that the sender can write onto what leaves."""
    written = (
        referral.to_name, referral.claims, referral.issues, referral.procedure_reason, referral.unsuitable_reason,
        values.preservation, values.evidence_loss,
    )
    return [text for text in written if text]


def _open(found: Circumstances) -> list[str]:
    """Return what was said openly: the story, the claims, and the facts that all signed."""
    facts = [fact["text"] for fact in found.undisputed.facts_list] if found.may_attach_undisputed else []
    return [found.case.story, found.case.claims or "", *facts]


def _let_see(case: Case, referral: Referral, unit: Unit | None, *, on: date) -> None:
    """Tie the court that receives the case, and the liaison's desk, which follows every referral."""
    if unit is not None and unit.kind in COURTS:
        access.grant(case, Relation.COURT, unit_id=unit.id, depth=Depth.PROGRESS)
    office_id = units.first_of_kind(case.centre_id, UnitKind.LIAISON_OFFICE, on=on)
    if office_id is not None:
        deep = Depth.CONTENTS if referral.kind in TO_COURT else Depth.PROGRESS
        access.grant(case, Relation.LIAISON, unit_id=office_id, depth=deep)


# --- the answer ---


def take(public_id: str, *, by: Actor, on: date, court_no: str = "", reason: str | None = None) -> None:
    """Record that the case was taken in, by a court under the number on its own paper (CN-01, CN-04)."""
    referral, case = queries.get(public_id, for_=by)
    bars = rules.taking_obstacles(referral.kind, taken_on=on, sent_on=referral.sent_on, court_no=court_no)
    steps.take("referral.take", referral, by=by, on=on, case=case, reason=reason, bars=bars)
    referral.taken_on = on
    referral.court_no = str(read_court_number(court_no)) if referral.kind in TO_COURT else None
    session.flush()
    clocks.stop(case, FILING, on=on, by=by, about=referral)
    _tell(case, referral, Event.REFERRAL_TAKEN, by=by)


def return_(
    public_id: str, *, by: Actor, on: date, why: str | None, note: str | None = None, reason: str | None = None
) -> None:
    """Record that the case came back, for a coded reason; the receiver sees it no more, another exit is open."""
    referral, case = queries.get(public_id, for_=by)
    why = known(ReturnReason, why, "why") if why else None
    bars = rules.returning_obstacles(why, returned_on=on, sent_on=referral.sent_on)
    steps.take(
        "referral.return", referral, by=by, on=on, case=case, reason=reason or note, bars=bars, facts={"why": why}
    )
    referral.returned_on, referral.return_reason, referral.return_note = on, why, note or None
    session.flush()
    clocks.stop(case, FILING, on=on, by=by, about=referral)
    if referral.to_unit_id is not None:
        access.withdraw(case, Relation.COURT, unit_id=referral.to_unit_id)
    _tell(case, referral, Event.REFERRAL_RETURNED, by=by, return_reason=why)


def decide(
    public_id: str, *, by: Actor, on: date, outcome: str | None, note: str | None = None, reason: str | None = None
) -> None:
    """Record what came of the case; rulings are counted apart from mediation (row 70)."""
    referral, case = queries.get(public_id, for_=by)
    outcome = known(Outcome, outcome, "outcome") if outcome else None
    bars = rules.deciding_obstacles(outcome, decided_on=on, taken_on=referral.taken_on or referral.sent_on)
    steps.take(
        "referral.decide", referral, by=by, on=on, case=case, reason=reason, bars=bars, facts={"outcome": outcome}
    )
    referral.decided_on, referral.outcome, referral.outcome_note = on, outcome, note or None
    session.flush()
    _tell(case, referral, Event.REFERRAL_DECIDED, by=by, outcome=outcome)


def _tell(case: Case, referral: Referral, event: Event, *, by: Actor, **params) -> None:
    told = seats.MEDIATORS, seats.HEAD, seats.LIAISON
    notices.tell(case, event, *told, by=by, mark=referral.id, **params)


def paper(public_id: str, paper_public_id: str, *, by: Actor) -> tuple[Paper, bytes]:
    """Return a paper that was submitted with a referral, and its bytes; any other is not found (JM-12)."""
    referral, _case = queries.submission(public_id, for_=by)
    if paper_public_id not in referral.papers.get("papers", ()):
        raise NotFound()
    return issued.content(paper_public_id, by=by, depth=Depth.PROGRESS)
