from dataclasses import replace
from datetime import date

import pytest

from mediation.casefile.cases.rules import Consent, PartyBar, PartyFacts, PartyRole, Track, Trait
from mediation.stages.agreements.linting.duties import DutyFlaw
from mediation.stages.agreements.linting.law import LawFlaw
from mediation.stages.agreements.linting.rules import content_obstacles, lint, oral_obstacles, warnings
from mediation.stages.agreements.linting.sums import SumFlaw
from mediation.stages.agreements.linting.words import WordFlaw
from mediation.stages.agreements.rules import (
    Bar,
    Clause,
    ClauseKind,
    Draft,
    Group,
    Manner,
    NotConfirmable,
    Subject,
    copies_needed,
    group_obstacles,
    sounds_like,
    why_not_confirmable,
)

TODAY = date(2026, 3, 2)
A = PartyFacts("张三", consent=Consent.AGREED, key="a")
B = PartyFacts("李四", PartyRole.RESPONDENT, consent=Consent.AGREED, key="b")
PAYMENT = Clause(
    ClauseKind.PAY, ("b",), ("a",), "李四向张三付清欠款", 5_000_000, date(2026, 6, 30), manner=Manner.CASH
)
REPAIR = Clause(ClauseKind.DO, ("b",), ("a",), "按附图修好东墙", due_on=date(2026, 5, 1), manner=Manner.WORK)
DRAFT = Draft(
    Track.PEOPLES, (A, B), (PAYMENT,), facts="欠款五万元", total_fen=5_000_000, breach_clause="逾期按日万分之五付违约金"
)


def reasons(obstacles):
    return [obstacle.reason for obstacle in obstacles]


def doubts(draft):
    return [finding.flaw for finding in warnings(lint(draft, on=TODAY))]


def with_clause(**changes):
    return replace(DRAFT, clauses=(replace(PAYMENT, **changes),))


def test_a_whole_text_passes():
    assert content_obstacles(DRAFT, on=TODAY) == []
    assert doubts(DRAFT) == []


@pytest.mark.parametrize(
    ("draft", "found"),
    [
        (replace(DRAFT, facts=" "), [DutyFlaw.NO_FACTS]),
        (replace(DRAFT, clauses=(), total_fen=None), [DutyFlaw.NO_CLAUSES]),
        (with_clause(obligors=()), [DutyFlaw.NO_OBLIGOR]),
        (with_clause(obligees=()), [DutyFlaw.NO_OBLIGEE]),
        (with_clause(obligees=("c",)), [DutyFlaw.NOT_A_PARTY]),
        (with_clause(obligees=("b",)), [DutyFlaw.SAME_SIDE]),
        (with_clause(what=" "), [DutyFlaw.NO_WHAT]),
        (with_clause(due_on=None), [DutyFlaw.NO_DUE]),
        (with_clause(due_on=None, at_once=True), []),
        (with_clause(due_on=date(2026, 3, 1)), [DutyFlaw.DUE_BEFORE]),
        (with_clause(due_on=date(2026, 3, 2)), []),
        (with_clause(manner=None), [DutyFlaw.NO_MANNER]),
        (with_clause(manner=Manner.TRANSFER), [DutyFlaw.NO_ACCOUNT]),
        (with_clause(manner=Manner.TRANSFER, has_account=True), []),
        (replace(DRAFT, clauses=(PAYMENT, replace(REPAIR, due_on=None))), [DutyFlaw.NO_DUE]),
        (replace(DRAFT, clauses=(PAYMENT, Clause(ClauseKind.TERM, ("a", "b"), (), "今后互不干扰"))), []),
        (replace(DRAFT, total_fen=None), [SumFlaw.NO_TOTAL]),
        (replace(DRAFT, clauses=(REPAIR,), total_fen=None), []),
        (replace(DRAFT, clauses=(REPAIR,)), [SumFlaw.SUMS_DIFFER]),
        (replace(DRAFT, clauses=(PAYMENT, Clause(ClauseKind.TERM, ("a", "b"), ("a", "b"), "互不干扰"))), []),
    ],
)
def test_what_a_text_lacks(draft, found):
    """PM-12, DC-03."""
    assert reasons(content_obstacles(draft, on=TODAY)) == found


def test_a_payment_without_an_amount_lacks_it_and_upsets_the_sum():
    found = reasons(content_obstacles(with_clause(amount_fen=None), on=TODAY))
    assert set(found) == {DutyFlaw.NO_AMOUNT, SumFlaw.SUMS_DIFFER}


