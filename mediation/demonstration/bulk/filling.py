"""Writing bulk cases batch by batch: people, rows by table, counters in step, the trail's chain."""

import random
import secrets
import time
from collections.abc import Callable
from datetime import date, datetime, timedelta
from datetime import time as hour
from functools import cache
from pathlib import Path

from sqlalchemy import func, select, update

from mediation.casefile.cases import counting
from mediation.casefile.cases.models import Case
from mediation.demonstration import agenda
from mediation.demonstration.bulk import writing
from mediation.demonstration.bulk.office import ROOM, Office, Seat
from mediation.demonstration.bulk.rows import Writer
from mediation.demonstration.bulk.shapes import SHAPES, Shape
from mediation.demonstration.loading import load
from mediation.demonstration.people import full_name, id_number
from mediation.ground import clock, trail
from mediation.ground.counters import Counter
from mediation.ground.crypto import keys
from mediation.ground.db import session, transaction
from mediation.ground.ids import RANDOM_BITS, new_public_id
from mediation.ground.once import insert_or_ignore
from mediation.ground.pinyin import initials
from mediation.registry.access.rules import Role, system_actor
from mediation.registry.mediators.models import Mediator
from mediation.registry.people.models import Person
from mediation.registry.people.rules import IdKind, Sex, mask_number, mask_phone
from mediation.registry.regions import queries as regions
from mediation.registry.staff.models import Post
from mediation.registry.units import queries as units
from mediation.registry.units.models import Centre, Unit
from mediation.registry.units.rules import UnitKind

BATCH = 1000
SPAN = timedelta(days=600)
EVENT = "case.filled_in_bulk"
SEALED_FOR = ("people", "id_number")
DIVISION = "360197"  # another one that does not exist, so that no number of the told cases comes again
ELDEST, DAYS, STRIDE = date(1946, 1, 1), 21_911, 7_919  # birthdays: each day comes up once before one comes up again


