"""Setting values from a day on."""

from datetime import date

import pytest

from mediation.ground import trail
from mediation.ground.db import session, transaction
from mediation.ground.errors import Invalid, NotAllowed, RuleBroken
from mediation.registry.access.rules import Role, system_actor
from mediation.registry.settings import operations, queries
from mediation.registry.settings.models import SettingRow
from mediation.registry.settings.rules import Figure, Gap, Kind, Unit
from tests.registry.founding import acting, found

TODAY = date(2026, 11, 23)
NEW_YEAR = date(2027, 1, 1)
CONFIRMATION = "civil_procedure.confirmation"
WHY = {"source": "中心办公会纪要", "reason": "按新规定"}


def forty_five(**changes):
    values = {"valid_from": NEW_YEAR, **WHY, **changes}
    return operations.set_value(Kind.PERIOD, "PM-18", {"amount": 45, "unit": "days"}, **values)


@pytest.fixture
def admin(ground):
    with transaction():
        return found()


def test_a_value_holds_from_its_day_for_its_centre(admin):
    with transaction():
        other = found()
        forty_five(by=admin)
    assert queries.days("PM-18", on=date(2026, 12, 31), centre_id=admin.centre_id).amount == 30
    assert queries.days("PM-18", on=NEW_YEAR, centre_id=admin.centre_id) == Figure(45, Unit.DAYS)
    assert queries.days("PM-18", on=NEW_YEAR, centre_id=other.centre_id).amount == 30
    assert queries.days("PM-18", on=NEW_YEAR).amount == 30


def test_a_unit_may_have_its_own(admin):
    with transaction():
        forty_five(by=admin, unit_id=70)
    whose = {"on": NEW_YEAR, "centre_id": admin.centre_id}
    assert queries.days("PM-18", unit_id=70, **whose).amount == 45
    assert queries.days("PM-18", unit_id=71, **whose).amount == 30


def test_a_later_value_closes_the_one_before_and_keeps_it(admin):
    with transaction():
        forty_five(by=admin, valid_from=date(2026, 1, 1))
        operations.set_text(Kind.PERIOD, "PM-18", "20 working_days", by=admin, valid_from=NEW_YEAR, **WHY)
    first, second = session.query(SettingRow).order_by(SettingRow.id)
    assert (first.valid_to, second.valid_to) == (date(2026, 12, 31), None)
    assert queries.days("PM-18", on=date(2026, 12, 31), centre_id=admin.centre_id).amount == 45
    assert queries.days("PM-18", on=NEW_YEAR, centre_id=admin.centre_id) == Figure(20, Unit.WORKING_DAYS)


def test_a_slip_is_mended_on_the_same_day(admin):
    with transaction():
        forty_five(by=admin, valid_from=TODAY)
        operations.set_text(Kind.PERIOD, "PM-18", "40 days", by=admin, valid_from=TODAY, **WHY)
    assert session.query(SettingRow).count() == 2
    for day in (TODAY, NEW_YEAR):
        assert queries.days("PM-18", on=day, centre_id=admin.centre_id).amount == 40


def test_the_past_is_not_rewritten(admin):
    with transaction():
        forty_five(by=admin)
    with pytest.raises(RuleBroken) as error, transaction():
        forty_five(by=admin, valid_from=TODAY)
    [obstacle] = error.value.obstacles
    assert (obstacle.reason, obstacle.params) == (Gap.TOO_EARLY, {"since": NEW_YEAR})


def test_only_the_installation_sets_values_for_an_area(admin):
    """QT-04: a province's wage holds for all its centres."""
    wage = {"year": 2025, "amount_fen": 9_500_000}
    with pytest.raises(NotAllowed), transaction():
        operations.set_value(Kind.AMOUNT, "JC-06", 1, by=admin, valid_from=TODAY, area_code="360000", **WHY)
    with transaction():
        operations.set_value(
            Kind.WAGE, "QT-04", wage, by=system_actor(None), valid_from=date(2026, 6, 20), area_code="360000", **WHY
        )
        elsewhere = found("620725")
    found_ = queries.wage(on=TODAY, centre_id=admin.centre_id)
    assert (found_.amount_fen, found_.year, found_.source) == (9_500_000, 2025, WHY["source"])
    assert queries.wage(on=date(2026, 6, 19), centre_id=admin.centre_id) is None
    assert queries.wage(on=TODAY, centre_id=elsewhere.centre_id) is None


