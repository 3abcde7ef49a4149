"""What the court does with an application, recorded by the liaison from the court's own papers.

The court's number is typed, never made (CN-04); its periods inform and bind nobody here (JC-16).
"""

from datetime import date

from sqlalchemy import select

from mediation.casefile.attachments import operations as attachments
from mediation.casefile.attachments.models import Attachment
from mediation.casefile.attachments.rules import AttachmentKind
from mediation.casefile.cases import steps
from mediation.casefile.cases.lifecycle import STEPS
from mediation.casefile.cases.models import Case
from mediation.casefile.cases.rules import ConfirmationState, court_number_obstacles, read_court_number
from mediation.casefile.clocks import operations as clocks
from mediation.casefile.clocks.rules import ClockLabel
from mediation.casefile.notices import operations as notices
from mediation.casefile.notices import rules as seats
from mediation.casefile.notices.rules import Event
from mediation.ground.choices import N_
from mediation.ground.db import session
from mediation.ground.errors import Invalid, NotAllowed, Obstacle, RuleBroken, because, known
from mediation.ground.files import Kept
from mediation.registry.access.rules import Actor
from mediation.registry.settings import queries as settings
from mediation.registry.settings.rules import Figure
from mediation.stages.agreements.models import Agreement
from mediation.stages.confirmation import queries, rules
from mediation.stages.confirmation.models import Confirmation, CourtStep
from mediation.stages.confirmation.rules import AfterRuling, CourtStepKind, RulingBar, after_ruling

ACCEPTS, DECIDES, EXTENSION = "JC-16.accept", "JC-16.decide", "JC-16.extension"
OBJECTION, OUTSIDER = "JC-15.party", "JC-15.third_person"
ASKED, SUMMONED = "JC-12", "JC-11"
STEP_OF = {
    ConfirmationState.CONFIRMED: "confirmation.confirm",
    ConfirmationState.DISMISSED: "confirmation.dismiss",
    ConfirmationState.REFUSED: "confirmation.court_refuses",
    ConfirmationState.WITHDRAWN: "confirmation.withdraw",
    ConfirmationState.DEEMED_WITHDRAWN: "confirmation.deem_withdrawn",
    ConfirmationState.PROCEDURE_ENDED: "confirmation.end_procedure",
}
BETWEEN = (  # what may be recorded between filing and ruling
    CourtStepKind.RECEIVED, CourtStepKind.MORE_PAPERS, CourtStepKind.PAPERS_GIVEN, CourtStepKind.SUMMONED,
    CourtStepKind.QUESTIONED, CourtStepKind.ABSENT, CourtStepKind.EXTENDED,
)
CLOCK_OF_REQUEST = {
    CourtStepKind.MORE_PAPERS: (ASKED, ClockLabel.MORE_PAPERS), CourtStepKind.SUMMONED: (SUMMONED, ClockLabel.SUMMONS),
}

TOLD_OF_REQUEST = {
    CourtStepKind.MORE_PAPERS: Event.COURT_WANTS_PAPERS, CourtStepKind.SUMMONED: Event.COURT_SUMMONS,
}


def keep_scan(public_id: str, content: bytes, filename: str, *, by: Actor) -> Kept:
    """Write a scan of what the court sent into the store, before the transaction that records its act.

    Raises Invalid for a type that is not taken, NotAllowed for who records nothing of the court's.
    """
    _confirmation, case = queries.get(public_id, for_=by)
    if by.role not in STEPS["confirmation.court_asks"].who:
        raise NotAllowed("confirmation.court_asks")
    return attachments.put(case, content, filename)


def accepts(
    public_id: str, *, by: Actor, on: date, court_no: str, reason: str | None = None, scan: Kept | None = None
) -> None:
    """Record that the court took the application in, under the number on its notice (CN-01, CN-04)."""
    confirmation, case = queries.get(public_id, for_=by)
    bars = court_number_obstacles(court_no)
    steps.take("confirmation.court_accepts", confirmation, by=by, on=on, case=case, reason=reason, bars=bars)
    confirmation.accepted_on, confirmation.court_no = on, str(read_court_number(court_no))
    kept = _scan(case, scan, CourtStepKind.ACCEPTED, by=by, on=on)
    _write(confirmation, CourtStepKind.ACCEPTED, on=on, attachment_id=kept, court_no=confirmation.court_no)
    clocks.stop(case, ACCEPTS, on=on, by=by, about=confirmation)
    clocks.start(case, DECIDES, on, label=ClockLabel.COURT_RULING, by=by, about=confirmation, counts_for_case=False)
    _tell(case, confirmation, Event.COURT_ACCEPTED, by=by)


