"""Everything that the checks of a pack look at, read for many cases at once with a fixed number of queries."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from sqlalchemy import bindparam, select
from sqlalchemy.orm import joinedload, selectinload

from mediation.casefile.cases import progress, seats
from mediation.casefile.cases import queries as cases
from mediation.casefile.cases.facts import facts_of, service_facts, traits_of
from mediation.casefile.cases.models import Case, Party, ServiceAddress
from mediation.casefile.cases.rules import AgreementState, Basis, basis_of, read_court_number
from mediation.ground import clock
from mediation.ground.db import session
from mediation.ground.rereading import until_written
from mediation.registry.regions import queries as regions
from mediation.registry.regions.competence import CompetentCourt
from mediation.registry.regions.rules import Court, CourtLevel
from mediation.registry.settings import queries as settings
from mediation.registry.settings.rules import Kind
from mediation.registry.units.models import Unit
from mediation.stages.agreements import queries as agreements
from mediation.stages.agreements.models import Agreement
from mediation.stages.agreements.rules import Signer
from mediation.stages.assisting import queries as helping
from mediation.stages.confirmation.courts import CourtFacts, competent_courts
from mediation.stages.confirmation.models import Confirmation, ConfirmationSignature, CourtStep
from mediation.stages.confirmation.pack import PackFacts
from mediation.stages.confirmation.rules import AgreementFacts, ApplicationForm, DismissalGround, PropertyPapers
from mediation.stages.proceedings import queries as proceedings
from mediation.stages.proceedings.models import Proceeding

PARTS = (joinedload(Confirmation.signatures), selectinload(Confirmation.court_steps))


@dataclass
class Bundle:
    """A case with what it has got together for the court; None where there is none yet."""

    case: Case
    parties: list[Party] = field(default_factory=list)
    addresses: dict[int, ServiceAddress] = field(default_factory=dict)
    proceeding: Proceeding | None = None
    agreement: Agreement | None = None
    confirmation: Confirmation | None = None
    helpers: list[Unit] = field(default_factory=list)  # bodies that mediated beside the unit (JC-07)

    @property
    def unit(self) -> Unit | None:
        return self.proceeding.unit if self.proceeding else None

    @property
    def basis(self) -> Basis:
        return self.proceeding.basis if self.proceeding else basis_of(self.case.source)


def bundles(rows: Iterable[Case]) -> dict[int, Bundle]:
    """Return what each case has got together, by row id: the effective agreement, its last application."""
    found = {case.id: Bundle(case) for case in rows}
    people = (joinedload(Party.person), selectinload(Party.representatives))
    for party in _rows(select(Party).order_by(Party.position), Party, found, *people):
        found[party.case_id].parties.append(party)
    case_of = {party.id: party.case_id for bundle in found.values() for party in bundle.parties}
    query = select(ServiceAddress).join(Party, Party.id == ServiceAddress.party_id).order_by(ServiceAddress.id)
    for address in session.scalars(query.where(Party.case_id.in_(found))):
        found[case_of[address.party_id]].addresses[address.party_id] = address
    effective = select(Agreement).where(Agreement.state == AgreementState.EFFECTIVE).order_by(Agreement.id)
    for agreement in _rows(effective, Agreement, found, *agreements.PARTS):
        found[agreement.case_id].agreement = agreement
    for proceeding in _rows(select(Proceeding).order_by(Proceeding.id), Proceeding, found, joinedload(Proceeding.unit)):
        bundle = found[proceeding.case_id]
        if bundle.agreement is None or proceeding.id == bundle.agreement.proceeding_id:
            bundle.proceeding = proceeding
    for case_id, helpers in helping.mediating_with(found).items():
        found[case_id].helpers = helpers
    for confirmation in _rows(select(Confirmation).order_by(Confirmation.id), Confirmation, found, *PARTS):
        bundle = found[confirmation.case_id]
        if bundle.agreement is None or confirmation.agreement_id == bundle.agreement.id:
            bundle.confirmation = confirmation
    return found


def _rows(query, model, found: Mapping[int, object], *parts):
    query = query.where(model.case_id.in_(found)).options(*parts)
    return session.scalars(query.execution_options(populate_existing=True)).unique()


def bundle_of(case: Case) -> Bundle:
    """Return what one case has got together, put together from what its page reads anyway."""
    agreement = agreements.effective(case.id)
    tried, confirmations = proceedings.of_case(case.id), of_case(case.id)
    if agreement is not None:
        tried = [each for each in tried if each.id == agreement.proceeding_id]
        confirmations = [each for each in confirmations if each.agreement_id == agreement.id]
    return Bundle(
        case, cases.parties_of(case.id), cases.service_addresses(case.id),
        proceeding=next(reversed(tried), None), agreement=agreement,
        confirmation=next(reversed(confirmations), None), helpers=helping.mediating_beside(case.id),
    )


def bundle_for(confirmation: Confirmation, case: Case) -> Bundle:
    """Return what belongs to one application, whatever came after it: a later one, or another text."""
    agreement = next(each for each in agreements.of_case(case.id) if each.id == confirmation.agreement_id)
    tried = proceedings.of_case(case.id)
    return Bundle(
        case, cases.parties_of(case.id), cases.service_addresses(case.id), agreement=agreement,
        proceeding=next(each for each in tried if each.id == agreement.proceeding_id), confirmation=confirmation,
        helpers=helping.mediating_beside(case.id),
    )


_OF_CASE = (
    select(Confirmation)
    .where(Confirmation.case_id == bindparam("case_id"))
    .options(*PARTS)
    .order_by(Confirmation.id)
    .execution_options(populate_existing=True)
)


@until_written(Confirmation, ConfirmationSignature, CourtStep)
def of_case(case_id: int) -> list[Confirmation]:
    """Return the applications of a case with signatures and the court's acts, oldest first."""
    if not progress.had(case_id, "confirmation"):
        return []
    return list(session.scalars(_OF_CASE, {"case_id": case_id}).unique())


