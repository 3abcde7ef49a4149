"""Changing the rules: written, rehearsed on past cases, published from a day on, put back. On both databases."""

from datetime import date, timedelta

import pytest
from sqlalchemy import event

from mediation.casefile.cases.rules import Track
from mediation.ground.db import session, transaction
from mediation.ground.errors import NotAllowed, NotFound, RuleBroken, Stale
from mediation.ground.once import new_key
from mediation.registry.access.rules import Role
from mediation.registry.units.rules import UnitKind
from mediation.stages.routing import bookkeeping, drafts, queries, rulebook, table
from mediation.stages.routing.rulebook import RuleBar
from tests import cast, makers

TODAY = date(2026, 11, 23)
NEIGHBOURS = 20


@pytest.fixture
def county(ground):
    county = cast.gather()
    makers.make_unit(county.centre, UnitKind.COMMITTEE, "南昌县人民调解委员会")
    return county


@pytest.fixture
def supervisor(county):
    return makers.make_actor(county.centre, Role.SUPERVISOR)


def do(operation, *args, **values):
    with transaction():
        return operation(*args, **values)


def to_county(county, number=NEIGHBOURS):
    rule = next(each for each in table.rules_of(county.centre.id, on=TODAY) if each.number == number)
    return rulebook.values_of(rule) | {"level": "county", "reason": "邻里也由县里办"}


def drafted(county, by, **values):
    public_id = do(drafts.begin, by=by, on=TODAY, why="试试县里办")
    do(drafts.put, public_id, by=by, on=TODAY, version=1, number=NEIGHBOURS, values=to_county(county) | values)
    return public_id


def version(public_id, by):
    return drafts.get(public_id, for_=by).version


def published(county, by, public_id, valid_from=TODAY):
    do(drafts.rehearse, public_id, by=by, on=TODAY)
    return do(drafts.publish, public_id, by=by, on=TODAY, version=version(public_id, by), valid_from=valid_from)


def where(case, on=TODAY):
    return queries.suggest_for(case, on=on).way.unit.name


def reasons(error):
    return [bar.reason for bar in error.value.obstacles]


def test_nothing_is_published_that_was_not_rehearsed(county, supervisor):
    public_id = drafted(county, supervisor)
    with pytest.raises(RuleBroken) as error:
        do(drafts.publish, public_id, by=supervisor, on=TODAY, version=2, valid_from=TODAY - timedelta(days=1))
    assert reasons(error) == [RuleBar.TOO_EARLY, RuleBar.NOT_REHEARSED]
    do(drafts.rehearse, public_id, by=supervisor, on=TODAY)
    values = to_county(county) | {"priority": 61}
    do(drafts.put, public_id, by=supervisor, on=TODAY, version=3, number=NEIGHBOURS, values=values)
    with pytest.raises(RuleBroken) as error:
        do(drafts.publish, public_id, by=supervisor, on=TODAY, version=4, valid_from=TODAY)
    assert reasons(error) == [RuleBar.NOT_REHEARSED]


def test_a_rehearsal_upon_other_rules_counts_no_longer(county, supervisor):
    first, second = drafted(county, supervisor), drafted(county, supervisor, priority=59)
    do(drafts.rehearse, second, by=supervisor, on=TODAY)
    published(county, supervisor, first)
    with pytest.raises(RuleBroken) as error:
        do(drafts.publish, second, by=supervisor, on=TODAY, version=3, valid_from=TODAY)
    assert reasons(error) == [RuleBar.RULES_MOVED]


def test_the_rehearsal_says_who_would_have_gone_elsewhere(county, supervisor):
    other = makers.make_unit(county.centre, UnitKind.STUDIO, "老熊工作室", area_code=cast.TOWN, number_word="老熊调")
    followed = cast.routed(county)
    cast.routed(county, unit=other, override_reason="expertise")
    cast.routed(county, cast.screened(county, matter=makers.changed(makers.DRAIN, type_code="labour")))
    public_id = drafted(county, supervisor)
    do(drafts.rehearse, public_id, by=supervisor, on=TODAY)
    found = drafts.get(public_id, for_=supervisor).rehearsal
    assert found["totals"] == {"looked": 3, "moved": 2, "met_before": 2, "met_after": 1}
    assert [row["override"] for row in found["rows"]] == ["expertise", None]
    row = found["rows"][1]
    assert (row["case"], row["went"], row["then"]) == (followed.id, county.committee.id, NEIGHBOURS)
    assert row["before"]["unit"] == county.committee.id != row["after"]["unit"]


def test_a_past_case_is_asked_about_as_it_was_when_it_was_routed(county, supervisor):
    case = cast.routed(county)
    with transaction():
        session.get_one(type(case), case.id).type_code = "labour"
    public_id = drafted(county, supervisor)
    do(drafts.rehearse, public_id, by=supervisor, on=TODAY)
    assert drafts.get(public_id, for_=supervisor).rehearsal["totals"]["moved"] == 1


