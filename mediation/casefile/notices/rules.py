"""What people are told, and where they sit."""

from dataclasses import dataclass
from datetime import date, timedelta

from mediation.casefile.cases.rules import Turn
from mediation.ground.choices import Choice, N_
from mediation.registry.access.rules import Relation, Role

SOON = timedelta(days=2)  # custom of the house, as on the homes


class Event(Choice):
    """What happened, as its reader is told. Places in the sentences hold days, names of staff and coded words only."""

    SENT = "transfer.sent", N_("移送到本单位，%(due_on)s前接收或者退回")
    REJECTED = "transfer.rejected", N_("承办单位退回（%(reject_reason)s），要重新分流")
    TO_ARBITER = "case.to_arbiter", N_("两次被退回，请裁定送到哪里，%(due_on)s前")
    DESIGNATED = "case.designated", N_("%(who)s裁定了去处，承办单位不能再退")
    TRACK_CHANGED = "case.track_changed", N_("这一种调解结束了，要重新分流")
    ASSIGNED = "proceeding.assigned", N_("指派给您，先答回避四问再接案")
    INVITED = "proceeding.invited", N_("请您参加调解（%(as_what)s），看看请您做什么")
    STEPPED_BACK = "proceeding.stepped_back", N_("%(who)s不接，要另外指派")
    BOOKED = "booking.set", N_("约了调解会，%(booked_at)s")
    BOOKING_MOVED = "booking.moved", N_("调解会改期，原定%(was_at)s，改到%(booked_at)s")
    BOOKING_CANCELLED = "booking.cancelled", N_("%(booked_at)s的调解会不开了")
    HANDED_OVER = "confirmation.handed_over", N_("司法确认的材料移交过来了")
    PACK_RETURNED = "confirmation.pack_returned", N_("联络员退回司法确认的材料，补齐后再移交")
    COURT_ACCEPTED = "confirmation.court_accepted", N_("法院受理了司法确认申请")
    COURT_WANTS_PAPERS = "confirmation.court_wants_papers", N_("法院要求补材料，最后一天%(due_on)s")
    COURT_SUMMONS = "confirmation.court_summons", N_("法院通知双方到场询问，%(due_on)s")
    COURT_RULED = "confirmation.court_ruled", N_("司法确认有了结果：%(ruling)s")
    REFERRED_HERE = "referral.sent", N_("移送过来了，请登记收案或者退回")
    REFERRAL_TAKEN = "referral.taken", N_("移送的案件对方已收案")
    REFERRAL_RETURNED = "referral.returned", N_("移送被退回（%(return_reason)s），要另找去处")
    REFERRAL_DECIDED = "referral.decided", N_("移送的案件有了结果：%(outcome)s")
    CALL_BACK = "contact.call_back", N_("答应了当事人，%(due_on)s前回电话")
    LOOKED_INTO = "case.looked_into", N_("%(who)s（%(unit)s）写明理由查看了内容")
    SEAL_BROKEN = "case.seal_broken", N_("%(who)s（%(unit)s）写明理由打开了保密案件")
    RECALLED = "transfer.recalled", N_("%(who)s撤回了分流，不用再答复")
    MEND_ASKED = "mending.asked", N_("%(who)s申请更正受理以后的内容，请批准或者不批准")
    MEND_APPROVED = "mending.approved", N_("%(who)s批准了您申请的更正")
    MEND_REFUSED = "mending.refused", N_("%(who)s没有批准您申请的更正")
    UNDONE = "case.undone", N_("%(who)s撤销了上一步，案件回到前一步的样子")
    CORRECTED = "case.corrected", N_("%(who)s更正了登记的内容")
    MERGED_IN = "case.merged_in", N_("另一件并进来了，看看新的当事人和经过")
    MERGED_AWAY = "case.merged_away", N_("并入了另一件，不用再单独办")
    PARTED = "case.parted", N_("撤销了并案，两件各办各的")
    OFFERED_DOWN = "transfer.offered", N_("上级单位想交本单位办，%(due_on)s前答复接不接")
    CONSENTED = "transfer.consented", N_("下级单位同意接办，已经转过去了")
    OFFER_DECLINED = "transfer.declined", N_("下级单位不同意接办（%(decline_offer)s），仍由本单位办")
    OFFER_TAKEN_BACK = "transfer.taken_back", N_("上级单位不再征求意见，不用答复了")
    SENT_UP = "transfer.sent_up", N_("下级单位上交过来，%(due_on)s前接收或者退回")
    ORDERED = "transfer.ordered", N_("督办员指令本单位办理，%(due_on)s前接收")
    DELEGATED = "transfer.delegated", N_("督办员指令下级单位办理，本单位不再承办")
    TASK_ASKED = "task.asked", N_("请本单位协助，%(answer_on)s前答复，%(due_on)s前办好")
    TASK_ACCEPTED = "task.accepted", N_("%(unit)s同意协助")
    TASK_DECLINED = "task.declined", N_("%(unit)s不能协助（%(decline_task)s），要另想办法")
    TASK_PASSED_ON = "task.passed_on", N_("单位交您办一件协助的事，%(due_on)s前办好")
    TASK_REPORTED = "task.reported", N_("%(unit)s报来协助结果，请确认或者退回")
    TASK_CONFIRMED = "task.confirmed", N_("协助的结果对方确认了")
    TASK_SENT_BACK = "task.sent_back", N_("协助的结果退回来了，%(due_on)s前再办")
    TASK_WITHDRAWN = "task.withdrawn", N_("不用再协助了")
    MENTIONED = "note.mentioned", N_("%(who)s在便签里提到您")
    DUE_SOON = "clock.due_soon", N_("%(clock)s快到期，最后一天%(due_on)s")
    DUE_TODAY = "clock.due_today", N_("%(clock)s到了最后一天，%(due_on)s")
    LAPSES = "clock.lapses", N_("%(clock)s快届满，最后一天%(due_on)s；提醒当事人起诉、申请仲裁或者留下催讨的凭据")
    LATE = "clock.late", N_("%(clock)s超期了，最后一天是%(due_on)s")


