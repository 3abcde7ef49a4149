"""Every period of acceptance and of mediation by the case's clock and the operation it bars: last day and day after.

PM-18, PM-19, JM-02, AM-05, AM-06, AM-10, AM-11, AM-12, AM-17, AM-19, PT-09: the dated examples of the rule table.
"""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from mediation.casefile.cases.rules import Channel, Track
from mediation.casefile.clocks import queries as clocks
from mediation.casefile.clocks.rules import ClockLabel
from mediation.casefile.notices.rules import Event, of_clock
from mediation.ground import clock
from mediation.ground.db import transaction
from mediation.ground.errors import RuleBroken
from mediation.registry.access.rules import Role
from mediation.registry.units.rules import UnitKind
from mediation.stages.intake.operations import Origin
from mediation.stages.proceedings import operations, queries
from mediation.stages.proceedings.rules import Bar
from mediation.stages.routing import operations as routing
from tests import cast, makers

NEIGHBOUR, MEDICAL, TRAFFIC, CONSUMER = "neighbour.water", "medical", "traffic", "consumer"
LATE = {"why_late": "补登纸质记录"}
DAY = timedelta(days=1)


@pytest.fixture
def county(ground):
    return cast.gather()


def brought(county, type_code, track, start, *, origin=None):
    """A case that its unit has received; the agency is made where the track wants one. Returns case and head."""
    matter = replace(makers.DRAIN, type_code=type_code)
    case = cast.screened(county, matter=matter, origin=origin or Origin(applied_on=start))
    if origin or type_code == MEDICAL:
        cast.agree(county, case.id)
    if track != Track.ADMINISTRATIVE:
        return cast.received(county, case, track=track, override_reason="parties"), county.head
    agency = makers.make_unit(county.centre, UnitKind.AGENCY, "县有关部门", number_word="南行调", area_code="360121")
    head = makers.make_actor(county.centre, Role.HEAD, agency, name="喻科")
    case = cast.routed(county, case, track=track, unit=agency, override_reason="parties")
    with transaction():
        routing.receive(cast.waiting(case).public_id, by=head, on=clock.today())
    return cast.again(case), head


def of(case, label):
    return next(each for each in clocks.of_case(case.id) if each.stopped_on is None and each.label == label)


@pytest.mark.parametrize(
    ("type_code", "track", "basis", "applied", "last"),
    [
        (NEIGHBOUR, Track.PEOPLES, "PM-19", date(2026, 9, 30), date(2026, 10, 10)),
        (MEDICAL, Track.ADMINISTRATIVE, "AM-11.accept", date(2026, 9, 24), date(2026, 10, 9)),
        (CONSUMER, Track.ADMINISTRATIVE, "AM-12.act", date(2026, 2, 12), date(2026, 2, 28)),
        (NEIGHBOUR, Track.ADMINISTRATIVE, "AM-17.accept", date(2026, 9, 24), date(2026, 10, 9)),
    ],
)
def test_the_time_to_decide_on_acceptance(county, type_code, track, basis, applied, last):
    case, _head = brought(county, type_code, track, applied)
    period = of(case, ClockLabel.ACCEPTANCE)
    assert (period.basis, period.due_on) == (basis, last) and case.due_on == last
    assert [of_clock(case.due_on, on=day) for day in (last, last + DAY)] == [Event.DUE_TODAY, Event.LATE]


ENTRUSTED = replace(cast.COURT, channel=Channel.COURT_ENTRUSTMENT)


