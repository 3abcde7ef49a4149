"""By which way, with what proof, and when a return is service (DC-07)."""

from dataclasses import replace
from datetime import date

import pytest

from mediation.casefile.cases.rules import DeliveryState, PartyRole
from mediation.casefile.deliveries.rules import (
    INVITATION,
    Bar,
    Copy,
    Result,
    ReturnReason,
    Told,
    Way,
    counts_as_delivered,
    obstacles,
    recipients,
)

DAY = date(2026, 11, 23)
COPY = Copy("agreement", "涂国平", DAY)
SENT = replace(COPY, state=DeliveryState.SENT, sent_on=DAY)
HANDED = Told(Result.DELIVERED, DAY, Way.HANDED, "涂国平")


@pytest.mark.parametrize(
    ("copy", "told", "expected"),
    [
        (COPY, HANDED, []),
        (COPY, replace(HANDED, detail=" "), [Bar.NO_RECEIVER]),
        (COPY, Told(Result.SENT, DAY, Way.POST), [Bar.NO_TRACKING]),
        (COPY, Told(Result.DELIVERED, DAY, Way.ELECTRONIC), [Bar.NOT_CONSENTED]),
        (replace(COPY, has_address=True), Told(Result.DELIVERED, DAY, Way.ELECTRONIC), [Bar.NOT_CONSENTED]),
        (replace(COPY, e_service=True), Told(Result.DELIVERED, DAY, Way.ELECTRONIC), []),
        (COPY, Told(Result.DELIVERED, DAY, Way.PHONE), [Bar.ONLY_INVITATIONS]),
        (replace(COPY, what=INVITATION), Told(Result.DELIVERED, DAY, Way.PHONE), []),
        (COPY, Told(Result.DELIVERED, DAY, Way.LEFT), [Bar.NO_WITNESS]),
        (COPY, Told(Result.DELIVERED, DAY), [Bar.NO_WAY]),
        (COPY, Told(Result.RETURNED, DAY, reason=ReturnReason.AWAY), [Bar.NOT_SENT]),
        (SENT, Told(Result.RETURNED, DAY), [Bar.NO_RETURN_REASON]),
        (SENT, replace(HANDED, on=date(2026, 11, 22)), [Bar.BEFORE_ISSUED, Bar.BEFORE_SENT]),
        (COPY, Told(Result.DROPPED, DAY), [Bar.NO_DROP_REASON]),
        (COPY, Told(Result.DROPPED, DAY, note="各方当场拿走"), []),
    ],
)
def test_what_is_wrong_with_a_delivery(copy, told, expected):
    assert [each.reason for each in obstacles(copy, told)] == expected


@pytest.mark.parametrize(
    ("reason", "has_address", "counts"),
    [
        (ReturnReason.WRONG_ADDRESS, True, True),
        (ReturnReason.REFUSED, True, True),
        (ReturnReason.MOVED_UNTOLD, True, True),
        (ReturnReason.MOVED_UNTOLD, False, False),
        (ReturnReason.WRONG_ADDRESS, False, False),  # nobody told them what a wrong address brings about
        (ReturnReason.CARRIER, True, False),
        (ReturnReason.AWAY, True, False),
        (ReturnReason.UNKNOWN, True, False),
    ],
)
def test_a_return_is_service_where_the_party_is_at_fault(reason, has_address, counts):
    told = Told(Result.RETURNED, DAY, reason=reason)
    assert counts_as_delivered(replace(SENT, has_address=has_address), told) is counts


def test_who_is_to_get_which_paper():
    parties = [(1, PartyRole.APPLICANT), (2, PartyRole.RESPONDENT), (3, PartyRole.OUTSIDER)]
    assert recipients("agreement", parties) == [1, 2, None]
    assert recipients("termination", parties) == [1, 2]
    assert recipients("not_accepted", parties) == [1]
    assert recipients("session_record", parties) == []
    assert recipients("agreement", []) == []
