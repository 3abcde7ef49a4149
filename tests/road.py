"""A county small enough for a test, and the road of a case through it by operations, one act a transaction."""

from dataclasses import dataclass, field
from datetime import date, datetime

from mediation.casefile.cases import queries as cases
from mediation.ground import clock
from mediation.ground.db import transaction
from mediation.registry.access.rules import Actor, Role
from mediation.registry.people.operations import Identity
from mediation.registry.units.rules import UnitKind
from mediation.stages.agreements import operations as agreements
from mediation.stages.agreements.operations import ClauseValues
from mediation.stages.agreements.rules import ClauseKind, Manner
from mediation.stages.proceedings import appointment, sessions
from mediation.stages.proceedings import operations as proceedings
from mediation.stages.proceedings import queries as proceeding_queries
from mediation.stages.proceedings.appointing.rules import RecusalQuestion
from mediation.stages.proceedings.operations import Answer
from mediation.stages.routing import operations as routing
from mediation.stages.routing import queries as routing_queries
from tests import makers, standing


@dataclass
class County:
    """A centre with a committee, its people, the liaison's desk and the tribunal."""

    centre: object = None
    committee: object = None
    liaison_office: object = None
    tribunal: object = None
    clerk: Actor = None
    dispatcher: Actor = None
    head: Actor = None
    mediator: Actor = None
    liaison: Actor = None
    court: Actor = None
    pool: object = None
    more: dict = field(default_factory=dict)


@standing.kept
def make_county() -> County:
    """Make the county."""
    centre = makers.make_centre()
    town = "360121106"
    committee = makers.make_unit(
        centre, UnitKind.COMMITTEE, "武阳镇人民调解委员会", short_name="武阳镇调委会", number_word="武民调",
        area_code=town, address="南昌县武阳镇", is_court_listed=True,
    )
    office = makers.make_unit(centre, UnitKind.LIAISON_OFFICE, "诉调对接中心", short_name="诉调对接")
    tribunal = makers.make_unit(
        centre, UnitKind.TRIBUNAL, "南昌县人民法院速裁法庭", short_name="速裁法庭", court_code="赣0121"
    )
    county = County(centre, committee, office, tribunal)
    county.clerk = makers.make_actor(centre, Role.INTAKE_CLERK)
    county.dispatcher = makers.make_actor(centre, Role.DISPATCHER, name="邹华")
    county.head = makers.make_actor(centre, Role.HEAD, committee, name="罗金水")
    county.mediator = makers.make_actor(centre, Role.MEDIATOR, committee, name="熊桂生")
    county.liaison = makers.make_actor(centre, Role.LIAISON, office, name="邹晓岚")
    county.court = makers.make_actor(centre, Role.COURT_CLERK, tribunal, name="胡法")
    county.pool = makers.make_mediator(centre, committee, county.mediator)
    return county


def do(act, *args, **values):
    """Do one act in a transaction of its own."""
    with transaction():
        return act(*args, **values)


WAN = Identity("万秋莲", phone="13970812716", id_number="360121196803122260", address="南昌县武阳镇前进村8组")
TU = Identity("涂国平", phone="13870810731", id_number="360121198503150015", address="南昌县武阳镇前进村8组")


@standing.kept
def registered(county, **changes):
    """A case of two people who are known in full, registered and screened; returns its public id."""
    changes = {"applicants": [WAN], "respondents": [TU]} | changes
    return makers.make_screened(county.centre, county.clerk, **changes).public_id


@standing.kept
def accepted(county, case=None, track="peoples", **changes):
    """A case that the committee has accepted; returns case and proceeding."""
    on = clock.today()
    case = case or registered(county, **changes)
    do(
        routing.route, case, by=county.dispatcher, on=on, track=track, unit_public_id=county.committee.public_id,
        override_reason=None,
    )
    row = cases.get(case, for_=county.head)
    do(routing.receive, routing_queries.newest(row.id).public_id, by=county.head, on=on)
    if track == "judicial":
        consented(county, case, by=county.head)  # a court sends only with the parties' consent (JM-01)
    return case, do(proceedings.accept, case, by=county.head, on=on)


def consented(county, case, *, by):
    """All parties agree to mediation in writing; returns their public ids."""
    on = clock.today()
    refs = [party.public_id for party in cases.parties_of(cases.get(case, for_=by).id)]
    answers = {ref: Answer("agreed", "written", on) for ref in refs}
    do(proceedings.record_consent, case, by=by, on=on, answers=answers)
    return refs


