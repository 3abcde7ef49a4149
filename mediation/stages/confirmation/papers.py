"""The pack on paper: application and proof filled from the case, checked against the agreement.

Papers are always Chinese, so nothing in them is marked for translation. The court's number, its seal and a fee have no
field at all (CN-04, DC-06, JC-17).
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import select

from mediation.casefile.cases.models import Case
from mediation.casefile.cases.rules import DISPUTING_ROLES, PartyKind, Representation
from mediation.casefile.papers import contract, printing, rules
from mediation.casefile.papers import operations as papers
from mediation.casefile.papers.forms import PAPERS
from mediation.casefile.papers.models import Paper, PaperState
from mediation.ground.choices import N_, Reason
from mediation.ground.db import session
from mediation.ground.errors import Obstacle, RuleBroken, because
from mediation.registry.access.rules import Actor
from mediation.registry.regions.competence import CompetentCourt
from mediation.registry.units import queries as units
from mediation.stages.agreements import papers as agreement_papers
from mediation.stages.confirmation.gather import Bundle, competent
from mediation.stages.confirmation.rules import CourtGround, PropertyPapers
from mediation.stages.proceedings import queries as proceedings

APPLICATION, AGREEMENT, PROOF, ADDRESS = (
    "confirmation_application", "agreement", "mediation_proof", "service_address",
)
KINDS = (APPLICATION, AGREEMENT, PROOF)
LATE = "逾期草稿"  # stands for the number of a draft that is printed after the last day (JC-01)
SIDES = {"被申请人": "乙方", "申请人": "甲方", "第三人": "丙方"}  # before the court all are applicants (DC-01)
IDENTITY = ("standing", "name", "birth_on", "id_number", "credit_code")


class Bar(Reason):
    NOT_ISSUED = "paper_not_issued", N_("还没有出%(paper)s"), "JC-09"
    OUTDATED = "paper_outdated", N_("%(paper)s出了以后案件又改过，要重新出、重新签"), "DC-02"


@dataclass(frozen=True)
class Sheet:
    """One paper of the pack, None while it is not issued; ``who`` where each party has its own."""

    kind: str
    paper: Paper | None
    who: str = ""

    @property
    def name(self) -> str:
        return PAPERS[self.kind].name


def sheets(bundle: Bundle) -> list[Sheet]:
    """Return the papers of a pack in the order of filing."""
    return sheets_of([bundle])[bundle.case.id]


def sheets_of(found: Sequence[Bundle]) -> dict[int, list[Sheet]]:
    """Return the papers of several packs, by the case's row id, read at once."""
    known = select(Paper).where(
        Paper.case_id.in_([bundle.case.id for bundle in found]), Paper.kind.in_((*KINDS, ADDRESS)),
        Paper.state != PaperState.CANCELLED, Paper.is_draft.is_(False),
    )
    newest = {(row.kind, row.object_id): row for row in session.scalars(known.order_by(Paper.id))}
    return {bundle.case.id: _sheets(bundle, newest) for bundle in found}


def _sheets(bundle: Bundle, newest: Mapping[tuple[str, int], Paper]) -> list[Sheet]:
    about = {
        APPLICATION: bundle.confirmation, AGREEMENT: bundle.agreement, PROOF: bundle.confirmation,
    }
    found = [Sheet(kind, newest.get((kind, about[kind].id)) if about[kind] else None) for kind in KINDS]
    return found + [
        Sheet(ADDRESS, newest.get((ADDRESS, party.id)), party.name)
        for party in bundle.parties
        if party.role in DISPUTING_ROLES
    ]


def obstacles(bundle: Bundle) -> list[Obstacle]:
    """Return the papers that are wanting, and those that no longer say what the case says."""
    found = sheets(bundle)
    ours = [sheet for sheet in found if sheet.paper and sheet.kind in (APPLICATION, PROOF)]
    changed = [sheet for sheet in ours if not _says(sheet.paper, _values(sheet.kind, bundle), bundle.case)]
    return wanting(found) + [because(Bar.OUTDATED, paper=sheet.name) for sheet in changed]


def wanting(found: Sequence[Sheet]) -> list[Obstacle]:
    """Return one obstacle for each paper of a pack that is not issued; addresses are a check of their own."""
    return [because(Bar.NOT_ISSUED, paper=sheet.name) for sheet in found if sheet.paper is None and not sheet.who]


# --- issuing ---


def issue(bundle: Bundle, *, by: Actor, on: date, late: bool = False, by_hand: bool = False) -> list[Paper]:
    """Issue application and proof; one that still says the same stays, so that what was signed on it stays too.

    ``late`` prints marked drafts only; ``by_hand`` leaves a ruled blank for each character that no font draws. Raises
    RuleBroken with everything that is missing on them or departs from the agreement (DC-01, DC-02).
    """
    standing = {sheet.kind: sheet.paper for sheet in sheets(bundle) if sheet.kind in KINDS}
    made = {kind: _values(kind, bundle, late=late) for kind in (APPLICATION, PROOF)}
    if standing[AGREEMENT]:
        signed = _comparable(_stored(standing[AGREEMENT], bundle.case))
        texts = [_comparable(contract.snapshot(values)) for values in made.values()]
        found = [bar for text in texts for bar in rules.differences(signed, text)]
        if found:
            raise RuleBroken(*found)
    issued = []
    for kind, values in made.items():
        old = None if late else standing[kind]
        if old and _says(old, values, bundle.case):
            continue
        if by_hand:
            values = replace(values, handwritten=printing.missing_characters(contract.snapshot(values)))
        word = _word(kind, bundle)
        issued.append(
            papers.issue(bundle.case, kind, values, by=by, on=on, about=bundle.confirmation, word=word, replaces=old)
        )
    return issued


