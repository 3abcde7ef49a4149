"""One box: what was typed, what it finds, and that it finds nothing more than the reader's own scope (P3, P25)."""

from datetime import timedelta

import pytest

from mediation.casefile.cases import queries as cases
from mediation.casefile.cases import query_codes
from mediation.ground import clock
from mediation.ground.db import session, transaction
from mediation.ground.errors import Invalid
from mediation.ground.trail import TrailEntry
from mediation.oversight.search import queries as search
from mediation.registry.access.rules import Depth, Role
from mediation.registry.people.operations import Identity
from mediation.registry.staff.rules import MOST_ID_SEARCHES_PER_HOUR
from mediation.registry.units.rules import UnitKind
from mediation.stages.intake.rules import Question
from mediation.stages.routing import operations as routing
from tests import makers, road

NUMBER = "360121196803122260"
BY_PERSON = [NUMBER, "２７１６", "万秋莲", "万秋", "wql", "涂国平"]


@pytest.fixture
def county(ground):
    return road.make_county()


def found(text, by):
    return [row.public_id for row in search.find(text, for_=by)]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("南矛调登〔2026〕12号", "number"),
        ("2026 12", "number"),
        (NUMBER, "id_number"),
        ("36012119680312226x", "id_number"),
        ("３６０１２１１９６８０３１２２２６０", "id_number"),
        ("2716", "phone_tail"),
        ("万秋", "name"),
        ("阿卜杜拉·买买提", "name"),
        ("𬀩䶮", "name"),
        ("wql", "initials"),
        ("武阳镇", "place"),
        ("前进村", "place"),
        ("万", "short"),
        ("", "short"),
        ("%_", "name"),
    ],
)
def test_what_was_typed(text, kind):
    assert search.kind_of(text) == kind


def test_a_case_is_found_by_all_that_people_have_at_hand(county):
    case = road.registered(county)
    row = cases.get(case, for_=county.clerk)
    serial = row.register_no.split("〕")[1].removesuffix("号")
    for text in (row.register_no, serial, f"2026-{serial}", *BY_PERSON, "武阳镇"):
        assert found(text, county.clerk) == [case], text
    for text in ("万春", "2717", "360121198503150016", "999", "向塘镇", "xyz", "%", "万%", "'; DROP TABLE cases --"):
        assert not found(text, county.clerk), text


@pytest.mark.parametrize("code", ["ABCD-EFGH-JKMN", "7K3M-9QXR-TW1B"])
def test_a_receipts_code_finds_its_case_alone_whatever_digits_it_has(county, code):
    """One code in ninety has no digit; those of the others are nobody's serial."""
    other, case = road.registered(county), road.registered(county, applicants=[Identity("胡四")])
    assert cases.get(other, for_=county.clerk).register_no.endswith("〕1号")
    assert found(code, county.clerk) == []
    with transaction():
        cases.get(case, for_=county.clerk).query_code_hash = query_codes.index_of(code)
    for text in (code, code.lower(), f"https://yichuang.example/progress#{code}"):
        assert found(text, county.clerk) == [case], text


def test_a_number_that_only_another_unit_knows_looks_unknown(county):
    """P25: also to its neighbour, to the court and to another centre."""
    road.mediating(county)
    other = makers.make_unit(county.centre, UnitKind.COMMITTEE, "向塘镇人民调解委员会")
    away = makers.make_centre(name="进贤县矛盾纠纷调解中心", register_word="进矛调登", area_code="360124")
    strangers = [makers.make_actor(county.centre, Role.HEAD, other), makers.make_actor(away, Role.INTAKE_CLERK)]
    for by in (*strangers, county.court, county.liaison):
        assert not any(found(text, by) for text in (*BY_PERSON, "南矛调登〔2026〕1号", "武阳镇")), by.role


def test_the_box_finds_what_the_list_shows_and_no_more(county):
    """P3: for every reader the hits by name are the listed cases with that name."""
    road.mediating(county)
    road.registered(county, applicants=[Identity("万秋莲", phone="13970812716")], respondents=[Identity("胡四")])
    supervisor = makers.make_actor(county.centre, Role.SUPERVISOR)
    for by in (county.clerk, county.head, county.mediator, county.court, supervisor):
        assert found("万秋莲", by) == [row.public_id for row in cases.listing(for_=by).rows], by.role


def test_who_is_in_a_sealed_case_is_no_answer_to_those_who_see_its_progress(county):
    case = road.registered(county, yes=[Question.VIOLENCE])
    road.do(
        routing.route, case, by=county.dispatcher, on=clock.today(), track="peoples",
        unit_public_id=county.committee.public_id,
    )
    supervisor = makers.make_actor(county.centre, Role.SUPERVISOR)
    number = cases.get(case, for_=supervisor, depth=Depth.PROGRESS).register_no
    for by in (supervisor, county.clerk, county.dispatcher):
        assert not any(found(text, by) for text in (*BY_PERSON, "武阳镇", "万秋莲村")), by.role
        assert found(number, by) == [case]
        (row,) = search.find(number, for_=by)
        assert "（保密）" in row.title and "万" not in row.title
    assert all(found(text, county.head) == [case] for text in BY_PERSON)


def test_at_most_thirty_numbers_an_hour_each_written_down_without_the_number(county):
    """P25."""
    for _search in range(MOST_ID_SEARCHES_PER_HOUR):
        with transaction():
            search.note_id_search(by=county.clerk)
    with pytest.raises(Invalid), transaction():
        search.note_id_search(by=county.clerk)
    with transaction():
        search.note_id_search(by=county.head)
    rows = session.query(TrailEntry).filter_by(event="search.id_number", account_id=county.clerk.account_id).all()
    assert len(rows) == MOST_ID_SEARCHES_PER_HOUR and all(row.params == {} for row in rows)
    clock.freeze(clock.now() + timedelta(hours=1, seconds=1))
    with transaction():
        search.note_id_search(by=county.clerk)


def test_no_more_than_fifty_the_newest_first(county):
    for _case in range(52):
        makers.make_case(county.centre, county.clerk, applicants=[Identity("万秋莲")])
    hits = found("万秋莲", county.clerk)
    assert len(hits) == 50 and hits == [row.public_id for row in cases.listing(for_=county.clerk, size=50).rows]
