"""At the body: a mediator is assigned and takes the case on, the parties answer and are told, meetings are held."""

from datetime import date, datetime, timedelta

from mediation.casefile.cases import queries as cases
from mediation.casefile.cases.rules import (
    AgentAuthority,
    AgentKind,
    Channel,
    Consent,
    ConsentForm,
    Representation,
)
from mediation.demonstration.affair import Affair
from mediation.demonstration.agenda import Course
from mediation.demonstration.road import asking, grouping, minutes
from mediation.ground import clock
from mediation.registry.units.rules import UnitKind
from mediation.stages.bookings import operations as bookings
from mediation.stages.bookings import queries as hours
from mediation.stages.bookings.operations import Wish
from mediation.stages.intake import operations as intake
from mediation.stages.intake.operations import Helper, Service
from mediation.stages.intake.parties import version_of
from mediation.stages.proceedings import appointment, operations, sessions
from mediation.stages.proceedings import queries as proceedings
from mediation.stages.proceedings.appointing.rules import OverrideReason, RecusalQuestion
from mediation.stages.proceedings.operations import Answer
from mediation.stages.proceedings.sessions import Setting

LAWYERS = ("江西豫章律师事务所", "江西赣抚律师事务所", "江西澄碧律师事务所")
STEPPED_BACK = "被申请人是我爱人的表亲，请另派。"
AT_HOME = frozenset({UnitKind.COMMITTEE, UnitKind.POLICE})
POWERS = ("承认、放弃、变更调解请求", "进行和解", "签署调解协议", "签收文书")


def assign(affair: Affair) -> Course:
    """Give the case to a mediator, who answers the four questions and takes it on."""
    pool = affair.cast.mediators[affair.body.id]
    wanted = [each for each in pool if each[1].name == affair.plan.mediator] or pool
    mediator_id, affair.mediator = wanted[affair.number % len(wanted)]
    _give(affair, mediator_id, OverrideReason.KNOWS if len(wanted) < len(pool) else OverrideReason.NEAR)
    affair.stands("assigned")
    yield affair.days(0, 2)
    if affair.plan.has("steps_back") and len(pool) > 1:
        answers = {question: question == RecusalQuestion.RELATION for question in RecusalQuestion}
        appointment.step_back(
            affair.proceeding, by=affair.mediator, on=affair.today, why=STEPPED_BACK, answers=answers
        )
        yield affair.days(0, 1)
        mediator_id, affair.mediator = pool[(affair.number + 1) % len(pool)]
        _give(affair, mediator_id, OverrideReason.BALANCE)
        yield affair.days(0, 1)
    appointment.take_on(
        affair.proceeding, by=affair.mediator, on=affair.today, answers=dict.fromkeys(RecusalQuestion, False)
    )
    yield affair.soon(15, 60)


def _give(affair: Affair, mediator_id: str, override: OverrideReason) -> None:
    appointment.assign(
        affair.proceeding, by=affair.head, on=affair.today, mediator_public_ids=[mediator_id], override=override
    )


def meet(affair: Affair) -> Course:
    """Bring the parties to the table: identities, consent, rights, addresses, then the meetings."""
    if affair.plan.result == "unreachable":
        affair.stands("mediating")
        yield from _call_in_vain(affair)
        return
    if affair.plan.result == "withdrawn" and affair.chance.random() < 0.5:
        yield affair.days(1, 3)
        return
    if affair.plan.has("no_show"):
        yield affair.days(1, 2)
        _log(affair, "no_show", "通知了今天上午到调委会，被申请人临时说在外地，改约。")
    yield affair.days(1, 3)
    yield from _first_contact(affair)
    asking.come(affair)
    affair.stands("mediating")
    if affair.plan.result == "withdrawn":
        return
    for number in range(1, affair.plan.sessions + 1):
        yield affair.soon(50, 80)
        _hold(affair, number)
        if number == 1 and affair.plan.has("group"):
            grouping.ask(affair)
        if number < affair.plan.sessions:
            affair.stands("met")
            if affair.plan.has("concession") and number == 1:
                sessions.add_note(
                    affair.case, by=affair.mediator, text=minutes.concession(affair), is_concession=True
                )
            yield affair.days(2, 5)
            yield from _extend_if_late(affair)


