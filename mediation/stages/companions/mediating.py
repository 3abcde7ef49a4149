"""Papers beside a mediation: being asked to come, recusal, more time, acceptance, refusal, the court's receipt."""

from collections.abc import Iterator
from functools import partial

from mediation.casefile.attachments import queries as attachments
from mediation.casefile.attachments.rules import AttachmentKind
from mediation.casefile.cases.facts import traits_of
from mediation.casefile.cases.rules import FROM_COURT, Exit, ProceedingState, Track, Trait
from mediation.casefile.papers import contract
from mediation.stages.bookings import queries as bookings
from mediation.stages.companions.offers import Offer, Scene, moment
from mediation.stages.confirmation import queries as confirmation
from mediation.stages.proceedings import papers, queries
from mediation.stages.proceedings.appointing.rules import RecusalQuestion
from mediation.stages.proceedings.models import Proceeding, ProceedingMediator
from mediation.stages.proceedings.rules import RefusalGround

WAYS = {
    Exit.QUICK_TRIAL: "同意移送的，由人民法院速裁团队处理", Exit.SUIT: "向有管辖权的人民法院起诉",
    Exit.ARBITRATION: "依法申请仲裁", Exit.GOVERNMENT: "申请人民政府处理", Exit.POLICE: "报告公安机关处理",
    Exit.PETITION: "通过信访途径反映",
}
OTHER_WAY = "各方都同意调解以后，可以再来申请"
RUNNING = (ProceedingState.ACCEPTED, ProceedingState.ASSIGNED, ProceedingState.MEDIATING)
SENT_BY_COURT = (AttachmentKind.COURT_PAPER, AttachmentKind.IDENTITY, AttachmentKind.EVIDENCE)
ARTICLES = {  # what an agency acts on, by trait
    Trait.TRAFFIC: ("road_traffic.mediation",), Trait.POLICE: ("public_security.mediation",),
    Trait.MEDICAL: ("medical.administrative",),
}
UNNAMED_GROUND = (RefusalGround.OTHER,)  # says nothing without its words


def offers(found: Scene) -> Iterator[Offer]:
    """Yield what the newest proceeding of a case gives rise to."""
    proceeding = found.proceeding
    if proceeding is None:
        return
    if proceeding.state == ProceedingState.REFUSED:
        yield Offer("unsuitable_notice", partial(unsuitable, found), about=proceeding, series="告")
    elif proceeding.track == Track.ADMINISTRATIVE:
        yield Offer("acceptance_notice", partial(accepted, found), about=proceeding, series="受")
    if proceeding.basis in FROM_COURT:
        yield Offer("commission_receipt", partial(commission, found), about=proceeding, series="收")
    by_id = {party.id: party for party in found.parties}
    for booking in bookings.waiting(found.case.id):
        for guest in booking.guests:
            if guest.party_id in by_id:
                party = by_id[guest.party_id]
                yield Offer(
                    "mediation_notice", partial(notice, found, booking, party),
                    f"{booking.public_id}-{party.public_id}", party.name, guest, "通",
                )
    for row in queries.mediators_on(proceeding.id):
        if row.answered_on:
            yield Offer(
                "recusal_statement", partial(recusal, found, row), row.mediator.public_id, row.mediator.name, row
            )
    if proceeding.state in RUNNING:
        for kind, word in (("extend", "延期"), ("suspend", "中止")):
            yield Offer("pause_consent", partial(pause, found, kind), kind, word, proceeding)


def _values(found: Scene, kind: str, details, *, on=None, numbered=False, **dates) -> contract.Values:
    made = papers.values_of(found.proceeding, found.case, kind, details, on=on, **dates)
    return made if not numbered else contract.renumbered(made, None)


def notice(found: Scene, booking, party) -> contract.Values:
    """Return the notice that asks a party to come (1.10)."""
    details = contract.MediationNotice(
        party=found.place(party), starts_at=moment(booking.starts_at), bring=booking.bring,
        place=booking.room.name if booking.room else booking.place, manner=booking.manner.label, **found.contact,
    )
    return _values(found, "mediation_notice", details, numbered=True)


