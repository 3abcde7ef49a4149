"""What leaves on paper: the letter to the tribunal, the record of undisputed facts, the report to the court.

Papers are always Chinese, so nothing in them is marked for translation. They are filled field by field from an
allow-list of blocks; notes, offers and concessions have no field to get into (JM-12).
"""

from collections.abc import Mapping, Sequence
from datetime import date
from itertools import groupby

from mediation.casefile.cases import queries as cases
from mediation.casefile.cases.models import Case
from mediation.casefile.cases.rules import FROM_COURT, Exit, PartyFlag, ProceedingState, Trait
from mediation.casefile.papers import blocks, contract
from mediation.casefile.papers import operations as papers
from mediation.casefile.papers.forms import PAPERS
from mediation.casefile.papers.models import Paper
from mediation.ground.errors import Obstacle
from mediation.registry.access.rules import Actor
from mediation.registry.people.rules import is_minor
from mediation.registry.units import queries as units
from mediation.stages.proceedings import papers as proceeding_papers
from mediation.stages.proceedings.models import Proceeding
from mediation.stages.proceedings.periods import Procedure
from mediation.stages.proceedings.rules import TerminationGround
from mediation.stages.referrals.circumstances import (
    Circumstances,
    limitation,
    limits_of,
    pages,
    papers_for,
    wage_of,
)
from mediation.stages.referrals.models import CourtReport, Referral, UndisputedFacts
from mediation.stages.referrals.rules import Item, Origin

NONE = "无"
CENTS = 100
MARKS = {  # special marks of the letter, in the order of the form
    "未成年人": PartyFlag.MINOR, "家庭暴力": PartyFlag.VIOLENCE, "语言": PartyFlag.LANGUAGE, "残疾": PartyFlag.DISABLED,
    "在押": PartyFlag.DETAINED, "下落不明": PartyFlag.WHEREABOUTS_UNKNOWN, "涉外": PartyFlag.FOREIGN,
}
GROUP = "群体性"
FILING = tuple(PAPERS)
AFTER_AN_AGREEMENT = {Origin.BREACHED: "协议生效后没有履行", Origin.NOT_CONFIRMED: "人民法院没有确认该协议"}


def centre_word(case: Case) -> str:
    """Return the word that the centre's own series begin with: 南矛调."""
    return units.centre(case.centre_id).register_word.removesuffix("登")


def _body_word(proceeding: Proceeding, case: Case) -> str:
    return units.unit(proceeding.unit_id).number_word or centre_word(case)


def lines(text: str | None) -> list[str]:
    """Return the lines of a text, numbering as typed taken off."""
    found = [line.strip().lstrip("0123456789.．、（）() ") for line in (text or "").splitlines()]
    return [line for line in found if line]


def said(obstacle: Obstacle) -> str:
    """Return a reason as a Chinese paper says it, sums in yuan."""
    params = {name: _said(name, value) for name, value in obstacle.params.items()}
    return obstacle.reason.label % params


def _said(name: str, value: object) -> object:
    if name.endswith("_fen"):
        yuan, cents = divmod(int(value), CENTS)
        return f"{yuan}.{cents:02}" if cents else f"{yuan}"
    return getattr(value, "label", value)


# --- the letter ---


def issue_letter(
    referral: Referral, found: Circumstances, *, by: Actor, on: date, texts: Mapping[str, str]
) -> Paper:
    """Issue the letter to the tribunal under the centre's own number (2.6). ``texts``: preservation, evidence_loss."""
    values = letter(referral, found, by=by, on=on, texts=texts)
    return papers.issue(
        found.case, "quick_trial_referral", values, by=by, on=on, about=referral, word=f"{centre_word(found.case)}函"
    )