def _first_contact(affair: Affair) -> Course:
    """Fill in who everybody is; take consent and confirm addresses for service; tell the rights."""
    for ref in affair.asked:
        _identify(affair, ref)
        yield affair.soon(1, 4)
    if affair.story.guardian:
        _add_guardian(affair)
    if affair.plan.has("agent"):
        _add_agent(affair)
    takes = {ref: Answer(Consent.AGREED, _form(affair), affair.today, takes_mediator=True) for ref in affair.everybody}
    operations.record_consent(affair.case, by=affair.mediator, on=affair.today, answers=takes)
    yield affair.soon(2, 6)
    told = dict.fromkeys(affair.everybody, ConsentForm.WRITTEN)
    operations.inform(affair.proceeding, by=affair.mediator, on=affair.today, told=told)
    if affair.is_shown or affair.number % 3 == 0:  # others were given the printed leaflet
        operations.issue_rights_notice(affair.proceeding, by=affair.mediator, on=affair.today)
    yield affair.soon(2, 6)
    if affair.wants_addresses:
        for ref in affair.everybody:
            _confirm_address(affair, ref)
            yield affair.soon(1, 3)


def _form(affair: Affair) -> ConsentForm:
    return ConsentForm.WRITTEN if affair.channel == Channel.COURT_COMMISSION else ConsentForm.ORAL


def _identify(affair: Affair, ref: str) -> None:
    who = affair.parties[ref].identity
    known = {
        "phone": who.phone, "uscc": who.uscc, "address": who.address, "area_code": who.area_code,
        "legal_rep_name": who.legal_rep_name, "legal_rep_post": who.legal_rep_post,
    } if who.is_organisation else {
        "phone": who.phone, "id_number": who.id_number, "ethnic": who.ethnic, "occupation": who.occupation,
    }
    version = version_of(cases.party(ref, for_=affair.mediator))
    intake.change_party(ref, version=version, identity=known, by=affair.mediator, on=affair.today)


def _add_guardian(affair: Affair) -> None:
    ref = affair.asked[0]
    parent = affair.guardian
    helper = Helper(
        Representation.GUARDIAN, parent.name, sex=parent.sex, relation="母亲", id_number=parent.identity.id_number,
        phone=parent.identity.phone,
    )
    affair.guardian_ref = intake.add_representative(ref, helper=helper, by=affair.mediator, on=affair.today)


def _add_agent(affair: Affair) -> None:
    """A lawyer for the side that is a firm, else for the one who asks; with every power spelled out."""
    ref = next((ref for ref in affair.asked if affair.parties[ref].is_firm), affair.asking[0])
    helper = Helper(
        Representation.AGENT, affair.lawyer.name, sex=affair.lawyer.sex, kind=AgentKind.LAWYER,
        workplace=affair.chance.choice(LAWYERS), licence_no=f"1360198{affair.number:010d}",
        phone=affair.lawyer.identity.phone, authority=AgentAuthority.SPECIAL, powers=POWERS,
        paper_received_on=affair.today,
    )
    affair.agent_ref = intake.add_representative(ref, helper=helper, by=affair.mediator, on=affair.today)


def _confirm_address(affair: Affair, ref: str) -> None:
    who = affair.parties[ref]
    receiver = affair.guardian if ref == affair.asked[0] and affair.guardian else who
    agrees = affair.chance.random() < 0.6 and not receiver.is_firm  # a firm gave the number of its landline
    mobile = receiver.identity.phone if agrees else ""
    service = Service(
        recipient=receiver.name, address=who.identity.address, postcode="330200", phone=receiver.identity.phone,
        agrees_to_electronic=bool(mobile), mobile=mobile,
    )
    intake.record_service_address(ref, service=service, by=affair.mediator, on=affair.today)


