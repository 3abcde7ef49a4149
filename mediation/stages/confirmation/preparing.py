"""Getting the pack together: court, signatures, proof, property papers, the look at grounds that a court dismisses on.

Each of them is recorded by its own act and stands in the history; all need the step "confirmation.prepare".
"""

from collections.abc import Collection, Mapping
from datetime import date

from mediation.casefile.cases import facts as casefacts
from mediation.casefile.cases import steps
from mediation.casefile.cases.lifecycle import STEPS
from mediation.casefile.cases.models import Case, Party
from mediation.casefile.cases.rules import Representation
from mediation.ground import trail
from mediation.ground.choices import N_
from mediation.ground.db import session
from mediation.ground.errors import Invalid, NotFound, RuleBroken, Stale, because, known
from mediation.registry.access.rules import Actor
from mediation.stages.agreements import queries as agreements
from mediation.stages.agreements import signing
from mediation.stages.agreements.rules import SignatureKind, group_obstacles
from mediation.stages.confirmation import binding, papers, queries, rules
from mediation.stages.confirmation.gather import Bundle, agreement_facts, bundle_for, bundle_of, competent
from mediation.stages.confirmation.models import Confirmation, ConfirmationSignature
from mediation.stages.confirmation.pack import printing_obstacles
from mediation.stages.confirmation.rules import Bar, DismissalGround, PropertyPapers, ShamSign

STEP = "confirmation.prepare"


def expect(public_id: str, *, by: Actor, version: int) -> None:
    """Raise Stale when somebody has worked on the pack since it was read (P31)."""
    confirmation, _case = queries.get(public_id, for_=by)
    if confirmation.version != version:
        raise Stale(theirs={"version": confirmation.version})


def _prepare(
    public_id: str, what: str, *, by: Actor, on: date, reason: str | None = None
) -> tuple[Confirmation, Bundle]:
    confirmation, case = queries.get(public_id, for_=by)
    steps.take(STEP, confirmation, by=by, on=on, case=case, reason=reason, facts={"what": what})
    confirmation.version += 1
    return confirmation, bundle_of(case)


def choose_court(public_id: str, court_code: str, *, by: Actor, on: date) -> None:
    """Record the court that the parties chose together. Raises RuleBroken for one that is not competent."""
    confirmation, bundle = _prepare(public_id, "court", by=by, on=on)
    set_court(confirmation, bundle, court_code)
    session.flush()


def set_court(confirmation: Confirmation, bundle: Bundle, court_code: str) -> None:
    """Write a competent court with its first ground onto the application."""
    courts = competent(bundle)
    choice = next((each for each in courts if each.court.code == court_code), None)
    if choice is None:
        known_court = queries.court_named(court_code, centre_id=bundle.case.centre_id)
        raise RuleBroken(*rules.court_obstacles(known_court, courts))
    ground, _who = choice.grounds[0]
    confirmation.court_code, confirmation.court_name = choice.court.code, choice.court.name
    confirmation.court_reason = ground


def sign_application(
    public_id: str, party_public_id: str, *, by: Actor, on: date, signed_on: date,
    kind: str = SignatureKind.SIGNATURE, representative: str | None = None, written_by: str | None = None,
    witness: str | None = None,
) -> None:
    """Record that a party signed the application, in person or by who may sign for it; a later record replaces it.

    JC-02, DC-05, MH-05, QT-16: the same as under the agreement.
    """
    confirmation, bundle = _prepare(public_id, "signature", by=by, on=on)
    party = _party(bundle, party_public_id)
    person = next((row for row in party.representatives if row.public_id == representative), None)
    if representative and person is None:
        raise NotFound()
    given = signing.Signing(
        party=casefacts.facts_of(party, on=signed_on), kind=known(SignatureKind, kind, "kind"), signed_on=signed_on,
        by=Representation(person.capacity) if person else None, agent=person.name if person else "",
        written_by=written_by or "", witness=witness or "", consented_on=_consented_on(bundle, party),
    )
    bars = signing.signing_obstacles(given, agreed_on=bundle.agreement.agreed_on, on=on)
    if given.by == Representation.GROUP_REP:
        bars += group_obstacles(agreements.group_of(party, bundle.case, consented_on=given.consented_on))
    if bars:
        raise RuleBroken(*bars)
    row = next((row for row in confirmation.signatures if row.party_id == party.id), None)
    if row is None:
        row = ConfirmationSignature(confirmation_id=confirmation.id, party_id=party.id)
        session.add(row)
    row.kind, row.signed_on = given.kind, signed_on
    row.representative_id = person.id if person else None
    row.written_by, row.witness = written_by or None, witness or None
    session.flush()


def _consented_on(bundle: Bundle, party: Party) -> date | None:
    """Return when a member of a group consented in writing to what its representative signs (MH-07)."""
    own = next((row for row in bundle.agreement.signatures if row.party_id == party.id), None)
    said = own.group_consents.get("consented_on") if own else None
    return date.fromisoformat(said) if said else None


def _party(bundle: Bundle, public_id: str) -> Party:
    found = next((party for party in bundle.parties if party.public_id == public_id), None)
    if found is None:
        raise NotFound()
    return found


def seal_proof(public_id: str, *, by: Actor, on: date, sealed_on: date) -> None:
    """Record that the body put its seal under the proof that it conducted the mediation (JC-09)."""
    confirmation, bundle = _prepare(public_id, "proof", by=by, on=on)
    if sealed_on > on:
        raise Invalid(sealed_on=N_("盖章日期在今天之后"))
    if bundle.agreement.effective_on and sealed_on < bundle.agreement.effective_on:
        raise Invalid(sealed_on=N_("证明要写协议生效日期，盖章不能早于协议生效"))
    confirmation.proof_sealed_on = sealed_on
    session.flush()


