"""What is free and what a day holds is found by an index, however many meetings there ever were."""

from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import event, text

from mediation.casefile.cases.models import Case
from mediation.casefile.cases.rules import BookingState
from mediation.ground import clock
from mediation.ground.db import session, transaction
from mediation.ground.ids import new_id, new_public_id
from mediation.registry.units import queries as units
from mediation.stages.bookings import days, queries
from mediation.stages.bookings.models import Booking, BookingParty
from tests import cast, makers

MANY = 4000
DAY = date(2026, 11, 24)
FIRST = datetime(2021, 1, 4, 9, tzinfo=clock.SHANGHAI)


@pytest.fixture
def county(ground):
    return cast.gather()


def test_no_question_walks_through_all_meetings(county, ground):
    room = makers.make_room(county.centre)
    proceeding = cast.mediating(county)
    case = session.get_one(Case, proceeding.case_id)
    party = queries.disputing_parties(case)[0]
    begins = [FIRST + timedelta(days=day) for day in range(MANY)]
    rows = [
        {
            "id": new_id(), "public_id": new_public_id(), "centre_id": case.centre_id, "case_id": case.id,
            "proceeding_id": proceeding.id, "data_key": b"", "state": BookingState.HELD, "version": 1,
            "starts_at": each, "ends_at": each + timedelta(hours=1), "room_id": room.id, "manner": "in_person",
            "is_joint": True, "recorded_at": each,
        }
        for each in begins
    ]
    with transaction():
        session.execute(Booking.__table__.insert(), rows)
        session.execute(BookingParty.__table__.insert(), [
            {"id": new_id(), "booking_id": row["id"], "party_id": party.id, "person_id": None} for row in rows
        ])
        session.execute(text("ANALYZE"))
    need = queries.need_of(case, proceeding, queries.disputing_parties(case), units.rooms(case.centre_id, on=DAY))
    sent = []

    def note(_connection, _cursor, statement, values, *_more):
        sent.append((statement, values))

    event.listen(ground, "before_cursor_execute", note)
    queries.taken(need, DAY, DAY + timedelta(days=30))
    assert len([each for each in sent if "bookings" in each[0]]) == 3  # rooms, mediators, people
    days.day(county.clerk, DAY)
    days.day(county.mediator, DAY, mine=True)
    days.occupied(county.clerk, DAY, but=[])
    days.coming(county.mediator, since=DAY, until=DAY)
    asked = [each for each in sent if "bookings" in each[0]]
    explain = "EXPLAIN QUERY PLAN " if ground.dialect.name == "sqlite" else "EXPLAIN "
    with ground.connect() as connection:
        for statement, values in asked:
            plan = "\n".join(str(row[-1]) for row in connection.exec_driver_sql(explain + statement, values))
            assert "SCAN bookings" not in plan and "Seq Scan on bookings" not in plan, f"{statement}\n{plan}"