def _hold(affair: Affair, number: int) -> None:
    """Record the meeting that has just ended."""
    last = number == affair.plan.sessions
    settled = affair.plan.result in ("agreed", "oral", "unsigned")
    result = ("agreed" if settled else "ended") if last else "continue"
    began = clock.now() - timedelta(minutes=affair.chance.randint(40, 48))
    in_village = affair.body.kind in AT_HOME
    setting = Setting(
        starts_at=began, ends_at=clock.now(),
        room_public_id=None if in_village else affair.chance.choice(affair.county.rooms),
        place=minutes.place_of(affair) if in_village else "", present=[*affair.everybody, *affair.beside],
        is_joint=not affair.is_apart, manner="on_site" if in_village and affair.chance.random() < 0.3 else "in_person",
    )
    next_on = None if last else affair.plan.next_on or clock.day_of(affair.days(3))
    coming = _free_hour(affair, next_on) if affair.plan.next_on and next_on else None
    sessions.hold_session(
        affair.proceeding, by=affair.mediator, on=affair.today, setting=setting, result=result, next_on=next_on,
        minutes=minutes.boxes(affair, number, result),
        next_words=f"{coming.starts_at:%H:%M}，{coming.place}" if coming else "上午九点，老地方" if next_on else "",
    )
    if coming:
        bookings.book(affair.case, by=affair.mediator, on=affair.today, wish=coming)


def _free_hour(affair: Affair, day: date) -> Wish | None:
    """Return the first hour of a day at which everybody and a room are free, as it is asked for; None without one."""
    proceeding, case = proceedings.get(affair.proceeding, for_=affair.mediator)
    in_village = affair.body.kind in AT_HOME
    rooms = [] if in_village else hours.rooms_for(case.centre_id, on=day)
    need = hours.need_of(case, proceeding, hours.disputing_parties(case), rooms)
    morning = datetime.combine(day, datetime.min.time())
    slot = next(iter(hours.proposals(need, minutes=90, since=morning, no_room=in_village)), None)
    if slot is None or slot.span.start.date() != day:
        return None
    room = next((each for each in rooms if each.name == slot.room), None)
    return Wish(
        hours.instant(slot.span.start), hours.instant(slot.span.end), room=room.public_id if room else None,
        place=room.name if room else minutes.place_of(affair), parties=affair.everybody, is_joint=not affair.is_apart,
    )


def _call_in_vain(affair: Affair) -> Course:
    for number in range(3):
        yield affair.days(2, 4)
        words = ("打了两次电话没人接，短信已发。", "上门，家里没人，邻居说出去打工了。", "托村干部带话，仍没有回音。")
        _log(affair, "unreachable", words[number])


def _log(affair: Affair, result: str, note: str) -> None:
    sessions.log_attempt(
        affair.proceeding, by=affair.mediator, on=affair.today, at=clock.now() - timedelta(minutes=5),
        manner="phone" if result == "unreachable" else "in_person", result=result, absent=affair.asked[:1], note=note,
    )


def _extend_if_late(affair: Affair) -> Course:
    """Take more time with the consent of all when the last day comes near."""
    row, _case = proceedings.get(affair.proceeding, for_=affair.mediator)
    due_on = proceedings.last_clock(row).due_on
    if not affair.plan.has("extended") or affair.is_extended or affair.today > due_on:
        return
    affair.is_extended = True
    operations.extend(
        affair.proceeding, by=affair.mediator, on=affair.today, until=due_on + timedelta(days=7),
        consenting=affair.everybody, reason="双方还在核对数额，都愿意继续谈。", paper="各方签名的延期同意书",
    )
    yield affair.soon()
