"""A mediator's day: calls, a visitor, a meeting and its agreement, a failure, tomorrow; walked and counted alike."""

from datetime import datetime, timedelta

from mediation.casefile.cases import queries as cases
from mediation.ground import clock
from mediation.registry.people.operations import Identity
from mediation.registry.phrases import operations as phrases
from mediation.stages.bookings import operations as bookings
from tests import makers, road
from tests.journeys import acts
from tests.road import do

FRIDAY = datetime(2026, 11, 20, 10, tzinfo=clock.SHANGHAI)
MORNING = datetime(2026, 11, 23, 10, tzinfo=clock.SHANGHAI)
TEXT = "现场照片当面出示，各方看过，没有异议。"


def furnish(county):
    """Three cases in the mediator's hands, by what becomes of them: each its public id and its proceeding's."""
    clock.freeze(FRIDAY)
    room = makers.make_room(county.centre)
    do(phrases.add, by=county.head, on=clock.today(), code="zp", text=TEXT, shared=True, place="evidence")
    made = {
        "meets": road.mediating(county), "new": road.mediating(county, applicants=[Identity("胡细妹")]),
        "fails": road.mediating(county, applicants=[Identity("罗根香")]),
    }
    booked(county, made["meets"][0], room)
    clock.freeze(MORNING)
    return made


def booked(county, case, room):
    """The meeting of Monday at half past nine."""
    begins = MORNING - timedelta(minutes=30)
    refs = [party.public_id for party in cases.parties_of(cases.get(case, for_=county.mediator).id)]
    wish = bookings.Wish(begins, begins + timedelta(hours=1), room=room.public_id, parties=refs)
    do(bookings.book, case, by=county.mediator, on=clock.today(), wish=wish)


def walk(enter, made):
    """Spend the day; return the mediator."""
    mediator = enter("mediator")
    mediator.sees("该我办")
    mediator.go("/day")
    mediator.sees("3 号调解室")
    mediator.sees("该记结果了")
    call(mediator, made["new"][1])
    receive(mediator)
    show_evidence(mediator, made["meets"][0])
    meet(mediator, made["meets"][1])
    acts.agree(mediator, made["meets"][0])
    fail(mediator, *made["fails"])
    on = book(mediator, made["new"][0])
    note(mediator, made["new"][0])
    mediator.go(f"/day?on={on}")
    mediator.sees("胡细妹")
    mediator.go("/day/sheet")
    mediator.sees("今天开过调解会的")
    return mediator


def call(mediator, proceeding):
    """Two calls, one key each on the page: who does not answer, who does."""
    mediator.go(f"/proceedings/{proceeding}/attempts/new")
    mediator.act("2")
    mediator.sees("已记：胡细妹 没人接")
    mediator.act("4")
    mediator.sees("已记：涂国平 联系上了")


def receive(mediator):
    """One of the parties stands at the window: found by name, known by the card, told how it stands."""
    mediator.act("F4")
    mediator.type(mediator.page.locator("#scan"), "罗根香")
    mediator.act("Enter")
    mediator.press("Alt+1")
    mediator.act()
    mediator.sees("正在调解")
    mediator.press("2")
    mediator.act()
    mediator.sees("已记下答复")


def show_evidence(mediator, case):
    """What was brought to the meeting, on paper."""
    mediator.go(f"/cases/{case}/evidence")
    mediator.type(mediator.page.locator("#title"), "现场照片 4 张")
    mediator.tick("收了纸质复印件")
    mediator.act()
    mediator.sees("已收下现场照片 4 张")


def meet(mediator, proceeding):
    """The record of a meeting in its boxes; a code and Tab write what is said every time."""
    mediator.go(f"/proceedings/{proceeding}/sessions/new")
    page = mediator.page
    boxes = {
        "rights": "万秋莲：听清楚了\n涂国平：听清楚了", "recusal": "万秋莲：不申请回避\n涂国平：不申请回避",
        "applicant": "沟面要铲平，墙脚要赔", "respondent": "愿意铲平，钱分三次给",
    }
    for name, text in boxes.items():
        mediator.type(page.locator(f"#{name}"), text)
    mediator.type(page.locator("#evidence"), ";zp")
    mediator.press("Tab")
    assert page.input_value("#evidence") == TEXT
    mediator.type(page.locator("#agreed"), "沟面铲平\n赔2600元，分三期")
    mediator.radio("达成协议")
    mediator.type(page.locator("#outcome"), "双方达成协议")
    assert page.input_value("#starts") == "09:30", "as it was booked"
    mediator.act()
    mediator.sees("调解记录已存")


def fail(mediator, case, proceeding):
    """No agreement is in sight: ended, the ways that are left told, the paper printed."""
    mediator.go(f"/proceedings/{proceeding}/end")
    page = mediator.page
    mediator.type(page.locator("#course"), "谈了两次，一方要恢复原状，一方只肯赔钱，差得太远。")
    mediator.tick("已经告知当事人上面这些途径")
    mediator.radio("分歧")
    mediator.act()
    mediator.sees("已终止")
    mediator.open_case(case)
    mediator.sees("终结")


def book(mediator, case):
    """The first of five free hours, by its number; return its day."""
    mediator.go(f"/cases/{case}/bookings/new")
    day = mediator.page.locator("button[name=slot]").first.get_attribute("value")[:10]
    mediator.act("1")
    mediator.sees("约好了，请通知各方")
    return day


def note(mediator, case):
    """What a colleague must know who takes over; the head is told of it."""
    mediator.go(f"/cases/{case}/memos")
    mediator.type(mediator.page.locator("#text"), "涂国平白天不接电话，周五以前再打一次")
    mediator.tick("罗金水")
    mediator.act()
    mediator.sees("周五以前再打一次")
