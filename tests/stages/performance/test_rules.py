from datetime import date

import pytest

from mediation.casefile.cases.rules import PerformanceState, Trait
from mediation.stages.performance.rules import (
    AfterBreach,
    Bar,
    DutyFacts,
    PoliceWaiver,
    Receipt,
    ReceiptKind,
    after_breach,
    is_late,
    is_settled,
    paid_fen,
    police_waiver,
    receipt_obstacles,
    state_of,
    urged_since,
)

DUE_ON = date(2026, 6, 1)
MONEY = DutyFacts(2_430_000, DUE_ON)
WORK = DutyFacts(None, DUE_ON)
S, K = PerformanceState, ReceiptKind


def paid(amount_fen, on=DUE_ON):
    return Receipt(K.PAYMENT, on, amount_fen)


WAIVED = Receipt(K.WAIVER, DUE_ON, word="当面说不要了")
BREACHED = Receipt(K.BREACH, date(2026, 6, 2))


@pytest.mark.parametrize(
    ("duty", "receipts", "state"),
    [
        (MONEY, [], S.DUE),
        (MONEY, [Receipt(K.URGE, DUE_ON)], S.DUE),
        (MONEY, [paid(2_429_999)], S.PART),
        (MONEY, [paid(2_430_000)], S.DONE),
        (MONEY, [paid(2_429_999), paid(1)], S.DONE),
        (MONEY, [paid(1_000_000), BREACHED], S.BREACHED),
        (MONEY, [BREACHED, paid(2_430_000, date(2026, 7, 1))], S.DONE),
        (MONEY, [paid(1_000_000), WAIVED], S.WAIVED),
        (MONEY, [Receipt(K.ACT, DUE_ON)], S.DUE),
        (WORK, [], S.DUE),
        (WORK, [Receipt(K.ACT, DUE_ON)], S.DONE),
        (WORK, [BREACHED], S.BREACHED),
    ],
)
def test_the_state_follows_from_what_happened(duty, receipts, state):
    assert state_of(duty, receipts) == state


def test_only_payments_count_as_paid():
    assert paid_fen([paid(100), Receipt(K.URGE, DUE_ON, 50), paid(23)]) == 123


@pytest.mark.parametrize(
    ("states", "settled"),
    [((), True), ((S.DONE, S.WAIVED), True), ((S.DONE, S.PART), False), ((S.BREACHED,), False), ((S.DUE,), False)],
)
def test_settled(states, settled):
    assert is_settled(states) is settled


@pytest.mark.parametrize(
    ("state", "on", "late"),
    [
        (S.DUE, date(2026, 6, 1), False),
        (S.DUE, date(2026, 6, 2), True),
        (S.PART, date(2026, 6, 2), True),
        (S.BREACHED, date(2026, 6, 2), True),
        (S.DONE, date(2026, 6, 2), False),
        (S.WAIVED, date(2026, 6, 2), False),
    ],
)
def test_late_from_the_day_after(state, on, late):
    assert is_late(MONEY, state, on=on) is late


def test_what_has_no_day_is_never_late():
    assert not is_late(DutyFacts(None, None), S.DUE, on=date(2030, 1, 1))
    assert urged_since(DutyFacts(None, None)) is None


@pytest.mark.parametrize(
    ("last_urged_on", "day"),
    [(None, date(2026, 6, 1)), (date(2026, 5, 20), date(2026, 6, 1)), (date(2026, 6, 2), date(2026, 6, 2))],
)
def test_urging_counts_from(last_urged_on, day):
    """PM-15: due on 1 June, so urged from the 2nd; then after each urging. How long is in the settings."""
    assert urged_since(MONEY, last_urged_on=last_urged_on) == day