@pytest.mark.parametrize(
    ("last", "found"),
    [(1_666_668, []), (1_666_667, [SumFlaw.SUMS_DIFFER]), (1_666_669, [SumFlaw.SUMS_DIFFER])],
)
def test_instalments_come_to_the_total_to_the_fen(last, found):
    """DC-03."""
    instalments = tuple(
        replace(PAYMENT, amount_fen=fen, due_on=date(2026, month, 1))
        for month, fen in ((4, 1_666_666), (5, 1_666_666), (6, last))
    )
    assert reasons(content_obstacles(replace(DRAFT, clauses=instalments), on=TODAY)) == found


def test_the_number_of_the_clause_is_told():
    [found] = content_obstacles(replace(DRAFT, clauses=(PAYMENT, replace(REPAIR, due_on=None))), on=TODAY)
    assert (found.params["no"], found.reason.label) == (2, "第%(no)s条履行期限不明确")


@pytest.mark.parametrize(
    ("breach", "found"),
    [
        ("否则由法院裁判", [WordFlaw.COURT_DECIDES]),
        ("逾期不付的，由南昌县人民法院判决", [WordFlaw.COURT_DECIDES]),
        ("赔偿数额以法院判决为准", [WordFlaw.COURT_DECIDES]),
        ("逾期按日万分之五付违约金", []),
        ("逾期不付的，张三可以向人民法院起诉", []),
        ("经司法确认后可以申请人民法院强制执行", []),
    ],
)
def test_the_court_may_not_be_left_to_decide_on_breach(breach, found):
    """DC-03: a penalty may be agreed on."""
    assert reasons(content_obstacles(replace(DRAFT, breach_clause=breach), on=TODAY)) == found
    in_clause = replace(DRAFT, clauses=(PAYMENT, replace(REPAIR, what=breach)))
    assert reasons(content_obstacles(in_clause, on=TODAY)) == found


@pytest.mark.parametrize(
    ("text", "track", "found"),
    [
        ("双方各付调解费200元", Track.PEOPLES, [LawFlaw.FEE]),
        ("向调解委员会付服务费100元", Track.PEOPLES, [LawFlaw.FEE]),
        ("鉴定费由李四负担", Track.PEOPLES, []),
        ("双方各付调解费200元", Track.JUDICIAL, []),
    ],
)
def test_peoples_mediation_is_free(text, track, found):
    draft = replace(with_clause(what=text), track=track)
    assert reasons(content_obstacles(draft, on=TODAY)) == found


def test_a_fee_is_found_in_the_text():
    assert LawFlaw.FEE in reasons(content_obstacles(with_clause(what="付调解服务费"), on=TODAY))


@pytest.mark.parametrize(
    ("what", "found"),
    [
        ("李四尽快付清欠款", [WordFlaw.VAGUE]),
        ("李四于有钱时适当补偿", [WordFlaw.VAGUE, WordFlaw.VAGUE]),
        ("房屋归张三所有", [WordFlaw.TITLE]),
        ("李四付清欠款", []),
    ],
)
def test_doubtful_words(what, found):
    """JC-13: a warning, no bar."""
    assert doubts(with_clause(what=what)) == found


def test_a_missing_breach_clause_is_pointed_out():
    assert doubts(replace(DRAFT, breach_clause="")) == [DutyFlaw.NO_BREACH_CLAUSE]
    assert doubts(replace(DRAFT, clauses=(), breach_clause="")) == []


def test_what_the_mediator_has_said_of_a_clause_is_not_asked_again():
    assert doubts(with_clause(what="房屋归张三所有", subject=Subject.TITLE)) == []


@pytest.mark.parametrize(
    ("what", "subject"),
    [
        ("双方同意离婚", Subject.STATUS),
        ("龚水平于春节前返家，双方先行和好", Subject.STATUS),
        ("房屋归张三所有", Subject.TITLE),
        ("东侧0.4米滴水地归李细根使用", Subject.TITLE),
        ("争议的宅基地归张三", Subject.TITLE),
        ("恢复劳动关系", Subject.LABOUR),
        ("李四于2026年6月30日前付张三50000元", None),
        ("李四每月付抚养费800元", None),
    ],
)
def test_what_a_text_sounds_like(what, subject):
    assert sounds_like(what) == subject


