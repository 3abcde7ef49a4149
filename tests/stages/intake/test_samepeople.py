"""Two rows of the register that are one person: found as one from then on, and parted again within seven days."""

from datetime import date, timedelta

import pytest
from sqlalchemy import inspect, select

from mediation.casefile.cases import queries as cases
from mediation.casefile.cases.models import Case, Party
from mediation.ground import clock
from mediation.ground.db import session
from mediation.ground.errors import NotAllowed, NotFound, RuleBroken
from mediation.ground.once import new_key
from mediation.oversight.search import queries as search
from mediation.registry.access.rules import ADMINISTRATORS
from mediation.registry.people import queries as people
from mediation.registry.people.models import Person, PersonMerger
from mediation.registry.people.operations import Identity
from mediation.registry.people.rules import IdKind, MergeBar
from mediation.registry.units.rules import UnitKind
from mediation.stages.intake import merging, queries, samepeople
from mediation.stages.intake import operations as intake
from mediation.stages.intake.parties import version_of
from mediation.stages.intake.rules import Question
from mediation.stages.routing import operations as routing
from tests import makers, road

TODAY = date(2026, 11, 23)
UNKNOWN = Identity("万秋莲", phone="13970812799", employer="武阳镇小学")  # came without her card


@pytest.fixture
def county(ground):
    return road.make_county()


def person_of(case, place=0):
    case_id = session.scalar(select(Case.id).where(Case.public_id == case))
    return cases.parties_of(case_id)[place].person


@pytest.fixture
def rows(county):
    """A case with the visitor's number and one without; the public ids of the row to go and of the row to stay."""
    known, unknown = road.registered(county), road.registered(county, applicants=[UNKNOWN])
    return person_of(unknown).public_id, person_of(known).public_id


def merge(county, away, stays, *, by=None, reason="带身份证来核对过", **values):
    return road.do(samepeople.merge, away, stays, by=by or county.clerk, on=TODAY, reason=reason, **values)


def part(county, merger, *, on=TODAY):
    return road.do(samepeople.unmerge, merger, by=county.clerk, on=on, reason="同名同姓")


def barred(county, *pair, **values):
    with pytest.raises(RuleBroken) as caught:
        merge(county, *pair, **values)
    return {bar.reason for bar in caught.value.obstacles}


def stored(model):
    session.rollback()
    session.expire_all()
    columns = [column.key for column in inspect(model).columns if column.key != "version"]
    return {row.id: {name: getattr(row, name) for name in columns} for row in session.scalars(select(model))}


def row(public_id):
    return session.scalar(select(Person).where(Person.public_id == public_id))


def test_one_row_goes_on_for_both(county, rows):
    away, stays = rows
    key = new_key()
    merger = merge(county, away, stays, key=key)
    assert merge(county, away, stays, key=key) == merger
    centre = county.centre.id
    goes_on = row(stays)
    assert people.by_number(centre, IdKind.RESIDENT_ID, road.WAN.id_number) is goes_on
    assert people.namesakes(centre, "万秋莲", "2799") == [goes_on]  # by the phone of the row that is gone
    assert goes_on.employer == "武阳镇小学" and goes_on.phone == road.WAN.phone  # only what it did not know
    assert len(queries.matters_of(goes_on, for_=county.clerk)) == 2
    for text in (road.WAN.id_number, "2799"):
        assert len(search.find(text, for_=county.clerk)) == 2
    assert person_of(session.scalar(select(Case.public_id).order_by(Case.id.desc()))).public_id == away


def test_undoing_puts_both_rows_back(county, rows):
    before = stored(Person), stored(Party)
    merger = merge(county, *rows)
    assert stored(Person) != before[0]
    part(county, merger)
    assert (stored(Person), stored(Party)) == before
    merge(county, *rows)
    assert session.query(PersonMerger).count() == 2


