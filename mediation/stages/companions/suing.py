"""Papers for a court and about a party: evidence, power of attorney, complaint, defence; a risk that is reported."""

from collections.abc import Iterator
from functools import partial

from mediation.casefile.attachments import queries as attachments
from mediation.casefile.cases.models import Party
from mediation.casefile.cases.rules import AgentAuthority, AgentKind, PartyRole, Representation
from mediation.casefile.duties import queries as duties
from mediation.casefile.duties.models import RiskDuty
from mediation.casefile.papers import blocks, contract
from mediation.registry.staff import queries as staff
from mediation.registry.units import queries as units
from mediation.stages.companions.offers import Offer, Scene, moment
from mediation.stages.intake.rules import POWERS
from mediation.stages.proceedings import papers
from mediation.stages.referrals import queries as referrals

GENERAL = ("代为申请、立案", "参加调解")  # what every agent may do
ENFORCING = "申请执行"  # what form 3.7 adds to the ticks
CREDENTIALS = {  # QT-16: SPC Interpretation of the CPL (2022), Art. 88
    AgentKind.LAWYER: ("律师执业证复印件", "律师事务所函"),
    AgentKind.LEGAL_WORKER: ("法律服务工作者执业证复印件", "基层法律服务所介绍信", "当事人一方位于本辖区的证明材料"),
    AgentKind.NEAR_RELATIVE: ("身份证件复印件", "与委托人有近亲属关系的证明材料"),
    AgentKind.EMPLOYEE: ("身份证件复印件", "与委托人有合法劳动人事关系的证明材料"),
    AgentKind.RECOMMENDED: ("身份证件复印件", "推荐材料", "当事人属于该社区、单位的证明材料"),
}
NONE = "无"


def offers(found: Scene) -> Iterator[Offer]:
    """Yield what the materials, the agents, the claims and the risks of a case give rise to."""
    evidence = attachments.evidence_of(found.case.id)
    if evidence:
        yield Offer("evidence_list", partial(listing, found, evidence), about=found.case)
    by_id = {party.id: party for party in found.parties}
    for party_id in dict.fromkeys(row.party_id for row in evidence if row.party_id in by_id):
        party = by_id[party_id]
        own = [row for row in evidence if row.party_id == party_id]
        fill = partial(listing, found, own, party)
        yield Offer("evidence_list", fill, party.public_id, party.name, party)
    for party in found.parties:
        if any(row.capacity == Representation.AGENT for row in party.representatives):
            yield Offer("power_of_attorney", partial(power, found, party), party.public_id, party.name, party)
    if found.case.claims:
        yield Offer("complaint", partial(complaint, found, evidence), about=found.case)
    for party in found.parties:
        if party.role == PartyRole.RESPONDENT:
            yield Offer("defence", partial(defence, found, party), party.public_id, party.name, party)
    for duty in duties.of_case(found.case.id):
        yield Offer("risk_report", partial(risk, found, duty), duty.public_id, duty.kind.label, duty, "险")


def _values(found: Scene, kind: str, details, *, on=None) -> contract.Values:
    case, proceeding = found.case, found.proceeding
    if proceeding is not None and proceeding.number:
        return contract.renumbered(papers.values_of(proceeding, case, kind, details, on=on), None)
    return blocks.values(
        case, kind, details, unit=units.unit(case.registered_unit_id) if case.registered_unit_id else None,
        track=case.track or "peoples", number=None, on=on, case_block=blocks.matter(case),
    )


def _lines(found: Scene, rows) -> list[contract.EvidenceLine]:
    names = {party.id: party.name for party in found.parties}
    checked = staff.names({row.added_by_id for row in rows})
    return [
        contract.EvidenceLine(
            name=row.title, kind=row.category.label if row.category else None, by=names.get(row.party_id),
            on=row.received_on, original=row.is_original, pages=row.pages, proves=row.proves,
            checked_by=checked.get(row.added_by_id) if row.is_original else None,
        )
        for row in rows
    ]


def listing(found: Scene, rows, party: Party | None = None) -> contract.Values:
    """Return the list of all evidence (1.4), or of what one party offers a court (3.8)."""
    details = contract.EvidenceList(
        lines=_lines(found, rows), for_court=party is not None, offered_by=party.name if party else None
    )
    return _values(found, "evidence_list", details)


def power(found: Scene, party: Party) -> contract.Values:
    """Return a power of attorney with each power ticked as the agents have it (3.7, QT-16)."""
    agents = [row for row in party.representatives if row.capacity == Representation.AGENT]
    given = {power for row in agents for power in row.powers.get("powers", ())}
    special = any(row.authority == AgentAuthority.SPECIAL for row in agents)
    powers = [contract.Power(name=name, given=True) for name in GENERAL]
    powers += [contract.Power(name=name, given=name in given, special=True) for name in (*POWERS, ENFORCING)]
    days = [row.until for row in agents if row.until]
    papers_wanted = [paper for row in agents if row.kind for paper in CREDENTIALS[row.kind]]
    details = contract.PowerOfAttorney(
        party=found.place(party), powers=powers, special=special, until=max(days, default=None),
        credentials=list(dict.fromkeys(papers_wanted)),
    )
    return _values(found, "power_of_attorney", details)


def _court(found: Scene) -> str | None:
    sent = [each.to_name for each in referrals.of_case(found.case.id) if each.kind in ("quick_trial", "suit")]
    return sent[-1] if sent else found.case.court_name


def complaint(found: Scene, evidence) -> contract.Values:
    """Return the complaint from the claims, the story and the applicants' evidence (3.8, QT-09)."""
    ours = {party.id for party in found.parties if party.role == PartyRole.APPLICANT}
    defendants = sum(party.role == PartyRole.RESPONDENT for party in found.parties)
    claims = [line.strip() for line in (found.case.claims or "").splitlines() if line.strip()]
    details = contract.Complaint(
        court=_court(found), claims=[contract.Claim(text=text) for text in claims], copies=max(defendants, 1),
        evidence=_lines(found, [row for row in evidence if row.party_id in ours]),
    )
    return _values(found, "complaint", details)


def defence(found: Scene, party: Party) -> contract.Values:
    """Return a statement of defence for one party's pen; what was said in a mediation is not repeated (JM-12)."""
    details = contract.Defence(party=found.place(party), court=_court(found), court_number=found.case.court_no)
    return _values(found, "defence", details)


def risk(found: Scene, duty: RiskDuty) -> contract.Values:
    """Return the report of a risk to the body that has to know (PM-08, MH-02, MH-04)."""
    opened_by = duty.reported_by_id or duty.opened_by_id
    details = contract.RiskReport(
        kind=duty.kind.label, addressee=duty.reported_to, learnt_at=moment(duty.opened_at), place=found.case.place,
        facts=None, measures=duty.measures, reporter=staff.names({opened_by}).get(opened_by) or NONE,
        reported_at=moment(duty.reported_at) if duty.reported_at else None, receipt_no=duty.receipt_no,
    )
    return _values(found, "risk_report", details)