def fill(
    cases: int, *, seed: str = "bulk", on: date | None = None, logins: Path | None = None,
    say: Callable[[str], object] = print,
) -> None:
    """Add so many cases to the first centre, the demonstration county if there is none; a batch is a transaction.

    The same seed and day give the same content. They were registered in the months before that day and stand as such
    cases stand; no paper is issued for them.
    """
    reference = on or clock.today()
    if not units.centres():
        load(logins=logins, say=say, on=reference, cases=0, render=False)
    chance = random.Random(f"{seed}/{reference}")
    office = _office(units.centres()[0])
    began = time.monotonic()
    for done in range(0, cases, BATCH):
        count = min(BATCH, cases - done)
        begin = agenda.moment(reference, hour(0)) - SPAN * (1 - done / cases)
        until = agenda.moment(reference, hour(0)) - SPAN * (1 - (done + count) / cases)
        with transaction():
            _write(office, chance, count, begin, until, reference)
        rate = (done + count) / (time.monotonic() - began)
        if (done // BATCH) % 10 == 9 or done + count == cases:
            say(f"已写入 {done + count} 件，每秒 {rate:.0f} 件")
    with transaction():
        counting.count_anew()


def _write(
    office: Office, chance: random.Random, count: int, begin: datetime, until: datetime, reference: date
) -> None:
    office.serials = _last_numbers(office)
    writer = Writer(office, chance)
    instants = [begin + (until - begin) * number / count for number in range(count)]
    known = session.scalar(select(func.count()).select_from(Person))
    people = [_person(office, chance, at, known + number) for number, at in enumerate(instants)]
    for number, at in enumerate(instants):
        shape = _shape(chance, (reference - clock.day_of(at)).days)
        writer.write(shape, at, (people[number], people[(number * 7 + 3) % count] if count > 1 else people[0]))
    for model, rows in {Person: people, **writer.tables}.items():
        writing.write(session.connection(), model.__table__, rows)
    _keep_numbers(office)
    by = system_actor(office.centre_id)
    for row in writer.tables[Case]:
        trail.record(EVENT, by=by, case_id=row["id"], params={"on": row["applied_on"]})


def _shape(chance: random.Random, age: int) -> Shape:
    """Return a shape that a case of that age can have; what is old is mostly over."""
    possible = [shape for shape in SHAPES if shape.lasts <= age - 1] or SHAPES[7:8]
    return chance.choices(possible, [shape.share * (4 if shape.outcome and age > 90 else 1) for shape in possible])[0]


def _person(office: Office, chance: random.Random, at: datetime, serial: int) -> dict:
    """Return a person's row; the ``serial`` makes an ID number that nobody else has."""
    sex = chance.choice((Sex.MALE, Sex.FEMALE))
    turns, day = divmod(serial * STRIDE, DAYS)
    born_on = ELDEST + timedelta(days=day)
    name, number = full_name(chance, sex, born_on), id_number(DIVISION, born_on, sex, turns // STRIDE)
    phone = f"1940{chance.randrange(10**7):07d}"
    wrapped, row_id = keys().new_data_key(), office.first_id(at)
    box = keys().box(wrapped)
    return {
        "id": row_id, "public_id": new_public_id(), "centre_id": office.centre_id, "data_key": wrapped,
        "kind": "person", "name": name, "initials": letters(name), "id_kind": IdKind.RESIDENT_ID,
        "id_number_sealed": box.seal(number, *SEALED_FOR, row_id),
        "id_number_index": keys().blind(number, "people.id_number"),
        "id_number_masked": mask_number(number), "phone_sealed": box.seal(phone, "people", "phone", row_id),
        "phone_index": keys().blind(phone, "people.phone"), "phone_tail": phone[-4:], "phone_masked": mask_phone(phone),
        "sex": sex, "birth_on": born_on, "ethnic": "汉族", "contact": {}, "recorded_at": at, "version": 1,
    }


@cache
def letters(name: str) -> str:
    """Return a name's initials; the same few names come again and again."""
    return initials(name)[:40]


def _office(centre: Centre) -> Office:
    """Return where bulk cases are registered, and the bodies with a mediator who can log in."""
    on = clock.today()
    root = units.root(centre.id)
    window_id = units.first_of_kind(centre.id, UnitKind.WINDOW, on=on) or root.id
    clerk = session.scalar(select(Post.account_id).where(Post.unit_id == window_id, Post.role == Role.INTAKE_CLERK))
    first = (
        select(func.min(Mediator.id)).where(Mediator.centre_id == centre.id, Mediator.account_id.is_not(None))
        .group_by(Mediator.unit_id)
    )
    found = select(Mediator, Unit).join(Unit, Unit.id == Mediator.unit_id).where(Mediator.id.in_(first))
    committees = found.where(Unit.kind == UnitKind.COMMITTEE).order_by(Unit.path)
    seats = [
        Seat(unit.id, unit.name, unit.number_word, unit.area_code, mediator.id, mediator.account_id)
        for mediator, unit in session.execute(committees)
    ]
    areas = [place.code for place in regions.places(centre.id) if len(place.code) == len("360121106200")]
    shift = secrets.randbelow((1 << RANDOM_BITS) // ROOM) * ROOM
    return Office(centre.id, centre.register_word, window_id, root.id, clerk, seats, areas, shift)


def _last_numbers(office: Office) -> dict[str, int]:
    """Return where each series of the centre stands."""
    return dict(session.execute(select(Counter.series, Counter.last)).all())


def _keep_numbers(office: Office) -> None:
    """Write the counters as they stand after the batch."""
    before = _last_numbers(office)
    for series, last in office.serials.items():
        if series not in before:
            session.execute(insert_or_ignore(Counter.__table__).values(series=series, last=last))
        elif before[series] != last:
            session.execute(update(Counter).where(Counter.series == series).values(last=last))
