"""A county in which one of each thing exists, so that a test may ask for every page of the program."""

import io
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import pikepdf
from sqlalchemy import select

from mediation.casefile.attachments import operations as attachments
from mediation.casefile.attachments.rules import AttachmentKind
from mediation.casefile.batches import operations as batches
from mediation.casefile.cases import drafts, links
from mediation.casefile.cases import queries as cases
from mediation.casefile.cases.models import Case, Party
from mediation.casefile.cases.rules import Exit, Representation
from mediation.casefile.notes import operations as notes
from mediation.casefile.papers.models import Paper, PaperState
from mediation.ground import clock, files, sheets
from mediation.ground.db import Base, session, transaction
from mediation.oversight.rehearsal import keeping
from mediation.oversight.rehearsal import queries as rehearsal
from mediation.registry.access.rules import Actor, Role
from mediation.registry.breaches import operations as breaches
from mediation.registry.mediators import complaints, leave
from mediation.registry.people.operations import Identity
from mediation.registry.phrases import operations as phrases
from mediation.registry.platforms import operations as platforms
from mediation.registry.platforms.rules import MAY_ENTER, Definition, Field, Ours, Since
from mediation.registry.points import operations as points
from mediation.registry.regions import operations as regions
from mediation.registry.regions.models import Area
from mediation.registry.regions.rules import AreaLevel
from mediation.registry.settings import drafts as setting_drafts
from mediation.registry.settings.rules import Kind
from mediation.registry.staff import operations as staff
from mediation.registry.staff.models import Post
from mediation.registry.units import rooms
from mediation.registry.units.models import Unit
from mediation.registry.units.rules import UnitKind
from mediation.stages.archive import lending
from mediation.stages.archive import operations as archive
from mediation.stages.assisting import operations as assisting
from mediation.stages.bookings import operations as bookings
from mediation.stages.bundles import operations as bundles
from mediation.stages.bundles.models import Bundle
from mediation.stages.bundles.rules import BundleState
from mediation.stages.confirmation import packruns
from mediation.stages.confirmation.models import PackRun
from mediation.stages.confirmation.rules import RunState
from mediation.stages.contacts import operations as contacts
from mediation.stages.contacts.operations import Promise
from mediation.stages.contacts.rules import CallBack
from mediation.stages.copyout.keep import refit, refit_some
from mediation.stages.groups import operations as groups
from mediation.stages.groups import prints
from mediation.stages.groups.models import GroupPrint
from mediation.stages.groups.rules import PrintState
from mediation.stages.handovers.models import Handover, HandoverRow
from mediation.stages.handovers.rules import HandoverState, RowState
from mediation.stages.intake import operations as intake
from mediation.stages.intake import samepeople, signposts
from mediation.stages.intake.operations import Helper
from mediation.stages.intake.orders import importing
from mediation.stages.intake.orders import operations as orders
from mediation.stages.intake.orders import queries as sheet_queries
from mediation.stages.intake.refusal import Ground, Way
from mediation.stages.intake.rules import Question
from mediation.stages.mending import operations as mending
from mediation.stages.proceedings import guests, inquiries
from mediation.stages.proceedings import operations as proceedings
from mediation.stages.proceedings import queries as proceeding_queries
from mediation.stages.proceedings.inquiries import Asked, Told
from mediation.stages.proceedings.rules import TerminationGround
from mediation.stages.referrals import letters
from mediation.stages.referrals import operations as referrals
from mediation.stages.referrals.letters import Letter
from mediation.stages.referrals.operations import ReferralValues
from mediation.stages.referrals.rules import DataBasis, Item
from mediation.stages.routing import delegation, rulebook, table
from mediation.stages.routing import drafts as rule_drafts
from mediation.stages.routing import operations as routing
from mediation.stages.routing.arbiter import operations as arbiter
from mediation.stages.shifts import operations as shifts
from tests import exits, makers, packs, road
from tests.road import County, do