def act(
    public_id: str, kind: str, *, by: Actor, on: date, due_on: date | None = None, note: str | None = None,
    reason: str | None = None, scan: Kept | None = None,
) -> None:
    """Record an act of the court between filing and ruling: it asks for papers, summons, questions, takes longer.

    What it asks of the parties has a last day that counts for the case; what answers it stops that day.
    JC-11, JC-12: SPC Interpretation of the CPL (2022), Arts. 356, 357.
    """
    kind = known(CourtStepKind, kind, "kind")
    if kind not in BETWEEN:
        raise Invalid(kind=N_("没有这个选项"))
    if kind in CLOCK_OF_REQUEST and (due_on is None or due_on < on):
        raise Invalid(due_on=N_("写明法院定的日期，不能早于登记的这一天"))
    confirmation, case = queries.get(public_id, for_=by)
    late = [because(RulingBar.NOT_ACCEPTED)] if kind == CourtStepKind.EXTENDED and not confirmation.accepted_on else []
    steps.take(
        "confirmation.court_asks", confirmation, by=by, on=on, case=case, reason=reason, bars=late, facts={"kind": kind}
    )
    kept = _scan(case, scan, kind, by=by, on=on)
    _write(confirmation, kind, on=on, attachment_id=kept, due_on=due_on, note=note)
    clocks.stop(case, ASKED, SUMMONED, on=on, by=by, about=confirmation)
    if kind in CLOCK_OF_REQUEST:
        basis, label = CLOCK_OF_REQUEST[kind]
        clocks.start_until(case, basis, on, due_on, label=label, by=by, about=confirmation)
        _tell(case, confirmation, TOLD_OF_REQUEST[kind], by=by, due_on=due_on)
    if kind == CourtStepKind.EXTENDED:
        _allow_longer(confirmation, case, by=by)


def _allow_longer(confirmation: Confirmation, case: Case, *, by: Actor) -> None:
    usual, more = (settings.days(key, on=case.law_on, centre_id=case.centre_id) for key in (DECIDES, EXTENSION))
    clocks.start(
        case, DECIDES, confirmation.accepted_on, label=ClockLabel.COURT_RULING, by=by, about=confirmation,
        figure=Figure(usual.amount + more.amount, usual.unit), counts_for_case=False,
    )


def rules_on(
    public_id: str, answer: str, *, by: Actor, on: date, ground: str | None = None, note: str | None = None,
    received_on: date | None = None, reason: str | None = None, scan: Kept | None = None,
) -> None:
    """Record the court's answer (JC-10, JC-12 to JC-14, JC-23). Where it leaves time, the time to apply runs on.

    Raises RuleBroken when the answer cannot be: not accepted yet, no ground, nothing missed.
    """
    answer = known(ConfirmationState, answer, "answer")
    confirmation, case = queries.get(public_id, for_=by)
    bars = rules.ruling_obstacles(
        answer, on=on, filed_on=confirmation.filed_on or on, accepted_on=confirmation.accepted_on, ground=ground,
        has_missed=queries.has_missed(confirmation, on=on),
    )
    step, said = STEP_OF[answer], {"ground": ground}
    steps.take(step, confirmation, by=by, on=on, case=case, reason=reason, bars=bars, facts=said)
    confirmation.ruled_on, confirmation.ruling_ground = on, ground or None
    kept = _scan(case, scan, CourtStepKind.RULED, by=by, on=on)
    _write(confirmation, CourtStepKind.RULED, on=on, attachment_id=kept, note=note)
    clocks.stop(case, ACCEPTS, DECIDES, ASKED, SUMMONED, on=on, by=by, about=confirmation)
    if AfterRuling.APPLY_AGAIN in after_ruling(answer):
        _run_on(confirmation, case, by=by, on=on)
    _tell(case, confirmation, Event.COURT_RULED, by=by, ruling=answer)
    if received_on is not None:
        serves(public_id, by=by, on=received_on)


def _run_on(confirmation: Confirmation, case: Case, *, by: Actor, on: date) -> None:
    """The thirty days were never used up by an application that came to nothing; what is left of them is left."""
    agreement = session.get_one(Agreement, confirmation.agreement_id)
    if on <= queries.last_day_to_apply(case, agreement).day:
        clocks.start(
            case, queries.TIME, agreement.effective_on, label=ClockLabel.APPLY_CONFIRMATION, by=by, about=agreement
        )


def serves(
    public_id: str, *, by: Actor, on: date, reason: str | None = None, scan: Kept | None = None
) -> None:
    """Record the day on which the parties received the ruling; their time to object runs from it (JC-15)."""
    confirmation, case = queries.get(public_id, for_=by)
    if confirmation.received_on is not None:
        raise RuleBroken(because(steps.Bar.WRONG_STATE, state=CourtStepKind.SERVED))
    steps.take("confirmation.record_service", confirmation, by=by, on=on, case=case, reason=reason)
    confirmation.received_on = on
    kept = _scan(case, scan, CourtStepKind.SERVED, by=by, on=on)
    _write(confirmation, CourtStepKind.SERVED, on=on, attachment_id=kept)
    clocks.start(case, OBJECTION, on, label=ClockLabel.OBJECTION, by=by, about=confirmation, counts_for_case=False)