def test_a_rehearsal_asks_as_much_of_one_case_as_of_many(county, supervisor, ground):
    asked = []

    def note(_connection, _cursor, statement, *_more):
        asked.append(statement)

    public_id = drafted(county, supervisor)
    counts = []
    for more in (1, 4):
        for _ in range(more):
            cast.routed(county)
        event.listen(ground, "before_cursor_execute", note)
        do(drafts.rehearse, public_id, by=supervisor, on=TODAY)
        event.remove(ground, "before_cursor_execute", note)
        counts.append(len(asked))
        asked.clear()
    assert counts[0] == counts[1]


def test_published_rules_hold_from_their_day_and_are_put_back_by_another_draft(county, supervisor):
    case, tomorrow = cast.screened(county), TODAY + timedelta(days=1)
    first = published(county, supervisor, drafted(county, supervisor), valid_from=tomorrow)
    assert (where(case), where(case, tomorrow)) == ("武阳镇人民调解委员会", "南昌县人民调解委员会")
    back = do(drafts.undo, first, by=supervisor, on=TODAY)
    published(county, supervisor, back, valid_from=tomorrow)
    assert where(case, tomorrow) == "武阳镇人民调解委员会"
    names = [rule.reason for _edition, rule, _draft in bookkeeping.editions(county.centre.id, NEIGHBOURS)]
    assert names == ["这类纠纷由所在乡镇先调", "邻里也由县里办", "这类纠纷由所在乡镇先调"]


def test_a_new_rule_is_added_and_taken_away_again(county, supervisor):
    case = cast.screened(county)
    public_id = do(drafts.begin, by=supervisor, on=TODAY, why="武阳的用水纠纷")
    values = to_county(county) | {"priority": 1, "name": "武阳用水", "conditions": {"areas": [cast.TOWN]}}
    do(drafts.put, public_id, by=supervisor, on=TODAY, version=1, number=None, values=values)
    published(county, supervisor, public_id)
    assert queries.suggest_for(case, on=TODAY).way.rule.number == 101
    published(county, supervisor, do(drafts.undo, public_id, by=supervisor, on=TODAY))
    assert queries.suggest_for(case, on=TODAY).way.rule.number == NEIGHBOURS


def test_a_rule_is_switched_off_from_a_day_on(county, supervisor):
    case = cast.screened(county)
    public_id = do(drafts.begin, by=supervisor, on=TODAY, why="不再分开")
    do(drafts.switch_off, public_id, NEIGHBOURS, by=supervisor, on=TODAY, version=1)
    published(county, supervisor, public_id)
    assert queries.suggest_for(case, on=TODAY).way.rule.number == 22
    assert queries.suggest_for(case, on=TODAY - timedelta(days=1)).way.rule.number == NEIGHBOURS


def test_two_who_change_one_draft_do_not_overwrite_each_other(county, supervisor):
    public_id = drafted(county, supervisor)
    with pytest.raises(Stale):
        do(drafts.put, public_id, by=supervisor, on=TODAY, version=1, number=NEIGHBOURS, values=to_county(county))
    key = new_key()
    twice = [do(drafts.begin, by=supervisor, on=TODAY, key=key, why="同一份") for _ in range(2)]
    assert twice[0] == twice[1]


def test_who_may_not_change_rules_may_not(county, supervisor):
    with pytest.raises(NotAllowed):
        do(drafts.begin, by=county.dispatcher, on=TODAY, why="想改")
    stranger = makers.make_actor(makers.make_centre(name="另一个中心", register_word="他矛调登"), Role.SUPERVISOR)
    with pytest.raises(NotFound):
        drafts.get(drafted(county, supervisor), for_=stranger)


def test_rules_that_are_not_followed_are_counted_with_their_cases(county, supervisor):
    other = makers.make_unit(county.centre, UnitKind.STUDIO, "老熊工作室", area_code=cast.TOWN, number_word="老熊调")
    cast.routed(county)
    elsewhere = cast.routed(county, unit=other, override_reason="expertise")
    use = bookkeeping.uses(county.centre.id, since=TODAY, until=TODAY)[NEIGHBOURS]
    assert (use.used, use.overridden, use.percent) == (2, 1, 50)
    period = {"since": TODAY, "until": TODAY}
    rows, more = bookkeeping.overridden(NEIGHBOURS, for_=county.dispatcher, **period)
    assert [(row.case_public_id, row.to_unit_id, more) for row in rows] == [(elsewhere.public_id, other.id, None)]
    assert bookkeeping.overridden(NEIGHBOURS, for_=county.head, **period)[0] == []


def test_a_transfer_says_for_good_why_it_was_suggested(county):
    cast.routed(county)
    [hop] = queries.transfers_of(session.query(cast.Case).one().id)
    assert [clue.params for clue in queries.clues_of(hop.suggestion)] == [{"value": ["用水、排水"]}]
    assert (hop.rule, hop.centre_id, hop.suggestion["track"]) == (NEIGHBOURS, county.centre.id, Track.PEOPLES)