ROLES = [role for role in Role if role is not Role.SYSTEM]

# What only those who see a case's contents may read, and the names that stand in its title.
STORY = {"court": "暗号甲：沟面垫高二十公分", "failed": "暗号乙：借条压在箱底", "sealed": "暗号丙：夜里打了电话"}
NAMES = {"court": "万秋莲", "failed": "章小红", "sealed": "袁桂香"}
OTHER_NAMES = {"court": "涂国平", "failed": "邓建军", "sealed": "袁大勇"}
HOME = "南昌县武阳镇前进村8组"
TOLD = "暗号丁：法官说下周来人"  # at the window
BREACH = "逾期付款的，按日万分之五付违约金。"
NUMBERS = {
    "court": ("360121196803122260", "360121198503150015"),
    "failed": ("360121199001010025", "360121197505050013"),
    "sealed": ("360121199202020043", "360121198808080038"),
}


@dataclass
class Everything:
    """The county, its cases by name, and somebody of each role in each place."""

    county: County
    cases: dict[str, str] = field(default_factory=dict)
    actors: dict[tuple[Role, str], Actor] = field(default_factory=dict)


def make_everything() -> Everything:
    """Make the county with three cases: one at court, one failed and sent to the tribunal, one sealed."""
    county = road.make_county()
    found = Everything(county)
    room = makers.make_room(county.centre)
    admin = makers.make_actor(county.centre, Role.SYSTEM_ADMIN)
    do(rooms.close_days, room.public_id, first=clock.today(), last=clock.today(), why="检修", by=admin)
    exits.list_mediator(county)
    with transaction():
        place = {"code": "360121106", "name": "武阳镇", "level": AreaLevel.TOWN, "initials": "wyz"}
        session.add(
            Area(centre_id=county.centre.id, parent_code=makers.COUNTY, valid_from=makers.LONG_AGO, **place)
        )
    sent = {"origin": exits.COMMISSION, "track": "judicial"}  # by the court, which wants to hear how it ended
    found.cases["court"], application, _refs = packs.filed(county, **_told("court"), **sent)
    _many_packs(county, application)
    found.cases["failed"] = _failed(county)
    _belonging_together(county, found.cases)
    found.cases["sealed"] = _sealed(county)
    _beside(county, found.cases["court"])
    _many(found.cases["court"], by=county.mediator)
    _ways_in(county)
    _leaks(county)
    _lent(county)
    _above(county)
    _pool(county, found.cases["court"])
    _rules(county)
    _settings(county)
    _bounced(county)
    do(drafts.save, "intake", [("name", "万秋莲"), ("phone", "13970812716")], by=county.clerk)
    away = {"from_": clock.today(), "to": clock.today(), "reason": "到县里开会", "on": clock.today()}
    with transaction():
        post = session.get_one(Post, county.head.post_id).public_id
    do(staff.be_away, post, by=county.head, **away)
    do(phrases.add, by=county.head, on=clock.today(), code="gs", text="告知了权利义务", shared=True)
    _people(found)
    _between_units(found)
    _words(found)
    _render_all()
    return found


def _rules(county):
    """A change of the routing rules that has been rehearsed and waits to be published."""
    on, by = clock.today(), makers.make_actor(county.centre, Role.SUPERVISOR)
    draft = do(rule_drafts.begin, by=by, on=on, why="邻里纠纷改由县里办")
    values = rulebook.values_of(next(rule for rule in table.rules_of(county.centre.id, on=on) if rule.number == 20))
    do(rule_drafts.put, draft, by=by, on=on, version=1, number=20, values=values | {"level": "county"})
    do(rule_drafts.rehearse, draft, by=by, on=on)


