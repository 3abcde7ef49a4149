"""(a) A walk-in neighbours' dispute: people's mediation, three instalments, confirmed by the court, performed, archived."""

from datetime import date

import pytest

from tests import road
from tests.journeys import acts

pytestmark = pytest.mark.journey


def test_from_the_counter_to_the_archive(stage):
    clerk = stage.enter("clerk")
    case = acts.register(clerk)
    acts.complete(clerk, case, 0, "南昌县武阳镇前进村8组")
    acts.complete(clerk, case, 1, id_number=acts.TU)
    for number in range(2):
        acts.address(clerk, case, number, "南昌县武阳镇前进村8组")
    dispatcher = stage.enter("dispatcher")
    acts.route(dispatcher, case)
    head = stage.enter("head")
    acts.accept(head, case)
    mediator = stage.enter("mediator")
    acts.take_on(mediator, case)
    acts.meet(mediator, case)
    acts.agree(mediator, case)
    acts.sign(mediator)
    mediator.sees("协议生效")
    acts.pack(mediator, case)
    liaison = stage.enter("liaison")
    acts.court(liaison, case)
    liaison.sees("裁定确认有效")
    for day, paid in ((date(2026, 12, 18), 2), (date(2027, 1, 20), 1), (date(2027, 2, 19), 1)):
        road.later(day)
        acts.perform(mediator.again(), case, paid)
    mediator.sees("都履行了")
    acts.close(head.again(), case)
    head.sees("已归档")
