"""The blocks that papers share, filled from a case: centre, body, parties with their people, the matter."""

from dataclasses import replace
from datetime import date

from mediation.casefile.cases import queries as cases
from mediation.casefile.cases.models import Case, Party, Representative
from mediation.casefile.cases.rules import FROM_COURT, PartyKind, PartyRole, Representation
from mediation.casefile.papers import contract, rules
from mediation.registry.causes import queries as causes
from mediation.registry.people.models import Person
from mediation.registry.people.rules import IdKind, Sex
from mediation.registry.settings import queries as settings
from mediation.registry.units.models import Unit
from mediation.registry.units.queries import centre as centre_row

STANDING = {
    PartyRole.APPLICANT: "applicant", PartyRole.RESPONDENT: "respondent", PartyRole.THIRD_PARTY: "third_party",
}


def values(
    case: Case, kind: str, details, *, unit: Unit | None, track: str, number: str | None, on: date | None,
    case_block: contract.Case, mediators=(), sessions=(), draft=False, handwritten=(),
) -> contract.Values:
    """Return the values of a paper: the blocks of this case around the details of the kind.

    Citations and periods are those of the case's date of law. ``unit`` None stands for the centre itself.
    """
    bare = contract.Values(
        number=number,
        draft=draft,
        issued_on=on,
        track=track,
        centre=centre(case),
        body=body(unit) if unit else contract.Body(name=centre(case).name),
        case=case_block,
        parties=[party(row) for row in cases.parties_of(case.id) if row.role in STANDING],
        mediators=list(mediators),
        sessions=list(sessions),
        handwritten=list(handwritten),
        details=details,
    )
    plain = contract.snapshot(bare)
    rows = rules.period_rows(kind, plain)
    return replace(
        bare,
        citations=citations(rules.citation_keys(kind, plain), on=case.law_on),
        periods={row: settings.days(row, on=case.law_on, centre_id=case.centre_id).amount for row in rows},
    )


def citations(keys, *, on: date) -> list[contract.Citation]:
    """Return articles of the citation table as they stood on a day. Raises RuleBroken where one is missing."""
    entries = [settings.citation(key, on=on) for key in keys]
    return [contract.Citation(key=entry.key, law=entry.law, article=entry.article) for entry in entries]


def centre(case: Case) -> contract.Centre:
    row = centre_row(case.centre_id)
    return contract.Centre(name=row.name, phone=row.phone, address=row.address)


def body(unit: Unit) -> contract.Body:
    return contract.Body(name=unit.name, record_number=unit.established_record, address=unit.address, phone=unit.phone)


def matter(case: Case, **more) -> contract.Case:
    """Return the block of the matter; ``more`` are the fields that only a stage knows (dates, facts, number, basis)."""
    kind = causes.main_type(case.type_code)
    cause = causes.cause(case.cause_code) if case.cause_code else None
    known = {
        "number": case.body_no,
        "register_number": case.register_no,
        "cause": cause.name if cause else None,
        "dispute_type": kind.name if kind else None,
        "source": case.source.label,
        "court_name": case.court_name,
        "court_number": case.court_no,
        "summary": case.story,
        "amount_fen": case.amount_fen,
        "applied_on": case.applied_on,
    }
    return contract.Case(**(known | more))


def basis_word(basis) -> str:
    """Return the contract's word for a basis: own motion and application are both the body's own run."""
    return basis.value if basis in FROM_COURT else "self_run"


def party(row: Party) -> contract.Person | contract.Organisation:
    """Return the block of a party; one that nobody knows prints its description."""
    person = row.person
    agents = [agent(each) for each in row.representatives if each.capacity == Representation.AGENT]
    if person is None:
        return contract.Person(standing=STANDING[row.role], name=row.name, agents=agents)
    if person.kind == PartyKind.ORGANISATION:
        return contract.Organisation(
            standing=STANDING[row.role], name=row.name, credit_code=person.uscc, address=person.address,
            head=person.legal_rep_name, head_post=person.legal_rep_post, phone=person.phone, agents=agents,
        )
    guardians = [guardian(each) for each in row.representatives if each.capacity == Representation.GUARDIAN]
    return replace(natural(person, name=row.name, standing=STANDING[row.role]), agents=agents, guardians=guardians)


def natural(person: Person, *, name: str, standing: str) -> contract.Person:
    """Return the block of a natural person of the register, in a case under that name and on that side."""
    id_kind = IdKind(person.id_kind) if person.id_kind else IdKind.RESIDENT_ID
    return contract.Person(
        standing=standing, name=name, sex=Sex(person.sex).label if person.sex else None,
        birth_on=person.birth_on, ethnicity=person.ethnic, occupation=person.occupation, workplace=person.employer,
        address=person.address, id_number=person.id_number, phone=person.phone,
        id_kind="公民身份号码" if id_kind == IdKind.RESIDENT_ID else id_kind.label,
    )


def agent(row: Representative) -> contract.Agent:
    return contract.Agent(
        name=row.name, sex=Sex(row.sex).label if row.sex else None, capacity=row.kind.label if row.kind else "",
        workplace=row.workplace, licence=row.licence_no, relation=row.relation, id_number=row.id_number,
        phone=row.phone, authority=row.authority.label if row.authority else "",
        powers=list(row.powers.get("powers", [])),
    )


def guardian(row: Representative) -> contract.Guardian:
    return contract.Guardian(name=row.name, relation=row.relation or "", id_number=row.id_number, phone=row.phone)