def _settings(county):
    """A court that does not follow the division, and a value that is drafted."""
    on, by = clock.today(), makers.make_actor(county.centre, Role.SYSTEM_ADMIN)
    do(regions.set_court, "360121", "赣0199", "开发区人民法院", by=by, source="来函", on=on + timedelta(days=9))
    value = {"amount": 45, "unit": "days"}
    tried = keeping.kept(rehearsal.rehearse(Kind.PERIOD, "PM-18", value, centre_id=county.centre.id))
    do(
        setting_drafts.begin, Kind.PERIOD, "PM-18", value, by=by, on=on, valid_from=on + timedelta(days=9),
        source="纪要", reason="试", rehearsal=tried,
    )


def _bounced(county):
    """A ruling of the arbiter, a case that waits for one, a duty list, and a batch that was looked at."""
    on, by = clock.today(), makers.make_actor(county.centre, Role.SUPERVISOR)
    admin = makers.make_actor(county.centre, Role.SYSTEM_ADMIN)
    do(arbiter.name, session.get_one(Post, by.post_id).public_id, by=admin, on=on, valid_from=on)
    given_back = [_given_back(county) for _ in range(2)]
    do(
        arbiter.designate, given_back[0], by=by, on=on, track="peoples", unit_public_id=county.committee.public_id,
        why="沟在村里", signs="共用排水沟",
    )
    target = {"unit": None, "track": None, "override": None, "note": None}
    case = road.registered(county)
    looked = batches.look_at("route", [case], target=target, by=county.dispatcher, on=on)
    do(batches.keep, "route", looked, target=target, by=county.dispatcher, on=on)


def _given_back(county):
    case = road.registered(county)
    for _ in range(2):
        hop = do(
            routing.route, case, by=county.dispatcher, on=clock.today(), track="peoples",
            unit_public_id=county.committee.public_id,
        )
        do(routing.reject, hop, by=county.head, on=clock.today(), reason="not_competent")
    return case


def blank_pdf() -> bytes:
    """Return a PDF of one empty page."""
    with pikepdf.new() as pdf, io.BytesIO() as file:
        pdf.add_blank_page()
        pdf.save(file)
        return file.getvalue()


def _told(which):
    applicant, respondent = NUMBERS[which]
    return {
        "applicants": [Identity(NAMES[which], phone="13970812716", id_number=applicant, address=HOME)],
        "respondents": [Identity(OTHER_NAMES[which], phone="13870810731", id_number=respondent, address=HOME)],
        "matter": makers.changed(makers.DRAIN, story=STORY[which]),
    }


def _failed(county):
    on = clock.today()
    case, proceeding = road.mediating(county, _with_the_wrong_one_off(county))
    _booked(county, case)
    row = cases.get(case, for_=county.mediator)
    do(
        mending.ask_to_correct, case, {"amount_fen": 50_000}, version=row.version, reason="多写了一个零",
        by=county.mediator, on=on,
    )
    asked = Asked("章小兰", relation="邻居")
    told = Told(asked, clock.now(), "前进村", "问：水往哪边流？\n答：往东。", "熊桂生", "熊桂生")
    do(inquiries.inquire, proceeding, told, by=county.mediator, on=on)
    road.met(county, proceeding, result="ended")
    guest = county.more["colleague"] = makers.make_actor(county.centre, Role.MEDIATOR, county.committee)
    expert = makers.make_mediator(county.centre, county.committee, guest, name=guest.name, register_no=None)
    asked = {"role": "expert", "mediator_public_id": expert.public_id, "task": "说说以前水往哪边走"}
    refs = [party.public_id for party in cases.parties_of(cases.get(case, for_=county.mediator).id)]
    do(guests.invite, proceeding, by=county.mediator, on=on, consenting=refs, **asked)
    do(
        proceedings.end, proceeding, by=county.mediator, on=on, ground=TerminationGround.TOO_FAR_APART,
        course="两次没谈拢", notice_given=True,
    )
    values = ReferralValues(
        Exit.SUIT, to_unit=county.tribunal.public_id, claims="返还借款5000元", amount_fen=500_000,
        issues="借款是否还清", checklist=dict.fromkeys(Item, True), data_basis=DataBasis.COURT_FILING,
        notice_given=True, evidence_loss="没有", preservation="没有",
    )
    do(referrals.send, case, by=county.mediator, on=on, values=values)
    return case


