"""Who was here before: found by number or by name and phone, at PROGRESS, within the centre."""

from datetime import date

import pytest

from mediation.casefile.cases.rules import Channel, PartyRole
from mediation.ground import clock
from mediation.ground.db import session, transaction
from mediation.ground.trail import TrailEntry
from mediation.registry.access.rules import Role
from mediation.registry.people.models import Person
from mediation.stages.intake import queries
from mediation.stages.intake.operations import Origin
from tests import makers

TODAY = date(2026, 11, 23)
NUMBER = makers.VISITOR.id_number


@pytest.fixture
def centre(ground):
    return makers.make_centre()


@pytest.fixture
def clerk(centre):
    return makers.make_actor(centre, Role.INTAKE_CLERK)


def seen(by, name="", phone="", id_number="", **more):
    with transaction():
        return queries.seen_before(name=name, phone=phone, id_number=id_number, by=by, on=TODAY, **more)


def test_found_by_the_number_whatever_the_name(centre, clerk):
    case = makers.make_case(centre, clerk)
    found = seen(clerk, "万秋连", "", NUMBER, other_names=("涂国平",), area_code="360121106")
    assert (found.by_number, found.people, found.total, found.other_name) == (True, 1, 1, "万某某")
    [past] = found.matters
    assert (past.public_id, past.title, past.role) == (case.public_id, case.title, PartyRole.APPLICANT)
    assert past.is_same_other_side and past.is_same_place and past.is_open


def test_found_by_name_and_the_tail_of_the_phone(centre, clerk):
    makers.make_case(centre, clerk)
    assert seen(clerk, "涂国平", "0731").matters[0].role == PartyRole.RESPONDENT
    assert seen(clerk, "涂国平", "13870810732").matters == []
    assert seen(clerk, "涂国", "0731").matters == []


@pytest.mark.parametrize(
    "typed", [("", "13970812716", ""), ("万", "2716", ""), ("万秋莲", "271", ""), ("", "", NUMBER[:17])]
)
def test_too_little_tells_nothing(centre, clerk, typed):
    makers.make_case(centre, clerk)
    assert seen(clerk, *typed) is None


def test_another_number_is_another_person(centre, clerk):
    makers.make_case(centre, clerk)
    found = seen(clerk, "万秋莲", "13970812716", "360121197508064517")
    assert (found.people, found.matters) == (0, [])


def test_another_centre_and_a_sealed_matter_show_nothing(centre, clerk):
    case = makers.make_case(centre, clerk)
    stranger = makers.make_actor(makers.make_centre(short_name="进贤中心"), Role.INTAKE_CLERK)
    assert seen(stranger, "万秋莲", "2716", NUMBER).people == 0
    with transaction():
        session.merge(case).is_sealed = True
    assert seen(clerk, "万秋莲", "2716", NUMBER).matters == []


def test_a_matter_of_another_window_is_told_and_not_opened(centre, clerk):
    makers.make_case(centre, clerk)
    window = makers.make_actor(centre, Role.INTAKE_CLERK, makers.make_unit(centre, name="武阳镇窗口"))
    assert seen(window, id_number=NUMBER).matters[0].public_id is None


def test_a_window_is_told_of_persons_of_its_area_only(centre, clerk):
    """P25: whom only another area knows looks like somebody unknown, by number and by name."""
    makers.make_case(centre, clerk)
    near, far = (
        makers.make_actor(centre, Role.INTAKE_CLERK, makers.make_unit(centre, name=f"{name}窗口", area_code=area))
        for name, area in (("武阳镇", "360121106"), ("向塘镇", "360121101"))
    )
    assert seen(near, id_number=NUMBER).total == 1
    unknown = seen(far, "张三", "", "360121197508064517")
    assert seen(far, "万秋连", "", NUMBER) == unknown
    assert seen(far, "涂国平", "0731").people == 0
    with transaction():
        session.query(Person).filter_by(name="万秋莲").one().area_code = "360121101203"
    assert seen(far, "万秋莲", "2716").total == 1, "she moved there"


def test_each_person_asked_about_is_written_down_once_without_the_number(centre, clerk):
    makers.make_case(centre, clerk)
    for _ in range(3):
        seen(clerk, id_number=NUMBER)
    seen(clerk, "涂国平", "0731")
    asked = session.query(TrailEntry).filter_by(event="intake.seen_before").order_by(TrailEntry.id).all()
    assert [entry.params for entry in asked] == [{"by": "number"}, {"by": "name"}]


def test_the_thirteenth_person_of_one_draft_is_refused(centre, clerk):
    for number in range(12):
        seen(clerk, "万秋莲", f"{number:04}")
    assert seen(clerk, "万秋莲", "2716").refused


def test_the_channel_is_that_of_the_last_visitor(centre, clerk):
    assert queries.last_origin(by=clerk, on=clock.today()) == (Channel.WINDOW, None)
    makers.make_case(centre, clerk, origin=Origin(Channel.PHONE))
    assert queries.last_origin(by=clerk, on=clock.today()) == (Channel.PHONE, None)