@dataclass(frozen=True)
class Seat:
    """Who is told: the post on a case that a relation ties to it."""

    relation: Relation
    role: Role


HEAD = Seat(Relation.LEAD, Role.HEAD)
MEDIATORS = Seat(Relation.MEDIATOR, Role.MEDIATOR)
LIAISON = Seat(Relation.LIAISON, Role.LIAISON)
COURT = Seat(Relation.COURT, Role.COURT_CLERK)
CLERKS = Seat(Relation.REGISTERED, Role.INTAKE_CLERK)
DISPATCHERS = Seat(Relation.REGISTERED, Role.DISPATCHER)
SUPERVISOR = Seat(Relation.SUPERVISION, Role.SUPERVISOR)
ARBITER = Seat(Relation.ARBITER, Role.SUPERVISOR)

# Who is told where nobody sits in a seat: nobody mediates yet, no unit leads the case.
INSTEAD = {MEDIATORS: HEAD, HEAD: DISPATCHERS, LIAISON: DISPATCHERS, ARBITER: DISPATCHERS}
# Where a case came in, not every unit has every post: the first that is held is told.
WINDOW_POSTS = (Role.DISPATCHER, Role.LIAISON, Role.INTAKE_CLERK, Role.HEAD)

SEAT_OF_TURN = {
    Turn.PARTY: MEDIATORS, Turn.CLERK: CLERKS, Turn.DISPATCHER: DISPATCHERS, Turn.UNIT: HEAD, Turn.MEDIATOR: MEDIATORS,
    Turn.LIAISON: LIAISON, Turn.COURT: COURT, Turn.OUTSIDE: HEAD, Turn.NOBODY: DISPATCHERS,
    Turn.ARBITER: ARBITER,
}


def of_clock(due_on: date, *, on: date) -> Event | None:
    """Return what is to be said of a last day: two days before, on it, after it; None while there is time."""
    if due_on < on:
        return Event.LATE
    if due_on == on:
        return Event.DUE_TODAY
    return Event.DUE_SOON if due_on <= on + SOON else None


def seats_of_clock(event: Event, turn: Turn) -> tuple[Seat, ...]:
    """Return who hears of a last day: whoever the case waits for; when it is late the head of the unit, too."""
    seat = SEAT_OF_TURN.get(turn)
    found = (seat,) if seat else ()
    return (*found, HEAD) if event == Event.LATE and seat != HEAD else found