def _with_the_wrong_one_off(county):
    """A case in which somebody was entered by mistake and taken off again."""
    told = _told("failed")
    told["respondents"] = [*told["respondents"], Identity("邓建君")]
    case = road.registered(county, **told)
    wrong = cases.parties_of(cases.get(case, for_=county.clerk).id)[-1]
    do(mending.take_off, wrong.public_id, reason="同一个人写了两遍", by=county.clerk, on=clock.today())
    return case


def _booked(county, case):
    """A meeting that was set for tomorrow; the end of mediation calls it off."""
    begins = datetime(2026, 11, 24, 9, tzinfo=clock.SHANGHAI)
    refs = [party.public_id for party in cases.parties_of(cases.get(case, for_=county.mediator).id)]
    wish = bookings.Wish(begins, begins + timedelta(hours=1), place="前进村村委会", parties=refs)
    do(bookings.book, case, by=county.mediator, on=clock.today(), wish=wish)


def _sealed(county):
    on = clock.today()
    case = road.registered(county, yes=[Question.VIOLENCE, Question.COLLECTIVE], **_told("sealed"))
    _many(case, by=county.clerk)
    do(
        routing.route, case, by=county.dispatcher, on=on, track="peoples", unit_public_id=county.committee.public_id,
        override_reason=None,
    )
    return case


def _many_packs(county, application):
    """A print of many packs that is there to be opened."""
    public_id = do(packruns.ask, [application], by=county.liaison)
    with transaction():
        row = session.query(PackRun).filter_by(public_id=public_id).one()
        kept = files.store().put(blank_pdf(), row.box(), "application/pdf")
        row.state, row.file_name, row.file_sha256, row.pages = RunState.READY, kept.name, kept.sha256, 1


def _many(case, *, by):
    """Let a case lead for three people, of whom it knows one by name."""
    group = do(groups.open_group, case, said_count=3, learnt_at=clock.now(), by=by, on=clock.today())
    public_id = do(prints.ask, group, sheets=["list"], by=by, on=clock.today())
    with transaction():
        row = session.query(GroupPrint).filter_by(public_id=public_id).one()
        kept = files.store().put(blank_pdf(), session.get_one(Case, row.case_id).box(), "application/pdf")
        row.state, row.file_name, row.file_sha256 = PrintState.READY, kept.name, kept.sha256


def _belonging_together(county, case_ids):
    """Two cases that are linked, and a person who stands in the register twice, once without a number."""
    on = clock.today()
    do(links.link, case_ids["failed"], case_ids["court"], "series", by=county.dispatcher, on=on)
    again = road.registered(county, applicants=[Identity(NAMES["failed"], phone="13970812716")])
    twice = [cases.parties_of(cases.get(each, for_=county.clerk).id)[0] for each in (again, case_ids["failed"])]
    twice = [party.person.public_id for party in twice]
    do(samepeople.merge, *twice, by=county.clerk, on=on, reason="带身份证来核对过")


def _beside(county, case):
    """What else belongs to a case: a helper of a party, and a file."""
    row = cases.get(case, for_=county.mediator)
    party = cases.parties_of(row.id)[0].public_id
    helper = Helper(Representation.HELPER, "万小兰", phone="13970812717")
    do(intake.add_representative, party, helper=helper, by=county.mediator, on=clock.today())
    kept = attachments.keep(case, blank_pdf(), "借条.pdf", by=county.mediator)
    do(
        attachments.add, case, kind=AttachmentKind.EVIDENCE, title="借条", kept=kept, by=county.mediator,
        on=clock.today(),
    )
    visit = do(
        contacts.receive, case, party=party, manner="window", identified="id_card", by=county.clerk, on=clock.today()
    )
    promise = Promise(CallBack.DESK, clock.today())
    do(bundles.ask, case, audience="file", reason="调卷", by=county.mediator, on=clock.today())
    do(contacts.answer, visit, topic="court", told=TOLD, promise=promise, by=county.clerk, on=clock.today())