def recusal(found: Scene, row: ProceedingMediator) -> contract.Values:
    """Return a mediator's statement on recusal from the four answers (PM-22, JM-06)."""
    answers = row.recusal_answers.get("answers", {})
    words = [text for text in row.recusal_answers.get("words", {}).values() if text]
    names = {party.public_id: party.name for party in found.parties}
    details = contract.RecusalStatement(
        mediator=row.mediator.name, relations="；".join(words) or None, declared_on=row.answered_on,
        answers=[
            contract.Reply(who=question.label, text="是" if answers.get(question.value) else "否")
            for question in RecusalQuestion
        ],
        waivers=[contract.Consent(name=names[ref], on=day) for ref, day in row.waivers.items() if ref in names],
    )
    return _values(found, "recusal_statement", details)


def pause(found: Scene, kind: str) -> contract.Values:
    """Return the sheet on which all consent to more time or a pause; the reason is written when they sign."""
    period = queries.last_clock(found.proceeding)
    extensions = queries.extensions_of(found.proceeding.id) if kind == "extend" else []
    last = extensions[-1] if extensions else None
    details = contract.PauseConsent(
        kind=kind, reason=last.reason if last else contract.HANDWRITE, until_on=last.until_on if last else None,
        period_ends_on=period.due_on if period and not last else None,
    )
    return _values(found, "pause_consent", details)


def unsuitable(found: Scene) -> contract.Values:
    """Return the notice that a body does not take a case (RT-04)."""
    proceeding = found.proceeding
    ground = RefusalGround(proceeding.refusal_ground)
    words = proceeding.refusal_note
    details = contract.UnsuitableNotice(
        ground=words if ground in UNNAMED_GROUND and words else ground.label,
        words=None if ground in UNNAMED_GROUND else words,
        ways=[*(WAYS[way] for way in queries.ways_for(found.case)), OTHER_WAY],
    )
    return _values(found, "unsuitable_notice", details, numbered=True)


def accepted(found: Scene) -> contract.Values:
    """Return an agency's notice that it has accepted."""
    period = queries.last_clock(found.proceeding)
    traits = traits_of(found.case.type_code, centre_id=found.case.centre_id)
    details = contract.AcceptanceNotice(
        period_ends_on=period.due_on if period else None,
        period_is_provisional=bool(period and period.is_provisional),
        articles=[key for trait in Trait if trait in traits for key in ARTICLES.get(trait, ())], **found.contact,
    )
    return _values(found, "acceptance_notice", details, on=found.proceeding.accepted_on, numbered=True)


def commission(found: Scene) -> contract.Values:
    """Return the receipt for what a court handed over, and whether the mediation is taken on (2.4)."""
    proceeding, period = found.proceeding, queries.last_clock(found.proceeding)
    refused = proceeding.state == ProceedingState.REFUSED
    scans = confirmation.scans_of(found.case.id)  # of its ruling, which came later
    details = contract.CommissionReceipt(
        received_on=found.case.court_received_on or proceeding.accepted_on, accepts=not refused,
        reason=_why_refused(proceeding) if refused else None, due_on=period.due_on if period else None,
        due_is_provisional=bool(period and period.is_provisional), recusal=_waived(proceeding),
        materials=[
            contract.Material(name=row.title, pages=row.pages, original=row.is_original)
            for row in attachments.of_case(found.case.id, *SENT_BY_COURT)
            if row.id not in scans
        ],
        **found.contact,
    )
    return _values(found, "commission_receipt", details, numbered=True)


def _why_refused(proceeding: Proceeding) -> str:
    ground = RefusalGround(proceeding.refusal_ground).label
    return f"{ground}，{proceeding.refusal_note}" if proceeding.refusal_note else ground


def _waived(proceeding: Proceeding) -> str | None:
    waived = [row.mediator.name for row in queries.mediators_on(proceeding.id) if row.has_conflict]
    return f"{'、'.join(waived)}申报了可能影响公正的关系，各方当事人已书面同意" if waived else None
