"""Who counts as known, what is read out, when a promise can be kept."""

from dataclasses import replace
from datetime import date, datetime

import pytest

from mediation.casefile.cases.query_codes import code_in
from mediation.casefile.cases.rules import Stage
from mediation.stages.contacts.rules import (
    OF_STAGE,
    Bar,
    CallBack,
    Identified,
    Owing,
    Said,
    Standing,
    Who,
    answer,
    call_back_obstacles,
    identity_obstacles,
)

TODAY = date(2026, 11, 23)
VISITOR = Who("万秋莲", phone_tail="2716")


def reasons(found):
    return [each.reason for each in found]


@pytest.mark.parametrize(
    ("who", "identified", "tail", "expected"),
    [
        (VISITOR, Identified.ID_CARD, "", []),
        (VISITOR, Identified.PHONE_TAIL, "2716", []),
        (VISITOR, Identified.PHONE_TAIL, "2717", [Bar.WRONG_TAIL]),
        (Who("熊大爷"), Identified.PHONE_TAIL, "2716", [Bar.NO_PHONE]),
        (Who(claimed="涂二"), Identified.NOT, "", []),
        (Who(claimed="涂二"), Identified.KNOWN, "", [Bar.NOT_KNOWN]),
        (Who(), Identified.NOT, "", [Bar.NAME_FIRST]),
        (None, Identified.KNOWN, "", [Bar.NOBODY]),
    ],
)
def test_who_counts_as_known(who, identified, tail, expected):
    assert reasons(identity_obstacles(who, identified, tail)) == expected


def test_every_stage_can_be_told_and_strangers_hear_no_more():
    assert set(OF_STAGE) == set(Stage)
    told = Standing(
        Stage.MEDIATING, "武阳镇人民调解委员会", "0791-85000012", mediator="熊桂生",
        meeting_at=datetime(2026, 11, 25, 9), meeting_place="1 号调解室", wants_consent=True, wants_address=True,
        owing=[Owing("恢复沟面", date(2026, 12, 1), True), Owing("付2600元", date(2026, 12, 2), False)],
    )
    assert reasons(answer(told, on=TODAY)) == [
        Said.MEDIATING, Said.UNIT_PHONE, Said.MEDIATOR, Said.MEETING, Said.CONSENT, Said.ADDRESS, Said.OWES, Said.OWED,
    ]
    stranger = replace(told, known=False)
    assert reasons(answer(stranger, on=TODAY)) == [Said.MEDIATING, Said.UNIT_PHONE, Said.NOBODY_ELSE]


def test_a_last_day_is_promised_only_while_it_is_ours_and_to_come():
    waiting = Standing(Stage.SCREENED, due_on=date(2026, 11, 25), known=False)
    assert Said.BY_DAY in reasons(answer(waiting, on=TODAY))
    assert Said.BY_DAY not in reasons(answer(waiting, on=date(2026, 11, 26)))
    assert Said.BY_DAY not in reasons(answer(replace(waiting, stage=Stage.MEDIATING), on=TODAY))


def test_a_call_is_promised_to_somebody_by_a_day():
    there = {"on": TODAY, "has_mediator": False, "has_unit": True}
    assert call_back_obstacles(None, None, **there) == []
    assert reasons(call_back_obstacles(CallBack.MEDIATOR, None, **there)) == [Bar.NO_DAY, Bar.NOBODY_TO_CALL]
    assert reasons(call_back_obstacles(CallBack.UNIT, date(2026, 11, 22), **there)) == [Bar.DAY_GONE]
    assert call_back_obstacles(CallBack.UNIT, TODAY, **there) == []


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("https://yichuang.nanchang.gov.cn/progress#7K3M-9QXR-2TWB", "7K3M9QXR2TWB"),
        ("/127.0.0.1:8000/progress#7K3M-9QXR-2TWB", "7K3M9QXR2TWB"),  # the slash key takes what came before it
        ("7k3m－9qxr－2twb", "7K3M9QXR2TWB"),
        ("7K3M9QXR2TWB", "7K3M9QXR2TWB"),
        ("360121196803122260", None),
        ("202611230001", None),
        ("万秋莲", None),
        ("南矛调登〔2026〕12号", None),
    ],
)
def test_a_scanned_or_typed_code_is_known_as_one(typed, code):
    assert code_in(typed) == code
