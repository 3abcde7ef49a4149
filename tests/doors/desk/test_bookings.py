"""Meetings set ahead, the days of the parties, attempts in two keys, the lists of a day: through the desk."""

import re

import pytest

from mediation.ground.db import transaction
from mediation.stages.bookings import queries
from mediation.stages.proceedings import queries as proceedings
from tests import cast, makers
from tests.doors.desk.county import desks


def with_rooms(county):
    return {"rooms": [makers.make_room(county.centre, f"{number} 号调解室").public_id for number in (1, 2)]}


@pytest.fixture
def found(app):
    return desks(app, cast.informed, with_rooms)


def slots(page):
    return re.findall(r'name="slot" value="([^"]+)"', page.html)


def book(found, status=302, by=None, **values):
    address = f"/cases/{found.case}/bookings/new"
    usual = {
        "invited": list(found.parties.values()), "manner": "in_person", "minutes": "90", "room": "any",
        "together": "together",
    }
    return (by or found.clerk).submit(address, status=status, **(usual | values))


def states(found):
    return found.of(lambda case, _proceeding: [str(each.state) for each in queries.of_case(case.id)])


def test_one_key_takes_one_of_five_hours_and_the_notices_print(found):
    page = found.clerk.get(f"/cases/{found.case}/bookings/new")
    first = slots(page)
    assert len(first) == 5 and first[0] == f"2026-11-24T08:30|{found.more['rooms'][0]}"
    shown = found.clerk.follow(book(found, slot=first[0], bring="借条原件"))
    assert "11月24日" in shown.text and "1 号调解室" in shown.text
    address = re.search(r'href="(/bookings/[^"]+/invitations)"', shown.html)[1]
    notices = found.clerk.get(address)
    assert notices.text.count("调 解 通 知") == 2 and "借条原件" in notices.text
    assert "2026年11月24日（星期二）08:30" in notices.text
    on_case = found.mediator.get(f"/cases/{found.case}")
    assert "约好的调解会" in on_case.text and "约调解会：11-24 08:30" in on_case.text
    assert "约了调解会，11-24 08:30" in found.mediator.get("/notices").text


def test_a_clash_is_named_and_three_other_hours_are_offered(found):
    book(found, day="2026-11-24", starts="09:00")
    page = book(found, status=200, day="2026-11-24", starts="09:30")
    assert "万秋莲 09:00–10:30 已约了别的调解会" in page.text and "调解员熊桂生" in page.text
    assert "1 号调解室 09:00" not in page.text  # the other room was free
    others = page.html.partition("靠近的空时间")[2].partition("</fieldset>")[0]
    assert len(re.findall('name="slot"', others)) == 3
    assert "选一个空的时间" in book(found, status=200).text
    assert "不在上班时间" in book(found, status=200, day="2026-11-25", starts="19:00").text
    book(found, day="2026-11-25", starts="19:00", off_hours="y")
    assert states(found) == ["set", "set"]


def test_other_wishes_give_other_hours_and_book_nothing(found):
    page = book(found, status=200, find="1", minutes="200", room=found.more["rooms"][1])
    assert slots(page)[0] == f"2026-11-24T08:30|{found.more['rooms'][1]}"
    assert "14:30" not in page.text  # no afternoon is that long
    assert states(found) == []


def test_the_days_of_the_parties_are_asked_once(found):
    address, who = f"/cases/{found.case}/away", f"p_{found.parties['万秋莲']}"
    page = found.clerk.submit(address, status=200, **{who: "11月24日、再说"})
    assert "“再说”看不懂" in page.text and "11月24日、再说" in page.html
    found.clerk.submit(address, **{who: "11月24日上午"})
    page = found.clerk.get(f"/cases/{found.case}/bookings/new")
    assert slots(page)[0].startswith("2026-11-24T14:30") and "万秋莲 11月24日上午" in page.text


def test_a_meeting_is_moved_and_called_off(found):
    shown = book(found, day="2026-11-24", starts="09:00").headers["Location"]
    usual = {"minutes": "60", "room": "any", "manner": "in_person", "together": "together"}
    usual |= {"invited": list(found.parties.values()), "day": "2026-11-25", "starts": "15:00"}
    assert "要写理由" in found.mediator.submit(f"{shown}/move", status=200, **usual).text
    found.mediator.submit(f"{shown}/move", **usual, why="涂国平要送孩子")
    assert "11月25日" in found.head.get(shown).text
    stale = found.clerk.submit(f"{shown}/move", status=200, **(usual | {"version": "1", "why": "手快"}))
    assert "有人改过" in stale.text
    assert "要写理由" in found.mediator.submit(f"{shown}/cancel", status=200).text
    found.mediator.submit(f"{shown}/cancel", why="改电话里谈")
    assert states(found) == ["cancelled"]
    assert "改电话里谈" in found.mediator.get(f"/cases/{found.case}").text


