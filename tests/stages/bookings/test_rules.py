"""Free hours, clashes and what people say about their days: only values."""

import random
from datetime import date, datetime, time, timedelta

import pytest

from mediation.registry.calendar.rules import SpecialDay, WorkCalendar
from mediation.stages.bookings import rules
from mediation.stages.bookings.away import read_away
from mediation.stages.bookings.rules import Bar, Clash, Slot, Span, Taken, free_slots

CALENDAR = WorkCalendar(
    {date(2026, 11, 25): SpecialDay(False, "演练日"), date(2026, 11, 28): SpecialDay(True, "演练日")}, frozenset({2026})
)
HOURS = [(time(8, 30), time(12)), (time(14, 30), time(17, 30))]
NOW = datetime(2026, 11, 23, 10)  # a Monday
TODAY = NOW.date()


def at(text):
    return datetime.fromisoformat(f"2026-11-{text}")


def span(begin, end):
    return Span(at(begin), at(end))


def slots(people=(), rooms=None, *, since=NOW, until=date(2026, 12, 5), minutes=90, step=30, **more):
    parts = rules.opening(HOURS, CALENDAR, since=since, until=until)
    rooms = {"1号": ()} if rooms is None else rooms
    return free_slots(parts, people=people, rooms=rooms, since=since, minutes=minutes, step=step, **more)


def starts(found):
    return [f"{slot.span.start:%d %H:%M}" for slot in found]


def test_five_slots_one_in_each_half_day_over_rest_days_and_made_up_ones():
    assert starts(slots()) == ["23 10:00", "23 14:30", "24 08:30", "24 14:30", "26 08:30"]
    assert starts(slots(since=at("27 12:00"), most=4)) == ["27 14:30", "28 08:30", "28 14:30", "30 08:30"]


def test_what_is_taken_is_stepped_over():
    people = [span("23 10:00", "23 11:00"), span("23 14:30", "23 17:30"), span("24 00:00", "25 00:00")]
    assert starts(slots(people, most=2)) == ["26 08:30", "26 14:30"]
    assert starts(slots([span("23 10:00", "23 10:30")], most=1)) == ["23 10:30"]  # ends as the slot begins
    assert starts(slots([span("23 10:00", "23 10:31")], most=1)) == ["23 14:30"]  # 11:00 would end after noon


def test_the_first_free_room_is_taken_and_without_one_there_is_no_slot():
    rooms = {"1号": [span("23 10:00", "23 12:00")], "2号": [span("23 10:30", "23 12:00"), span("23 14:00", "23 18:00")]}
    found = slots(rooms=rooms, most=2)
    assert [(slot.span.start.hour, slot.room) for slot in found] == [(14, "1号"), (8, "1号")]
    assert slots(rooms={})[:1] == []
    assert slots(rooms={None: ()}, most=1) == [Slot(span("23 10:00", "23 11:30"))]


def test_the_nearest_to_what_was_wanted_come_instead():
    every = slots(since=at("24 00:00"), until=date(2026, 11, 27), most=None, per_part=None, minutes=60, step=30)
    assert starts(rules.nearest(every, at("24 14:30"))) == ["24 14:30", "24 15:30", "24 16:30"]
    assert starts(rules.nearest(every, at("24 12:00"))) == ["24 09:30", "24 10:30", "24 14:30"]


def test_free_slots_agree_with_asking_minute_by_minute():
    """Against a reckoning that looks at every minute, over random calendars; slots of a part never overlap."""
    chance = random.Random(45)
    for _round in range(60):
        busy, room = ([_any_span(chance) for _each in range(chance.randrange(12))] for _list in range(2))
        minutes, step = chance.choice([30, 45, 60, 90]), chance.choice([15, 30])
        found = slots(busy, {"1号": room}, minutes=minutes, step=step, most=None, per_part=None)
        for slot in found:
            assert _is_free(slot.span, busy + room)
        for earlier, later in zip(found, found[1:], strict=False):
            assert earlier.span.end <= later.span.start
        first = next((each for each in _grid(minutes, step) if _is_free(each, busy + room)), None)
        assert (found[0].span if found else None) == first


def _any_span(chance):
    start = at("23 00:00") + timedelta(minutes=15 * chance.randrange(12 * 96))
    return Span(start, start + timedelta(minutes=15 * chance.randrange(1, 40)))


def _grid(minutes, step):
    for part in rules.opening(HOURS, CALENDAR, since=NOW, until=date(2026, 12, 5)):
        start = part.start
        while start + timedelta(minutes=minutes) <= part.end:
            if start >= NOW:
                yield Span(start, start + timedelta(minutes=minutes))
            start += timedelta(minutes=step)


def _is_free(wanted, busy):
    minute = wanted.start
    while minute < wanted.end:
        if any(each.start <= minute < each.end for each in busy):
            return False
        minute += timedelta(minutes=1)
    return True


