"""The history of a case in plain words: steps and other entries of the trail, newest first."""

from dataclasses import dataclass
from datetime import date, datetime

from mediation.casefile.cases import progress
from mediation.casefile.cases.lifecycle import STEPS
from mediation.casefile.cases.linking import LinkKind
from mediation.casefile.cases.parties import Consent, ConsentForm, Representation
from mediation.casefile.cases.queries import events, parties_of
from mediation.casefile.cases.rules import Channel, Exit, Grade, GradeReason, Track, Urgency
from mediation.casefile.deliveries import rules as deliveries
from mediation.casefile.duties.rules import DutyKind
from mediation.casefile.outside.rules import Status, System
from mediation.casefile.papers.forms import PAPERS
from mediation.doors.shared import words
from mediation.doors.shared.language import gettext as _
from mediation.ground.choices import Choice, N_
from mediation.registry.staff import queries as staff
from mediation.stages.agreements.rules import Signer
from mediation.stages.archive.rules import ClosingOutcome, Retention
from mediation.stages.assisting.rules import DeclineTask
from mediation.stages.bundles.rules import Audience
from mediation.stages.confirmation.court_steps import CourtStepKind, DismissalGround, RefusalGround
from mediation.stages.confirmation.rules import DropReason
from mediation.stages.contacts import rules as contacts
from mediation.stages.groups import rules as groups
from mediation.stages.intake.limitationrules import Right
from mediation.stages.intake.refusal import Ground
from mediation.stages.intake.rules import Interruption, Question
from mediation.stages.mending.queries import taken_off
from mediation.stages.mending.rules import Mend
from mediation.stages.performance.rules import ReceiptKind, VisitManner
from mediation.stages.proceedings import rules as proceedings
from mediation.stages.proceedings.appointing.rules import OverrideReason as WhyThisOne
from mediation.stages.proceedings.meeting.rules import GuestRole, SessionResult
from mediation.stages.referrals.rules import Outcome, ReturnReason, Warned
from mediation.stages.routing import levels
from mediation.stages.routing.rules import OverrideReason, RejectReason


class Work(Choice):
    """Which part of a larger piece of work a step was about."""

    CASE = "case", N_("登记内容")
    PARTY_ADDED = "party_added", N_("当事人")
    PARTY_CHANGED = "party_changed", N_("当事人资料")
    REPRESENTATIVE_ADDED = "representative_added", N_("代理人、监护人等")
    REPRESENTATIVE_ENDED = "representative_ended", N_("代理人等不再参加")
    SERVICE_ADDRESS = "service_address", N_("送达地址")
    COURT = "court", N_("选定法院")
    SIGNATURE = "signature", N_("申请书上一方签名")
    PROOF = "proof", N_("主持调解的证明")
    PROPERTY = "property", N_("财产权利证明")
    GROUNDS = "grounds", N_("真实性审查")
    CLAUSES = "clauses", N_("申请确认的条款")
    IDENTITY = "identity", N_("核对身份证件")
    PUT_RIGHT = "identity_put_right", N_("姓名、证件号")
    PARTY_OFF = "party_off", N_("当事人")
    PARTY_BACK = "party_back", N_("当事人")
    TYPE_ANSWERS = "type_answers", N_("这类纠纷多问的几项")


def _into(number):
    return _("并入%(number)s", number=number)


def _out_of(number):
    return _("从%(number)s分出", number=number)


def _pieces(count):
    return _("%(count)s 件", count=count)


def _paper(kind):
    return _(PAPERS[kind].name) if kind in PAPERS else _("到场通知")


def _parties_more(count):
    return _("新加当事人 %(count)s 方", count=count)


def _parties_staying(count):
    return _("当事人 %(count)s 方已有记录，留在本案", count=count)


def _step_label(name):
    return _(STEPS[name].label)


def _out_of_date(papers):
    return _("%(count)s 份文书内容过时", count=len(papers))


def _people(count):
    return _("%(count)s 人", count=count)


