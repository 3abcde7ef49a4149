"""Outside numbers: the channel's own follows the registration, others are entered and mirrored (rows 2 and 36)."""

import pytest

from mediation.casefile.cases import queries as cases
from mediation.casefile.cases.rules import Channel
from mediation.casefile.outside import operations as outside
from mediation.casefile.outside import queries
from mediation.casefile.outside.rules import Bar, Status, System
from mediation.ground import clock
from mediation.ground.errors import NotFound, RuleBroken, Stale
from mediation.oversight.search.queries import find
from mediation.registry.access.rules import Role
from mediation.stages.intake import corrections
from mediation.stages.intake.operations import Origin
from tests import makers
from tests.road import do

ORDER = "NC20261123000871"


@pytest.fixture
def centre(ground):
    return makers.make_centre()


@pytest.fixture
def clerk(centre):
    return makers.make_actor(centre, Role.INTAKE_CLERK)


def of(case):
    return [(row.system, row.number, row.is_origin) for row in queries.of_case(case.id)]


def test_the_number_of_the_channel_is_the_first_and_follows_a_correction(centre, clerk):
    case = makers.make_case(centre, clerk, origin=Origin(Channel.HOTLINE_12345, outside_no=f" {ORDER} "))
    assert of(case) == [(System.HOTLINE_12345, ORDER, True)]
    for changes, expected in (
        ({"channel": Channel.PETITION}, [(System.PETITION, ORDER, True)]),
        ({"outside_no": "XF-9"}, [(System.PETITION, "XF-9", True)]),
        ({"outside_no": None}, []),
    ):
        version = cases.get(case.public_id, for_=clerk).version
        do(corrections.correct, case.public_id, changes, version=version, reason="听错", by=clerk, on=clock.today())
        assert of(case) == expected


def test_any_of_the_numbers_finds_the_case_and_tells_where_it_is_there(centre, clerk):
    case, today = makers.make_case(centre, clerk, origin=Origin(Channel.HOTLINE_12345, outside_no=ORDER)), clock.today()
    given = {"system": System.PROVINCE, "by": clerk, "on": today}
    with pytest.raises(RuleBroken) as error:
        do(outside.add, case.public_id, number=" ", **given)
    assert [obstacle.reason for obstacle in error.value.obstacles] == [Bar.NO_NUMBER]
    row = do(outside.add, case.public_id, number="", status=Status.NOT_ENTERED, **given)
    do(
        outside.note, row, version=1, number="GX36-118", status=Status.RUNNING, said_on=today, note="省平台已收",
        by=clerk, on=today,
    )
    with pytest.raises(Stale):
        do(outside.note, row, version=1, number="GX36-118", status=Status.DONE, said_on=today, by=clerk, on=today)
    with pytest.raises(RuleBroken) as error:
        do(outside.add, case.public_id, number="GX36-118", **given)
    assert [obstacle.reason for obstacle in error.value.obstacles] == [Bar.TWICE]
    for text in (ORDER, "GX36-118"):
        assert [found.id for found in find(text, for_=clerk)] == [case.id]
    first = queries.of_case(case.id)[0].public_id
    do(outside.note, first, version=1, number="改不动", status=Status.DONE, said_on=today, by=clerk, on=today)
    assert [(row.number, row.status) for row in queries.of_case(case.id)] == [
        (ORDER, Status.DONE), ("GX36-118", Status.RUNNING)
    ]


def test_another_centre_sees_no_number(centre, clerk):
    case = makers.make_case(centre, clerk, origin=Origin(Channel.HOTLINE_12345, outside_no=ORDER))
    away = makers.make_actor(makers.make_centre(name="进贤县中心", register_word="进矛调登"), Role.INTAKE_CLERK)
    with pytest.raises(NotFound):
        queries.get(queries.of_case(case.id)[0].public_id, for_=away)
    assert not find(ORDER, for_=away)
    assert queries.known(System.HOTLINE_12345, [ORDER], centre_id=centre.id) == {ORDER: (case.id, case.register_no)}
    assert not queries.known(System.HOTLINE_12345, [ORDER], centre_id=away.centre_id)
