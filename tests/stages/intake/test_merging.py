"""Two cases made one and two again: what moves, what stays, what forbids it; undoing puts everything back."""

from datetime import date, timedelta
from threading import Barrier, Thread

import pytest
from sqlalchemy import inspect, select

from mediation.casefile.cases import access, counting, progress, steps
from mediation.casefile.cases import queries as cases
from mediation.casefile.cases.linking import Bar
from mediation.casefile.cases.models import Case, CaseAccess, Party, Representative
from mediation.casefile.cases.rules import CaseState, PartyFlag, PartyRole, Representation, Stage, Track
from mediation.casefile.clocks.models import Clock
from mediation.casefile.duties.rules import Bar as DutyBar
from mediation.casefile.notices.models import Notice
from mediation.casefile.notices.rules import Event
from mediation.ground import clock
from mediation.ground.db import session
from mediation.ground.errors import NotAllowed, NotFound, RuleBroken, Stale
from mediation.ground.once import new_key
from mediation.oversight.search import queries as search
from mediation.oversight.soundness import cases as soundness
from mediation.registry.access.rules import Depth, Role
from mediation.registry.people.operations import Identity
from mediation.registry.units.rules import UnitKind
from mediation.stages.intake import merging
from mediation.stages.intake import operations as intake
from mediation.stages.intake.operations import Helper, Origin
from mediation.stages.intake.parties import version_of
from mediation.stages.intake.rules import Question
from mediation.stages.proceedings import operations as proceedings
from mediation.stages.proceedings.operations import Answer
from mediation.stages.proceedings.rules import TerminationGround
from mediation.stages.routing import operations as routing
from mediation.stages.routing import queries as routing_queries
from tests import exits, makers, road

TODAY = date(2026, 11, 23)
BROTHER = Identity("万建国", phone="13970812799", id_number="360121197001012216")
WHY = "同一条水沟，两兄妹分头来登记"
# What a merger and its undoing leave behind: versions, and when a step was last written.
HISTORY = {"version", "turn_since", "until"}


@pytest.fixture
def county(ground):
    return road.make_county()


def case_of(public_id):
    return session.scalar(select(Case).where(Case.public_id == public_id))


def merge(county, case, into, *, by=None, on=TODAY, reason=WHY, **values):
    return road.do(merging.merge, case, into, by=by or county.clerk, on=on, reason=reason, **values)


def unmerge(county, case, *, by=None, on=TODAY, reason="其实是两条沟"):
    return road.do(merging.unmerge, case, by=by or county.clerk, on=on, reason=reason)


def barred(county, case, into, **values):
    with pytest.raises(RuleBroken) as caught:
        merge(county, case, into, **values)
    return {bar.reason for bar in caught.value.obstacles}


def names(public_id):
    return [party.name for party in cases.parties_of(case_of(public_id).id)]


def brothers(county, **changes):
    """A case that the brother brought three days before his sister came."""
    asked = Origin(applied_on=date(2026, 11, 20))
    changes = {"applicants": [BROTHER], "respondents": [road.TU], "origin": asked} | changes
    return road.registered(county, **changes)


def rows(*public_ids):
    """Return everything that is stored of cases, without what only says that something was written."""
    session.rollback()
    session.expire_all()
    ids = [case_of(each).id for each in public_ids]
    parties = list(session.scalars(select(Party).where(Party.case_id.in_(ids))))
    found = [*session.scalars(select(Case).where(Case.id.in_(ids))), *parties]
    found += session.scalars(select(Clock).where(Clock.case_id.in_(ids)))
    found += session.scalars(select(CaseAccess).where(CaseAccess.case_id.in_(ids), CaseAccess.until.is_(None)))
    found += session.scalars(select(Representative).where(Representative.party_id.in_([each.id for each in parties])))
    return {
        (type(row).__name__, row.id): {
            column.key: getattr(row, column.key) for column in inspect(type(row)).columns if column.key not in HISTORY
        }
        for row in found
    }