def outsider_knew(public_id: str, *, by: Actor, on: date, note: str | None = None, reason: str | None = None) -> None:
    """Record the day on which an outsider came to know of the ruling; the time to object runs from it (JC-15)."""
    confirmation, case = queries.get(public_id, for_=by)
    steps.take(
        "confirmation.note_outsider", confirmation, by=by, on=on, case=case, reason=reason,
        bars=_before_ruled(confirmation, on),
    )
    _write(confirmation, CourtStepKind.OUTSIDER, on=on, note=note)
    clocks.start(case, OUTSIDER, on, label=ClockLabel.OBJECTION, by=by, about=confirmation, counts_for_case=False)


OBJECTING = (CourtStepKind.PARTY_OBJECTED, CourtStepKind.OUTSIDER_OBJECTED, CourtStepKind.OBJECTION_REJECTED)


def objects(
    public_id: str, kind: str, *, by: Actor, on: date, note: str | None = None, reason: str | None = None
) -> None:
    """Record an objection to the ruling with the last day it had, or that the court rejected it (JC-15).

    An objection that the court upholds is :func:`revokes`. Raises RuleBroken where its time has no beginning yet.
    """
    kind = known(CourtStepKind, kind, "kind")
    if kind not in OBJECTING:
        raise Invalid(kind=N_("没有这个选项"))
    confirmation, case = queries.get(public_id, for_=by)
    last_on = queries.objection_day(confirmation, case, kind)
    so_far = [step.kind for step in confirmation.court_steps]
    bars = _before_ruled(confirmation, on) + rules.objection_obstacles(kind, so_far, last_on=last_on)
    steps.take(
        "confirmation.record_objection", confirmation, by=by, on=on, case=case, reason=reason, bars=bars,
        facts={"kind": kind},
    )
    _write(confirmation, kind, on=on, due_on=last_on, note=note)
    if kind != CourtStepKind.OBJECTION_REJECTED:
        clocks.stop(case, OBJECTION if kind == CourtStepKind.PARTY_OBJECTED else OUTSIDER, on=on, by=by,
                    about=confirmation)


def revokes(
    public_id: str, *, by: Actor, on: date, ground: str, note: str | None = None, reason: str | None = None
) -> None:
    """Record that the court, on an objection, took its ruling back; the agreement stands unconfirmed (JC-14, JC-15).

    Raises RuleBroken for a ground on no list.
    """
    confirmation, case = queries.get(public_id, for_=by)
    bars = _before_ruled(confirmation, on) + rules.ruling_obstacles(
        ConfirmationState.DISMISSED, on=on, filed_on=confirmation.filed_on or on, accepted_on=confirmation.accepted_on,
        ground=ground,
    )
    steps.take(
        "confirmation.revoke", confirmation, by=by, on=on, case=case, reason=reason, bars=bars, facts={"ground": ground}
    )
    confirmation.ruling_ground = ground
    _write(confirmation, CourtStepKind.REVOKED, on=on, note=note)
    clocks.stop(case, OBJECTION, OUTSIDER, on=on, by=by, about=confirmation)


def _before_ruled(confirmation: Confirmation, on: date) -> list[Obstacle]:
    return [because(RulingBar.BEFORE_RULED)] if confirmation.ruled_on and on < confirmation.ruled_on else []


def _tell(case: Case, confirmation: Confirmation, event: Event, *, by: Actor, **params) -> None:
    """Tell those who made the agreement what the court said; each of its answers is another version."""
    mark = f"{confirmation.id}.{confirmation.version}"
    notices.tell(case, event, seats.MEDIATORS, seats.HEAD, by=by, mark=mark, **params)


def _write(confirmation: Confirmation, kind: CourtStepKind, *, on: date, **more) -> None:
    steps_so_far = confirmation.court_steps
    steps_so_far.append(
        CourtStep(confirmation_id=confirmation.id, kind=kind, on=on, position=len(steps_so_far) + 1, **more)
    )
    confirmation.version += 1
    session.flush()


def _scan(case: Case, kept: Kept | None, kind: CourtStepKind, *, by: Actor, on: date) -> int | None:
    """Put the court's paper into the file, named by the act that it proves; return its row."""
    if kept is None:
        return None
    added = attachments.hand_in(
        case, kept, f"法院材料：{kind.label}", by=by, on=on, kind=AttachmentKind.COURT_PAPER
    )
    return session.scalar(select(Attachment.id).where(Attachment.public_id == added))