def _ways_in(county):
    """A collection point, somebody who was only told where to go, and a sheet whose one order lacks the other side."""
    on = clock.today()
    admin = makers.make_actor(county.centre, Role.SYSTEM_ADMIN)
    do(points.add, code="QJ-01", name="前进村说事点", kind="talk", channel="window", by=admin, on=on)
    do(signposts.point_the_way, ground=Ground.REPORT, ways=[Way.DISCIPLINE], told=True, by=county.clerk, on=on)
    data = sheets.write("工单", ["工单编号", "来电人", "诉求内容"], [["NC-1", "熊国华", "楼下油烟太大"]])
    sheet = do(orders.take_in, data, "工单.xlsx", channel="hotline_12345", by=county.clerk, on=on)
    _work_on(sheet, county)
    do(orders.run, sheet, version=sheet_queries.get(sheet, for_=county.clerk).version, by=county.clerk)
    _work_on(sheet, county)
    letter = Letter("court_commission", "南昌县人民法院", "（2026）南法委派31号", on, signed_on=on)
    do(letters.take_in, letter, by=county.liaison, on=on)


def _leaks(county):
    """A leak of personal data that the security administrator noted."""
    guard = makers.make_actor(county.centre, Role.SECURITY_ADMIN)
    do(breaches.note, what="一份名册发错了群", found_on=clock.today(), by=guard, on=clock.today())


def _above(county):
    """A platform that wants every case, with all of them on its list."""
    admin = makers.make_actor(county.centre, Role.SYSTEM_ADMIN)
    fields = (Field("标题", Ours.TITLE), Field("经过", Ours.STORY), Field("证件", Ours.APPLICANT_ID))
    wanted = Definition("省平台", "province", MAY_ENTER, Since.REGISTERED, fields)
    do(platforms.add, code="province", definition=wanted, by=admin, on=clock.today())
    refit(county.centre.id)
    refit_some(county.centre.id, 0)


def _pool(county, case):
    """Days away to come, and work that was handed over and is again where it was."""
    on, row = clock.today(), cases.get(case, for_=county.mediator)
    day = on + timedelta(days=20)
    do(leave.take, county.pool.public_id, by=county.head, on=on, first=day, last=day)
    do(complaints.record, county.pool.public_id, by=county.head, on=on, kind="bias", words="说他向着对方")
    proceeding = proceeding_queries.newest(row.id)
    with transaction():
        order = Handover(
            centre_id=row.centre_id, from_id=county.pool.id, state=HandoverState.DONE, on=on, why="外出培训", total=1,
            account_id=county.head.account_id, post_id=county.head.post_id, unit_id=county.head.unit_id,
            by_name=county.head.name,
        )
        session.add(order)
        session.flush()
        session.add(HandoverRow(
            handover_id=order.id, case_id=row.id, proceeding_id=proceeding.id, to_id=county.pool.id,
            state=RowState.RETURNED,
        ))


def _between_units(found):
    """What the village's committee is asked to help with, and what it is asked to take over."""
    county, on = found.county, clock.today()
    head = found.actors[Role.HEAD, "other"]
    village = session.get_one(Unit, head.unit_id).public_id
    task = do(assisting.ask, found.cases["court"], by=county.head, on=on, unit=village, wanted="看一下沟")
    do(assisting.accept, task, by=head, on=on)
    kept = assisting.keep(task, blank_pdf(), "照片.pdf", by=head)
    do(assisting.report, task, by=head, on=on, result="看过了", papers=[("照片", kept)])
    case = road.registered(county)
    way = {"track": "peoples", "unit_public_id": county.committee.public_id}
    transfer = do(routing.route, case, by=county.dispatcher, on=on, **way)
    do(routing.receive, transfer, by=county.head, on=on)
    do(delegation.offer_down, case, by=county.head, on=on, unit=village, why="local")