def test_violence_is_said_and_the_sides_are_asked_apart(app):
    def bring(county):
        proceeding = cast.informed(county)
        with transaction():
            cast.party(proceeding.case_id, "万秋莲").flags = {"flags": ["violence"]}
        return proceeding

    found = desks(app, bring, with_rooms)
    assert "不要求万秋莲到场见面" in found.clerk.get(f"/cases/{found.case}/bookings/new").text
    assert "没有同意见面" in book(found, status=200, day="2026-11-24", starts="09:00").text
    book(found, day="2026-11-24", starts="09:00", together="apart")


def test_calls_are_written_down_in_two_keys_and_taken_back(found):
    address, other = f"/proceedings/{found.proceeding}/attempts/new", found.parties["涂国平"]
    page = found.mediator.get(address)
    assert 'data-key="6"' in page.html and f'value="wrong_number|{other}"' in page.html
    for made in range(3):
        assert f"已有 {made} 次" in found.mediator.get(address).text
        found.mediator.submit(address, quick=f"no_answer|{other}")
    found.mediator.submit(address, quick=f"reached|{found.parties['万秋莲']}", note="说周五来")
    page = found.mediator.get(address)
    assert "可以按“无法联系当事人”终止" in page.text and "ground=unreachable" in page.html
    assert found.state == "mediating"  # a hint, and nothing by itself
    slip = re.findall(r'href="(/sessions/[^"]+/void)"', page.html)[1]  # the last call that nobody answered
    found.mediator.submit(slip, reason="按错了")
    assert found.of(lambda _case, proceeding: proceedings.failed_contacts(proceeding.id)) == 2
    assert found.head.status(slip) == 403


def test_who_did_not_come_is_one_key_from_the_booking(found):
    shown = book(found, day="2026-11-23", starts="10:00").headers["Location"]
    page = found.mediator.get(shown)
    address = re.search(r'href="(/proceedings/[^"]+/attempts/new\?booking=[^"]+)"', page.html)[1]
    page = found.mediator.get(address)
    assert f'value="no_show|{found.parties["涂国平"]}"' in page.html and 'value="adjourned|"' in page.html
    booking = shown.rsplit("/", 1)[1]
    found.mediator.submit(address.partition("?")[0], at=address, booking=booking, quick="no_show|all")
    assert states(found) == ["failed"]
    assert "有人没到场 万秋莲 涂国平" in " ".join(found.mediator.get(f"/cases/{found.case}").text.split())


def test_the_record_of_a_meeting_begins_with_what_was_booked_and_closes_it(found):
    book(found, day="2026-11-23", starts="10:00", room=found.more["rooms"][1])
    page = found.mediator.get(f"/proceedings/{found.proceeding}/sessions/new")
    assert 'value="10:00"' in page.html and f'selected value="{found.more["rooms"][1]}"' in page.html
    found.mediator.submit(
        f"/proceedings/{found.proceeding}/sessions/new", on="2026-11-23", starts="10:00", manner="in_person",
        room=found.more["rooms"][1], together="together", present=list(found.parties.values()), result="continue",
    )
    assert states(found) == ["held"]


def test_a_meeting_by_video_needs_everybodys_yes(found):
    values = {
        "on": "2026-11-23", "starts": "09:00", "manner": "online", "together": "together", "result": "continue",
        "present": list(found.parties.values()), "link": "会议号 123 456", "online_agreed": [found.parties["万秋莲"]],
    }
    address = f"/proceedings/{found.proceeding}/sessions/new"
    page = found.mediator.submit(address, status=200, **(values | {"link": ""}))
    assert "涂国平没有同意用视频调解" in page.text and "写用的哪个平台" in page.text
    shown = found.mediator.submit(address, **(values | {"online_agreed": list(found.parties.values())}))
    shown = found.mediator.follow(shown).text
    assert "会议号 123 456" in shown and "同意用视频" in shown


def test_the_day_is_listed_with_names_and_hangs_at_the_door_without(found):
    book(found, day="2026-11-24", starts="09:00")
    assert "万秋莲、涂国平" in found.clerk.get("/day?on=2026-11-24").text
    assert "万秋莲" in found.mediator.get("/day?on=2026-11-24").text
    door = found.clerk.get("/day?on=2026-11-24&view=door")
    assert "万*莲" in door.text and "涂*平" in door.text and "1 号调解室" in door.text
    assert "万秋莲" not in door.html and "涂国平" not in door.html
    assert "没有约好的调解会" in found.clerk.get("/day?on=2026-11-25").text
    assert found.clerk.get("/day?on=kein-Tag").response.status_code == 200
