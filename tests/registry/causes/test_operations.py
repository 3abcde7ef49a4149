"""Importing the official list, and a centre's own types."""

from datetime import date

import pytest

from mediation.ground.db import transaction
from mediation.ground.errors import Invalid, NotAllowed, NotFound, RuleBroken
from mediation.registry.access.rules import Role, system_actor
from mediation.registry.causes import operations, queries
from mediation.registry.causes.official_list import Fault
from mediation.registry.causes.operations import Bar
from tests.registry.founding import acting, found

TODAY = date(2026, 11, 23)
NEXT_YEAR = date(2027, 1, 1)
HEAD = "id,level,number,name,parent_id"
LIST = [
    "04,1,第四部分,合同、准合同纠纷,",
    "04.10,2,十、,合同纠纷,04",
    "04.10.108,3,108.,借款合同纠纷,04.10",
    "04.10.108.03,4,（3）,民间借款纠纷,04.10.108",
    "04.10.129,3,129.,补偿贸易纠纷,04.10",
    "11,1,第十一部分,非讼程序案件案由,",
    "11.41,2,四十一、,确认调解协议案件,11",
    "11.41.448,3,448.,申请司法确认调解协议,11.41",
]
SOURCE = "法〔2026〕1号"


def file(*lines):
    return "\n".join([HEAD, *lines]).encode()


@pytest.fixture
def admin(ground):
    with transaction():
        return found()


def refused(data):
    with pytest.raises(RuleBroken) as error, transaction():
        operations.import_causes(data, by=system_actor(None), valid_from=NEXT_YEAR, source=SOURCE)
    return [obstacle.reason for obstacle in error.value.obstacles]


def test_an_imported_list_holds_from_its_day(admin):
    with transaction():
        operations.import_causes(file(*LIST), by=admin, valid_from=NEXT_YEAR, source=SOURCE)
    mine = admin.centre_id
    assert queries.search("补偿贸易", on=TODAY, centre_id=mine) == []
    [cause] = queries.search("bcmy", on=NEXT_YEAR, centre_id=mine)
    assert (cause.code, cause.number, cause.level, cause.parent_code) == ("04.10.129", "129", 3, "04.10")
    assert queries.search("补偿贸易", on=NEXT_YEAR) == []  # others keep theirs
    assert queries.confirmation_cause(on=NEXT_YEAR, centre_id=mine).number == "448"


def test_an_old_case_keeps_its_code(admin):
    with transaction():
        operations.import_causes(file(*LIST), by=admin, valid_from=NEXT_YEAR, source=SOURCE)
    mine = admin.centre_id
    assert queries.cause("04.10.108.03", on=TODAY, centre_id=mine).name == "民间借贷纠纷"
    assert queries.cause("04.10.108.03", on=NEXT_YEAR, centre_id=mine).name == "民间借款纠纷"
    assert queries.cause("10.35.411", on=NEXT_YEAR, centre_id=mine).name == "机动车交通事故责任纠纷"
    assert queries.cause("99.99", on=NEXT_YEAR, centre_id=mine) is None


def test_level_four_carries_the_number_above_it(admin):
    with transaction():
        operations.import_causes(file(*LIST), by=admin, valid_from=NEXT_YEAR, source=SOURCE)
    assert queries.cause("04.10.108.03", on=NEXT_YEAR, centre_id=admin.centre_id).number == "108（3）"


def test_the_installation_imports_for_every_centre_and_a_centre_goes_first(admin):
    with transaction():
        operations.import_causes(file(*LIST), by=system_actor(None), valid_from=NEXT_YEAR, source=SOURCE)
    assert len(queries.causes(on=NEXT_YEAR, centre_id=admin.centre_id)) == 8
    with transaction():
        operations.import_causes(file(*LIST[5:]), by=admin, valid_from=NEXT_YEAR, source=SOURCE)
        operations.import_causes(file(*LIST), by=system_actor(None), valid_from=NEXT_YEAR, source=SOURCE)
    assert len(queries.causes(on=NEXT_YEAR, centre_id=admin.centre_id)) == 3


def test_a_preview_says_what_changes_and_changes_nothing(admin):
    preview = operations.preview_causes(file(*LIST), valid_from=NEXT_YEAR, centre_id=admin.centre_id)
    assert [cause.name for cause in preview.added] == ["补偿贸易纠纷"]
    assert [(old.name, new.name) for old, new in preview.renamed] == [("民间借贷纠纷", "民间借款纠纷")]
    assert len(preview.removed) > 100
    assert len(queries.causes(on=NEXT_YEAR, centre_id=admin.centre_id)) > 100


def test_bad_lists_are_refused_with_every_fault(ground):
    confirmation = LIST[5:]
    assert refused(file("04,1,一,,", "05,9,一,甲,", "06,1,一,乙,", "06,1,一,丙,", "07,2,一,丁,99", *confirmation)) == [
        Fault.NO_NAME, Fault.BAD_LEVEL, Fault.TWICE, Fault.NO_PARENT]  # fmt: skip
    assert refused(file(*LIST[:5])) == [Fault.NO_CONFIRMATION]
    assert refused(b"a,b\n1,2\n") == [Fault.NO_COLUMNS]
    assert refused(b"\xff\xfe\x81") == [Fault.NO_TEXT]
    assert refused(b"x" * 2_000_001) == [Fault.TOO_LARGE]


