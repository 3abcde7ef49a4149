"""From the counter to the body that takes the case: registering, screening, routing, receiving, accepting."""

from datetime import timedelta

from mediation.casefile.cases import queries as cases
from mediation.casefile.cases.rules import Channel, Consent, ConsentForm, Track
from mediation.casefile.duties import operations as duties
from mediation.casefile.duties import queries as duty_queries
from mediation.demonstration import outside
from mediation.demonstration.affair import Affair
from mediation.demonstration.agenda import Course
from mediation.demonstration.county import Body
from mediation.demonstration.road import grouping
from mediation.ground import clock
from mediation.registry.access.rules import Role
from mediation.registry.dutylists import queries as dutylists
from mediation.registry.points import queries as points
from mediation.registry.units.rules import UnitKind
from mediation.stages.archive import operations as archive
from mediation.stages.intake import operations as intake
from mediation.stages.intake.operations import Matter, Origin
from mediation.stages.intake.rules import DATA_NOTICE, Question
from mediation.stages.proceedings import operations as proceedings
from mediation.stages.proceedings.operations import Answer
from mediation.stages.routing import operations as routing
from mediation.stages.routing import queries as ways
from mediation.stages.routing.arbiter import operations as arbiter
from mediation.stages.routing.rules import OverrideReason, RejectReason

GIVEN_BACK = {
    RejectReason.NOT_OUR_AREA: "纠纷地点不在本辖区，请转当地。",
    RejectReason.CONFLICT: "被申请人是本单位工作人员的亲属，请另行安排。",
    RejectReason.IN_HAND: "村里已经在调同一件事，请先等一等结果。",
}

NOT_OURS_EITHER = "地不在县里直管，县联调委也管不到，请当地办。"
RULED = {
    "why": "地在镇里，村干部、界址都在当地，由镇里先调；县联调委派人到场。",
    "signs": "宅基地、坟地、山场的界址纠纷，县和镇互相推的",
}
KNOWN_PHONES = 0.8


def register(affair: Affair) -> Course:
    """Write down what is told, at the window or at the liaison's desk."""
    from_court = affair.is_from_court
    affair.clerk = affair.liaison if from_court else affair.desk(Role.INTAKE_CLERK)
    applicants = [who.as_told() for who in affair.applicants]
    respondents = [
        who.as_told(with_number=False, with_phone=from_court or who.is_firm or affair.chance.random() < KNOWN_PHONES)
        for who in affair.respondents
    ]
    matter = Matter(
        story=affair.say(affair.story.story), claims=affair.say(affair.story.claims), type_code=affair.story.type,
        cause_code=affair.story.cause, amount_fen=affair.amount_fen, area_code=affair.place.code,
        place=f"{affair.place.town}{affair.place.short}", people=affair.people,
    )
    affair.case = intake.register(
        by=affair.clerk, on=affair.today, applicants=applicants, respondents=respondents, matter=matter,
        origin=_origin(affair), data_notice=DATA_NOTICE,
    )
    affair.meet_parties()
    yield affair.soon(1, 6)
    affair.stands("registered")


def _origin(affair: Affair) -> Origin:
    channel = affair.channel
    number = outside.number_of(channel, affair.number, affair.today)
    if not affair.is_from_court:
        return Origin(channel=channel, point=_point(affair), outside_no=number)
    entrusted = channel == Channel.COURT_ENTRUSTMENT
    return Origin(
        channel=channel, outside_no=number, court_name="南昌县人民法院",
        court_no=outside.court_number("民初" if entrusted else "诉前调", affair.number, affair.today),
        court_procedure="simple" if entrusted else None, court_received_on=affair.today,
    )