def test_a_centre_enters_the_wage_of_another_province_for_its_own_cases(admin):
    """QT-04: what it entered for itself says nothing of a court elsewhere."""
    mine, theirs = {"year": 2025, "amount_fen": 9_500_000}, {"year": 2025, "amount_fen": 10_100_000}
    with transaction():
        operations.set_value(Kind.WAGE, "QT-04", mine, by=admin, valid_from=TODAY, **WHY)
    far = {"on": TODAY, "centre_id": admin.centre_id, "area_code": "440303"}
    assert queries.wage(**far) is None
    with transaction():
        operations.set_value(Kind.WAGE, "QT-04", theirs, by=admin, valid_from=TODAY, area_code="440000", **WHY)
    assert queries.wage(**far).amount_fen == 10_100_000
    assert queries.wage(on=TODAY, centre_id=admin.centre_id).amount_fen == 9_500_000
    assert set(queries.wages(on=TODAY, centre_id=admin.centre_id)) >= {None, "440000", "430000"}


def test_a_court_that_takes_only_agreements_it_asked_for(admin):
    """JC-24."""
    with transaction():
        operations.set_value(Kind.FLAG, "JC-24:赣0121", False, by=admin, valid_from=TODAY, **WHY)
    mine = {"on": TODAY, "centre_id": admin.centre_id}
    assert not queries.accepts_self_run("赣0121", **mine)
    assert queries.accepts_self_run("赣0124", **mine)


def test_a_corrected_article_is_cited(admin):
    """DC-08."""
    article = {"law": "中华人民共和国民事诉讼法", "number": 206, "paragraph": None, "item": None}
    with transaction():
        operations.set_value(Kind.CITATION, CONFIRMATION, article, by=admin, valid_from=NEW_YEAR, **WHY)
    cited = queries.citation(CONFIRMATION, on=NEW_YEAR, centre_id=admin.centre_id)
    assert str(cited) == "《中华人民共和国民事诉讼法》第二百零六条"
    assert "JC-01" in cited.rules


def test_who_may_set_and_what_must_be_said(admin):
    for role in (Role.INTAKE_CLERK, Role.HEAD, Role.SECURITY_ADMIN, Role.LEADER):
        with pytest.raises(NotAllowed), transaction():
            forty_five(by=acting(role, admin.centre_id))
    with pytest.raises(Invalid) as error, transaction():
        forty_five(by=admin, source="", reason=" ")
    assert set(error.value.fields) == {"source", "reason"}


@pytest.mark.parametrize(
    ("kind", "key", "text", "reason"),
    [
        (Kind.PERIOD, "PM-99", "30 days", Gap.UNKNOWN),
        (Kind.NUMBER, "PM-18", "30", Gap.UNKNOWN),
        (Kind.PERIOD, "PM-18", "a month", Gap.BAD_VALUE),
        (Kind.PERIOD, "PM-18", "-3 days", Gap.BAD_VALUE),
        (Kind.TEXT, "CN-05.number", "（{year}）{word}字号", Gap.NO_PLACES),
    ],
)
def test_refused_values(admin, kind, key, text, reason):
    with pytest.raises(RuleBroken) as error, transaction():
        operations.set_text(kind, key, text, by=admin, valid_from=NEW_YEAR, **WHY)
    assert [obstacle.reason for obstacle in error.value.obstacles] == [reason]


def test_a_value_of_the_wrong_form_is_refused(admin):
    with pytest.raises(RuleBroken), transaction():
        operations.set_value(Kind.PERIOD, "PM-18", 45, by=admin, valid_from=NEW_YEAR, **WHY)


def test_the_page_lists_value_name_and_history(admin):
    with transaction():
        forty_five(by=admin)
    [line] = [
        line
        for line in queries.listing(Kind.PERIOD, on=NEW_YEAR, centre_id=admin.centre_id)
        if line.key == "PM-18"
    ]
    assert (line.name, line.text, line.setting.source) == ("人民调解期限", "45 days", WHY["source"])
    assert [each.value["amount"] for each in line.history] == [30, 45]


def test_a_change_is_in_the_trail(admin):
    with transaction():
        forty_five(by=admin)
    [entry] = session.query(trail.TrailEntry).filter_by(event="settings.set").all()
    told = {"key": "PM-18", "value": "45 days", "valid_from": "2027-01-01", "reason": WHY["reason"]}
    assert told.items() <= entry.params.items()