@pytest.mark.parametrize(
    ("duty", "receipts", "new", "found"),
    [
        (MONEY, [], paid(2_430_000), []),
        (MONEY, [], paid(2_430_001), [Bar.TOO_MUCH]),
        (MONEY, [paid(1_000_000)], paid(1_430_000), []),
        (MONEY, [paid(1_000_000)], paid(1_430_001), [Bar.TOO_MUCH]),
        (MONEY, [], paid(None), [Bar.NO_AMOUNT]),
        (MONEY, [], paid(-5), [Bar.NO_AMOUNT]),
        (MONEY, [], paid(100, date(2026, 6, 11)), [Bar.LATER]),
        (MONEY, [], paid(100, date(2026, 6, 10)), []),
        (MONEY, [], paid(100, date(2026, 2, 28)), [Bar.BEFORE_AGREED]),
        (MONEY, [], paid(100, date(2026, 3, 1)), []),
        (MONEY, [], Receipt(K.ACT, DUE_ON), [Bar.IS_MONEY]),
        (WORK, [], Receipt(K.ACT, DUE_ON), []),
        (WORK, [], paid(100), [Bar.NOT_MONEY]),
        (MONEY, [], WAIVED, []),
        (MONEY, [], Receipt(K.WAIVER, DUE_ON), [Bar.NOT_BY_OBLIGEE]),
        (MONEY, [], Receipt(K.BREACH, date(2026, 6, 1)), [Bar.NOT_DUE_YET]),
        (MONEY, [], BREACHED, []),
        (DutyFacts(100, None), [], BREACHED, []),
        (MONEY, [BREACHED], paid(100), []),
        (MONEY, [paid(2_430_000)], paid(1), [Bar.SETTLED]),
        (MONEY, [WAIVED], BREACHED, [Bar.SETTLED]),
    ],
)
def test_what_may_be_recorded(duty, receipts, new, found):
    obstacles = receipt_obstacles(duty, receipts, new, agreed_on=date(2026, 3, 1), on=date(2026, 6, 10))
    assert [obstacle.reason for obstacle in obstacles] == found


@pytest.mark.parametrize(
    ("traits", "changes", "ways"),
    [
        ((), {}, (AfterBreach.URGE, AfterBreach.SUE)),
        ((), {"may_still_apply": True}, (AfterBreach.URGE, AfterBreach.CONFIRM, AfterBreach.SUE)),
        ((), {"is_confirmed": True}, (AfterBreach.ENFORCE, AfterBreach.URGE)),
        ((Trait.POLICE,), {}, (AfterBreach.URGE, AfterBreach.POLICE, AfterBreach.SUE)),
        ((Trait.LABOUR,), {}, (AfterBreach.URGE, AfterBreach.ARBITRATE, AfterBreach.PAYMENT_ORDER)),
        ((Trait.LABOUR, Trait.WAGES), {}, (AfterBreach.URGE, AfterBreach.PAYMENT_ORDER, AfterBreach.SUE)),
    ],
)
def test_what_is_open_after_a_breach(traits, changes, ways):
    assert after_breach(traits, **changes) == ways


@pytest.mark.parametrize(
    ("performed", "asked", "decided", "found"),
    [
        (None, "03-03", None, PoliceWaiver.NOT_PERFORMED), ("03-05", "03-06", None, PoliceWaiver.OPEN),
        ("03-05", "03-06", "03-07", PoliceWaiver.OPEN), ("03-05", "03-07", "03-07", PoliceWaiver.TOO_LATE),
        ("03-05", "03-05", "03-04", PoliceWaiver.TOO_LATE), (None, "03-03", "03-04", PoliceWaiver.TOO_LATE),
    ],
)
def test_performance_and_application_come_before_the_police_decide(performed, asked, decided, found):
    """AM-02: performed on 5 March, decided on 4 March: not possible."""
    days = [date.fromisoformat(f"2026-{day}") if day else None for day in (performed, asked, decided)]
    performed_on, on, decided_on = days
    assert police_waiver(performed_on=performed_on, decided_on=decided_on, on=on).reason == found