@pytest.mark.parametrize(
    ("type_code", "track", "basis", "start", "last", "court"),
    [
        (NEIGHBOUR, Track.PEOPLES, "PM-18", date(2026, 3, 2), date(2026, 4, 1), {}),
        (NEIGHBOUR, Track.JUDICIAL, "JM-02.commissioned", date(2026, 3, 2), date(2026, 4, 1), {"origin": cast.COURT}),
        (
            NEIGHBOUR, Track.JUDICIAL, "JM-02.entrusted_ordinary", date(2026, 3, 2), date(2026, 3, 17),
            {"origin": ENTRUSTED, "procedure": "ordinary"},
        ),
        (
            NEIGHBOUR, Track.JUDICIAL, "JM-02.entrusted_simple", date(2026, 3, 2), date(2026, 3, 9),
            {"origin": ENTRUSTED, "procedure": "simple"},
        ),
        (TRAFFIC, Track.ADMINISTRATIVE, "AM-05.mediate", date(2026, 3, 2), date(2026, 3, 12), {}),
        ("labour", Track.PEOPLES, "AM-06", date(2026, 3, 9), date(2026, 3, 24), {}),
        (MEDICAL, Track.PEOPLES, "AM-10", date(2026, 9, 14), date(2026, 10, 30), {}),
        (MEDICAL, Track.ADMINISTRATIVE, "AM-11.finish", date(2026, 9, 14), date(2026, 10, 30), {}),
        (CONSUMER, Track.ADMINISTRATIVE, "AM-12.finish", date(2026, 3, 9), date(2026, 5, 8), {}),
        ("damages", Track.ADMINISTRATIVE, "AM-17", date(2026, 3, 2), date(2026, 4, 1), {}),
        ("property_management", Track.ADMINISTRATIVE, "AM-19", date(2026, 3, 2), date(2026, 4, 1), {}),
    ],
)
def test_time_over_ends_a_mediation_the_day_after_its_last(county, type_code, track, basis, start, last, court):
    """JM-11: while one day is left nobody may end it because the time was over."""
    origin = court.get("origin")
    case, head = brought(county, type_code, track, start, origin=origin)
    given = {"procedure": court["procedure"]} if "procedure" in court else {}
    if origin:
        given["court_received_on"] = start
    if basis == "AM-05.mediate":
        given["counts_from"] = start
    accepted_on = start + DAY * bool(given) if basis != "JM-02.entrusted_simple" else start
    with transaction():
        public_id = operations.accept(case.public_id, by=head, on=accepted_on, with_papers=False, **given, **LATE)
    period = of(case, ClockLabel.MEDIATION)
    assert (period.basis, period.due_on) == (basis, last)
    ending = {"ground": "time_over", "course": "一直没谈拢", "notice_given": True, "with_paper": False} | LATE
    with pytest.raises(RuleBroken) as refused, transaction():
        operations.end(public_id, by=head, on=last, **ending)
    assert [each.reason for each in refused.value.obstacles] == [Bar.TIME_NOT_OVER]
    with transaction():
        operations.end(public_id, by=head, on=last + DAY, **ending)


@pytest.mark.parametrize(
    ("track", "latest"),
    [
        (Track.PEOPLES, date(2027, 1, 22)),  # PM-18.extension: thirty days after 23 December
        (Track.JUDICIAL, date(2027, 1, 20)),  # JM-02.extension: thirty days after 21 December
    ],
)
def test_how_far_a_period_may_be_extended(county, track, latest):
    """PM-18, JM-02: to the last day, and not to the day after, though everybody agrees."""
    case = cast.commissioned(county) if track == Track.JUDICIAL else None
    proceeding = cast.mediating(county, case, track=track)
    everybody = [party.public_id for party in proceeding_parties(proceeding)]
    asked = {"consenting": everybody, "reason": "等检测意见", "paper": "延期同意书"}
    with pytest.raises(RuleBroken) as refused, transaction():
        operations.extend(proceeding.public_id, by=county.mediator, on=clock.today(), until=latest + DAY, **asked)
    assert [each.reason for each in refused.value.obstacles] == [Bar.EXTENDS_TOO_FAR]
    with transaction():
        operations.extend(proceeding.public_id, by=county.mediator, on=clock.today(), until=latest, **asked)
    assert queries.last_clock(queries.newest(proceeding.case_id)).due_on == latest


def proceeding_parties(proceeding):
    return cast.cases.parties_of(proceeding.case_id)


@pytest.mark.parametrize(
    ("determined", "applied", "is_late"),
    [
        (date(2026, 3, 2), date(2026, 3, 12), False), (date(2026, 3, 2), date(2026, 3, 13), True),
        # the tenth day is a holiday and rolls to Monday
        (date(2026, 6, 10), date(2026, 6, 22), False), (date(2026, 6, 10), date(2026, 6, 23), True),
    ],
)
def test_the_traffic_police_are_asked_within_ten_days(county, determined, applied, is_late):
    """AM-05: all parties together, counted from the determination of the accident."""
    case, head = brought(county, TRAFFIC, Track.ADMINISTRATIVE, applied)
    asked = {"by": head, "on": applied, "determined_on": determined, "with_papers": False} | LATE
    if is_late:
        with pytest.raises(RuleBroken) as refused, transaction():
            operations.accept(case.public_id, **asked)
        assert [each.reason for each in refused.value.obstacles] == [Bar.APPLIED_TOO_LATE]
    else:
        with transaction():
            assert operations.accept(case.public_id, **asked)


@pytest.mark.parametrize(
    ("instant", "is_over"),
    [(datetime(2026, 12, 23, 15, 59, tzinfo=UTC), False), (datetime(2026, 12, 23, 16, 0, tzinfo=UTC), True)],
)
def test_a_last_day_is_over_at_sixteen_hours_of_universal_time(county, instant, is_over):
    """PT-09: at midnight in Beijing, wherever the server stands."""
    proceeding = cast.mediating(county)
    clock.freeze(instant)
    ending = {"ground": "time_over", "course": "一直没谈拢", "notice_given": True, "with_paper": False}
    if is_over:
        with transaction():
            operations.end(proceeding.public_id, by=county.mediator, on=clock.today(), **ending)
    else:
        with pytest.raises(RuleBroken), transaction():
            operations.end(proceeding.public_id, by=county.mediator, on=clock.today(), **ending)
