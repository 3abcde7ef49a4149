"""A unit head's hour: what is late, who gets what, an illness, help for another unit; walked and counted alike."""

from dataclasses import replace
from datetime import datetime, timedelta

from mediation.casefile.cases import queries as cases
from mediation.ground import clock
from mediation.registry.access.rules import Role
from mediation.registry.people.operations import Identity
from mediation.stages.assisting import operations as assisting
from mediation.stages.mending import requests
from mediation.stages.routing import operations as routing
from tests import makers, road
from tests.road import do

MORNING = datetime(2026, 11, 23, 10, tzinfo=clock.SHANGHAI)
LONG = timedelta(days=20)


def furnish(county):
    """A case that is late, one that runs, two to be given out; a correction that is asked for, help that is."""
    second = makers.make_actor(county.centre, Role.MEDIATOR, county.committee, name="揭爱兰")
    makers.make_mediator(county.centre, county.committee, second, name="揭爱兰", register_no="36012102")
    county.more["second"] = second
    clock.freeze(MORNING - LONG)
    sent(county, "陈老五")
    clock.freeze(MORNING)
    running, _proceeding = road.mediating(county)
    return {
        "running": running, "wrong": asked(county, running), "task": asked_for_help(county),
        "accepted": [road.accepted(county, applicants=[Identity(name)])[0] for name in ("饶金凤", "徐长庚")],
    }


def sent(county, name):
    """A case that waits for the committee's answer."""
    case = road.registered(county, applicants=[Identity(name, phone="13979121111")])
    unit = county.committee.public_id
    do(routing.route, case, by=county.dispatcher, on=clock.today(), track="peoples", unit_public_id=unit)
    return case


def asked(county, case):
    """A wrong amount, put right as soon as the head allows it."""
    row = cases.get(case, for_=county.mediator)
    return do(
        requests.ask_to_correct, case, {"amount_fen": 320_000}, version=row.version, reason="来人把柴房的损失也算上了",
        by=county.mediator, on=clock.today(),
    )


def asked_for_help(county):
    """What the committee of the next town would like to have measured."""
    unit = makers.make_unit(county.centre, name="向塘镇人民调解委员会", number_word="向民调", area_code="360121103")
    theirs = replace(county, committee=unit, head=makers.make_actor(county.centre, Role.HEAD, unit, name="胡国强"))
    matter = makers.changed(makers.DRAIN, area_code="360121103", place="向塘镇")
    case, _proceeding = road.accepted(theirs, applicants=[Identity("邓火生")], matter=matter)
    return do(
        assisting.ask, case, by=theirs.head, on=clock.today(), unit=county.committee.public_id,
        wanted="请派人量一下武阳这边排水沟的宽度",
    )


def walk(enter, made, work_off):
    """Spend the hour; ``work_off`` does what waits in the background. Return the head."""
    head = enter("head")
    for said in ("超期 1 件", "该我办 3 件", "等别人 1 件"):
        head.sees(said)
    take_the_late_one(head)
    allow(head)
    share_out(head, made["accepted"], work_off)
    fall_ill(head, work_off)
    help_out(head, made["task"])
    be_away(head)
    head.go("/fairness")
    head.sees("揭爱兰")
    return head


def take_the_late_one(head):
    """The first of the home: receive, accept, give it to whom the recommendation puts first, a key each."""
    head.act()
    head.sees("陈老五")
    for _page in ("case", "receive", "accept"):
        head.act()
    assert head.page.get_by_role("checkbox", name="指派揭爱兰").is_checked(), "the other has a case in hand"
    head.act()
    head.sees("已指派，等调解员答回避四问")


def allow(head):
    """Read what is to be put right, before and after, and allow it."""
    head.go("/")
    head.follow("1 份更正等批准")
    head.act()
    head.sees("3,200.00")
    head.press("Alt+1")
    head.type(head.page.locator("#words"), "和笔录核对过")
    head.act()
    head.sees("已批准")


def share_out(head, accepted, work_off):
    """Several at once: what would be done is shown first."""
    head.go("/")
    head.follow("成批指派")
    head.does_not_see("邓火生")  # another unit's, which is only helped
    page = head.page
    head.choose(page.locator("#mediator"), "揭爱兰")
    head.choose(page.locator("#override"), "当事人")
    for name in ("饶金凤", "徐长庚"):
        head.tick(name)
    head.act()
    head.sees("还没有办。")
    head.act()
    work_off()
    head.go(page.url.removeprefix(head.base))
    assert page.locator("main tbody tr").count() == 2
    for case in accepted:
        head.open_case(case)
        head.sees("揭爱兰")


def fall_ill(head, work_off):
    """A mediator is ill for a week: no new cases, all open ones go to somebody else on one page."""
    head.go("/leaves/new")
    page = head.page
    head.choose(page.locator("#mediator"), "熊桂生")
    head.day(page.locator("#last"), "2026-11-30")
    head.choose(page.locator("#deputy"), "揭爱兰")
    head.act()
    head.act()
    head.sees("移交手上的案件")
    assert "揭爱兰" in page.locator("select[name^=to-] option:checked").inner_text()
    head.type(page.locator("#why"), "病假一周")
    head.act()
    work_off()
    head.go(page.url.removeprefix(head.base))
    head.sees("移交 1 件")
    head.go("/leaves")
    head.sees("熊桂生")


def help_out(head, task):
    """Agree to help another unit, and tell it what came of it."""
    head.go("/")
    head.sees("请本单位协助")
    head.go(f"/assisting/{task}")
    head.act()
    head.act()
    head.sees("已同意，办好后报结果")
    head.act()
    head.type(head.page.locator("#result"), "沟宽四十公分，标高和水利站的图一致")
    head.act()
    head.sees("已报给承办单位，等它确认")


def be_away(head):
    """The head is away for two days and says who stands in."""
    head.go("/deputies")
    page = head.page
    head.day(page.locator("#from_"), "2026-11-24")
    head.day(page.locator("#to"), "2026-11-25")
    head.choose(page.locator("#deputy"), "揭爱兰")
    head.type(page.locator("#reason"), "到省里培训")
    head.act()
    head.sees("代理到日子自动开始")