# Facts of a step worth telling: key, and the choice whose label says it; None where the value speaks for itself.
TOLD = {
    "case.register": (("channel", Channel), ("noted", Question)),
    "case.note_outside": (("system", System), ("number", None), ("status", Status)),
    "case.receive_visitor": (("manner", contacts.Manner), ("identified", contacts.Identified)),
    "case.answer_party": (
        ("topic", contacts.Topic), ("kind", contacts.Kind), ("call_back", contacts.CallBack),
        ("call_back_on", date.fromisoformat),
    ),
    "case.call_back": (("reached", contacts.Reached),),
    "case.screen": (("yes", Question), ("grade", Grade), ("urgency", Urgency)),
    "case.grade": (("grade", Grade), ("urgency", Urgency), ("why", GradeReason)),
    "case.route": (("track", Track), ("unit", None), ("override", OverrideReason)),
    "case.call_arbiter": (("who", None),),
    "case.designate": (("track", Track), ("unit", None), ("why", None)),
    "case.supplement": (("what", Work), ("capacity", Representation)),
    "case.correct": (("what", Work), ("capacity", Representation), ("outdated", _out_of_date)),
    "case.take_off": (("outdated", _out_of_date),),
    "case.undo": (("undone", _step_label),),
    "proceeding.undo": (("undone", _step_label),),
    "performance.undo": (("undone", _step_label),),
    "confirmation.undo": (("undone", _step_label),),
    "duty.void": (("kind", DutyKind),),
    "mending.ask": (("kind", Mend),),
    "mending.approve": (("kind", Mend),),
    "mending.refuse": (("kind", Mend),),
    "mending.withdraw": (("kind", Mend),),
    "case.close": (("outcome", ClosingOutcome),),
    "case.refuse": (("ground", Ground),),
    "case.withdraw": (("outcome", ClosingOutcome),),
    "delivery.send": (("what", _paper), ("way", deliveries.Way)),
    "delivery.arrive": (("what", _paper), ("way", deliveries.Way)),
    "delivery.return": (("what", _paper), ("return_reason", deliveries.ReturnReason)),
    "delivery.deem": (("what", _paper), ("return_reason", deliveries.ReturnReason)),
    "delivery.drop": (("what", _paper),),
    "case.bundle": (("audience", Audience), ("pieces", _pieces)),
    "case.archive": (("retention", Retention),),
    "case.lend": (("borrower", None), ("due_on", date.fromisoformat)),
    "case.take_back": (("borrower", None),),
    "case.merge": (("into", _into),),
    "case.absorb": (("number", None), ("parties", _parties_more)),
    "case.unmerge": (("from", _out_of),),
    "case.give_back": (("number", None), ("stay", _parties_staying)),
    "case.group": (
        ("what", groups.Work), ("about", groups.About), ("answer", Consent), ("people", _people),
    ),
    "duty.open": (("kind", DutyKind),),
    "duty.report": (("kind", DutyKind),),
    "transfer.reject": (("reason", RejectReason),),
    "transfer.send_up": (("unit", None), ("why", levels.UpReason)),
    "transfer.offer_down": (("unit", None), ("why", levels.DownReason)),
    "transfer.order_down": (("unit", None), ("why", levels.DownReason)),
    "transfer.consent": (("unit", None),),
    "transfer.decline": (("reason", levels.DeclineOffer),),
    "task.ask": (("unit", None), ("due_on", date.fromisoformat)),
    "task.decline": (("unit", None), ("reason", DeclineTask)),
    "task.pass_on": (("who", None),),
    **dict.fromkeys(
        ("task.accept", "task.report", "task.confirm", "task.send_back", "task.withdraw", "task.lapse"),
        (("unit", None),),
    ),
    "proceeding.refuse": (("ground", proceedings.RefusalGround),),
    "proceeding.assign": (("mediators", None), ("override", WhyThisOne)),
    "proceeding.reassign": (("mediators", None), ("override", WhyThisOne)),
    "proceeding.hand_over": (("mediators", None),),
    "proceeding.pass_on": (("mediators", None),),
    "proceeding.take_back": (("mediators", None),),
    "proceeding.invite": (("as", GuestRole), ("who", None)),
    "proceeding.end_invitation": (("who", None),),
    "proceeding.choose_mediator": (("chosen", None),),
    "proceeding.hold_session": (("result", SessionResult),),
    "proceeding.log_attempt": (("result", SessionResult),),
    "booking.set": (("booked_at", datetime.fromisoformat),),
    "booking.move": (("was_at", datetime.fromisoformat), ("booked_at", datetime.fromisoformat)),
    "booking.cancel": (("booked_at", datetime.fromisoformat),),
    "proceeding.void_attempt": (("result", SessionResult),),
    "proceeding.extend": (("until", date.fromisoformat),),
    "proceeding.end": (("ground", proceedings.TerminationGround),),
    "agreement.sign": (("signer", Signer),),
    "agreement.restore_time": (("ended_on", date.fromisoformat),),
    "proceeding.inquire": (("who", None),),
    "case.return_visit": (("manner", VisitManner),),
    "confirmation.prepare": (("what", Work),),
    "confirmation.court_asks": (("kind", CourtStepKind),),
    "confirmation.record_objection": (("kind", CourtStepKind),),
    "confirmation.dismiss": (("ground", DismissalGround),),
    "confirmation.court_refuses": (("ground", RefusalGround),),
    "confirmation.drop": (("why", DropReason),),
    "performance.record": (("kind", ReceiptKind),),
    "referral.send": (("kind", Exit), ("warned", Warned)),
    "referral.return": (("why", ReturnReason),),
    "referral.decide": (("outcome", Outcome),),
}

