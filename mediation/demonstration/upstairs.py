"""What other platforms have been told: three were taken up a month ago, the clerks have typed most of what is older."""

import random
from datetime import timedelta

from sqlalchemy import select

from mediation.casefile.cases.models import Case
from mediation.demonstration.agenda import earlier
from mediation.demonstration.cast import Cast
from mediation.ground import clock
from mediation.ground.db import session
from mediation.registry.access.rules import Role
from mediation.registry.calendar.queries import calendar_of
from mediation.registry.platforms import operations as platforms
from mediation.stages.copyout import keep, operations
from mediation.stages.copyout.models import PlatformEntry
from mediation.stages.copyout.rules import EntryState

SINCE = timedelta(days=30)
LEFT = timedelta(days=4)  # what is newer has not been typed yet
TAKEN_UP = ("governance", "peoples_mediation", "court_mediation")
NUMBERS = "ZZ3601{day:%Y%m%d}{serial:03}"
MOST = 60


def take_up(cast: Cast):
    """The centre takes up the platforms that it has to fill."""
    for code in TAKEN_UP:
        platforms.take_up(code, by=cast.founder, on=clock.today())
    yield clock.now() + timedelta(days=1)


def type_in(cast: Cast, *, seed: str) -> None:
    """Let the clerks have typed what is older than a few days into the platform that is theirs, all but a few."""
    on = earlier(calendar_of(cast.founder.centre_id), clock.today() + timedelta(days=1), 1)
    keep.settle()
    chance = random.Random(f"{seed} upstairs")
    waiting = select(PlatformEntry, Case.registered_unit_id).join(Case, Case.id == PlatformEntry.case_id).where(
        PlatformEntry.platform == "governance", PlatformEntry.state == EntryState.WAITING,
        PlatformEntry.since < on - LEFT, Case.is_sealed.is_(False),
    )
    clerks = {by.unit_id: by for by in cast.desks[Role.INTAKE_CLERK]}
    rows = session.execute(waiting.order_by(PlatformEntry.since.desc(), PlatformEntry.id).limit(MOST)).all()
    for serial, (entry, unit_id) in enumerate(rows, 1):
        if unit_id in clerks and chance.random() < 0.9:
            operations.enter(
                entry.public_id, version=entry.version, number=NUMBERS.format(day=entry.since, serial=serial),
                entered_on=max(entry.since, on - SINCE), by=clerks[unit_id], on=on,
            )
