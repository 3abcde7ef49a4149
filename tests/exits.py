"""Cases that mediation did not settle, by operations; for tests of referrals and of what comes after them."""

from datetime import date

from mediation.casefile.attachments import operations as attachments
from mediation.casefile.attachments.rules import AttachmentKind
from mediation.casefile.cases.rules import Channel, Exit
from mediation.ground import clock
from mediation.ground.db import session, transaction
from mediation.registry.access.rules import Role
from mediation.registry.mediators.models import Mediator
from mediation.registry.settings import operations as settings
from mediation.stages.agreements import operations as agreements
from mediation.stages.intake.operations import Matter, Origin
from mediation.stages.proceedings import operations as proceedings
from mediation.stages.referrals import operations as referrals
from mediation.stages.referrals import rules
from mediation.stages.referrals.operations import ReferralValues
from tests import makers, packs, road, standing
from tests.road import do

LOAN = Matter(
    story="2025年3月2日涂国平借走3万元，写了借条，约定2025年底还清，至今没还。",
    claims="1.归还借款30000元\n2.按年利率百分之三点四五付利息",
    type_code="contract.loan",
    amount_fen=3_000_000,
    area_code="360121106",
    place="武阳镇前进村",
)
WAGES = Matter(
    story="在厂里做了八个月，最后三个月工资没有发。", claims="支付拖欠工资18000元", type_code="migrant_wages",
    amount_fen=1_800_000, area_code="360121106", place="武阳镇",
)
COMMISSION = Origin(
    channel=Channel.COURT_COMMISSION, outside_no="（2026）南法委派12号", court_name="南昌县人民法院",
    court_no="（2026）赣0121诉前调12号", court_received_on=date(2026, 11, 23),
)
COURSE = "调解三次，涂国平认为已经还过一部分，没有凭据，双方差距大。"


@standing.kept
def failed(county, matter=LOAN, **changes):
    """A mediation that ended without an agreement; returns case and proceeding."""
    case, proceeding = road.mediating(county, matter=matter, **changes)
    road.met(county, proceeding, result="continue")
    do(
        proceedings.end, proceeding, by=county.mediator, on=clock.today(), ground="too_far_apart", course=COURSE,
        notice_given=True, issues="1.是不是还过8000元\n2.利息怎么算", cost_conduct="", court_points="可以先查转账记录",
    )
    return case, proceeding


@standing.kept
def list_mediator(county):
    """Put the mediator on the court's roster."""
    with transaction():
        session.get_one(Mediator, county.pool.id).is_court_listed = True


@standing.kept
def commissioned(county, **changes):
    """The same of a case that a court sent before filing it, by a mediator on its roster."""
    list_mediator(county)
    return failed(county, origin=COMMISSION, track="judicial", **changes)


@standing.kept
def agreed_for_court(county):
    """A commissioned case that was settled: the parties' signatures, the last of all, make it bind (JM-09)."""
    list_mediator(county)
    on = clock.today()
    case, agreement, refs = road.drafted(county, matter=LOAN, origin=COMMISSION, track="judicial")
    do(agreements.agree, agreement, by=county.mediator, on=on)
    do(agreements.sign_mediator, agreement, by=county.mediator, signed_on=on, on=on)
    do(agreements.seal, agreement, by=county.mediator, sealed_on=on, on=on)
    for ref in refs:
        do(agreements.sign_party, agreement, ref, by=county.mediator, signed_on=on, on=on)
    return case


@standing.kept
def with_file(county, case, refs=()):
    """Put into the file what a court wants to have: evidence, identity, addresses for service."""
    for kind, title, pages in ((AttachmentKind.EVIDENCE, "借条", 1), (AttachmentKind.IDENTITY, "身份证复印件", 2)):
        do(
            attachments.add, case, kind=kind, title=title, is_original=True, pages=pages, by=county.mediator,
            on=clock.today(),
        )
    for ref in refs:
        packs.address(county, ref)


@standing.kept
def set_wage(county, fen=9_200_000):
    """Enter the province's average wage."""
    admin = makers.make_actor(county.centre, Role.SYSTEM_ADMIN)
    value = {"year": 2025, "amount_fen": fen}
    do(
        settings.set_value, "wage", "QT-04", value, by=admin, valid_from=date(2026, 6, 1), source="江西省统计局",
        reason="公布",
    )


def to_tribunal(county, **changes):
    """What a sender confirms on the page of a quick-trial referral."""
    present = (
        rules.Item.LETTER, rules.Item.COMPLAINT, rules.Item.IDENTITY, rules.Item.ADDRESSES, rules.Item.EVIDENCE,
        rules.Item.TERMINATION, rules.Item.ISSUES, rules.Item.LIMITATION,
    )
    values = {
        "kind": Exit.QUICK_TRIAL, "to_unit": county.tribunal.public_id, "claims": LOAN.claims,
        "amount_fen": LOAN.amount_fen, "issues": "1.是不是还过8000元\n2.利息怎么算",
        "checklist": {item: item in present for item in rules.Item}, "data_basis": rules.DataBasis.COURT_FILING,
    }
    return ReferralValues(**(values | changes))


@standing.kept
def ready(county, **changes):
    """A failed case whose file is complete; returns case, proceeding, parties."""
    case, proceeding = failed(county, **changes)
    refs = parties(county, case)
    with_file(county, case, refs)
    return case, proceeding, refs


def parties(county, case):
    """Return the public ids of a case's parties."""
    row = road.cases.get(case, for_=county.mediator)
    return [party.public_id for party in road.cases.parties_of(row.id)]


@standing.kept
def sent(county, **changes):
    """A case that lies with the tribunal; returns case and referral."""
    set_wage(county)
    case, _proceeding, _refs = ready(county, **changes)
    return case, do(
        referrals.send, case, by=county.mediator, on=clock.today(), values=to_tribunal(county)
    )
