"""Centres, units and rooms: created, changed from a day on, ended; the tree stays whole."""

from datetime import date, timedelta

import pytest

from mediation.ground.db import session, transaction
from mediation.ground.errors import Invalid, NotAllowed, NotFound, RuleBroken, Stale
from mediation.registry.access.rules import Role
from mediation.registry.regions import queries as regions
from mediation.registry.units import operations as units
from mediation.registry.units import queries, rooms
from mediation.registry.units.models import Centre
from mediation.registry.units.rules import Bar, UnitKind
from mediation.rooms import open_rooms
from tests.makers import make_actor, make_centre

SPRING = date(2026, 3, 2)
TODAY = date(2026, 11, 23)
LIANTANG = "360121100"


@pytest.fixture
def admin(ground):
    return make_actor(make_centre(), Role.SYSTEM_ADMIN)


def create(admin, name="莲塘镇人民调解委员会", kind=UnitKind.COMMITTEE, on=SPRING, **details):
    with transaction():
        return units.create_unit(by=admin, on=on, kind=kind, name=name, **details)


def change(admin, public_id, on=TODAY, **changes):
    with transaction():
        units.change_unit(public_id, by=admin, on=on, **changes)


def end(admin, public_id, on=TODAY):
    with transaction():
        units.end_unit(public_id, by=admin, on=on)


def unit(admin, public_id):
    return queries.get(public_id, centre_id=admin.centre_id)


def reasons(caught):
    return [obstacle.reason for obstacle in caught.value.obstacles]


def test_a_centre_is_founded_with_its_own_unit_and_its_areas(ground):
    open_rooms()
    with transaction():
        public_id = units.found_centre(name="南昌县化解中心", register_word="南矛调登", area_code="360121", on=SPRING)
    centre = session.query(Centre).filter_by(public_id=public_id).one()
    assert queries.root(centre.id).name == "南昌县化解中心"
    assert len(regions.towns("360121", centre_id=centre.id)) == 24


def test_a_second_centre_stands_beside_the_first(ground):
    open_rooms()
    with transaction():
        units.found_centre(name="南昌县化解中心", register_word="南矛调登", area_code="360121", on=SPRING)
        units.found_centre(name="山丹县化解中心", register_word="山矛调登", area_code="620725", on=SPRING)
    one, two = queries.centres()
    assert queries.units(one.id) != queries.units(two.id)
    with pytest.raises(Invalid) as caught, transaction():
        units.found_centre(name="又一个", register_word="山矛调登", area_code="999999", on=SPRING)
    assert set(caught.value.fields) == {"area_code"}
    with pytest.raises(Invalid) as caught, transaction():
        units.found_centre(name="又一个", register_word="山矛调登", area_code="620725", on=SPRING)
    assert set(caught.value.fields) == {"register_word"}


def test_units_form_a_tree(admin):
    town = create(admin, area_code=LIANTANG, number_word="莲民调", types=["neighbour"])
    village = create(admin, name="澄湖社区调解室", kind=UnitKind.STUDIO, parent=town)
    assert unit(admin, village).path.startswith(unit(admin, town).path)
    assert unit(admin, village).area_code == LIANTANG
    assert [each.public_id for each in queries.branch(unit(admin, town), on=SPRING)] == [town, village]
    assert queries.types_of(unit(admin, town)) == ["neighbour"]


def test_the_same_form_sent_twice_makes_one_unit(admin):
    assert create(admin, key="one") == create(admin, key="one")
    assert len(queries.units(admin.centre_id, kinds=(UnitKind.COMMITTEE,))) == 1


def test_a_change_keeps_what_was_before(admin):
    public_id = create(admin)
    change(admin, public_id, on=date(2026, 7, 1), name="莲塘街道人民调解委员会")
    found = unit(admin, public_id)
    assert found.name == "莲塘街道人民调解委员会" and found.version == 2
    assert queries.name_on(found, date(2026, 6, 30)) == "莲塘镇人民调解委员会"
    assert queries.name_on(found, date(2026, 7, 1)) == "莲塘街道人民调解委员会"
    change(admin, public_id, name="莲塘人民调解委员会")
    names = [queries.name_on(found, day) for day in (date(2026, 6, 30), date(2026, 7, 1), TODAY)]
    assert names == ["莲塘镇人民调解委员会", "莲塘街道人民调解委员会", "莲塘人民调解委员会"]


def test_a_form_that_changes_nothing_leaves_no_trace(admin):
    public_id = create(admin)
    change(admin, public_id, name="莲塘镇人民调解委员会")
    assert unit(admin, public_id).version == 1 and not queries.pasts(unit(admin, public_id).id)


@pytest.mark.parametrize(
    ("on", "reason"),
    [
        (date(2026, 11, 24), Bar.IN_FUTURE),
        (date(2026, 3, 1), Bar.BEFORE_FOUNDED),
        (date(2026, 6, 30), Bar.BEFORE_LAST_CHANGE),
    ],
)
def test_the_day_of_a_change(admin, on, reason):
    public_id = create(admin)
    change(admin, public_id, on=date(2026, 7, 1), name="莲塘街道人民调解委员会")
    with pytest.raises(RuleBroken) as caught:
        change(admin, public_id, on=on, name="又一名")
    assert reasons(caught) == [reason]


def test_moving_a_unit_takes_its_branch_along(admin):
    town, other = create(admin), create(admin, name="向塘镇人民调解委员会")
    village = create(admin, name="澄湖社区调解室", kind=UnitKind.STUDIO, parent=town)
    room = create(admin, name="澄湖小区议事点", kind=UnitKind.STUDIO, parent=village)
    change(admin, village, parent=other)
    session.expire_all()
    assert unit(admin, room).path == f"{unit(admin, other).path}{unit(admin, village).id}/{unit(admin, room).id}/"
    with pytest.raises(RuleBroken) as caught:
        change(admin, other, parent=room)
    assert reasons(caught) == [Bar.PARENT_BELOW]