def letter(
    referral: Referral, found: Circumstances, *, by: Actor, on: date, texts: Mapping[str, str]
) -> contract.Values:
    """Return what the letter says."""
    case, proceeding = found.case, found.proceeding if found.was_mediated else None
    last_day = limitation(found)
    raised = marks(found, on=on)
    details = contract.QuickTrialReferral(
        addressee=referral.to_name,
        claims=[contract.Claim(text=text) for text in lines(referral.claims)],
        wage=_wage(referral, case, on=on),
        procedure=referral.procedure.label,
        procedure_key=referral.procedure,
        procedure_reason=referral.procedure_reason,
        unmediated_reason=AFTER_AN_AGREEMENT.get(referral.origin, referral.unsuitable_reason),
        consents=_consents(referral),
        issues=lines(referral.issues),
        has_undisputed_facts=bool(referral.checklist.get(Item.UNDISPUTED_FACTS)),
        interrupted_on=case.limitation_interrupted_on,
        limitation_on=last_day.day if last_day else None,
        limitation_is_provisional=bool(last_day and last_day.provisional),
        arbitration=_arbitration(referral, found),
        preservation=texts.get("preservation") or NONE,
        evidence_loss=texts.get("evidence_loss") or NONE,
        flags=[*MARKS, GROUP],
        raised=raised,
        materials=_materials(referral, case),
        handler=by.name,
        phone=units.unit(by.unit_id).phone or units.centre(case.centre_id).phone,
    )
    matter = blocks.matter(
        case,
        number=proceeding.number if proceeding else None,
        basis=blocks.basis_word(proceeding.basis) if proceeding else "self_run",
        amount_fen=referral.amount_fen,
        accepted_on=proceeding.accepted_on if proceeding else None,
        agreed_on=proceeding.agreed_on if referral.origin in AFTER_AN_AGREEMENT else None,
        ended_on=proceeding.ended_on if proceeding else None,
    )
    return blocks.values(
        case, "quick_trial_referral", details, unit=units.unit(proceeding.unit_id) if proceeding else None,
        track=proceeding.track if proceeding else "peoples", number=None, on=on, case_block=matter,
        mediators=proceeding_papers.mediators(proceeding) if proceeding else (),
    )


def _consents(referral: Referral) -> list[contract.Reply]:
    agreed = "有" if referral.procedure_agreed else NONE
    return [contract.Reply(who=f"{referral.procedure.label}（约定适用）", text=agreed)]


def marks(found: Circumstances, *, on: date) -> list[str]:
    """Return the special marks that the case raises."""
    flags = {flag for party in found.parties for flag in party.flags}
    if any(party.born_on and is_minor(party.born_on, on) for party in found.parties):
        flags.add(PartyFlag.MINOR)
    raised = [mark for mark, flag in MARKS.items() if flag in flags]
    return raised + ([GROUP] if found.case.screening.get("collective") else [])


def _wage(referral: Referral, case: Case, *, on: date) -> contract.Wage | None:
    """Return the figure beside the limit that decides; None where money does not decide the procedure."""
    court = units.unit(referral.to_unit_id) if referral.to_unit_id else None
    known = wage_of(case, on=on, court_area=court.area_code if court else None)
    if known is None or referral.amount_fen is None or referral.procedure == Procedure.ORDINARY:
        return None
    (wage, source), limits = known, limits_of(on=on, centre_id=case.centre_id)
    by_law = referral.amount_fen * 100 <= wage.amount_fen * limits.by_law_percent
    percent = limits.by_law_percent if by_law else limits.by_agreement_percent
    return contract.Wage(
        amount_fen=wage.amount_fen, year=wage.year, region=wage.region, source=source, percent=percent,
        limit_fen=wage.amount_fen * percent // 100,
    )


def _arbitration(referral: Referral, found: Circumstances) -> str:
    if not found.traits & {Trait.LABOUR, Trait.WAGES}:
        return "不涉及"
    return referral.labour_precondition.label if referral.labour_precondition else "未仲裁"


def _materials(referral: Referral, case: Case) -> list[contract.Material]:
    known = pages(case.id)
    return [
        contract.Material(
            name=item.label, present=bool(referral.checklist.get(item)), pages=known.get(item, (None, None))[0],
            original=known.get(item, (None, None))[1],
        )
        for item in Item
        if item != Item.LETTER
    ]


