"""A centre's own areas and court exceptions."""

from datetime import date

import pytest

from mediation.ground.db import transaction
from mediation.ground.errors import Invalid, NotAllowed, NotFound, RuleBroken
from mediation.registry.access.rules import Role, system_actor
from mediation.registry.regions import operations, queries
from mediation.registry.regions.operations import Fault
from tests.registry.founding import acting, found

FOUNDED = date(2026, 1, 1)
LIANTANG = "360121100"
SHANDAN = "code,name\n620725101,清泉镇\n620725101001,长城社区居民委员会\n"


@pytest.fixture
def admin(ground):
    with transaction():
        admin = found()
        operations.load_areas(admin.centre_id, "360121", by=system_actor(admin.centre_id), on=FOUNDED)
    return admin


def test_a_centre_gets_the_towns_and_villages_of_its_county(admin):
    towns = queries.towns("360121", centre_id=admin.centre_id)
    assert len(towns) == 24
    assert len(queries.places(admin.centre_id)) == 495
    assert queries.full_name("360121100001", centre_id=admin.centre_id).startswith("江西省南昌市南昌县莲塘镇")
    assert queries.search_places("lt", "360121", centre_id=admin.centre_id)[0].code == LIANTANG


def test_loading_twice_adds_nothing(admin):
    with transaction():
        assert operations.load_areas(admin.centre_id, "360121", by=system_actor(admin.centre_id), on=FOUNDED) == 0


def test_a_county_without_a_table_is_refused(ground):
    with transaction():
        admin = found("620725")
    with pytest.raises(RuleBroken) as error, transaction():
        operations.load_areas(admin.centre_id, "620725", by=system_actor(admin.centre_id), on=FOUNDED)
    [obstacle] = error.value.obstacles
    assert (obstacle.reason, obstacle.params["county"]) == (Fault.NOT_BUILT_IN, "甘肃省张掖市山丹县")


def test_a_second_county_is_imported_from_a_table(ground):
    with transaction():
        admin = found("620725")
        assert operations.import_areas("620725", SHANDAN.encode(), by=admin, on=FOUNDED) == 2
    [village] = queries.search_places("cc", "620725", centre_id=admin.centre_id)
    assert (village.short, village.town) == ("长城社区", "清泉镇")
    assert queries.full_name(village.code, centre_id=admin.centre_id) == "甘肃省张掖市山丹县清泉镇长城社区"


def test_every_bad_line_is_named(admin):
    table = "code,name\n360121,南昌县\n620725101,清泉镇\n360121199,\n360121198001,无镇村委会\n"
    with pytest.raises(RuleBroken) as error, transaction():
        operations.import_areas("360121", table.encode(), by=admin, on=FOUNDED)
    assert [obstacle.reason for obstacle in error.value.obstacles] == [
        Fault.BAD_CODE, Fault.BAD_CODE, Fault.NO_NAME, Fault.NO_TOWN]  # fmt: skip
    with pytest.raises(RuleBroken), transaction():
        operations.import_areas("360121", "代码,名称\n".encode(), by=admin, on=FOUNDED)


def test_renaming_keeps_the_old_name_for_its_time(admin):
    with transaction():
        operations.rename_area(LIANTANG, "莲塘街道", by=admin, on=date(2026, 7, 1))

    def name_on(day):
        towns = queries.towns("360121", on=day, centre_id=admin.centre_id)
        return [each.name for each in towns if each.code == LIANTANG]

    assert name_on(date(2026, 6, 30)) == ["莲塘镇"]
    assert name_on(date(2026, 7, 1)) == ["莲塘街道"]
    assert queries.full_name(LIANTANG, centre_id=admin.centre_id) == "江西省南昌市南昌县莲塘街道"
    assert queries.search_places("ltjd", "360121", on=date(2026, 7, 1), centre_id=admin.centre_id)[0].code == LIANTANG


def test_a_closed_place_is_no_longer_offered(admin):
    assert queries.search_places("lt", "360121", on=date(2026, 7, 2), centre_id=admin.centre_id)[0].code == LIANTANG
    with transaction():
        operations.close_area(LIANTANG, by=admin, on=date(2026, 7, 1))
    after = queries.search_places("莲塘镇", "360121", on=date(2026, 7, 2), centre_id=admin.centre_id)
    assert LIANTANG not in [each.code for each in after]
    with pytest.raises(NotFound), transaction():
        operations.close_area(LIANTANG, by=admin, on=date(2026, 7, 1))


def test_refused_changes(admin):
    with pytest.raises(NotFound), transaction():
        operations.rename_area("360121999", "新镇", by=admin, on=date(2026, 7, 1))
    with pytest.raises(Invalid), transaction():
        operations.rename_area(LIANTANG, " ", by=admin, on=date(2026, 7, 1))
    with pytest.raises(Invalid), transaction():
        operations.rename_area(LIANTANG, "莲塘街道", by=admin, on=FOUNDED)
    with pytest.raises(Invalid), transaction():
        operations.close_area(LIANTANG, by=admin, on=date(2025, 12, 31))
    clerk = acting(Role.INTAKE_CLERK, admin.centre_id)
    with pytest.raises(NotAllowed), transaction():
        operations.close_area(LIANTANG, by=clerk, on=date(2026, 7, 1))


def test_another_centre_keeps_its_own_areas(admin):
    with transaction():
        other = found()
        operations.load_areas(other.centre_id, "360121", by=system_actor(other.centre_id), on=FOUNDED)
        operations.close_area(LIANTANG, by=admin, on=date(2026, 7, 1))
    assert queries.place(LIANTANG, centre_id=other.centre_id).valid_to is None
    assert queries.place(LIANTANG, centre_id=admin.centre_id).valid_to == date(2026, 7, 1)


def test_a_court_that_does_not_follow_the_rule(admin):
    """CN-02: the towns that a development zone looks after have its court, for this centre."""
    zone = ("360121191", "赣0191", "南昌高新技术产业开发区人民法院")
    with transaction():
        operations.set_court(*zone, by=admin, source="法院来函", on=date(2026, 7, 1))
    of_village = queries.court_of("360121191201", centre_id=admin.centre_id)
    assert (of_village.code, of_village.checked) == ("赣0191", True)
    assert queries.court("赣0191", centre_id=admin.centre_id) == of_village
    assert of_village in queries.courts_of_city("360100", centre_id=admin.centre_id)
    assert queries.court_of("360121192", centre_id=admin.centre_id).code == "赣0121"
    assert queries.court_of("360121191201").code == "赣0121"
    with pytest.raises(Invalid) as error, transaction():
        operations.set_court("360121191", "", "某法院", by=admin, source="", on=FOUNDED)
    assert set(error.value.fields) == {"court_code", "source"}