def _point(affair: Affair) -> str | None:
    """Every second dispute came through one of the points of its channel."""
    known = [each for each in points.points(affair.clerk.centre_id) if each.channel == affair.channel]
    return known[affair.number // 2 % len(known)].public_id if known and affair.number % 2 else None


def screen(affair: Affair) -> Course:
    """Ask the five questions; a yes opens a duty, which is reported the same day."""
    yes = affair.yes
    victim = affair.asking[0] if Question.VIOLENCE in yes else None
    answers = {question: question in yes for question in Question}
    intake.screen(affair.case, answers=answers, victim=victim, by=affair.clerk, on=affair.today)
    yield affair.soon(20, 60)
    if affair.plan.has("group"):
        grouping.gather(affair)
    case = cases.get(affair.case, for_=affair.clerk)
    for duty in duty_queries.of_case(case.id):
        kind = duty.kind
        duties.report(
            duty.public_id, to=outside.RECEIVER[kind], at=clock.now() - timedelta(minutes=4),
            receipt_no=outside.receipt_number(kind, affair.number, affair.today), measures=outside.MEASURES[kind],
            by=affair.clerk, on=affair.today,
        )
        yield affair.soon()
    affair.stands("screened")
    if affair.chance.random() < 0.45:
        yield affair.days(1)


def route(affair: Affair) -> Course:
    """Send the case to a body, in some cases to a second one after the first gave it back."""
    _send(affair)
    affair.stands("routed")
    yield affair.days(0, 2)
    if affair.plan.has("bounced") and affair.clerk.role != Role.LIAISON:
        reason = affair.chance.choice(list(GIVEN_BACK))
        routing.reject(
            affair.transfer, by=affair.head, on=affair.today, reason=reason, note=GIVEN_BACK[reason]
        )
        affair.stands("bounced")
        yield affair.days(1)
        _send(affair, but=affair.body)
        yield affair.days(1, 2)
        if affair.plan.has("bounced_twice"):
            yield from _rule(affair)
    routing.receive(affair.transfer, by=affair.head, on=affair.today)
    affair.stands("received")
    yield affair.soon(10, 60)


def _rule(affair: Affair) -> Course:
    """The second body gives it back too: the arbiter says who takes it."""
    routing.reject(
        affair.transfer, by=affair.head, on=affair.today, reason=RejectReason.NOT_COMPETENT, note=NOT_OURS_EITHER
    )
    affair.stands("arbiter")
    yield affair.days(1)
    body, by = affair.county.bodies[affair.place.town], affair.desk(Role.SUPERVISOR)
    told = dutylists.likely(affair.story.story, centre_id=by.centre_id, on=affair.today, limit=1)
    arbiter.designate(
        affair.case, by=by, on=affair.today, track=Track.PEOPLES, unit_public_id=body.public_id, **RULED,
        duty_item=told[0].public_id if told else None,
    )
    affair.transfer, affair.body = ways.newest(cases.get(affair.case, for_=affair.clerk).id).public_id, body
    yield affair.days(1)


def _send(affair: Affair, but: Body | None = None) -> None:
    """Follow the suggestion; now and then the dispatcher knows better, and says why."""
    by = affair.clerk if affair.clerk.role == Role.LIAISON else affair.desk(Role.DISPATCHER)
    case = cases.get(affair.case, for_=by)
    advice = ways.suggest_for(case, on=affair.today)
    way, override = advice.way, None
    if but is not None:
        body, track, override = _second_choice(affair, but), Track.PEOPLES, OverrideReason.CONFLICT
    else:
        if affair.plan.has("override") and advice.alternative:
            way, override = advice.alternative, affair.chance.choice(
                (OverrideReason.PARTIES, OverrideReason.NEARER, OverrideReason.HANDLED_BEFORE)
            )
        body, track = affair.county.at(way.unit.public_id), way.track
    if (body.public_id, track) == (advice.way.unit.public_id, advice.way.track):
        override = None
    affair.transfer = routing.route(
        affair.case, by=by, on=affair.today, track=track, unit_public_id=body.public_id, override_reason=override
    )
    affair.body = body


def _second_choice(affair: Affair, but: Body) -> Body:
    """Return the town's committee for what another body gave back, the county's where that was the town's."""
    town = affair.county.bodies[affair.place.town]
    return affair.county.bodies["county"] if town.id == but.id else town


def accept(affair: Affair) -> Course:
    """Accept the case; where the law wants the consent of all beforehand, it is asked for first."""
    if _consent_first(affair):
        yield affair.days(0, 1)
        answers = {ref: Answer(Consent.AGREED, ConsentForm.WRITTEN, affair.today) for ref in affair.everybody}
        proceedings.record_consent(affair.case, by=affair.head, on=affair.today, answers=answers)
        yield affair.soon()
    affair.proceeding = proceedings.accept(affair.case, by=affair.head, on=affair.today)
    affair.stands("accepted")
    yield affair.days(0, 1)


def _consent_first(affair: Affair) -> bool:
    medical = affair.story.type.startswith("medical") and affair.body.kind != UnitKind.AGENCY
    commissioned = affair.channel == Channel.COURT_COMMISSION
    return medical or commissioned or affair.body.kind == UnitKind.PETITION_OFFICE


def refuse(affair: Affair) -> Course:
    """Do not accept the case, tell the other ways, close it."""
    proceedings.refuse(
        affair.case, by=affair.head, on=affair.today, ground="party_refuses",
        words="电话联系被申请人，其表示不同意调解，要求走法律途径。", notice_given=True,
    )
    affair.stands("ended")
    yield affair.days(1, 3)
    archive.close(
        affair.case, by=affair.head, on=affair.today, outcome="not_accepted", notice_given=True,
        note="已电话告知申请人可以向人民法院起诉。",
    )
    yield affair.soon()
