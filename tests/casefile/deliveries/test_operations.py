"""Copies that an agreement and a meeting owe, and what became of them, on both databases."""

from datetime import date

import pytest
from sqlalchemy import select

from mediation.casefile.attachments import operations as attachments
from mediation.casefile.attachments.rules import AttachmentKind
from mediation.casefile.cases import queries as cases
from mediation.casefile.cases.models import Case
from mediation.casefile.cases.rules import DeliveryState
from mediation.casefile.deliveries import operations, queries
from mediation.casefile.deliveries.models import Delivery
from mediation.casefile.deliveries.rules import Bar, Result, ReturnReason, Told, Way
from mediation.casefile.papers import operations as papers
from mediation.ground import clock
from mediation.ground.db import session
from mediation.ground.errors import NotFound, RuleBroken, Stale
from mediation.stages.bookings import operations as bookings
from tests import everything, road
from tests.road import do
from tests.stages.bookings.test_operations import wish

S = DeliveryState


@pytest.fixture
def county(ground):
    return road.make_county()


def rows_of(case_id):
    session.expire_all()
    return list(session.scalars(select(Delivery).where(Delivery.case_id == case_id).order_by(Delivery.id)))


def test_an_agreement_is_owed_to_each_party_and_to_the_body(county):
    public_id = road.signed(county)[0]
    case = cases.get(public_id, for_=county.mediator)
    mine = [row for row in rows_of(case.id) if row.what == "agreement" and row.state == S.OPEN]
    assert [row.party_id is None for row in mine] == [False, False, True]
    first, second, body = (row.public_id for row in mine)
    today = clock.today()
    with pytest.raises(RuleBroken) as wrong:
        do(operations.record, first, Told(Result.DELIVERED, today, Way.ELECTRONIC), by=county.mediator)
    assert [bar.reason for bar in wrong.value.obstacles] == [Bar.NOT_CONSENTED]
    kept = attachments.keep(public_id, everything.blank_pdf(), "回证.pdf", by=county.mediator)
    scan = {"kind": AttachmentKind.OTHER, "title": "送达回证", "kept": kept, "by": county.mediator, "on": today}
    proof = do(attachments.add, public_id, **scan)
    handed = Told(Result.DELIVERED, today, Way.HANDED, "万秋莲")
    do(operations.record, first, handed, proof=proof, version=1, by=county.mediator)
    with pytest.raises(Stale):
        do(operations.record, first, handed, version=1, by=county.mediator)
    do(operations.record, second, Told(Result.SENT, today, Way.POST, "EMS1024"), by=county.mediator)
    do(operations.record, second, Told(Result.RETURNED, today, reason=ReturnReason.CARRIER), by=county.mediator)
    by_id = {row.public_id: row for row in rows_of(case.id)}
    assert by_id[first].state == S.DELIVERED and by_id[first].attachment_id and by_id[first].delivered_on == today
    assert (by_id[second].state, by_id[second].detail) == (S.RETURNED, "EMS1024")
    assert b"EMS1024" not in by_id[second].detail_sealed
    listed = [each.delivery.public_id for each in queries.waiting(for_=county.mediator)]
    assert second in listed and body in listed and first not in listed
    assert [each.delivery.public_id for each in queries.waiting(for_=county.head, state="returned")] == [second]
    assert queries.waiting(for_=county.mediator, after=max(row.id for row in by_id.values())) == []
    with pytest.raises(NotFound):
        queries.get(first, for_=county.court)


def test_a_meeting_owes_its_news_and_a_moved_one_anew(county):
    public_id = road.mediating(county)[0]
    case = session.query(Case).filter_by(public_id=public_id).one()
    first = wish(county, case, room=None, place="村委会")
    booking = do(bookings.book, public_id, by=county.mediator, on=clock.today(), wish=first)
    told = rows_of(case.id)
    assert [(row.what, row.state) for row in told] == [("invitation", S.OPEN)] * 2
    do(operations.record, told[0].public_id, Told(Result.DELIVERED, clock.today(), Way.PHONE), by=county.mediator)
    do(bookings.move, booking, by=county.mediator, on=clock.today(), why="对方要出差",
       wish=wish(county, case, begin="25 09:00", room=None, place="村委会"))
    assert [row.state for row in rows_of(case.id)] == [S.DELIVERED, S.VOID, S.OPEN, S.OPEN]
    do(bookings.cancel, booking, by=county.mediator, on=clock.today(), why="谈好了")
    assert [row.state for row in rows_of(case.id)] == [S.DELIVERED, S.VOID, S.VOID, S.VOID]
    assert date.fromisoformat(told[0].number[:10]) == date(2026, 11, 24)


def test_any_issued_paper_may_be_owed_to_a_party_once(county):
    public_id = road.mediating(county)[0]
    case = cases.get(public_id, for_=county.clerk)
    party = cases.parties_of(case.id)[1]
    receipt = papers.newest(case.id, "receipt").public_id
    given = {"paper": receipt, "parties": [party.public_id], "by": county.clerk, "on": clock.today()}
    assert len(do(operations.add, public_id, **given)) == 1
    assert do(operations.add, public_id, **given) == []
    with pytest.raises(NotFound):
        do(operations.add, public_id, **given | {"parties": ["x" * 22]})
