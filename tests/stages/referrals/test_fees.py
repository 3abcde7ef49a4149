from datetime import date

import pytest

from mediation.registry.settings import queries as settings
from mediation.registry.settings.rules import Gap, Kind, pattern_obstacles
from mediation.stages.proceedings.rules import Procedure
from mediation.stages.referrals import at_court
from mediation.stages.referrals.fees import FeeKind, Halving, fee
from mediation.stages.referrals.rules import Outcome
from tests import makers

K = FeeKind


@pytest.fixture
def table(ground):
    return settings.rule_table("QT-14", on=date(2026, 11, 23))


def sums(found):
    return found.least_fen, found.most_fen


@pytest.mark.parametrize(
    ("yuan", "fee_fen"),
    [
        ("0.01", 50_00), ("10000", 50_00), ("10000.01", 50_00), ("10000.20", 50_01), ("85000", 1925_00),
        ("100000", 2300_00), ("100001", 2300_02), ("200000", 4300_00), ("300000", 5800_00), ("500000", 8800_00),
        ("1000000", 13800_00), ("2000000", 22800_00), ("5000000", 46800_00), ("10000000", 81800_00),
        ("20000000", 141800_00), ("20000200", 141801_00),
    ],
)
def test_what_a_claim_for_money_costs(table, yuan, fee_fen):
    """QT-14: each step to its end and a little beyond it."""
    amount = round(float(yuan) * 100)
    assert sums(fee(K.PROPERTY, amount, table)) == (fee_fen, fee_fen)


def test_half_of_it(table):
    """QT-14, JM-17: simple procedure, small claims, mediation, withdrawal; never twice."""
    for why in Halving:
        found = fee(K.PROPERTY, 85_000_00, table, halved_by=why)
        assert (sums(found), found.whole) == ((962_50, 962_50), (1925_00, 1925_00))
    assert sums(fee(K.LABOUR, None, table)) == (10_00, 10_00)
    assert sums(fee(K.LABOUR, 500_000_00, table)) == (10_00, 10_00)


def test_the_working(table):
    found = fee(K.PROPERTY, 300_000_00, table)
    assert [(part.from_fen, part.to_fen, part.of_fen, part.percent, part.fen) for part in found.parts] == [
        (10_000_00, 100_000_00, 90_000_00, "2.5", 2250_00), (100_000_00, 200_000_00, 100_000_00, "2", 2000_00),
        (200_000_00, 500_000_00, 100_000_00, "1.5", 1500_00),
    ]
    assert found.base == (50_00, 50_00)


@pytest.mark.parametrize(
    ("kind", "amount_fen", "expected"),
    [
        (K.DIVORCE, None, (50_00, 300_00)), (K.DIVORCE, 200_000_00, (50_00, 300_00)),
        (K.DIVORCE, 200_002_00, (50_01, 300_01)), (K.PERSONALITY, 50_000_00, (100_00, 500_00)),
        (K.PERSONALITY, 120_000_00, (700_00, 1100_00)), (K.OTHER, None, (50_00, 100_00)),
        (K.IP, None, (500_00, 1000_00)), (K.IP, 85_000_00, (1925_00, 1925_00)), (K.CONFIRMATION, 85_000_00, (0, 0)),
    ],
)
def test_other_kinds(table, kind, amount_fen, expected):
    """QT-14; JC-17: judicial confirmation costs nothing."""
    assert sums(fee(kind, amount_fen, table)) == expected


def test_a_table_that_cannot_be_counted_with_is_not_taken(table):
    assert pattern_obstacles(Kind.TABLE, "QT-14", table) == []
    for broken in ({}, table | {"property": {"least_fen": 1}}, table | {"labour": table["property"] | {"steps": [[1]]}},
                   table | {"ip": {"least_fen": 1, "most_fen": 2, "as": "ip"}}):
        assert [each.reason for each in pattern_obstacles(Kind.TABLE, "QT-14", broken)] == [Gap.BAD_FEES]


@pytest.mark.parametrize(
    ("said", "fee_fen"),
    [
        ({}, 1925_00), ({"procedure": Procedure.ORDINARY}, 1925_00), ({"procedure": Procedure.SMALL_CLAIMS}, 962_50),
        ({"procedure": Procedure.ORDINARY, "outcome": Outcome.COURT_MEDIATION}, 962_50),
        ({"procedure": Procedure.SIMPLE, "outcome": Outcome.SUIT_WITHDRAWN}, 962_50),
        ({"procedure": Procedure.ORDINARY, "outcome": Outcome.JUDGMENT}, 1925_00),
    ],
)
def test_a_suit_that_the_court_mediated_costs_half(ground, said, fee_fen):
    """JM-17: 85,000 yuan, closed by court mediation."""
    found = at_court.fee_of(K.PROPERTY, 85_000_00, on=date(2026, 11, 23), centre_id=makers.make_centre().id, **said)
    assert sums(found) == (fee_fen, fee_fen)