def _word(kind: str, bundle: Bundle) -> str:
    """Return the word of a paper's series: the body's own for what it proves, the centre's for the application."""
    centre = units.centre(bundle.case.centre_id).register_word.removesuffix("登")
    return f"{bundle.unit.number_word or centre}证" if kind == PROOF else f"{centre}确"


def _stored(paper: Paper, case: Case) -> dict:
    return json.loads(case.box().open(paper.snapshot_sealed, "papers", "snapshot", paper.id))


def _says(paper: Paper, values: contract.Values, case: Case) -> bool:
    said, now = _stored(paper, case), contract.snapshot(values)
    return said | {"number": None, "handwritten": []} == now | {"number": None, "handwritten": []}


def _comparable(snapshot: Mapping) -> dict:
    """Return what must be the same in all papers: who, what was agreed, when, under which number (DC-02).

    A telephone may change after the agreement, and a clause may be kept out of the application; neither is a departure.
    """
    details = dict(snapshot["details"])
    if "duties" in details:
        details["duties"] = [
            {**duty, "what": _by_sides(duty["what"]), "confirmable": None} for duty in details["duties"]
        ]
    return {
        "number": snapshot["number"],
        "parties": [{field: party.get(field) for field in IDENTITY} for party in snapshot["parties"]],
        "case": {"agreed_on": snapshot["case"]["agreed_on"], "facts": _by_sides(snapshot["case"]["facts"])},
        "details": details,
    }


def _by_sides(text: str | None) -> str | None:
    for standing, side in SIDES.items():
        text = text.replace(standing, side) if text else text
    return text


# --- what they say ---


def _values(kind: str, bundle: Bundle, *, late: bool = False) -> contract.Values:
    details = _application(bundle) if kind == APPLICATION else _proof(bundle)
    number = LATE if late else None
    values = agreement_papers.values(
        bundle.agreement, bundle.case, bundle.proceeding, kind, details, number=number, on=None, draft=late
    )
    return replace(values, case=replace(values.case, facts=_by_sides(values.case.facts)))


def _application(bundle: Bundle) -> contract.ConfirmationApplication:
    agreement = bundle.agreement
    duties = [replace(duty, what=_by_sides(duty.what)) for duty in agreement_papers.duties(agreement)]
    return contract.ConfirmationApplication(
        court=bundle.confirmation.court_name,
        court_ground=_court_ground(bundle),
        agreement_number=agreement.number,
        duties=duties,
        attachments=_enclosed(bundle),
        made_at=agreement.place,
    )


def _proof(bundle: Bundle) -> contract.MediationProof:
    agreement, unit = bundle.agreement, bundle.unit
    on_case = proceedings.mediators_on(bundle.proceeding.id)
    return contract.MediationProof(
        court=bundle.confirmation.court_name,
        agreement_number=agreement.number,
        place=agreement.place or unit.name,
        recusal=_recusal(on_case),
        contact=on_case[0].mediator.name if on_case else unit.name,
        phone=unit.phone or units.centre(bundle.case.centre_id).phone,
    )


def _recusal(on_case) -> str | None:
    waived = [row.mediator.name for row in on_case if row.has_conflict]
    return f"{'、'.join(waived)}申报了可能影响公正的关系，各方当事人已书面同意由其继续调解" if waived else None


def _court_ground(bundle: Bundle) -> str:
    """Return in one sentence why this court (JC-04 to JC-07)."""
    court = bundle.confirmation.court_name
    choice = next((each for each in competent(bundle) if each.court.code == bundle.confirmation.court_code), None)
    return ground_words(choice) if choice else f"各申请人共同向{court}提出申请"


def ground_words(choice: CompetentCourt) -> str:
    """Return why a court is competent, as the application says it."""
    grounds = [ground for ground, _who in choice.grounds]
    court = choice.court.name
    if CourtGround.INVITED in grounds:
        return f"本案系{court}委派调解，依法向该院申请"
    places = [(ground, who) for ground, who in choice.grounds if ground != CourtGround.INTERMEDIATE]
    where = "、".join(dict.fromkeys(ground.label % {"who": who} for ground, who in places))
    reach = "标的额达到中级人民法院管辖标准，" if CourtGround.INTERMEDIATE in grounds else ""
    return f"{reach}{court}是{where}的{'中级' if reach else ''}人民法院，依法有管辖权"


def _enclosed(bundle: Bundle) -> list[str]:
    parties = [party for party in bundle.parties if party.role in DISPUTING_ROLES]
    found = ["调解协议书1份", "调解组织主持调解的证明1份"]
    kinds = {party.person.kind for party in parties if party.person}
    if PartyKind.PERSON in kinds:
        found.append("身份证明")
    if PartyKind.ORGANISATION in kinds:
        found.append("营业执照、法定代表人身份证明")
    if bundle.confirmation.property_papers == PropertyPapers.SHOWN:
        found.append("财产权利证明")
    if any(row.capacity == Representation.AGENT for party in parties for row in party.representatives):
        found.append("授权委托书")
    return [*found, f"送达地址确认书{len(parties)}份"]


def contents(bundle: Bundle) -> contract.Values:
    """Return what the contents page of the pack says over its lines, under the number of the application."""
    details = contract.PackContents(
        court=bundle.confirmation.court_name, agreement_number=bundle.agreement.number, lines=[], pages=0
    )
    application = next(sheet.paper for sheet in sheets(bundle) if sheet.kind == APPLICATION)
    values = _values(APPLICATION, bundle)
    return replace(values, number=application.number if application else None, details=details)