def note_property(public_id: str, papers: str, *, by: Actor, on: date) -> None:
    """Record that property papers were shown, or that none are needed (JC-09)."""
    confirmation, _bundle = _prepare(public_id, "property", by=by, on=on)
    confirmation.property_papers = known(PropertyPapers, papers, "property_papers")
    session.flush()


def answer(
    public_id: str, *, by: Actor, on: date, grounds: Mapping[str, bool], signs: Collection[str] = (),
    sham_suspected: bool = False, cleared_because: str | None = None,
) -> None:
    """Record the look at each ground of dismissal (JC-13) and at signs of a sham (JC-19).

    A suspicion holds everything up until somebody says why it is cleared; Raises Invalid when nobody does.
    """
    suspected_before = queries.get(public_id, for_=by)[0].sham_suspected
    if suspected_before and not sham_suspected and not (cleared_because or "").strip():
        raise Invalid(cleared_because=N_("写明怎么查清的，才能去掉虚假调解的疑点"))
    confirmation, _bundle = _prepare(public_id, "grounds", by=by, on=on, reason=cleared_because or None)
    confirmation.answers = {
        "grounds": {known(DismissalGround, ground, "grounds"): bool(said) for ground, said in grounds.items()},
        "signs": [known(ShamSign, sign, "signs") for sign in signs],
    }
    confirmation.sham_suspected = sham_suspected
    session.flush()


def keep_clauses(public_id: str, numbers: Collection[int], *, by: Actor, on: date) -> None:
    """Say which clauses the court is asked for, by their number; the others stay out (DC-04).

    Raises RuleBroken for a clause that no court confirms, and when nothing is left.
    """
    confirmation, bundle = _prepare(public_id, "clauses", by=by, on=on)
    bars = rules.clause_obstacles(agreement_facts(bundle), numbers)
    if bars:
        raise RuleBroken(*bars)
    for number, duty in enumerate(bundle.agreement.duties, 1):
        duty.is_confirmable = number in numbers
    session.flush()
    trail.record(
        "confirmation.clauses", by=by, about=confirmation, case_id=bundle.case.id, params={"numbers": sorted(numbers)}
    )


def check_identity(public_id: str, parties: Collection[str], *, by: Actor, on: date) -> None:
    """Record that the originals of these parties' identity papers were looked at (JC-09)."""
    _confirmation, bundle = _prepare(public_id, "identity", by=by, on=on)
    for ref in parties:
        party = _party(bundle, ref)
        if party.identity_checked_on is None:
            party.identity_checked_on = on
            trail.record("party.identity_checked", by=by, about=party, case_id=bundle.case.id, params={"on": on})
    session.flush()


def issue_pack(public_id: str, *, by: Actor, on: date, late: bool = False, by_hand: bool = False) -> list[str]:
    """Issue the papers of the pack in one act, nothing typed again; returns the public ids of the new ones.

    A new application voids the signatures under the old one, a new proof its seal. After the last day only ``late``
    drafts are printed. Raises RuleBroken with everything that forbids printing or is missing on a paper.
    """
    confirmation, case = queries.get(public_id, for_=by)
    steps.require(STEPS[STEP], case, by=by)
    if confirmation.state not in STEPS[STEP].from_:
        raise RuleBroken(because(steps.Bar.WRONG_STATE, state=confirmation.state))
    bundle = bundle_of(case)
    bars = printing_obstacles(queries.readiness_of(bundle, on=on))
    other = [bar for bar in bars if bar.reason != Bar.TOO_LATE]
    late = late and other != bars
    if other or (bars and not late):
        raise RuleBroken(*bars)
    issued = papers.issue(bundle, by=by, on=on, late=late, by_hand=by_hand)
    if not late:
        _void(confirmation, case, {paper.kind for paper in issued if paper.replaces_id}, by=by)
    return [paper.public_id for paper in issued]


def issue_what_lacks(public_id: str, *, by: Actor, on: date) -> None:
    """Issue the papers of a pack that are not issued yet; those that are stay, with what was signed on them.

    Raises RuleBroken for a paper that no longer says what the case says (a new one voids signatures, which somebody has
    to decide who looks at it), and with everything that forbids printing.
    """
    confirmation, case = queries.get(public_id, for_=by)
    found = papers.obstacles(bundle_for(confirmation, case))
    outdated = [bar for bar in found if bar.reason == papers.Bar.OUTDATED]
    if outdated:
        raise RuleBroken(*outdated)
    if found:
        issue_pack(public_id, by=by, on=on)
        still = papers.wanting(papers.sheets(bundle_for(confirmation, case)))
        if still:
            raise RuleBroken(*still)


def _void(confirmation: Confirmation, case: Case, replaced: Collection[str], *, by: Actor) -> None:
    """What was signed or sealed on a paper that is no longer used counts no more (forms part 5)."""
    if papers.APPLICATION in replaced:
        for row in list(confirmation.signatures):
            session.delete(row)
    if papers.PROOF in replaced:
        confirmation.proof_sealed_on = None
    if replaced:
        session.flush()
        trail.record(
            "confirmation.voided", by=by, about=confirmation, case_id=case.id, params={"papers": sorted(replaced)}
        )


def pack(public_id: str, *, by: Actor) -> bytes:
    """Return the pack as one PDF in the order of filing. Call it outside a transaction: it renders what waits."""
    confirmation, case = queries.get(public_id, for_=by)
    return binding.merged(bundle_for(confirmation, case), by=by)