def test_two_become_one(county):
    leading, merged = road.registered(county), brothers(county)
    numbers = [case_of(each).register_no for each in (leading, merged)]
    key = new_key()
    link = merge(county, merged, leading, key=key)
    assert merge(county, merged, leading, key=key) == link  # sent twice, done once
    here, there = case_of(leading), case_of(merged)
    assert (there.state, there.stage, there.is_open) == (CaseState.MERGED, Stage.CLOSED, False)
    assert there.merged_into_id == here.id and there.due_on is None
    assert [(party.name, party.role) for party in cases.parties_of(here.id)] == [
        ("万秋莲", PartyRole.APPLICANT), ("涂国平", PartyRole.RESPONDENT), ("万建国", PartyRole.APPLICANT)]
    assert here.title == "万秋莲等2人与涂国平用水、排水纠纷" and here.people_count == 2
    assert (here.applied_on, here.due_on) == (date(2026, 11, 20), date(2026, 11, 25))  # PM-19, from the earlier request
    assert [step.step for step in progress.history(here.id)][-1] == "case.absorb"
    for number in numbers:
        assert number in {row.register_no for row in search.find(number, for_=county.clerk)}
    assert not [each.told for each in (*soundness.histories(), soundness.counts()) if not each.is_sound]


def test_undoing_puts_everything_back(county):
    leading = road.registered(county, respondents=[], unknown_side="隔壁建房的")
    child = Helper(Representation.GUARDIAN, "万建军", id_number="360121197808083314", relation="父子")
    merged = brothers(county)
    party = cases.parties_of(case_of(merged).id)[0].public_id
    road.do(intake.add_representative, party, helper=child, by=county.clerk, on=TODAY)
    before = rows(leading, merged)
    merge(county, merged, leading)
    copy = cases.parties_of(case_of(leading).id)[-1].representatives[0]
    assert names(leading) == ["万秋莲", "涂国平", "万建国"]  # the unknown side has a name now
    assert (copy.name, copy.id_number) == ("万建军", "360121197808083314")
    assert rows(leading, merged) != before
    unmerge(county, merged)
    assert rows(leading, merged) == before
    merge(county, merged, leading)  # and once more
    assert case_of(merged).state == CaseState.MERGED


@pytest.mark.parametrize("late", [False, True])
def test_a_merger_is_undone_on_the_last_day_and_not_the_day_after(county, now, late):
    """Row 18: seven calendar days, the first not counted."""
    leading, merged = road.registered(county), brothers(county)
    merge(county, merged, leading)
    on = TODAY + timedelta(days=8 if late else 7)
    clock.freeze(now + timedelta(days=8 if late else 7))
    if late:
        with pytest.raises(RuleBroken) as caught:
            unmerge(county, merged, on=on)
        assert [(bar.reason, bar.params["last"]) for bar in caught.value.obstacles] == [
            (Bar.UNDO_OVER, date(2026, 11, 30))]
    else:
        unmerge(county, merged, on=on)
        assert case_of(merged).state == CaseState.SCREENED


def test_a_party_on_whom_something_was_built_stays(county):
    leading, merged = road.registered(county), brothers(county)
    merge(county, merged, leading)
    brother = cases.parties_of(case_of(leading).id)[-1]
    answer = {brother.public_id: Answer("agreed", "written", TODAY)}
    road.do(proceedings.record_consent, leading, by=county.clerk, on=TODAY, answers=answer)
    unmerge(county, merged)
    assert "万建国" in names(leading)
    assert progress.history(case_of(leading).id)[-1].facts["stay"] == 1


def test_of_two_mergers_one_is_undone_and_the_other_keeps_what_is_its_own(county):
    leading = road.registered(county)
    first, second = brothers(county), brothers(county, origin=Origin(applied_on=date(2026, 11, 21)))
    merge(county, first, leading)
    merge(county, second, leading)
    unmerge(county, first)
    assert names(leading)[-1] == "万建国" and case_of(leading).applied_on == date(2026, 11, 21)
    unmerge(county, second)
    assert names(leading) == ["万秋莲", "涂国平"] and case_of(leading).applied_on == TODAY
    assert (case_of(leading).people_count, case_of(leading).due_on) == (1, date(2026, 11, 26))