# --- as the rules see it ---


def agreement_facts(bundle: Bundle) -> AgreementFacts:
    """Return the agreement as the application needs it; one that does not exist has no day and no clauses."""
    agreement, traits = bundle.agreement, traits_of(bundle.case.type_code, centre_id=bundle.case.centre_id)
    if agreement is None:
        return AgreementFacts(None, (), bundle.basis, traits)
    refs = {party.id: party.public_id for party in bundle.parties}
    return AgreementFacts(
        effective_on=agreement.effective_on,
        clauses=[agreements.clause_of(duty) for duty in agreement.duties],
        basis=bundle.basis,
        traits=traits,
        is_oral=agreement.is_oral,
        signed=set(refs.values()) if agreement.deemed_on else {  # nobody signs what silence made (JM-14)
            refs[row.party_id] for row in agreement.signatures if row.signer == Signer.PARTY
        },
        mediator_signed=agreements.day_of_signer(agreement.signatures, Signer.MEDIATOR) is not None,
        sealed=agreements.day_of_signer(agreement.signatures, Signer.BODY) is not None,
    )


def pack_facts(bundle: Bundle, *, on: date) -> PackFacts:
    """Return the whole pack as the rules see it."""
    confirmation, agreement, unit = bundle.confirmation, bundle.agreement, bundle.unit
    refs = {party.id: party.public_id for party in bundle.parties}
    facts = PackFacts(
        parties=[facts_of(party, on=on) for party in bundle.parties],
        agreement=agreement_facts(bundle),
        included={no for no, duty in enumerate(agreement.duties, 1) if duty.is_confirmable} if agreement else (),
        body=unit.name if unit else "",
        body_is_established=bool(unit and unit.established_record),
        body_is_listed=bool(unit and unit.is_court_listed),
        identified={party.public_id for party in bundle.parties if party.identity_checked_on},
        addresses={refs[key]: service for key, service in service_facts(bundle.addresses.values()).items()},
        courts=competent(bundle, on=on),
    )
    if confirmation is None:
        return facts
    papers, grounds = confirmation.property_papers, confirmation.answers.get("grounds", {})
    return replace(
        facts,
        form=ApplicationForm(confirmation.form),
        applied={refs[row.party_id] for row in confirmation.signatures if row.party_id in refs},
        court=chosen_court(confirmation, facts.courts, centre_id=bundle.case.centre_id, on=deciding_day(bundle, on)),
        property_papers=PropertyPapers(papers) if papers else None,
        proof_sealed=confirmation.proof_sealed_on is not None,
        grounds={DismissalGround(ground): answer for ground, answer in grounds.items()},
        sham_suspected=confirmation.sham_suspected,
    )