EVENTS = {
    "paper.issued": N_("出具%(paper)s %(number)s"),
    "bundle.taken": N_("取走整卷打包的文件"),
    "paper.handed_out": N_("在窗口补打%(paper)s"),
    "paper.previewed": N_("预览%(paper)s"),
    "paper.opened": N_("打开%(paper)s"),
    "paper.signed": N_("单位电子签名：%(paper)s %(number)s"),
    "paper.checked": N_("核验过一份文书"),
    "person.revealed": N_("查看完整号码，理由已记"),
    "person.changed": N_("补改人员资料，改前改后已封存"),
    "party.consent": N_("%(party)s：%(consent)s"),
    "guest.opinion": N_("%(who)s写了意见"),
    "party.refused_mediator": N_("%(party)s不接受调解员%(mediator)s，这一方第 %(made)s 次"),
    "party.informed": N_("已告知%(party)s，%(form)s"),
    "party.identity_checked": N_("核对%(party)s的身份证件"),
    "party.away_said": N_("%(party)s说了哪些时间没空"),
    "session.amended": N_("调解记录的改动已封存"),
    "party.taken_off": N_("%(party)s不在本案里了"),
    "party.changed": N_("改当事人资料，改前改后已封存"),
    "case.corrected": N_("改动已封存"),
    "case.limitation_interrupted": N_("时效中断（%(day)s）：%(interruption)s"),
    "case.limitation_started": N_("期限起算（%(day)s）：%(right)s"),
    "case.type_answered": N_("问了 %(count)s 项，改前改后已封存"),
    "agreement.saved": N_("写协议，%(clauses)s 条"),
    "agreement.warnings_seen": N_("看过 %(count)s 处提醒，协议稿第 %(version)s 次保存"),
    "undisputed_facts.signed": N_("无争议事实已签名"),
    "confirmation.clauses": N_("选定申请确认的条款"),
    "confirmation.voided": N_("内容有变，原来的确认材料作废"),
    "confirmation.lapsed": N_("申请司法确认的期限已过"),
    "evidence.shown": N_("证据给一方看过"),
    "evidence.not_shown": N_("证据没有给一方看，更正"),
    "note.written": N_("写便签"),
    "note.edited": N_("改便签，改前改后已封存"),
    "note.deleted": N_("删便签，原文已封存"),
    "attachment.opened": N_("打开材料"),
    "attachment.added": N_("收进材料"),
    "attachment.removed": N_("撤下材料"),
    "attachment.described": N_("改证据的说明，改前改后已封存"),
    "clock.extended": N_("延长期限"),
    "clock.suspended": N_("期限中止"),
    "clock.resumed": N_("期限恢复"),
    "clock.restarted": N_("期限改从另一天起算"),
    "case.linked": N_("关联案件：%(link)s"),
    "case.unlinked": N_("解除关联：%(link)s"),
    "clock.recomputed": N_("工作日历公布，期限重算"),
    "case.sealed_opened": N_("打开保密案件"),
    "letter.registered": N_("按法院来函 %(letter)s 登记"),
    "signpost.kept": N_("不予受理告知书 %(number)s"),
    "order.completed": N_("由导入的工单补齐登记"),
    "order.joined": N_("导入的工单记到本案"),
    "copyout.waived": N_("不用录入%(platform)s，理由已记"),
    "copyout.put_back": N_("%(platform)s：录入的记号撤回"),
    "copyout.exported": N_("导出到%(platform)s的导入表"),
    "group.changed": N_("改群体的人数、金额，改前改后已封存"),
    "group.proposed": N_("改和解方案，改前改后已封存"),
    "group.member_changed": N_("改名单里一个人，改前改后已封存"),
    "group.elected": N_("推选出一名代表人"),
    "group.stepped_down": N_("一名代表人不再担任"),
    "group.printed": N_("打印群体材料，%(people)s 人"),
    "group.print_opened": N_("打开群体材料"),
    "packs.print_opened": N_("打开成批打印的司法确认材料"),
    "group.answered": N_("成员的意见已记"),
    "case.looked_into": N_("督办查看内容，理由已记"),
}

