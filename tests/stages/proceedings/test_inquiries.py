"""Asking somebody about a dispute: read line by line, kept sealed, printed to be signed (1.3)."""

import json

import pytest

from mediation.casefile.cases import queries as cases
from mediation.casefile.papers.models import Paper
from mediation.ground import clock
from mediation.ground.db import session
from mediation.ground.errors import RuleBroken
from mediation.stages.proceedings import inquiries
from mediation.stages.proceedings.inquiries import Asked, Bar, Told
from tests import road
from tests.road import do

SAID = "问：水沟什么时候垫高的？\n答：去年冬天。\n请了两个人来做。\n问：跟邻居说过没有？\n答：没有"


def test_questions_and_answers_are_read_line_by_line():
    assert inquiries.pairs(SAID) == [
        ("水沟什么时候垫高的？", "去年冬天。\n请了两个人来做。"), ("跟邻居说过没有？", "没有"),
    ]
    assert inquiries.pairs("问：甲\n问：乙\n答：丙") == [("甲", ""), ("乙", "丙")]


def told(**changes):
    values = {
        "asked": Asked("钱九", sex="男", birth_on="1970-05-01", relation="邻居"), "starts_at": clock.now(),
        "place": "前进村", "exchange": SAID, "inquirers": "熊桂生、罗金水", "recorder": "熊桂生",
    }
    return Told(**(values | changes))


def test_an_inquiry_says_who_where_and_what(ground):
    lacking = told(asked=Asked(" "), place="", exchange="问：甲")
    found = [each.reason for each in inquiries.obstacles(lacking, now=clock.now())]
    assert found == [Bar.NO_NAME, Bar.NO_PLACE, Bar.NO_ANSWER]


def test_an_inquiry_is_kept_and_its_record_issued(ground):
    county = road.make_county()
    case, proceeding = road.mediating(county)
    paper = do(inquiries.inquire, proceeding, told(), by=county.mediator, on=clock.today())
    row = cases.get(case, for_=county.mediator)
    (kept,) = inquiries.of_case(row.id)
    assert "钱九".encode() not in kept.asked_sealed and json.loads(kept.asked)["name"] == "钱九"
    issued = session.query(Paper).filter_by(public_id=paper).one()
    said = json.loads(row.box().open(issued.snapshot_sealed, "papers", "snapshot", issued.id))["details"]
    assert said["name"] == "钱九" and said["inquirers"] == ["熊桂生", "罗金水"] and len(said["exchange"]) == 2
    with pytest.raises(RuleBroken):
        do(inquiries.inquire, proceeding, told(exchange=""), by=county.mediator, on=clock.today())
