"""Journey (a), walked by the test and by the count of keystrokes alike."""

from datetime import date

from tests import road
from tests.journeys import acts

HOME = "南昌县武阳镇前进村8组"
PAYDAYS = (date(2026, 12, 18), date(2027, 1, 20), date(2027, 2, 19))


def walk(enter):
    """Walk a neighbours' dispute from the counter to the archive; return the people by post.

    ``enter(name)`` lets somebody log in. The program's time is moved to the days on which money is due.
    """
    clerk = enter("clerk")
    case = acts.register(clerk)
    acts.complete(clerk, case, 0, HOME)
    acts.complete(clerk, case, 1, id_number=acts.TU)
    for number in range(2):
        acts.address(clerk, case, number, HOME)
    dispatcher, head, mediator = enter("dispatcher"), enter("head"), enter("mediator")
    acts.route(dispatcher, case)
    acts.accept(head, case)
    acts.take_on(mediator, case)
    acts.meet(mediator, case)
    acts.agree(mediator, case)
    acts.sign(mediator)
    mediator.sees("协议生效")
    acts.pack(mediator, case)
    liaison = enter("liaison")
    acts.court(liaison, case)
    liaison.sees("裁定确认有效")
    for day in PAYDAYS:
        road.later(day)
        acts.perform(mediator.again(), case, 1)
    mediator.sees("都履行了")
    acts.close(head.again(), case)
    head.sees("归档")
    return {"窗口登记员": clerk, "分流员": dispatcher, "单位负责人": head, "调解员": mediator, "联络员": liaison}