@pytest.mark.parametrize(
    ("clause", "traits", "why"),
    [
        (PAYMENT, (), None),
        (replace(PAYMENT, what="房屋归张三所有"), (), NotConfirmable.TITLE),
        (replace(PAYMENT, what="房屋归张三所有", subject=Subject.PLAIN), (), None),
        (replace(PAYMENT, what="双方同意离婚"), (), NotConfirmable.STATUS),
        (replace(PAYMENT, subject=Subject.TITLE), (), NotConfirmable.TITLE),
        (replace(PAYMENT, subject=Subject.OTHER_PROCEDURE), (), NotConfirmable.OTHER_PROCEDURE),
        (replace(PAYMENT, subject=Subject.NOT_CIVIL), (), NotConfirmable.NOT_CIVIL),
        (PAYMENT, (Trait.LABOUR,), None),
        (replace(REPAIR, what="继续履行劳动合同"), (Trait.LABOUR,), NotConfirmable.LABOUR),
        (replace(REPAIR, what="交还工具"), (Trait.LABOUR,), NotConfirmable.LABOUR),
        (replace(REPAIR, what="交还工具"), (), None),
    ],
)
def test_which_clauses_a_court_may_confirm(clause, traits, why):
    """JC-10, JC-21, DC-04."""
    found = why_not_confirmable(clause, traits)
    assert (found and found.reason) == why


VILLAGERS = tuple(f"村民{number}" for number in range(1, 13))


def test_a_representative_needs_the_consent_of_each_member():
    """MH-07: twelve villagers, one signs, eleven consents are missing."""
    group = Group(VILLAGERS, VILLAGERS[:1], (), most=5)
    [found] = group_obstacles(group)
    assert (found.reason, found.params["count"]) == (Bar.NO_MEMBER_CONSENT, 11)
    assert reasons(group_obstacles(replace(group, consenting=VILLAGERS[1:11]))) == [Bar.NO_MEMBER_CONSENT]
    assert group_obstacles(replace(group, consenting=VILLAGERS[1:])) == []


@pytest.mark.parametrize(("count", "found"), [(5, []), (6, [Bar.TOO_MANY_REPRESENTATIVES])])
def test_a_group_has_a_few_representatives(count, found):
    """MH-07: five, and the sixth."""
    group = Group(VILLAGERS, VILLAGERS[:count], VILLAGERS, most=5)
    assert reasons(group_obstacles(group)) == found


@pytest.mark.parametrize(
    ("agreed_on", "found"),
    [(None, [Bar.NO_AGREED_ON]), (TODAY, []), (date(2026, 3, 3), [Bar.AGREED_LATER])],
)
def test_an_oral_agreement_has_its_day(agreed_on, found):
    """PM-14."""
    assert reasons(oral_obstacles(DRAFT, agreed_on=agreed_on, on=TODAY)) == found


@pytest.mark.parametrize(("accepted_on", "found"), [(TODAY, []), (date(2026, 3, 3), [Bar.AGREED_BEFORE])])
def test_an_oral_agreement_is_made_in_its_mediation(accepted_on, found):
    assert reasons(oral_obstacles(DRAFT, agreed_on=TODAY, on=date(2026, 3, 4), accepted_on=accepted_on)) == found


def test_duties_of_an_oral_agreement_are_due_after_it():
    draft = with_clause(due_on=date(2026, 2, 27))
    assert oral_obstacles(draft, agreed_on=date(2026, 2, 26), on=TODAY) == []
    assert reasons(oral_obstacles(draft, agreed_on=date(2026, 2, 28), on=TODAY)) == [DutyFlaw.DUE_BEFORE]


def test_an_oral_agreement_needs_consent_and_contents_like_a_written_one():
    """PM-11, RT-03."""
    silent = replace(DRAFT, parties=(A, replace(B, consent=Consent.PENDING)), clauses=(), total_fen=None)
    assert reasons(oral_obstacles(silent, agreed_on=TODAY, on=TODAY)) == [PartyBar.PARTY_SILENT, DutyFlaw.NO_CLAUSES]


def test_copies():
    """PM-13."""
    assert copies_needed([A, B, PartyFacts("王五", PartyRole.OUTSIDER)]) == 3
    assert copies_needed([A, B], for_court=True) == 4


def test_of_a_divorce_the_support_is_confirmed_and_not_the_marriage():
    """JM-18, JC-10."""
    support, divorce = (replace(PAYMENT, what=what) for what in ("李四每月付抚养费800元", "双方同意离婚"))
    assert why_not_confirmable(support, ()) is None
    found = why_not_confirmable(divorce, ())
    assert found and found.reason == NotConfirmable.STATUS
