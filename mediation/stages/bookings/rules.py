"""Hours of meetings: what is free, what clashes, and the days on which a party cannot come.

Everything here is reckoned in local time without a zone; whoever asks turns instants into it and back.
"""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from mediation.ground.choices import Choice, N_, Reason
from mediation.ground.errors import Obstacle, because
from mediation.registry.calendar.rules import ONE_DAY, WorkCalendar
from mediation.registry.settings.rules import day_parts as read_hours

__all__ = ["read_hours"]  # told on

LONGEST = 12 * 60  # minutes
PROPOSED, OFFERED_INSTEAD = 5, 3  # row 45 of the features: five slots, three others after a clash


class Bar(Reason):
    IN_PAST = "in_past", N_("约的时间已经过了")
    ENDS_BEFORE = "ends_before", N_("结束时间要在开始之后，当天结束，最长 %(hours)s 小时")
    OUT_OF_HOURS = "out_of_hours", N_("不在上班时间（%(hours)s）；各方都愿意的，勾“休息时间也开”")
    REST_DAY = "rest_day", N_("%(day)s是休息日（%(why)s）；各方都愿意的，勾“休息时间也开”")
    NOBODY_ASKED = "nobody_asked", N_("没有选请谁来")
    NO_PLACE = "no_place", N_("没有选调解室，也没有写地点")
    ROOM_TAKEN = "room_taken", N_("%(who)s %(begin)s–%(end)s 已有人用")
    ROOM_SHUT = "room_shut", N_("%(who)s这时候不开放（%(when)s）")
    MEDIATOR_TAKEN = "mediator_taken", N_("调解员%(who)s %(begin)s–%(end)s 另有调解会")
    PARTY_TAKEN = "party_taken", N_("%(who)s %(begin)s–%(end)s 已约了别的调解会")
    MEDIATOR_AWAY = "mediator_away", N_("调解员%(who)s %(when)s不在")
    PARTY_AWAY = "party_away", N_("%(who)s说过%(when)s没空")
    NO_WHY = "no_why", N_("改期、取消要写理由")


class Clash(Choice):
    """What cannot be in two places, in the order in which a refusal names it."""

    ROOM = "room", N_("调解室")
    SHUT = "shut", N_("调解室不开放")
    MEDIATOR = "mediator", N_("调解员")
    LEAVE = "leave", N_("请假")
    PARTY = "party", N_("当事人")
    AWAY = "away", N_("没空")


REASON_OF = {
    Clash.ROOM: Bar.ROOM_TAKEN, Clash.MEDIATOR: Bar.MEDIATOR_TAKEN, Clash.LEAVE: Bar.MEDIATOR_AWAY,
    Clash.PARTY: Bar.PARTY_TAKEN, Clash.AWAY: Bar.PARTY_AWAY,
}


@dataclass(frozen=True, order=True)
class Span:
    """From an hour up to, not including, another one."""

    start: datetime
    end: datetime

    def overlaps(self, other: "Span") -> bool:
        """Say whether the two have a moment in common; one that begins when the other ends has none."""
        return self.start < other.end and other.start < self.end


@dataclass(frozen=True)
class Taken:
    """Somebody or something that cannot be had: ``who`` as people call it, ``words`` why, as it was said."""

    kind: Clash
    who: str
    span: Span
    words: str = ""


@dataclass(frozen=True)
class Slot:
    """A free hour, with the first room that is free then; None where no room is asked for."""

    span: Span
    room: str | None = None


Hours = Sequence[tuple[time, time]]


# --- opening hours ---


def opening(hours: Hours, calendar: WorkCalendar, *, since: datetime, until: date) -> Iterator[Span]:
    """Yield the parts of the working days up to, not including, ``until``; what lies before ``since`` is left out.

    A part that has begun stays whole, so that its slots keep their places; :func:`free_slots` skips what is over.
    """
    day = since.date()
    while day < until:
        if calendar.is_workday(day):
            for begin, end in hours:
                part = Span(datetime.combine(day, begin), datetime.combine(day, end))
                if part.end > since:
                    yield part
        day += ONE_DAY


# --- free hours ---