@pytest.mark.parametrize(
    ("begin", "end", "agreed", "found"),
    [
        ("23 10:00", "23 11:30", False, []),
        ("23 09:59", "23 11:30", False, [Bar.IN_PAST]),
        ("23 11:00", "23 12:00", False, []),
        ("23 11:00", "23 12:01", False, [Bar.OUT_OF_HOURS]),
        ("23 11:00", "23 15:00", False, [Bar.OUT_OF_HOURS]),  # over noon
        ("23 19:00", "23 20:00", True, []),
        ("25 09:00", "25 10:00", False, [Bar.REST_DAY]),
        ("25 09:00", "25 10:00", True, []),
        ("28 09:00", "28 10:00", False, []),  # a Saturday that is worked
        ("24 10:00", "24 10:00", True, [Bar.ENDS_BEFORE]),
        ("24 22:00", "25 01:00", True, [Bar.ENDS_BEFORE]),
        ("24 06:00", "24 18:01", True, [Bar.ENDS_BEFORE]),
    ],
)
def test_an_hour_by_itself(begin, end, agreed, found):
    said = rules.hour_obstacles(
        span(begin, end), now=NOW, hours=HOURS, calendar=CALENDAR, off_hours_agreed=agreed
    )
    assert [each.reason for each in said] == found


def test_every_clash_is_named_once_rooms_first():
    taken = [
        Taken(Clash.PARTY, "涂国平", span("24 09:00", "24 10:00")),
        Taken(Clash.PARTY, "涂国平", span("24 10:00", "24 10:30")),
        Taken(Clash.MEDIATOR, "熊桂生", span("24 10:30", "24 12:00")),  # begins as the meeting ends
        Taken(Clash.ROOM, "1号调解室", span("24 10:29", "24 12:00")),
        Taken(Clash.AWAY, "万秋莲", span("24 00:00", "25 00:00"), "11月24日"),
    ]
    found = rules.clashes(span("24 09:30", "24 10:30"), taken)
    assert [each.reason for each in found] == [Bar.ROOM_TAKEN, Bar.PARTY_TAKEN, Bar.PARTY_AWAY]
    assert found[0].params == {"who": "1号调解室", "begin": "10:29", "end": "12:00"}


@pytest.mark.parametrize("words", [[], ["9-12"], ["12:00-08:30"], ["08:30-12:00", "11:30-17:00"], ["上午"]])
def test_hours_that_are_none(words):
    with pytest.raises(ValueError):
        rules.read_hours(words)


def test_hours_are_read():
    assert rules.read_hours(["8:30-12:00", " 14:30 - 17:30"]) == HOURS
    assert rules.write_hours(HOURS) == ("08:30–12:00", "14:30–17:30")


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("12月5日下午", [("2026-12-05T12:00", "2026-12-05T18:00")]),
        ("12月5日下午、12月8日", [("2026-12-05T12:00", "2026-12-05T18:00"), ("2026-12-08T00:00", "2026-12-09T00:00")]),
        ("12月8日，9号", [("2026-12-08T00:00", "2026-12-09T00:00"), ("2026-12-09T00:00", "2026-12-10T00:00")]),
        ("12-30至1-2上午", [(f"{day}T00:00", f"{day}T12:00") for day in
                        ("2026-12-30", "2026-12-31", "2027-01-01", "2027-01-02")]),
        ("１２月３日到４日", [("2026-12-03T00:00", "2026-12-04T00:00"), ("2026-12-04T00:00", "2026-12-05T00:00")]),
        ("3月5日", [("2027-03-05T00:00", "2027-03-06T00:00")]),  # long past this year: next year's
        ("11月20日", [("2026-11-20T00:00", "2026-11-21T00:00")]),
        ("2026年12月1日 9:00-11:30", [("2026-12-01T09:00", "2026-12-01T11:30")]),
        ("12月1日下午2:30到4:00", [("2026-12-01T14:30", "2026-12-01T16:00")]),
        ("周三", [("2026-11-25T00:00", "2026-11-26T00:00")]),
        ("星期一晚上", [("2026-11-23T18:00", "2026-11-24T00:00")]),
        ("每周五上午", [("2026-11-27T00:00", "2026-11-27T12:00"), ("2026-12-04T00:00", "2026-12-04T12:00")]),
        ("12-05 pm, every Fri am", [("2026-12-05T12:00", "2026-12-05T18:00")] + [
            (f"{day}T00:00", f"{day}T12:00") for day in ("2026-11-27", "2026-12-04")
        ]),
        ("", []),
        ("  、 ", []),
    ],
)
def test_what_people_say_about_their_days(text, found):
    spans = [each for away in read_away(text, today=TODAY) for each in away.spans(date(2026, 11, 1), date(2027, 4, 1))]
    assert [(f"{each.start:%Y-%m-%dT%H:%M}", f"{each.end:%Y-%m-%dT%H:%M}") for each in spans][: len(found)] == found
    assert len(spans) == len(found) or "每" in text or "every" in text


@pytest.mark.parametrize(
    "text", ["随便", "13月1日", "2月30日", "12月5日至3日", "5日", "12月1日11:00-9:00", "12月1日，不知道"]
)
def test_what_cannot_be_read_is_named(text):
    with pytest.raises(ValueError) as error:
        read_away(text, today=TODAY)
    assert str(error.value) in text