@standing.kept
def mediating(county, case=None, **changes):
    """A case in the mediator's hands, all parties asked and informed; returns case and proceeding."""
    on = clock.today()
    case, proceeding = accepted(county, case, **changes)
    chosen = {"mediator_public_ids": [county.pool.public_id], "override": "near"}
    do(appointment.assign, proceeding, by=county.head, on=on, **chosen)
    do(appointment.take_on, proceeding, by=county.mediator, on=on, answers=dict.fromkeys(RecusalQuestion, False))
    refs = consented(county, case, by=county.mediator)
    do(proceedings.inform, proceeding, by=county.mediator, on=on, told=dict.fromkeys(refs, "written"))
    return case, proceeding


def met(county, proceeding, result="agreed"):
    """Hold one session with everybody."""
    row, _case = cases.child(proceeding_queries.Proceeding, proceeding, for_=county.mediator)
    present = tuple(party.public_id for party in cases.parties_of(row.case_id))
    now = clock.now()
    setting = sessions.Setting(starts_at=now, place="武阳镇调解室", present=present)
    minutes = sessions.Minutes(
        rights="万秋莲：听清楚了\n涂国平：听清楚了", recusal="万秋莲：不申请回避\n涂国平：不申请回避",
        applicant="水沟要恢复原状，墙脚要赔", respondent="愿意铲平，赔钱少一点",
        evidence="现场照片4张", agreed="沟面由涂国平铲平\n赔2600元，分三期", outcome="达成协议",
    )
    return do(
        sessions.hold_session, proceeding, by=county.mediator, on=clock.today(), setting=setting, minutes=minutes,
        result=result,
    )


def three_instalments(refs, first_due: date) -> list[ClauseValues]:
    """The drain is put right and 2,600 yuan are paid in three parts."""
    applicant, respondent = refs
    dues = [first_due, _next_month(first_due, 1), _next_month(first_due, 2)]
    pays = [
        ClauseValues(
            ClauseKind.PAY, f"赔偿款第{number}期", (respondent,), (applicant,), amount_fen=fen, due_on=due,
            manner=Manner.TRANSFER, account="户名万秋莲，江西农商银行武阳支行，账号6226000000000012",
        )
        for number, fen, due in zip("一二三", (100_000, 80_000, 80_000), dues, strict=True)
    ]
    work = ClauseValues(
        ClauseKind.DO, "把排水沟沟面铲平到2026年5月的高度", (respondent,), (applicant,), due_on=first_due,
        manner=Manner.WORK,
    )
    return [*pays, work]


def _next_month(day: date, months: int) -> date:
    month = day.month - 1 + months
    return date(day.year + month // 12, month % 12 + 1, day.day)


@standing.kept
def drafted(county, proceeding_of=None, **changes):
    """A saved draft with three instalments; returns case, agreement and the parties' ids."""
    case, proceeding = proceeding_of or mediating(county, **changes)
    met(county, proceeding)
    agreement = do(agreements.draft, case, by=county.mediator, on=clock.today())
    row = cases.get(case, for_=county.mediator)
    refs = [party.public_id for party in cases.parties_of(row.id)]
    save(county, agreement, refs)
    return case, agreement, refs


def save(county, agreement, refs, **changes):
    """Write the text of a draft."""
    row, _case = agreements.queries.get(agreement, for_=county.mediator)
    values = {
        "facts": "两家共用的排水沟被垫高，雨水倒灌，厨房墙脚受损。", "responsibility": "涂国平负主要责任",
        "total_fen": 260_000,
        "breach_clause": "逾期付款的，按日万分之五付违约金。", "place": "武阳镇调解室",
        "clauses": three_instalments(refs, date(2026, 12, 20)), "version": row.version,
    } | changes
    do(agreements.save, agreement, by=county.mediator, **values)


@standing.kept
def signed(county, drafted_case=None, **changes):
    """An agreement that everybody signed today; returns case, agreement, parties."""
    on = clock.today()
    case, agreement, refs = drafted_case or drafted(county, **changes)
    do(agreements.agree, agreement, by=county.mediator, on=on)
    for ref in refs:
        do(agreements.sign_party, agreement, ref, by=county.mediator, signed_on=on, on=on)
    do(agreements.sign_mediator, agreement, by=county.mediator, signed_on=on, on=on)
    do(agreements.seal, agreement, by=county.mediator, sealed_on=on, on=on)
    return case, agreement, refs


def later(day: date, hour: int = 10) -> None:
    """Let the program's time stand still on another day."""
    clock.freeze(datetime(day.year, day.month, day.day, hour, tzinfo=clock.SHANGHAI))
