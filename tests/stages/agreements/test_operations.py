"""Agreements by operations: drafting, agreeing, signing, taking effect, each bar both ways."""

from datetime import date

import pytest
from sqlalchemy import select

from mediation.casefile.cases import queries as cases
from mediation.casefile.cases.rules import AgreementState, Stage, Turn
from mediation.casefile.papers import operations as papers
from mediation.ground.db import session, transaction
from mediation.ground.errors import NotAllowed, RuleBroken, Stale
from mediation.stages.agreements import operations as agreements
from mediation.stages.agreements import queries
from mediation.stages.agreements.models import Agreement
from mediation.stages.agreements.operations import ClauseValues
from mediation.stages.agreements.rules import ClauseKind
from mediation.stages.performance import queries as performance
from mediation.stages.proceedings import operations as proceedings
from mediation.stages.proceedings.operations import Answer
from tests import road
from tests.road import do

TODAY = date(2026, 11, 23)


@pytest.fixture
def county(ground):
    return road.make_county()


def reasons(error) -> set[str]:
    return {str(obstacle.reason) for obstacle in error.value.obstacles}


def test_an_agreement_binds_on_the_day_of_its_last_signature(county):
    case, agreement, refs = road.drafted(county)
    do(agreements.agree, agreement, by=county.mediator, on=TODAY)
    road.later(date(2026, 11, 27))
    on = date(2026, 11, 27)
    do(agreements.sign_party, agreement, refs[0], by=county.mediator, signed_on=TODAY, on=on)
    do(agreements.sign_party, agreement, refs[1], by=county.mediator, signed_on=date(2026, 11, 24), on=on)
    do(agreements.sign_mediator, agreement, by=county.mediator, signed_on=date(2026, 11, 24), on=on)
    row, _case = queries.get(agreement, for_=county.mediator)
    assert row.effective_on is None
    do(agreements.seal, agreement, by=county.head, sealed_on=date(2026, 11, 26), on=on)
    row, _case = queries.get(agreement, for_=county.mediator)
    assert (row.state, row.effective_on) == (AgreementState.EFFECTIVE, date(2026, 11, 26))
    assert cases.get(case, for_=county.mediator).stage == Stage.EFFECTIVE


def test_each_duty_of_an_effective_agreement_is_followed(county):
    case, _agreement, _refs = road.signed(county)
    row = cases.get(case, for_=county.mediator)
    duties = performance.of_case(row.id)
    days = [date(2026, 12, 20), date(2027, 1, 20), date(2027, 2, 20), date(2026, 12, 20)]
    assert [duty.due_on for duty in duties] == days
    assert sum(duty.amount_fen or 0 for duty in duties) == 260_000
    assert row.turn == Turn.MEDIATOR


def test_the_paper_for_signing_bears_the_body_s_number(county):
    case, agreement, _refs = road.drafted(county)
    do(agreements.agree, agreement, by=county.mediator, on=TODAY)
    row = cases.get(case, for_=county.mediator)
    paper = papers.newest(row.id, "agreement")
    assert paper.number == row.body_no == "（2026）武民调字第1号"


def test_sums_that_do_not_agree_bar_the_agreement(county):
    _case, agreement, refs = road.drafted(county)
    road.save(county, agreement, refs, total_fen=260_001)
    with pytest.raises(RuleBroken) as error:
        do(agreements.agree, agreement, by=county.mediator, on=TODAY)
    assert reasons(error) == {"sums_differ"}
    road.save(county, agreement, refs, total_fen=260_000)
    do(agreements.agree, agreement, by=county.mediator, on=TODAY)


def test_a_clause_without_day_and_a_court_that_decides_are_both_named(county):
    _case, agreement, refs = road.drafted(county)
    vague = ClauseValues(ClauseKind.PAY, "尽快付清", (refs[1],), (refs[0],), amount_fen=260_000, manner="cash")
    road.save(county, agreement, refs, clauses=[vague], breach_clause="否则由法院判决")
    with pytest.raises(RuleBroken) as error:
        do(agreements.agree, agreement, by=county.mediator, on=TODAY)
    assert reasons(error) == {"no_due", "court_decides"}