def _words(found):
    """A note on a case, and what one shift left to the next."""
    county = found.county
    do(notes.write, found.cases["court"], by=county.mediator, text="两家都在家，周五再去")
    do(shifts.hand_over, by=county.clerk, on=clock.today(), lines=[], general="打印机缺墨")


def _work_on(sheet, county):
    while sheet_queries.is_busy(row := sheet_queries.get(sheet, for_=county.clerk)):
        importing.work(row.id, row.round)


def _lent(county):
    """A file in the archive that somebody has borrowed."""
    on, (case, proceeding) = clock.today(), road.mediating(county)
    do(
        proceedings.end, proceeding, by=county.mediator, on=on, ground="party_refuses", course="分歧太大，没有结果",
        notice_given=True,
    )
    do(archive.close, case, by=county.head, on=on, outcome="no_further")
    do(archive.archive, case, by=county.head, on=on, retention="long")
    do(
        lending.lend, case, borrower="余国梁", borrower_unit="县司法局", purpose="检查", due_on=on, by=county.head,
        on=on,
    )


def _render_all():
    """Let all papers have bytes; how a paper is rendered is tested elsewhere."""
    with transaction():
        for paper, case in session.execute(select(Paper, Case).join(Case, Case.id == Paper.case_id)):
            kept = files.store().put(blank_pdf(), case.box(), "application/pdf")
            paper.state, paper.file_name, paper.file_sha256 = PaperState.READY, kept.name, kept.sha256
        for bundle, case in session.execute(select(Bundle, Case).join(Case, Case.id == Bundle.case_id)):
            kept = files.store().put(blank_pdf(), case.box(), "application/pdf")
            bundle.state, bundle.expires_at = BundleState.READY, clock.now() + timedelta(days=7)
            for form in ("pdf", "zip"):
                setattr(bundle, f"{form}_name", kept.name)
                setattr(bundle, f"{form}_sha256", kept.sha256)
                setattr(bundle, f"{form}_size", kept.size)


def _people(found):
    """Somebody of each role in the unit that has the cases, in another of its kind, and in another centre."""
    county = found.county
    own = {
        Role.INTAKE_CLERK: county.clerk, Role.DISPATCHER: county.dispatcher, Role.HEAD: county.head,
        Role.MEDIATOR: county.mediator, Role.LIAISON: county.liaison, Role.COURT_CLERK: county.court,
    }
    kinds = {Role.COURT_CLERK: UnitKind.TRIBUNAL, Role.LIAISON: UnitKind.LIAISON_OFFICE}
    units = {kind: makers.make_unit(county.centre, kind, f"另一{kind.label}") for kind in set(kinds.values())}
    village = {"area_code": "360121106201"}
    beside = makers.make_unit(county.centre, UnitKind.COMMITTEE, "前进村人民调解委员会", **village)
    away = makers.make_centre(name="进贤县矛盾纠纷调解中心", register_word="进矛调登", area_code="360124")
    for role in ROLES:
        found.actors[role, "own"] = own.get(role) or makers.make_actor(county.centre, role)
        found.actors[role, "other"] = makers.make_actor(county.centre, role, units.get(kinds.get(role), beside))
        found.actors[role, "away"] = makers.make_actor(away, role)
    found.actors[Role.MEDIATOR, "colleague"] = county.more["colleague"]


def tables() -> dict[str, type]:
    """Return the class of each table; complete once the application has been made."""
    return {mapper.local_table.name: mapper.class_ for mapper in Base.registry.mappers}


def case_of(row) -> Case | None:
    """Return the case that a row belongs to, None for what belongs to none."""
    if isinstance(row, Case):
        return row
    if hasattr(row, "party_id") and not hasattr(row, "case_id"):
        return session.get_one(Case, session.get_one(Party, row.party_id).case_id)
    return session.get_one(Case, row.case_id) if getattr(row, "case_id", None) else None