def test_who_complains_of_each_other_comes_in_on_their_own_side(county):
    """The respondent's sister joins him against the applicant: she is no applicant here."""
    leading = road.registered(county)
    sister = Identity("涂秀英", id_number="360121199005051123")
    merged = road.registered(county, applicants=[road.TU, sister], respondents=[road.WAN])
    merge(county, merged, leading)
    assert [(party.name, party.role) for party in cases.parties_of(case_of(leading).id)][-1] == (
        "涂秀英", PartyRole.RESPONDENT)


def test_what_one_case_knows_of_a_danger_the_other_knows_too(county):
    leading, merged = road.registered(county), road.registered(county)
    victim = cases.parties_of(case_of(merged).id)[0]
    road.do(
        intake.change_party, victim.public_id, version=version_of(victim), by=county.clerk, on=TODAY,
        standing=intake.Standing(PartyRole.APPLICANT, frozenset({PartyFlag.VIOLENCE})), reason="补",
    )
    merge(county, merged, leading)
    assert PartyFlag.VIOLENCE in cases.parties_of(case_of(leading).id)[0].flags["flags"]
    unmerge(county, merged)
    assert not cases.parties_of(case_of(leading).id)[0].flags["flags"]


def test_the_unit_that_registered_the_merged_case_sees_the_leading_one_until_it_is_undone(county):
    town = makers.make_unit(county.centre, UnitKind.WINDOW, "武阳镇综治中心")
    window = makers.make_actor(county.centre, Role.INTAKE_CLERK, town)
    leading = road.registered(county)
    merged = makers.make_screened(county.centre, window, applicants=[BROTHER], respondents=[road.TU]).public_id
    with pytest.raises(NotFound):
        merge(county, merged, leading, by=window)  # whoever merges sees both
    merge(county, merged, leading)
    assert access.depth_of(window, case_of(leading)) == Depth.CONTENTS
    unmerge(county, merged)
    assert access.depth_of(window, case_of(leading)) is None


def test_the_mediator_of_the_leading_case_reads_the_merged_one_and_acts_on_nothing_there(county):
    leading, _proceeding = road.mediating(county)
    merged = brothers(county)
    with pytest.raises(NotFound):
        cases.get(merged, for_=county.mediator)
    merge(county, merged, leading)
    assert cases.get(merged, for_=county.mediator).public_id == merged
    with pytest.raises(NotAllowed):
        unmerge(county, merged, by=county.mediator)
    with pytest.raises(NotFound):
        cases.get(merged, for_=makers.make_actor(county.centre, Role.MEDIATOR, county.committee))


def test_a_dispute_that_was_accepted_twice_is_counted_once(county):
    leading, _proceeding = road.accepted(county)
    merged, proceeding = road.mediating(county, applicants=[BROTHER])
    road.do(
        proceedings.end, proceeding, by=county.mediator, on=TODAY, ground=TerminationGround.TOO_FAR_APART,
        course="和另一件是一回事", notice_given=True,
    )
    both = counting.counted()
    merge(county, merged, leading, by=county.dispatcher)
    one = counting.counted()
    assert case_of(merged).accepted_on is None and sum(one.values()) * 2 == sum(both.values())
    assert not [each.told for each in (*soundness.histories(), soundness.counts()) if not each.is_sound]
    unmerge(county, merged, by=county.dispatcher)
    assert counting.counted() == both