@pytest.mark.parametrize(("days", "is_open"), [(7, True), (8, False)])
def test_the_last_day_and_the_day_after(county, rows, now, days, is_open):
    merger = merge(county, *rows)
    clock.freeze(now + timedelta(days=days))
    if is_open:
        part(county, merger, on=TODAY + timedelta(days=days))
        assert row(rows[0]).merged_into_id is None
    else:
        with pytest.raises(RuleBroken) as caught:
            part(county, merger, on=TODAY + timedelta(days=days))
        assert [bar.reason for bar in caught.value.obstacles] == [MergeBar.UNDO_OVER]


def test_what_was_put_right_since_stays(county, rows):
    merger = merge(county, *rows)
    case = session.scalar(select(Case.public_id).order_by(Case.id))
    party = cases.parties_of(session.scalar(select(Case.id).where(Case.public_id == case)))[0]
    road.do(
        intake.change_party, party.public_id, version=version_of(party), identity={"employer": "武阳镇中学"},
        reason="换了单位", by=county.clerk, on=TODAY,
    )
    part(county, merger)
    assert row(rows[1]).employer == "武阳镇中学"


def test_a_merged_row_goes_along_when_its_own_goes_on(county, rows):
    """Of three rows the last stands for all; the middle one is parted with those that were its own."""
    third = person_of(road.registered(county, applicants=[Identity("万秋莲", phone="无")])).public_id
    first = merge(county, third, rows[0])
    second = merge(county, *rows)
    assert row(third).lasting_id == row(rows[0]).lasting_id == row(rows[1]).id
    with pytest.raises(RuleBroken) as caught:
        part(county, first)
    assert [bar.reason for bar in caught.value.obstacles] == [MergeBar.WENT_ON]
    part(county, second)
    assert row(third).lasting_id == row(rows[0]).id
    part(county, first)


def test_two_numbers_are_two_people(county, rows):
    away, stays = rows
    respondent = person_of(session.scalar(select(Case.public_id)), place=1).public_id
    assert barred(county, respondent, stays) == {MergeBar.TWO_NUMBERS, MergeBar.ONE_CASE}
    assert barred(county, stays, away, reason=" ") == {MergeBar.NUMBER_ON_OTHER, MergeBar.NO_REASON}
    assert barred(county, away, away) == {MergeBar.SAME_ROW}
    firm = Identity("南昌县某公司", is_organisation=True)
    company = person_of(road.registered(county, applicants=[firm])).public_id
    assert barred(county, company, stays) == {MergeBar.OTHER_KIND}
    merge(county, away, stays)
    assert MergeBar.MERGED_ALREADY in barred(county, away, stays)


def test_who_sees_neither_merges_nothing(county, rows):
    for role in ADMINISTRATORS:
        with pytest.raises(NotAllowed):
            merge(county, *rows, by=makers.make_actor(county.centre, role))
    with pytest.raises(NotAllowed):
        merge(county, *rows, by=county.head)
    town = makers.make_unit(county.centre, UnitKind.WINDOW, "武阳镇窗口")
    with pytest.raises(NotFound):
        merge(county, *rows, by=makers.make_actor(county.centre, county.clerk.role, town))


def test_a_sealed_case_does_not_tell_who_may_be_the_same(county):
    sealed = road.registered(county, yes=[Question.VIOLENCE], applicants=[UNKNOWN])
    known = person_of(road.registered(county))
    window = makers.make_actor(county.centre, county.clerk.role)
    assert [each.public_id for each in samepeople.candidates(known, for_=window)] == [person_of(sealed).public_id]
    road.do(
        routing.route, sealed, by=county.dispatcher, on=TODAY, track="peoples", override_reason=None,
        unit_public_id=county.committee.public_id,
    )
    assert samepeople.candidates(known, for_=window) == []  # led by a unit, the window sees its progress only (P6)


def test_one_person_under_two_rows_is_one_party(county, rows):
    leading = road.registered(county)
    merge(county, *rows)
    merged = session.scalar(select(Case.public_id).join(Party).where(Party.person_id == row(rows[0]).id))
    road.do(merging.merge, merged, leading, by=county.clerk, on=TODAY, reason="同一件事")
    assert person_of(leading) and len(cases.parties_of(row_id(leading))) == 2


def row_id(case):
    return session.scalar(select(Case.id).where(Case.public_id == case))
