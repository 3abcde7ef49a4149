"""The phrase bank, on both databases, without Flask."""

from datetime import date

import pytest

from mediation.ground.db import transaction
from mediation.ground.errors import NotAllowed, NotFound, RuleBroken, Stale
from mediation.registry.access.rules import Role
from mediation.registry.phrases import operations, queries
from mediation.registry.phrases.rules import Bar
from tests import makers

TODAY = date(2026, 11, 23)


@pytest.fixture
def centre(ground):
    return makers.make_centre()


def keep(by, code="gs", text="告知了权利义务，各方听清了", **values):
    with transaction():
        return operations.add(by=by, on=TODAY, code=code, text=text, **values)


def test_own_phrases_go_before_the_centres_and_stay_ones_own(centre):
    head, mediator = (makers.make_actor(centre, role) for role in (Role.HEAD, Role.MEDIATOR))
    keep(head, shared=True)
    keep(head, "hk", "分期还款，逾期一期视为全部到期", shared=True, type_code="loan")
    keep(mediator, ";GS", "各方：都听清了")
    assert [each.text for each in queries.usable(mediator, type_code="loan")] == [
        "各方：都听清了", "分期还款，逾期一期视为全部到期",
    ]
    assert [each.code for each in queries.usable(mediator, type_code="neighbour")] == ["gs"]
    assert [each.text for each in queries.usable(head, type_code=None)] == ["告知了权利义务，各方听清了"]
    away = makers.make_actor(makers.make_centre(name="进贤县矛盾纠纷调解中心", register_word="进矛调登"), Role.MEDIATOR)
    assert queries.listing(away) == []


def test_a_phrase_is_ended_or_followed_never_overwritten(centre):
    head, mediator = (makers.make_actor(centre, role) for role in (Role.HEAD, Role.MEDIATOR))
    own, shared = keep(mediator), keep(head, shared=True)
    with pytest.raises(RuleBroken) as error:
        keep(mediator, "gs", " ")
    assert [each.reason for each in error.value.obstacles] == [Bar.NO_TEXT, Bar.CODE_TAKEN]
    with pytest.raises(RuleBroken):
        keep(mediator, "告知")
    with transaction():
        new = operations.change(own, by=mediator, on=TODAY, version=1, code="gs", text="改过的")
    with pytest.raises((Stale, RuleBroken)), transaction():
        operations.change(own, by=mediator, on=TODAY, version=1, code="gs", text="又改")
    with transaction():
        operations.end(new, by=mediator, on=TODAY)
    assert [each.text for each in queries.listing(mediator)] == ["告知了权利义务，各方听清了"]
    assert [each.text for each in queries.listing(mediator, ended=True)] == ["告知了权利义务，各方听清了", "改过的"]
    for wrong in (lambda: operations.end(shared, by=mediator, on=TODAY), lambda: keep(mediator, "x", shared=True)):
        with pytest.raises(NotAllowed):
            wrong()
    with pytest.raises(NotFound):
        operations.end(new, by=head, on=TODAY)