# --- courts ---


def deciding_day(bundle: Bundle, on: date | None = None) -> date:
    """Return the day whose courts count: that of filing, before it the present one."""
    filed_on = bundle.confirmation.filed_on if bundle.confirmation else None
    return filed_on or on or clock.today()


def competent(bundle: Bundle, *, on: date | None = None) -> list[CompetentCourt]:
    """Return the competent courts with their grounds, from where the parties, the object and the bodies are."""
    return competent_courts(court_facts(bundle, on=on))


def court_facts(bundle: Bundle, *, on: date | None = None) -> CourtFacts:
    """Return where everything lies: parties, the object, the body and every other one that mediated with it (JC-07).

    ``on``: the day, where it is not filed yet, on which it would be; today by default.
    """
    case, unit, day = bundle.case, bundle.unit, deciding_day(bundle, on)
    homes = seats.known(seats.homes(bundle.parties, case, on=day))
    place = seats.court_at(case.object_area_code, case, on=day)
    mediating = [each for each in (unit, *bundle.helpers) if each]
    bodies = seats.known({each.name: seats.court_at(each.area_code, case, on=day) for each in mediating})
    basic = [court for court in (*homes.values(), place, *bodies.values()) if court]
    amount = bundle.agreement.total_fen if bundle.agreement else None
    return CourtFacts(
        basis=bundle.basis,
        inviting=inviting_court(case, on=day),
        domiciles=homes,
        object_place=place,
        organisations=bodies,
        intermediate={court.code: above for court in basic if (above := _court_above(court, case, day))},
        amount_fen=amount if case.amount_fen is None else case.amount_fen,
        threshold_fen=settings.value(Kind.AMOUNT, "JC-06", on=case.law_on, centre_id=case.centre_id),
        mixed_threshold_fen=settings.value(
            Kind.AMOUNT, "JC-06.other_province", on=case.law_on, centre_id=case.centre_id
        ),
    )


def inviting_court(case: Case, *, on: date | None = None) -> Court | None:
    """Return the court that sent the case: known by the code in its number, else by the name on its letter."""
    number = read_court_number(case.court_no or "")
    if number:
        known = regions.court(number.court_code, centre_id=case.centre_id, on=on)
        return known or Court(number.court_code, case.court_name or number.court_code, CourtLevel.BASIC, "")
    if not case.court_name:
        return None
    city = (case.area_code or "")[:4].ljust(6, "0")
    near = regions.courts_of_city(city, centre_id=case.centre_id, on=on)
    return next((court for court in near if court.name == case.court_name), None)


def chosen_court(
    confirmation: Confirmation, courts: Sequence[CompetentCourt], *, centre_id: int, on: date | None = None
) -> Court | None:
    """Return the court that was chosen, also when it has ceased to be competent."""
    code = confirmation.court_code
    if code is None:
        return None
    known = next((choice.court for choice in courts if choice.court.code == code), None)
    known = known or regions.court(code, centre_id=centre_id, on=on)
    return known or Court(code, confirmation.court_name, CourtLevel.BASIC, "")


def _court_above(court: Court, case: Case, on: date) -> Court | None:
    code = court.division_code
    return regions.intermediate_court_of(code, centre_id=case.centre_id, on=on) if code else None