def test_nobody_signs_a_text_that_the_law_bars(county):
    """It was agreed on before a rule of the linter came, or went past it."""
    _case, agreement, refs = road.drafted(county)
    do(agreements.agree, agreement, by=county.mediator, on=TODAY)
    with transaction():
        session.scalars(select(Agreement)).one().breach_clause = "不付的由法院判决"
    with pytest.raises(RuleBroken) as error:
        do(agreements.sign_party, agreement, refs[0], by=county.mediator, signed_on=TODAY, on=TODAY)
    assert reasons(error) == {"court_decides"}


def test_a_silent_party_bars_the_agreement(county):
    case, agreement, refs = road.drafted(county)
    do(proceedings.record_consent, case, by=county.mediator, on=TODAY, answers={refs[1]: Answer("pending")})
    with pytest.raises(RuleBroken) as error:
        do(agreements.agree, agreement, by=county.mediator, on=TODAY)
    assert reasons(error) == {"party_silent"}


def test_a_text_saved_by_somebody_else_is_not_overwritten(county):
    _case, agreement, refs = road.drafted(county)
    row, _case = queries.get(agreement, for_=county.mediator)
    old = row.version
    road.save(county, agreement, refs, breach_clause="先存的")
    with pytest.raises(Stale) as error:
        road.save(county, agreement, refs, breach_clause="后存的", version=old)
    assert error.value.theirs["breach_clause"] == "先存的"


def test_nobody_signs_before_the_agreement_or_after_today(county):
    _case, agreement, refs = road.drafted(county)
    do(agreements.agree, agreement, by=county.mediator, on=TODAY)
    for day, reason in ((date(2026, 11, 22), "before_agreed"), (date(2026, 11, 24), "signed_later")):
        with pytest.raises(RuleBroken) as error:
            do(agreements.sign_party, agreement, refs[0], by=county.mediator, signed_on=day, on=TODAY)
        assert reasons(error) == {reason}


def test_a_clerk_does_not_sign_for_a_mediator(county):
    _case, agreement, _refs = road.drafted(county)
    do(agreements.agree, agreement, by=county.mediator, on=TODAY)
    with pytest.raises(NotAllowed):
        do(agreements.sign_mediator, agreement, by=county.clerk, signed_on=TODAY, on=TODAY)


def test_an_oral_agreement_binds_from_the_day_it_was_made(county):
    case, proceeding = road.mediating(county)
    road.met(county, proceeding)
    row = cases.get(case, for_=county.mediator)
    refs = [party.public_id for party in cases.parties_of(row.id)]
    clauses = road.three_instalments(refs, date(2026, 12, 20))
    values = {"agreed_on": TODAY, "facts": "排水沟垫高倒灌。", "clauses": clauses}
    do(agreements.agree_orally, case, by=county.mediator, on=TODAY, total_fen=260_000, place="前进村", **values)
    found = queries.effective(row.id)
    assert found.is_oral and found.effective_on == TODAY
    assert papers.newest(row.id, "oral_agreement") is not None


def test_ending_gives_up_an_unsigned_text(county):
    case, agreement, _refs = road.drafted(county)
    row = cases.get(case, for_=county.mediator)
    proceeding = queries.current(row.id).proceeding_id
    public_id = proceedings.queries.current(row.id).public_id
    assert proceeding
    do(
        proceedings.end, public_id, by=county.mediator, on=TODAY, ground="party_refuses",
        course="谈过一次，涂国平不愿再谈", notice_given=True,
    )
    found, _case = queries.get(agreement, for_=county.mediator)
    assert found.state == AgreementState.ABANDONED
    assert cases.get(case, for_=county.mediator).stage == Stage.ENDED


def test_a_new_text_takes_the_clauses_along(county):
    _case, agreement, _refs = road.drafted(county)
    do(agreements.agree, agreement, by=county.mediator, on=TODAY)
    fresh = do(agreements.revise, agreement, by=county.mediator, on=TODAY, reason="第二期日期写错")
    old, _case = queries.get(agreement, for_=county.mediator)
    new, _case = queries.get(fresh, for_=county.mediator)
    assert (old.state, new.state, new.text_version) == (AgreementState.SUPERSEDED, AgreementState.DRAFT, 2)
    assert [duty.what for duty in new.duties] == [duty.what for duty in old.duties]
    assert new.duties[0].account.startswith("户名万秋莲")
