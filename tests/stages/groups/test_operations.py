"""A group from its opening to the settlement that its representatives may make."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import event
from sqlalchemy.engine import Engine

from mediation.casefile.cases import links, steps
from mediation.casefile.cases import queries as cases
from mediation.casefile.duties import queries as duties
from mediation.casefile.duties.rules import DutyKind
from mediation.ground import clock
from mediation.ground.db import session
from mediation.ground.errors import NotFound, RuleBroken, Stale
from mediation.oversight.search import queries as search
from mediation.registry.people.models import Person
from mediation.registry.people.operations import Identity
from mediation.stages.agreements import operations as agreements
from mediation.stages.groups import listing, operations, queries, speaking
from mediation.stages.groups.queries import Which
from mediation.stages.groups.rules import Bar
from mediation.stages.intake import chains
from tests import makers, road
from tests.road import do

SURNAMES = "赵钱孙李周吴郑王冯陈褚卫"
ELEVEN = "\n".join(f"{surname}工友 1397081{number:04} 5000" for number, surname in enumerate(SURNAMES[:11]))


@pytest.fixture
def county(ground):
    return road.make_county()


def opened(county, case=None, by=None, said=12, **values):
    """A group of twelve on a registered case; returns its public id."""
    case = case or road.registered(county)
    by = by or county.clerk
    return do(
        operations.open_group, case, said_count=said, learnt_at=clock.now() - timedelta(minutes=30), by=by,
        on=clock.today(), **values,
    )


def kinds(case_id):
    return {duty.kind: duty for duty in duties.of_case(case_id)}


def bars(act, *args, **values):
    with pytest.raises(RuleBroken) as refused:
        do(act, *args, **values)
    return [bar.reason for bar in refused.value.obstacles]


def read(county, public_id):
    group, case = queries.get(public_id, for_=county.clerk)
    return group, case, queries.figures(group)


def test_a_group_opens_its_duties_from_the_moment_of_learning(county):
    public_id = opened(county)
    group, case, figures = read(county, public_id)
    assert (figures.said, figures.listed, figures.people, case.group_size, case.people_count) == (12, 1, 12, 12, 12)
    found = kinds(case.id)
    assert set(found) == {DutyKind.FIRST_REPORT, DutyKind.COLLECTIVE}
    assert found[DutyKind.FIRST_REPORT].due_at - group.learnt_at == timedelta(hours=2)
    assert bars(
        operations.open_group, case.public_id, said_count=1, learnt_at=clock.now() + timedelta(hours=1),
        by=county.clerk, on=clock.today(),
    ) == [Bar.TOO_FEW, Bar.LEARNT_LATER, Bar.IS_GROUP]


def test_later_members_open_what_they_bring(county):
    public_id = opened(county, said=2)
    _group, case, _figures = read(county, public_id)
    assert not kinds(case.id)
    four = "\n".join(ELEVEN.splitlines()[:4])
    do(listing.add_members, public_id, four, by=county.clerk, on=clock.today())
    assert set(kinds(case.id)) == {DutyKind.FIRST_REPORT}
    do(listing.add_members, public_id, ELEVEN, by=county.clerk, on=clock.today())
    assert set(kinds(case.id)) == {DutyKind.FIRST_REPORT, DutyKind.COLLECTIVE} and len(duties.of_case(case.id)) == 2
    _group, case, figures = read(county, public_id)
    assert (figures.said, figures.listed, figures.people, figures.listed_fen) == (2, 12, 12, 11 * 500_000)
    assert chains.of(case.id).people == 12


def test_a_list_is_pasted_again_without_doubling(county):
    public_id = opened(county)
    text = f"{ELEVEN}\n坏行 139708127"
    seen = listing.preview(public_id, text, by=county.clerk, on=clock.today())
    assert (seen.adds, seen.wrong, seen.people_after) == (11, 1, 12)
    do(listing.add_members, public_id, text, by=county.clerk, on=clock.today())
    again = listing.preview(public_id, text, by=county.clerk, on=clock.today())
    assert (again.adds, again.changes, again.wrong) == (0, 0, 1)
    do(listing.add_members, public_id, "赵工友 360121198503150015 三组", by=county.clerk, on=clock.today())
    row = queries.members(read(county, public_id)[0], name="赵").rows[0]
    assert (row.place, row.person.id_number) == ("三组", "360121198503150015")


def test_three_hundred_lines_ask_a_handful_of_questions(county):
    public_id = opened(county, said=300)
    text = "\n".join(f"员工{number} 139{number:08} 800 {number % 9}组" for number in range(300))
    asked = []

    def note(_connection, _cursor, statement, *_more):
        asked.append(statement)

    event.listen(Engine, "before_cursor_execute", note)
    try:
        do(listing.add_members, public_id, text, by=county.clerk, on=clock.today())
    finally:
        event.remove(Engine, "before_cursor_execute", note)
    assert len(asked) < 60, len(asked)
    group, _case, figures = read(county, public_id)
    assert figures.listed == 301 and session.query(Person).filter(Person.name.like("员工%")).count() == 300
    page = queries.members(group)
    assert len(page.rows) == 50 and len(queries.members(group, after=page.next).rows) == 50


def settled(county, public_id, **values):
    told = {"about": "settlement", "answer": "agreed", "form": "written", "said_on": clock.today()} | values
    return do(speaking.record_answers, public_id, by=county.mediator, on=clock.today(), **told)


def test_representatives_settle_only_with_everybodys_consent(county):
    case, _proceeding = road.mediating(county)
    public_id = opened(county, case, by=county.mediator)
    do(listing.add_members, public_id, ELEVEN, by=county.mediator, on=clock.today())
    group, row, _figures = read(county, public_id)
    refs = [member.public_id for member in queries.members(group).rows]
    today = {"elected_on": clock.today(), "signed_on": clock.today(), "by": county.mediator, "on": clock.today()}
    assert bars(speaking.elect, public_id, refs[:6], **today) == [Bar.TOO_MANY]
    do(speaking.elect, public_id, refs[:3], **today)
    parties = cases.parties_of(row.id)
    assert [party.name for party in parties] == ["万秋莲", "涂国平", "赵工友", "钱工友"]
    assert "等" in cases.get(case, for_=county.mediator).title
    road.consented(county, case, by=county.mediator)
    agreement = do(agreements.draft, case, by=county.mediator, on=clock.today())

    def missing():
        subject = agreements.queries.get(agreement, for_=county.mediator)[0]
        fact = steps.steps.obstacles(("groups.members_consent",), subject, on=clock.today(), by=county.mediator)
        return [(bar.reason, bar.params.get("count")) for bar in fact]

    assert missing() == [(Bar.MEMBERS_SILENT, 9)]
    assert bars(
        speaking.record_answers, public_id, about="settlement", answer="agreed", form="oral", said_on=clock.today(),
        member_ids=None, by=county.mediator, on=clock.today(),
    ) == [Bar.NO_PROPOSAL, Bar.NOT_IN_WRITING]
    group, _case, _figures = read(county, public_id)
    terms = {"by": county.mediator, "on": clock.today()}
    do(operations.propose, public_id, "每人分两期付清", version=group.version, **terms)
    settled(county, public_id, member_ids=refs[3:5])
    settled(county, public_id, member_ids=refs[5:6], answer="refused")
    assert missing() == [(Bar.MEMBERS_REFUSE, 1), (Bar.MEMBERS_SILENT, 6)]
    settled(county, public_id, member_ids=None)
    assert missing() == [(Bar.MEMBERS_REFUSE, 1)]
    row = queries.members(read(county, public_id)[0], which=Which.REFUSING).rows[0]
    do(operations.leave, row.public_id, version=row.version, reason="要自己起诉", **terms)
    assert missing() == [(Bar.UNLISTED, 1)]
    group = read(county, public_id)[0]
    do(operations.change_group, public_id, version=group.version, said_count=11, total_fen=None, **terms)
    assert missing() == []
    group = read(county, public_id)[0]
    do(operations.propose, public_id, "每人分三期付清", version=group.version, **terms)
    assert missing() == [(Bar.MEMBERS_SILENT, 8)]
    with pytest.raises(Stale):
        do(operations.propose, public_id, "又一样", version=group.version - 1, **terms)


@pytest.mark.parametrize("type_code", ["neighbour.water", "medical"])
def test_five_may_speak_for_a_group_and_not_six(county, type_code):
    """MH-07, AM-10: by the law of petitions, and in a medical dispute by its own."""
    case = road.registered(county, matter=replace(makers.DRAIN, type_code=type_code))
    public_id = opened(county, case)
    today = {"by": county.clerk, "on": clock.today()}
    do(listing.add_members, public_id, ELEVEN, **today)
    refs = [member.public_id for member in queries.members(read(county, public_id)[0]).rows]
    elected = {"elected_on": clock.today(), "signed_on": clock.today()} | today
    assert bars(speaking.elect, public_id, refs[:6], **elected) == [Bar.TOO_MANY]
    do(speaking.elect, public_id, refs[:5], **elected)
    assert len(queries.representatives(read(county, public_id)[0])) == 5


def test_who_steps_down_speaks_for_nobody(county):
    public_id = opened(county)
    group, _case, _figures = read(county, public_id)
    [me] = queries.members(group).rows
    today = {"by": county.clerk, "on": clock.today()}
    do(speaking.elect, public_id, [me.public_id], elected_on=None, signed_on=clock.today(), **today)
    me = queries.representatives(group)[0]
    version = me.version
    assert bars(operations.leave, me.public_id, version=version, reason="走", **today) == [Bar.SPEAKS_FOR_OTHERS]
    do(speaking.step_down, me.public_id, version=version, reason="外出打工", **today)
    assert not queries.representatives(read(county, public_id)[0])
    wrong = bars(speaking.step_down, me.public_id, version=version + 1, reason="", **today)
    assert wrong == [Bar.NO_REASON, Bar.REPRESENTS_NOT]


def test_a_single_case_is_taken_in_and_let_go(county):
    public_id = opened(county)
    single = road.registered(county, applicants=[Identity("邓建军", phone="13970812700")])
    today = {"by": county.clerk, "on": clock.today()}
    do(operations.take_in_case, public_id, single, **today)
    group, case, figures = read(county, public_id)
    assert (figures.listed, figures.listed_fen) == (2, makers.DRAIN.amount_fen)
    [(line, count)] = queries.taken_in(group, for_=county.clerk)
    assert (line.case_public_id, count) == (single, 1)
    assert bars(operations.take_in_case, public_id, single, **today) == [Bar.TAKEN_IN_ALREADY]
    assert bars(operations.take_in_case, public_id, case.public_id, **today) == [Bar.SELF]
    assert bars(operations.let_go_case, public_id, single, reason=" ", **today) == [Bar.NO_REASON]
    do(operations.let_go_case, public_id, single, reason="他要单独谈", **today)
    group, case, figures = read(county, public_id)
    assert figures.listed == 1 and not links.of_case(case, for_=county.clerk)
    assert queries.members(group, which=Which.LEFT).rows[0].end_reason == "他要单独谈"


def test_a_member_is_found_by_name_and_by_phone_and_kept_from_strangers(county):
    public_id = opened(county)
    do(listing.add_members, public_id, ELEVEN, by=county.clerk, on=clock.today())
    _group, case, _figures = read(county, public_id)
    for text in ("赵工友", "0003", "zgy"):
        assert [row.public_id for row in search.find(text, for_=county.clerk)] == [case.public_id], text
    assert not search.find("赵工友", for_=county.head)
    with pytest.raises(NotFound):
        queries.get(public_id, for_=county.head)
    sealed = road.registered(county, yes=["violence"])
    other = opened(county, sealed)
    do(listing.add_members, other, "暗中人 13970812733", by=county.clerk, on=clock.today())
    do(
        road.routing.route, sealed, by=county.dispatcher, on=clock.today(), track="peoples",
        unit_public_id=county.committee.public_id, override_reason=None,
    )
    assert not search.find("暗中人", for_=county.clerk)