CHOICES = {"consent": Consent, "form": ConsentForm, "interruption": Interruption, "right": Right}


@dataclass
class Line:
    """One entry: when it was written, when it happened, by whom, what."""

    at: datetime
    on: date | None
    who: str
    what: str
    reason: str | None = None


def lines(case, limit=None):
    """Return the history of a case, newest first."""
    taken = [step for step in progress.history(case.id) if step.step in STEPS]
    others = events(case.id)
    who = _signed([*taken, *others])
    parties = {party.id: party.name for party in (*parties_of(case.id), *(off for _row, off in taken_off(case.id)))}
    found = [
        Line(step.recorded_at, step.on, who(step), _step(step), step.reason)
        for step in taken
    ]
    found += [
        Line(entry.at, None, who(entry), _event(entry, parties)) for entry in others
    ]
    found.sort(key=lambda line: line.at, reverse=True)
    return found[:limit] if limit else found


def _signed(rows):
    """Return how each row is signed: by name, a deputy's with whom they stood in for."""
    names = staff.names({row.account_id for row in rows})
    deputies = staff.stood_in_for({row.post_id for row in rows})

    def who(row):
        name, principal = names.get(row.account_id) or _("系统"), deputies.get(row.post_id)
        return _("%(name)s（代%(whom)s）", name=name, whom=principal) if principal else name

    return who


def _step(step):
    """Return what a step did: its name and what it was about."""
    facts = [(step.facts.get(key), kind) for key, kind in TOLD.get(step.step, ())]
    said = [str(words.value_words(_meant(value, kind))) for value, kind in facts if value]
    label = _(STEPS[step.step].label)
    return _("%(what)s：%(details)s", what=label, details=_("，").join(said)) if said else label


def _meant(value, kind):
    if kind is None:
        return value
    return [kind(each) for each in value] if isinstance(value, list) else kind(value)


def _event(entry, parties):
    """Return the sentence of an entry that is no step, with the names of papers and parties in it."""
    form = PAPERS.get(entry.params.get("kind"))
    link = entry.params.get("kind") if entry.object_kind == "case_links" else None
    params = {
        "link": words.label(LinkKind(link)) if link else "", "paper": _(form.name) if form else "",
        "party": parties.get(entry.object_id, _("一方")),
    }
    for name, value in entry.params.items():
        params[name] = words.label(CHOICES[name](value)) if name in CHOICES and value else value
    return _(EVENTS[entry.event], **params) if entry.event in EVENTS else entry.event