def test_an_overtaken_change_says_what_is_stored_now(admin):
    public_id = create(admin)
    change(admin, public_id, version=1, phone="0791-85710001")
    with pytest.raises(Stale) as caught:
        change(admin, public_id, version=1, phone="0791-85710002")
    assert caught.value.theirs["phone"] == "0791-85710001" and caught.value.by == admin.name


def test_number_words_are_never_shared(admin):
    """CN-05: a word that a body once used stays its own."""
    first, second = create(admin, number_word="莲民调"), create(admin, name="向塘镇人民调解委员会")
    change(admin, first, number_word="莲街民调")
    for word in ("莲民调", "莲街民调"):
        with pytest.raises(RuleBroken) as caught:
            change(admin, second, number_word=word)
        assert reasons(caught) == [Bar.NUMBER_WORD_TAKEN]
    change(admin, first, number_word="莲民调")
    change(admin, second, number_word="向民调")


@pytest.mark.parametrize(
    ("details", "field"),
    [
        ({"name": " "}, "name"),
        ({"name": "长" * 121}, "name"),
        ({"area_code": "620725101"}, "area_code"),
        ({"area_code": "360121999"}, "area_code"),
        ({"court_code": "赣0121"}, "court_code"),
    ],
)
def test_values_that_no_unit_takes(admin, details, field):
    with pytest.raises(Invalid) as caught:
        create(admin, **details)
    assert set(caught.value.fields) == {field}


def test_a_court_has_a_court_code(admin):
    court = create(admin, name="南昌县人民法院", kind=UnitKind.COURT, court_code="赣0121")
    assert unit(admin, court).court_code == "赣0121"
    with pytest.raises(Invalid):
        change(admin, court, court_code="赣9999")


def test_a_unit_ends_from_below(admin):
    town = create(admin)
    village = create(admin, name="澄湖社区调解室", kind=UnitKind.STUDIO, parent=town)
    with pytest.raises(RuleBroken) as caught:
        end(admin, town)
    assert reasons(caught) == [Bar.UNITS_BELOW]
    end(admin, village)
    end(admin, town)
    assert unit(admin, town).valid_to == TODAY
    with pytest.raises(RuleBroken) as caught:
        create(admin, name="新室", parent=town, on=date(2026, 11, 24))
    assert reasons(caught) == [Bar.PARENT_ENDED]
    with pytest.raises(RuleBroken) as caught:
        end(admin, queries.root(admin.centre_id).public_id)
    assert Bar.IS_ROOT in reasons(caught)


def test_a_unit_with_people_in_it_does_not_end(admin):
    town = create(admin)
    make_actor(queries.centre(admin.centre_id), Role.HEAD, unit(admin, town))
    with pytest.raises(RuleBroken) as caught:
        end(admin, town)
    assert reasons(caught) == ["posts_held"]


def test_rooms(admin):
    with transaction():
        public_id = rooms.add_room(by=admin, name="1 号调解室", seats=6)
    with pytest.raises(Invalid) as caught, transaction():
        rooms.add_room(by=admin, name="1 号调解室", seats=0, hours="12:00-08:30")
    assert set(caught.value.fields) == {"name", "seats", "hours"}
    with transaction():
        rooms.change_room(public_id, version=1, by=admin, hours="08:30-12:00", place="二楼")
    with pytest.raises(Stale), transaction():
        rooms.change_room(public_id, version=1, by=admin, place="三楼")
    with pytest.raises(RuleBroken), transaction():
        rooms.close_days(public_id, first=TODAY, last=TODAY - timedelta(days=1), why=" ", by=admin)
    with transaction():
        closure = rooms.close_days(public_id, first=TODAY, last=TODAY, why="检修", by=admin)
    room = rooms.get_room(public_id, centre_id=admin.centre_id)
    shut = [each for _room, each in rooms.shut([room], since=TODAY, until=TODAY + timedelta(days=1))]
    assert [(f"{each.start:%H:%M}", f"{each.end:%H:%M}", each.why) for each in shut] == [
        ("00:00", "00:00", "检修"), ("00:00", "08:30", "08:30-12:00"), ("12:00", "00:00", "08:30-12:00"),
    ]
    with transaction():
        rooms.lift(closure, by=admin, on=TODAY)
    assert not rooms.closures([room.id], since=TODAY)
    with transaction():
        rooms.end_room(public_id, by=admin, on=TODAY)
    assert not queries.rooms(admin.centre_id, on=date(2026, 11, 24))
    with pytest.raises(RuleBroken), transaction():
        rooms.change_room(public_id, version=3, by=admin, place="三楼")
    with transaction():
        rooms.take_up_room(public_id, by=admin)
    assert queries.rooms(admin.centre_id, on=date(2026, 11, 24))


def test_only_the_system_administrator_of_the_centre(admin):
    public_id = create(admin)
    for role in (Role.SECURITY_ADMIN, Role.AUDITOR, Role.HEAD, Role.LEADER):
        other = make_actor(queries.centre(admin.centre_id), role)
        with pytest.raises(NotAllowed):
            create(other, name="别的单位")
        with pytest.raises(NotAllowed):
            change(other, public_id, name="别的名")
        with pytest.raises(NotAllowed):
            end(other, public_id)
    foreign = make_actor(make_centre(register_word="山矛调登", area_code="620725"), Role.SYSTEM_ADMIN)
    with pytest.raises(NotFound):
        change(foreign, public_id, name="别的名")
    with pytest.raises(NotFound):
        create(foreign, parent=public_id)
