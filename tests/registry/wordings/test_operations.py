"""Local words of papers: dated, never law, kept in the paper's snapshot, taken back to the program's own (row 59)."""

from datetime import timedelta

import pytest

from mediation.casefile.papers import operations as papers
from mediation.casefile.papers import pages
from mediation.ground import clock
from mediation.ground.errors import Invalid, NotAllowed, NotFound, RuleBroken, Stale
from mediation.registry.access.rules import Role
from mediation.registry.wordings import operations as wordings
from mediation.registry.wordings import queries, rules
from mediation.registry.wordings.rules import Bar
from tests import makers
from tests.casefile.papers import specimens
from tests.road import do


@pytest.mark.parametrize(
    ("texts", "reasons"),
    [
        ({"notice": "周一至周五有免费法律咨询"}, []),
        ({"notice": "依据《中华人民共和国人民调解法》办理"}, [Bar.LAW]),
        ({"notice": "按第三十三条办"}, [Bar.LAW]),
        ({"address": "一楼"}, [Bar.SLOT]),
        ({"head": "长" * 61}, [Bar.TOO_LONG]),
        ({"notice": "一\n二\n三\n四\n五"}, [Bar.TOO_MANY]),
    ],
)
def test_what_must_not_stand_in_local_words(texts, reasons):
    assert [each.reason for each in rules.obstacles("receipt", rules.tidy(texts))] == reasons


def test_words_hold_from_their_day_and_can_be_taken_back(ground):
    centre = makers.make_centre()
    by, today = makers.make_actor(centre, Role.SYSTEM_ADMIN), clock.today()
    told = {"valid_from": today, "reason": "搬家", "by": by}
    do(wordings.set_texts, "receipt", {"head": " 南昌县一站式中心 ", "notice": "\n"}, **told)
    assert queries.texts("receipt", centre_id=centre.id, on=today) == {"head": "南昌县一站式中心"}
    with pytest.raises(Stale):
        do(wordings.set_texts, "receipt", {}, **told)
    read = queries.newest("receipt", centre_id=centre.id).id
    with pytest.raises(Invalid):
        do(wordings.set_texts, "receipt", {}, read=read, **told | {"reason": " "})
    with pytest.raises(RuleBroken) as caught:
        do(wordings.set_texts, "receipt", {}, read=read, **told | {"valid_from": today - timedelta(days=1)})
    assert {each.reason for each in caught.value.obstacles} == {Bar.IN_PAST, Bar.STARTS_EARLIER}
    with pytest.raises(NotFound):
        do(wordings.set_texts, "agreement", {}, **told)
    with pytest.raises(NotAllowed):
        do(wordings.set_texts, "receipt", {}, read=read, **told | {"by": makers.make_actor(centre, Role.HEAD)})
    tomorrow = today + timedelta(days=1)
    do(wordings.set_texts, "receipt", {}, read=read, **told | {"valid_from": tomorrow})
    assert queries.texts("receipt", centre_id=centre.id, on=today)
    assert not queries.texts("receipt", centre_id=centre.id, on=tomorrow)
    assert len(queries.history("receipt", centre_id=centre.id)) == 2


def test_a_paper_keeps_the_words_of_the_day_on_which_it_was_issued(ground):
    centre = makers.make_centre()
    by, today = makers.make_actor(centre, Role.SYSTEM_ADMIN), clock.today()
    case = makers.make_case(centre, makers.make_actor(centre, Role.INTAKE_CLERK))
    do(wordings.set_texts, "receipt", {"notice": "午休不停"}, valid_from=today, reason="新", by=by)
    values = specimens.settled("收〔2026〕1号", specimens.RECEIPT)
    paper = do(papers.issue, case, "receipt", values, by=by, on=today)
    kept = case.box().open(paper.snapshot_sealed, "papers", "snapshot", paper.id).decode()
    assert "午休不停" in kept
    env = pages.environment()
    plain = pages.html(env, "receipt", 1, papers.contract.snapshot(values))
    assert "5." not in plain.partition('class="notes"')[2]
    worded = papers.contract.snapshot(values) | {"local": {"notice": "午休不停", "head": "一站式中心"}}
    page = pages.html(env, "receipt", 1, worded)
    assert "5.午休不停" in page and '<p class="centre">一站式中心</p>' in page
