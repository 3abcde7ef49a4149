"""The agreement: drawn up clause by clause, agreed on, signed by everybody, sealed by the body."""

from mediation.demonstration.affair import Affair
from mediation.demonstration.agenda import Course
from mediation.demonstration.road import minutes, terms
from mediation.stages.agreements import operations as agreements
from mediation.stages.agreements import proposals
from mediation.stages.agreements.rules import SignatureKind
from mediation.stages.agreements.silence import ServiceManner
from mediation.stages.referrals import reporting

REVISED = "签字前核对，收款账户的开户行写错了，重新拟一份。"


def settle(affair: Affair) -> Course:
    """Write down what was agreed on, or register what was agreed on by word of mouth."""
    if affair.plan.effective_on:
        yield affair.on(affair.plan.effective_on)
    else:
        yield affair.soon(5, 20)
    if affair.plan.result == "oral":
        _orally(affair)
        yield affair.soon()
        affair.stands("effective")
        return
    yield from draw_up(affair)
    if affair.plan.has("revised"):
        yield from _revise(affair)
    if affair.plan.has("unsigned"):
        agreements.sign_party(
            affair.agreement, affair.asking[0], by=affair.mediator, signed_on=affair.today, on=affair.today
        )
        yield affair.soon()
    affair.stands("agreed")
    yield from _sign(affair)
    affair.stands("effective")
    if affair.is_from_court:
        yield affair.days(0, 2)
        reporting.report_to_court(
            affair.proceeding, by=affair.mediator, on=affair.today, asks_confirmation=affair.plan.confirm
        )
        yield affair.soon()
        agreements.file_with_court(affair.agreement, by=affair.liaison, on=affair.today, filed_on=affair.today)


def _orally(affair: Affair) -> None:
    rows = terms.clauses(affair)
    affair.agreement = agreements.agree_orally(
        affair.case, by=affair.mediator, on=affair.today, agreed_on=affair.today, facts=affair.say(affair.story.story),
        clauses=rows, total_fen=terms.total_fen(rows), place=minutes.place_of(affair),
        breach_clause=terms.breach_clause(affair),
    )


def draw_up(affair: Affair) -> Course:
    """Write the text and settle on it."""
    affair.agreement = agreements.draft(affair.case, by=affair.mediator, on=affair.today)
    yield affair.soon(8, 25)
    rows = terms.clauses(affair)
    agreements.save(
        affair.agreement, by=affair.mediator, version=1, facts=affair.say(affair.story.story), responsibility=None,
        total_fen=terms.total_fen(rows), breach_clause=terms.breach_clause(affair), place=minutes.place_of(affair),
        clauses=rows,
    )
    affair.stands("drafting")
    if affair.plan.has("proposal"):
        yield from _propose(affair)
    agreements.agree(affair.agreement, by=affair.mediator, on=affair.today)
    yield affair.soon(3, 10)


def _propose(affair: Affair) -> Course:
    """Nobody quarrels about the facts: the draft is put to both in writing, theirs if they stay silent (JM-14)."""
    consents = dict.fromkeys(affair.everybody, affair.today)
    proposals.propose(affair.agreement, by=affair.mediator, on=affair.today, consents=consents)
    yield affair.soon(5, 15)
    services = dict.fromkeys(affair.everybody, (affair.today, ServiceManner.IN_PERSON))
    proposals.serve(affair.agreement, by=affair.mediator, on=affair.today, services=services)
    affair.stands("proposed")


def _revise(affair: Affair) -> Course:
    """Before anybody signed, a mistake is found: the text is drawn up again, the old one stays on file."""
    affair.agreement = agreements.revise(affair.agreement, by=affair.mediator, on=affair.today, reason=REVISED)
    yield affair.soon(8, 25)
    agreements.agree(affair.agreement, by=affair.mediator, on=affair.today)
    yield affair.soon(3, 10)


def _sign(affair: Affair) -> Course:
    """Everybody signs at the table; the seal comes the same day or, where the head is out, a little later.

    Where a court sent the case, the parties' signatures alone put the agreement into effect: they come last.
    """
    fixed = affair.plan.effective_on is not None
    if affair.is_from_court:
        yield from _sign_for_body(affair, same_day=True)
        yield from _sign_for_parties(affair)
    else:
        yield from _sign_for_parties(affair)
        yield from _sign_for_body(affair, same_day=fixed or affair.chance.random() < 0.7)


def _sign_for_parties(affair: Affair) -> Course:
    for ref in affair.everybody:
        if affair.plan.has("unsigned") and ref == affair.asking[0]:
            continue
        agreements.sign_party(
            affair.agreement, ref, by=affair.mediator, signed_on=affair.today, on=affair.today, kind=_kind(affair, ref),
            representative=affair.guardian_ref or None if ref == affair.asked[0] else None,
        )
    yield affair.soon(1, 3)


def _sign_for_body(affair: Affair, *, same_day: bool) -> Course:
    agreements.sign_mediator(affair.agreement, by=affair.mediator, signed_on=affair.today, on=affair.today)
    yield affair.soon(3, 12) if same_day else affair.days(1, 2)
    agreements.seal(affair.agreement, by=affair.head, sealed_on=affair.today, on=affair.today)
    yield affair.soon(3, 9)


def _kind(affair: Affair, ref: str) -> SignatureKind:
    return SignatureKind.SEAL if affair.parties[ref].is_firm else SignatureKind.SIGNATURE
