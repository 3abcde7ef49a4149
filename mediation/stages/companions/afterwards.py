"""Papers after an agreement: urging, the court's draft ruling, the police's approval of a settlement."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from functools import partial

from mediation.casefile.cases.facts import traits_of
from mediation.casefile.cases.rules import OPEN_PERFORMANCE, ConfirmationState, PerformanceState, Source, Trait
from mediation.casefile.papers import contract
from mediation.registry.deadlines import queries as deadlines
from mediation.stages.agreements import papers as agreement_papers
from mediation.stages.agreements import queries as agreements
from mediation.stages.agreements.models import Agreement
from mediation.stages.companions.offers import Offer, Scene
from mediation.stages.confirmation import queries as confirmation
from mediation.stages.confirmation.rules import DismissalGround, RefusalGround
from mediation.stages.performance import queries as performance
from mediation.stages.performance import rules as performing
from mediation.stages.performance.rules import ReceiptKind

DRAFT_NUMBER = "代拟稿"  # a ruling's number is the court's own (CN-04)
OUTCOMES = {
    ConfirmationState.FILED: "confirmed", ConfirmationState.ACCEPTED: "confirmed",
    ConfirmationState.CONFIRMED: "confirmed", ConfirmationState.DISMISSED: "dismissed",
    ConfirmationState.REFUSED: "refused", ConfirmationState.WITHDRAWN: "withdrawn",
}
GROUNDS = {ConfirmationState.DISMISSED: DismissalGround, ConfirmationState.REFUSED: RefusalGround}
PROVEN = (ReceiptKind.PAYMENT, ReceiptKind.ACT)


def offers(found: Scene, *, on: date) -> Iterator[Offer]:
    """Yield what an effective agreement and its confirmation give rise to."""
    agreement = agreements.effective(found.case.id)
    if agreement is None or found.proceeding is None:
        return
    rows = performance.of_case(found.case.id)
    late = [row for row in rows if performing.is_late(_facts(row), row.state, on=on)]
    owing = dict.fromkeys(ref for row in late for ref in row.duty.obligors["parties"])
    by_ref = {party.public_id: party for party in found.parties}
    for ref in owing:
        if ref in by_ref:
            party = by_ref[ref]
            mine = [row for row in late if ref in row.duty.obligors["parties"]]
            yield Offer(
                "performance_reminder", partial(reminder, found, agreement, party, mine), ref,
                party.name, party, "督",
            )
    bundle = confirmation.bundle(found.case)
    if bundle.confirmation and bundle.confirmation.state in OUTCOMES:
        yield Offer("ruling_draft", partial(ruling, found, bundle), about=bundle.confirmation)
        owed = [row for row in rows if row.state in OPEN_PERFORMANCE]
        if bundle.confirmation.state == ConfirmationState.CONFIRMED and owed:
            yield Offer("enforcement_guide", partial(guide, found, bundle, owed), about=bundle.confirmation)
    traits = traits_of(found.case.type_code, centre_id=found.case.centre_id)
    done = rows and all(row.state == PerformanceState.DONE for row in rows)
    if done and (Trait.POLICE in traits or found.case.source == Source.POLICE):
        yield Offer("police_settlement", partial(police, found, agreement, rows), about=agreement)


def _facts(row) -> performing.DutyFacts:
    return performing.DutyFacts(row.amount_fen, row.due_on)


def _values(found: Scene, agreement: Agreement, kind: str, details, *, number=None, draft=False) -> contract.Values:
    return agreement_papers.values(
        agreement, found.case, found.proceeding, kind, details, number=number, on=None, draft=draft
    )


def reminder(found: Scene, agreement: Agreement, party, late) -> contract.Values:
    """Return what urges one who owes: each clause that is due and not performed (PM-15)."""
    state = confirmation.bundle(found.case).confirmation
    details = contract.PerformanceReminder(
        party=found.place(party), agreement_number=agreement.number,
        lines=[_owed(row) for row in late],
        is_confirmed=bool(state and state.state == ConfirmationState.CONFIRMED), **found.contact,
    )
    return _values(found, agreement, "performance_reminder", details)


def guide(found: Scene, bundle, owed) -> contract.Values:
    """Return what tells those to whom something is owed where and until when they apply for enforcement.

    JC-14, JC-18: Civil Procedure Law (2023), Arts. 206, 250; the time runs from the last day of the last duty.
    """
    row, ends_on = bundle.confirmation, max(each.due_on for each in owed)
    last = deadlines.last_day("JC-18", ends_on, on=ends_on, centre_id=found.case.centre_id)
    details = contract.EnforcementGuide(
        agreement_number=bundle.agreement.number, court=row.court_name, court_no=row.court_no, ruled_on=row.ruled_on,
        served_on=row.received_on, lines=[_owed(each) for each in owed], performance_ends_on=ends_on,
        last_on=last.day, last_is_provisional=last.provisional, **found.contact,
    )
    return _values(found, bundle.agreement, "enforcement_guide", details)


def _owed(row) -> contract.OwedLine:
    return contract.OwedLine(
        place=row.duty.position, what=row.duty.what, due_on=row.due_on, amount_fen=row.amount_fen, paid_fen=row.paid_fen
    )


def ruling(found: Scene, bundle) -> contract.Values:
    """Return a draft of the ruling for the court to use or not; marked on every page, unnumbered (3.4, 3.5)."""
    row, agreement = bundle.confirmation, bundle.agreement
    kinds = GROUNDS.get(row.state)
    details = contract.RulingDraft(
        outcome=OUTCOMES[row.state], court=row.court_name, agreement_number=agreement.number,
        duties=agreement_papers.duties(agreement), filed_on=row.filed_on, accepted_on=row.accepted_on,
        ground=kinds(row.ruling_ground).label if kinds and row.ruling_ground else None,
    )
    return _values(found, agreement, "ruling_draft", details, number=DRAFT_NUMBER, draft=True)


def police(found: Scene, agreement: Agreement, rows) -> contract.Values:
    """Return the parties' application that the police accept their settlement (AM-02)."""
    proofs = [receipt.proof for row in rows for receipt in row.receipts if receipt.kind in PROVEN and receipt.proof]
    from_police = found.case.source == Source.POLICE
    details = contract.PoliceSettlement(
        police=None, police_number=found.case.outside_no if from_police else None, agreement_number=agreement.number,
        performed_on=max(row.done_on for row in rows), proof="、".join(dict.fromkeys(proofs)) or "履行情况登记",
    )
    made = _values(found, agreement, "police_settlement", details)
    return replace(made, case=replace(made.case, facts=agreement.facts))