def free_slots(
    parts: Iterable[Span],
    *,
    people: Iterable[Span],
    rooms: Mapping[str | None, Iterable[Span]],
    since: datetime,
    minutes: int,
    step: int,
    most: int | None = PROPOSED,
    per_part: int | None = 1,
) -> list[Slot]:
    """Return the first ``most`` free slots of ``minutes`` within ``parts`` of days, not before ``since``.

    Slots begin every ``step`` minutes from the beginning of a part. ``people`` is when somebody who is needed cannot,
    ``rooms`` when each room is taken, in the order of preference; ``{None: ()}`` asks for no room. One slot of each
    part of a day is enough: who cannot come in the morning is better helped by the afternoon than by half past nine.
    Slots of one part never overlap.
    """
    if minutes <= 0 or step <= 0:
        raise ValueError("a slot has a length")
    busy = _Busy(people)
    taken = {room: _Busy(spans) for room, spans in rooms.items()}
    length, pace = timedelta(minutes=minutes), timedelta(minutes=step)
    found: list[Slot] = []
    for part in parts:
        if most is not None and len(found) >= most:
            break
        start, here = part.start, 0
        while start + length <= part.end and (per_part is None or here < per_part):
            span = Span(start, start + length)
            free = [room for room, spans in taken.items() if spans.is_free(span)]
            if start >= since and free and busy.is_free(span):
                found.append(Slot(span, free[0]))
                here += 1
                start += max(length, pace)
            else:
                start += pace
    return found if most is None else found[:most]


def nearest(slots: Iterable[Slot], wanted: datetime, *, most: int = OFFERED_INSTEAD) -> list[Slot]:
    """Return the free slots closest to the hour that was wanted, the earlier of two as close, in order of time."""
    closest = sorted(slots, key=lambda slot: (abs(slot.span.start - wanted), slot.span.start))
    return sorted(closest[:most], key=lambda slot: slot.span)


class _Busy:
    """Spans merged and sorted, so that a question is one look."""

    def __init__(self, spans: Iterable[Span]):
        merged: list[Span] = []
        for span in sorted(spans):
            if merged and span.start <= merged[-1].end:
                merged[-1] = Span(merged[-1].start, max(merged[-1].end, span.end))
            elif span.end > span.start:
                merged.append(span)
        self._spans = merged
        self._starts = [span.start for span in merged]

    def is_free(self, span: Span) -> bool:
        before = bisect_left(self._starts, span.end)
        return before == 0 or self._spans[before - 1].end <= span.start


# --- what is wrong with an hour ---


def hour_obstacles(
    span: Span, *, now: datetime, hours: Hours, calendar: WorkCalendar, off_hours_agreed: bool = False
) -> list[Obstacle]:
    """Return what is wrong with an hour by itself: over, endless, outside the working day without everybody's yes."""
    found = []
    if span.start < now:
        found.append(because(Bar.IN_PAST))
    is_long = span.end - span.start > timedelta(minutes=LONGEST)
    if span.end <= span.start or span.end.date() != span.start.date() or is_long:
        found.append(because(Bar.ENDS_BEFORE, hours=LONGEST // 60))
    elif not off_hours_agreed:
        day = span.start.date()
        why = calendar.why_rest(day)
        inside = any(
            datetime.combine(day, begin) <= span.start and span.end <= datetime.combine(day, end)
            for begin, end in hours
        )
        if why:
            found.append(because(Bar.REST_DAY, day=day, why=why))
        elif not inside:
            found.append(because(Bar.OUT_OF_HOURS, hours=write_hours(hours)))
    return found


def clashes(span: Span, taken: Iterable[Taken]) -> list[Obstacle]:
    """Return what is elsewhere at that hour, each thing once: rooms, then mediators, then parties."""
    order = list(Clash)
    found: dict[tuple[Clash, str], Obstacle] = {}
    for each in sorted(taken, key=lambda each: (order.index(each.kind), each.who, each.span)):
        if each.span.overlaps(span) and (each.kind, each.who) not in found:
            found[each.kind, each.who] = _because(each)
    return list(found.values())


def _because(each: Taken) -> Obstacle:
    if each.kind == Clash.SHUT:
        return because(Bar.ROOM_SHUT, who=each.who, when=each.words)
    if each.kind == Clash.AWAY:
        return because(Bar.PARTY_AWAY, who=each.who, when=each.words, cure="away")
    if each.kind == Clash.LEAVE:
        return because(Bar.MEDIATOR_AWAY, who=each.who, when=each.words)
    return because(REASON_OF[each.kind], who=each.who, begin=f"{each.span.start:%H:%M}", end=f"{each.span.end:%H:%M}")


def write_hours(hours: Hours) -> tuple[str, ...]:
    """Return the parts of a working day as they are written: ``08:30–12:00``."""
    return tuple(f"{begin:%H:%M}–{end:%H:%M}" for begin, end in hours)