def test_who_may_import(admin):
    with pytest.raises(NotAllowed), transaction():
        clerk = acting(Role.INTAKE_CLERK, admin.centre_id)
        operations.import_causes(file(*LIST), by=clerk, valid_from=NEXT_YEAR, source=SOURCE)
    with pytest.raises(Invalid), transaction():
        operations.import_causes(file(*LIST), by=admin, valid_from=NEXT_YEAR, source=" ")


def type_names(admin, on, below):
    return [each.name for each in queries.types_below(below, on=on, centre_id=admin.centre_id)]


def test_a_local_type_is_added_from_a_day_on_for_its_centre(admin):
    with transaction():
        operations.add_type(
            "neighbour.noise.dance", "广场舞", by=admin, on=TODAY, causes=["03.06.055.06"], keywords=["广场舞"]
        )
    assert type_names(admin, TODAY, "neighbour.noise") == ["广场舞"]
    assert type_names(admin, date(2026, 11, 22), "neighbour.noise") == []
    assert queries.types_below("neighbour.noise", on=TODAY) == []
    added = queries.dispute_type("neighbour.noise.dance", centre_id=admin.centre_id)
    assert (added.level, added.traits, added.initials) == (3, {"noise"}, "gcw")
    assert queries.main_type("neighbour.noise.dance", centre_id=admin.centre_id).name == "邻里"
    order = [each.code for each in queries.types(on=TODAY, centre_id=admin.centre_id)]
    assert order.index("neighbour.noise.dance") == order.index("neighbour.noise") + 1
    assert queries.suggest_types("楼下跳广场舞", on=TODAY, centre_id=admin.centre_id)[0].type == added


def test_a_renamed_type_keeps_its_old_name_for_its_time(admin):
    with transaction():
        operations.change_type("neighbour.leak", name="漏水、渗水", by=admin, on=NEXT_YEAR)
    assert queries.dispute_type("neighbour.leak", on=TODAY, centre_id=admin.centre_id).name == "楼上漏水"
    after = queries.dispute_type("neighbour.leak", on=NEXT_YEAR, centre_id=admin.centre_id)
    assert (after.name, after.initials, bool(after.keywords)) == ("漏水、渗水", "lsss", True)
    assert "漏水、渗水" in type_names(admin, NEXT_YEAR, "neighbour")
    assert queries.dispute_type("neighbour.leak", on=NEXT_YEAR).name == "楼上漏水"


def test_a_closed_type_is_no_longer_offered_but_still_known(admin):
    with transaction():
        operations.close_type("neighbour.trees", by=admin, on=TODAY)
    assert "树木、菜地" in type_names(admin, TODAY, "neighbour")
    assert "树木、菜地" not in type_names(admin, date(2026, 11, 24), "neighbour")
    assert queries.dispute_type("neighbour.trees", centre_id=admin.centre_id).name == "树木、菜地"


def bars(act, *args, **values):
    with pytest.raises(RuleBroken) as error, transaction():
        act(*args, **values)
    return [obstacle.reason for obstacle in error.value.obstacles]


def test_what_cannot_be_done_to_types(admin):
    at = {"by": admin, "on": TODAY}
    assert bars(operations.add_type, "ghosts", "鬼怪", **at) == [Bar.MAIN_TYPE]
    assert bars(operations.add_type, "neighbour.leak", "漏水", **at) == [Bar.TAKEN]
    assert bars(operations.add_type, "ghosts.house", "鬼屋", **at) == [Bar.NO_PARENT]
    assert bars(operations.add_type, "other.x", "某", causes=["99"], **at) == [Bar.UNKNOWN_CAUSE]
    assert bars(operations.change_type, "neighbour", name="邻居", **at) == [Bar.MAIN_TYPE]
    assert bars(operations.change_type, "neighbour.leak", name="漏", by=admin, on=date(2000, 1, 1)) == [Bar.TOO_EARLY]
    assert bars(operations.close_type, "other", **at) == [Bar.MAIN_TYPE]
    with transaction():
        operations.add_type("neighbour.noise.dance", "广场舞", **at)
    assert bars(operations.add_type, "neighbour.noise.dance.loud", "音量", **at) == [Bar.TOO_DEEP]
    assert bars(operations.close_type, "neighbour.noise", **at) == [Bar.IN_USE_BELOW]
    with pytest.raises(NotFound), transaction():
        operations.close_type("neighbour.ghosts", **at)
    with pytest.raises(Invalid), transaction():
        operations.add_type("neighbour.x", " ", **at)
    with pytest.raises(NotAllowed), transaction():
        operations.close_type("neighbour.leak", by=acting(Role.HEAD, admin.centre_id), on=TODAY)


def test_main_types_may_get_other_keywords(admin):
    with transaction():
        operations.change_type("internet", keywords=["短视频"], by=admin, on=TODAY)
    found_ = queries.suggest_types("被人拍短视频", on=TODAY, centre_id=admin.centre_id)
    assert [each.type.code for each in found_] == ["internet"]