# --- undisputed facts ---


def issue_undisputed(record: UndisputedFacts, proceeding: Proceeding, case: Case, *, by: Actor, on: date) -> Paper:
    """Issue the record of undisputed facts for all to sign (2.2)."""
    names = {party.public_id: party.name for party in cases.parties_of(case.id)}
    details = contract.UndisputedFacts(
        recorded_on=on,
        consents=[contract.Consent(name=names[ref], on=day) for ref, day in record.consents.items() if ref in names],
        facts=[contract.Fact(text=fact["text"], evidence=fact.get("evidence")) for fact in record.facts_list],
        disputed=record.disputed_list,
    )
    values = _values(proceeding, case, "undisputed_facts", details, on=on)
    return papers.issue(
        case, "undisputed_facts", values, by=by, on=on, about=record, word=f"{_body_word(proceeding, case)}记",
        replaces=papers.newest(case.id, "undisputed_facts"),
    )


# --- the report to the court ---


def issue_report(
    report: CourtReport, found: Circumstances, *, by: Actor, on: date, course: str, asks_confirmation: bool
) -> Paper:
    """Issue the report of how a mediation that the court sent ended (2.5)."""
    case, proceeding = found.case, found.proceeding
    succeeded = proceeding.state == ProceedingState.AGREED
    going = papers_for(found, Exit.QUICK_TRIAL)
    if succeeded:
        going = [row for row in papers.of_case(case.id) if row.kind == "agreement" and not row.is_draft][-1:] + going
    kinds = {row.kind for row in going}
    details = contract.CourtReport(
        received_on=case.court_received_on or proceeding.accepted_on,
        succeeded=succeeded,
        agreement_number=proceeding.number if succeeded else None,
        asks_confirmation=asks_confirmation,
        failure=_failure(proceeding),
        course=course,
        issues=lines(proceeding.issues),
        has_undisputed_facts="undisputed_facts" in kinds,
        has_service_addresses="service_address" in kinds,
        costly_conduct=proceeding.cost_conduct,
        points_for_court=proceeding.court_points,
        materials=_enclosed(going),
        contact=by.name,
    )
    report.materials = {"papers": [row.public_id for row in going]}
    values = _values(proceeding, case, "court_report", details, on=on)
    word = f"{_body_word(proceeding, case)}报"
    return papers.issue(case, "court_report", values, by=by, on=on, about=report, word=word)


def _enclosed(going: Sequence[Paper]) -> list[contract.Material]:
    """Return the papers that go along, those of one kind in one row; pages only where all are printed already."""
    found = []
    for kind, rows in groupby(sorted(going, key=lambda row: FILING.index(row.kind)), key=lambda row: row.kind):
        pages = [row.pages for row in rows]
        name = PAPERS[kind].name + (f"（{len(pages)}份）" if len(pages) > 1 else "")
        found.append(contract.Material(name=name, pages=sum(pages) if all(pages) else None, original=True))
    return found


def _failure(proceeding: Proceeding) -> str | None:
    return TerminationGround(proceeding.end_ground).label if proceeding.end_ground else None


def _values(proceeding: Proceeding, case: Case, kind: str, details, *, on: date) -> contract.Values:
    court = {} if proceeding.basis in FROM_COURT else {"court_name": None, "court_number": None}
    matter = blocks.matter(
        case, number=proceeding.number, basis=blocks.basis_word(proceeding.basis), accepted_on=proceeding.accepted_on,
        agreed_on=proceeding.agreed_on, ended_on=proceeding.ended_on, **court,
    )
    return blocks.values(
        case, kind, details, unit=units.unit(proceeding.unit_id), track=proceeding.track, number=None, on=on,
        case_block=matter, mediators=proceeding_papers.mediators(proceeding),
        sessions=proceeding_papers.sessions(proceeding),
    )