def test_everything_that_forbids_a_merger_is_named_at_once(county):
    leading = road.registered(county)
    assert barred(county, leading, leading) == {Bar.SAME_CASE}
    running, proceeding = road.mediating(county, applicants=[BROTHER])
    assert barred(county, running, leading, by=county.dispatcher, reason=" ") == {
        Bar.PROCEEDING_RUNS, Bar.NO_MERGE_REASON}
    sealed = road.registered(county, yes=[Question.VIOLENCE, Question.COLLECTIVE])
    assert barred(county, sealed, leading) == {Bar.ONE_SEALED, DutyBar.COLLECTIVE}
    unasked = makers.make_case(county.centre, county.clerk).public_id
    assert barred(county, unasked, leading) == {Bar.NOT_ASKED}
    sent = road.registered(county, origin=exits.COMMISSION, applicants=[BROTHER])
    assert barred(county, sent, leading) == {Bar.FROM_COURT}


def test_nothing_is_merged_into_what_is_over_and_what_binds_stays_apart(county):
    leading, merged = road.registered(county), brothers(county)
    merge(county, merged, leading)
    third = road.registered(county)
    assert barred(county, third, merged) == {Bar.LEADING_OVER}
    bound = road.signed(county)[0]
    assert Bar.HAS_AGREEMENT in barred(county, bound, leading, by=county.dispatcher)
    assert barred(county, brothers(county), bound, by=county.dispatcher) == {Bar.TOO_LATE_FOR_PARTIES}
    merge(county, third, bound, by=county.dispatcher)  # nobody new comes into the agreement
    away = makers.make_actor(makers.make_centre(name="进贤县中心", register_word="进矛调登"), Role.INTAKE_CLERK)
    with pytest.raises(NotFound):
        merge(county, leading, bound, by=away)


def test_a_merged_case_takes_no_other_step(county):
    leading, merged = road.registered(county), brothers(county)
    road.do(
        routing.route, merged, by=county.dispatcher, on=TODAY, track=Track.PEOPLES, override_reason=None,
        unit_public_id=county.committee.public_id,
    )
    merge(county, merged, leading)
    transfer = routing_queries.newest(case_of(merged).id).public_id
    offered = {step.name: bars for step, _case, bars in steps.offered(case_of(merged), by=county.head, on=TODAY)}
    assert offered.keys() == {"case.unmerge", "case.bundle"}, "nothing but going back and taking the papers along"
    assert [bar.reason for bar in offered["case.unmerge"]] == [Bar.LEADING_NOT_SEEN]
    with pytest.raises(RuleBroken):
        road.do(routing.receive, transfer, by=county.head, on=TODAY)
    unmerge(county, merged)
    road.do(routing.receive, transfer, by=county.head, on=TODAY)


def test_of_two_who_merge_crosswise_at_once_one_is_too_late(county):
    """P33: neither is left merged into a case that is merged itself."""
    pair = [road.registered(county), brothers(county)]
    barrier, won, lost = Barrier(2), [], []
    session.remove()

    def run(case, into):
        barrier.wait()
        try:
            won.append(merge(county, case, into))
        except (RuleBroken, Stale) as refusal:
            lost.append(refusal)
        finally:
            session.remove()

    threads = [Thread(target=run, args=each) for each in (pair, reversed(pair))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (len(won), len(lost)) == (1, 1)
    assert sorted(case_of(each).state for each in pair) == [CaseState.MERGED, CaseState.SCREENED]


def test_in_whose_hands_the_leading_case_is_hears_of_it(county):
    leading, _proceeding = road.mediating(county)
    merged = brothers(county)
    merge(county, merged, leading)
    unmerge(county, merged)
    told = select(Notice.event).where(Notice.account_id == county.mediator.account_id).order_by(Notice.id)
    assert list(session.scalars(told))[-2:] == [Event.MERGED_IN, Event.PARTED]


def test_a_case_that_is_sealed_later_seals_what_was_merged_into_it(county):
    leading, merged = road.registered(county), brothers(county)
    merge(county, merged, leading)
    road.do(intake.learn_risk, leading, yes=["violence"], words="脸上有伤", by=county.clerk, on=TODAY)
    assert case_of(merged).is_sealed and case_of(merged).title == "用水、排水纠纷（保密）"
