"""Every reason that bars something says where it is cured, on the case's page and on the step's own."""

import pytest

from mediation.casefile.cases.lifecycle import STEPS
from mediation.doors.shared import cures
from mediation.ground.db import session, transaction
from mediation.ground.steps import registered_facts
from mediation.registry.mediators.models import Mediator
from mediation.registry.units.models import Unit
from tests import cast, exits, road
from tests.doors.desk.county import desks
from tests.doors.visitor import Visitor


def test_every_cure_of_a_fact_leads_somewhere(app):
    places = set(STEPS) | cures.PLACES | set(cures.REGISTERS)
    assert not [fact.key for fact in registered_facts().values() if fact.cure and fact.cure not in places]


def test_accepting_without_consent_leads_to_the_page_of_consent(app):
    found = desks(app, _received_from_court)
    there = f'href="/cases/{found.case}/consent"'
    address = f"/cases/{found.case}/accept"
    page = found.head.get(address)
    assert "现在还不能受理" in page.text and there in page.html
    assert there in found.head.submit(address, status=200).html
    assert there in found.head.get(f"/cases/{found.case}").html


def _received_from_court(county):
    case = cast.screened(county, origin=cast.COURT)
    return cast.received(county, case, track="judicial")


def test_a_unit_without_a_number_word_is_told_whom_to_ask(app):
    def bring(county):
        case = cast.received(county)
        with transaction():
            session.get_one(Unit, county.committee.id).number_word = None
        return cast.again(case)

    found = desks(app, bring)
    page = found.head.get(f"/cases/{found.case}/accept")
    assert "请系统管理员在“单位”里填写" in page.text and 'href="/units"' not in page.html


@pytest.mark.parametrize(("from_court", "words"), [
    (True, "没有在法院特邀调解员名册上的在任调解员"), (False, "没有在任的调解员"),
])
def test_an_empty_choice_of_mediators_says_what_is_the_matter(app, from_court, words):
    def bring(county):
        sent = {"case": cast.commissioned(county), "track": "judicial"} if from_court else {}
        proceeding = cast.accepted(county, **sent)
        with transaction():
            row = session.get_one(Mediator, county.pool.id)
            row.is_court_listed, row.term_to = False, None if from_court else row.term_from
        return proceeding

    found = desks(app, bring)
    page = found.head.get(f"/proceedings/{found.proceeding}/assign")
    assert words in page.text and 'href="/mediators' in page.html
    assert ("没有在任的调解员" in page.text) != from_court


def test_only_what_a_court_sent_is_reported_to_it(app):
    with app.app_context():
        county = road.make_county()
        case, proceeding = exits.failed(county)
        sent, _proceeding = exits.commissioned(county)
    mediator = Visitor(app, county.mediator)
    assert "向法院报告结果" not in mediator.get(f"/cases/{case}").text
    assert "向法院报告结果" in mediator.get(f"/cases/{sent}").text
    liaison = Visitor(app, county.liaison)
    assert "向法院报告结果" in liaison.get(f"/cases/{sent}").text
    assert mediator.status(f"/proceedings/{proceeding}/report") == 404
