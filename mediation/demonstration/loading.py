"""Loading the demonstration: the county, its people and its cases, in one transaction, by the rooms' operations."""

import os
import time
from collections.abc import Callable, Sequence
from datetime import date, datetime, timedelta
from datetime import time as hour
from pathlib import Path

from sqlalchemy import String, delete, func, literal, select, update
from sqlalchemy import cast as as_type

from mediation.casefile.cases.models import Case
from mediation.casefile.cases.rules import DeliveryState
from mediation.casefile.deliveries.models import Delivery
from mediation.casefile.deliveries.rules import INVITATION, Way
from mediation.casefile.notices.models import Notice
from mediation.casefile.papers import operations as papers
from mediation.casefile.papers.models import Paper
from mediation.demonstration import agenda, county, filing, mending, pool, road, shows, upstairs
from mediation.demonstration.agenda import Agenda
from mediation.demonstration.cast import Cast, Login, engage
from mediation.demonstration.scenes import Stage
from mediation.ground import clock, trail
from mediation.ground.db import session, transaction
from mediation.ground.jobs import Job
from mediation.ground.pdf.faults import PressFault
from mediation.registry.access.rules import Role
from mediation.registry.calendar.queries import calendar_of
from mediation.registry.mediators import operations as mediators
from mediation.registry.staff.models import Post
from mediation.stages.confirmation import operations as confirmation
from mediation.stages.confirmation import queries as applications
from mediation.stages.routing.arbiter import operations as arbiter
from mediation.stages.shifts import operations as shifts
from mediation.stages.shifts import queries as desk
from mediation.stages.shifts.operations import LineValues
from mediation.stages.shifts.rules import Kind

CASES = 400
SEED = "南昌县"
OPENED = date(2025, 12, 22)
TRAINING = date(2026, 5, 20)
UNREAD = timedelta(days=3)
RENDER = "papers.render"


def load(
    *, logins: Path | None = None, say: Callable[[str], object] = print, on: date | None = None, cases: int = CASES,
    seed: str = SEED, render: bool = True, queue: bool = False,
) -> None:
    """Fill an empty database with the demonstration county as it stands on the morning of a day, today by default.

    The same seed and day give the same content; passwords and secrets are new each time. All of it is one transaction:
    a loading that is broken off leaves nothing. The shown accounts are written to ``logins``, for its owner's eyes.
    The papers of the cases that have a name are printed at once with ``render``, by the scheduler with ``queue``.
    """
    reference = on or clock.today()
    began = time.monotonic()
    with clock.elsewhere(), agenda.without_cycles(), transaction():
        cast, shown = _fill(reference, cases, seed, say)
        _leave_to_first_opening(but=shown if queue else ())
        _have_read_notices(before=agenda.moment(reference - UNREAD, hour(0)))
        _have_delivered(before=agenda.moment(reference - UNREAD, hour(0)))
        if logins is not None:
            write_logins(logins, cast.logins)
    took = time.monotonic() - began
    say(f"演示数据装好了：{cases} 件案件，用时 {took:.0f} 秒，每秒 {cases / took:.1f} 件")
    if render:
        _render(shown, say)


def _fill(reference: date, cases: int, seed: str, say) -> tuple[Cast, list[str]]:
    clock.freeze(agenda.moment(OPENED, hour(9)))
    place = county.found()
    cast = engage(place, on=OPENED, seed=seed, reference=reference)
    _name_arbiter(cast, place)
    say(f"已建南昌县：{len(place.bodies)} 个单位，{len(cast.trained)} 名调解员")
    stage = Stage(place, cast, calendar_of(place.centre_id), seed=seed, reference=reference)
    plan = Agenda(until=agenda.moment(reference, hour(0)))
    shown = list(shows.scenes(stage))[:cases]
    for at, affair in [*shown, *stage.ordinary(cases - len(shown), from_number=len(shown) + 1)]:
        plan.enter(at, road.course(affair, plan))
    plan.enter(agenda.moment(TRAINING, hour(15)), _train(cast))
    plan.enter(agenda.moment(reference - upstairs.SINCE, hour(8)), upstairs.take_up(cast))
    plan.enter(agenda.moment(reference - timedelta(days=1), hour(16)), pool.settle(place, cast, reference=reference))
    evening = agenda.earlier(stage.calendar, reference, 1)
    for days, *loan in filing.LOANS:
        day = agenda.earlier(stage.calendar, reference, days)
        plan.enter(agenda.moment(day, hour(10, 40)), filing.lend(cast, *loan))
    plan.enter(agenda.moment(evening, hour(16, 40)), filing.bind(cast))
    plan.enter(agenda.moment(evening, hour(17, 25)), _go_home(cast))
    plan.run(_Progress(plan, say))
    upstairs.type_in(cast, seed=seed)
    mending.leave_open(reference)
    return cast, [affair.case for _at, affair in shown[: len(shows.names())]]


def _name_arbiter(cast: Cast, place: county.County) -> None:
    """Bounced cases go to the supervisor, as in the county of the model."""
    supervisor = cast.desks[Role.SUPERVISOR][0]
    post = session.scalars(select(Post.public_id).where(Post.id == supervisor.post_id)).one()
    arbiter.name(post, by=place.by, on=OPENED, valid_from=OPENED)


def _train(cast: Cast):
    """Three of four mediators come to the yearly training."""
    for number, public_id in enumerate(cast.trained):
        if number % 4:
            mediators.train(public_id, by=cast.founder, on=clock.today())
    yield clock.now() + timedelta(days=1)


def _go_home(cast: Cast):
    """The window hands its desk over to the next shift."""
    clerk = cast.desks[Role.INTAKE_CLERK][-1]  # so that the first one finds it
    waits = [item for part in desk.open_now(clerk, each=3) for item in part.items]
    lines = [LineValues(Kind.CALL, text="东新乡来电问租金的，答应今天上午回电，说清要带合同来")]
    lines += [LineValues(Kind.OPEN, item.public_id) for item in waits]
    shifts.hand_over(by=clerk, on=clock.today(), lines=lines, general="回执打印机快没纸了，新纸在柜子下层。")
    yield clock.now() + timedelta(days=1)


class _Progress:
    """Does the night's work: writes the trail that has come together, ends what ran out; tells of each month."""

    def __init__(self, plan: Agenda, say):
        self.plan, self.say, self.began, self.month = plan, say, time.monotonic(), None

    def __call__(self, day: date) -> None:
        trail.flush()
        for case_id in applications.lapsed(on=day):
            confirmation.let_lapse(case_id, on=day)
        if self.month and self.month != (day.year, day.month):
            count = session.scalar(select(func.count()).select_from(Case))
            rate = count / (time.monotonic() - self.began)
            year, month = self.month
            self.say(f"{year}年{month}月：已登记 {count} 件，办了 {self.plan.acts} 步，每秒 {rate:.1f} 件")
        self.month = (day.year, day.month)


def _leave_to_first_opening(*, but: Sequence[str]) -> None:
    """Take the papers of all but some cases out of the queue: they are rendered when somebody opens them."""
    ours = select(literal("paper/") + as_type(Paper.id, String)).join(Case, Case.id == Paper.case_id)
    ours = ours.where(Case.public_id.not_in(but))
    session.execute(delete(Job).where(Job.name == RENDER, Job.unique_key.in_(ours)))


def _have_read_notices(*, before: datetime) -> None:
    """People who work every day have read what they were told: only the last days' notices are new."""
    old = update(Notice).where(Notice.recorded_at < before, Notice.read_at.is_(None))
    session.execute(old.values(read_at=Notice.recorded_at).execution_options(synchronize_session=False))


def _have_delivered(*, before: datetime) -> None:
    """What was issued long ago was handed over at the signing table; only the last days' papers are on their way."""
    old = update(Delivery).where(
        Delivery.recorded_at < before, Delivery.state == DeliveryState.OPEN, Delivery.what != INVITATION
    )
    handed = {"state": DeliveryState.DELIVERED, "way": Way.HANDED, "delivered_on": Delivery.issued_on}
    session.execute(old.values(handed).execution_options(synchronize_session=False))


def _render(shown: Sequence[str], say) -> None:
    """Render the papers of the cases that have a name."""
    began = time.monotonic()
    query = select(Paper.id).join(Case, Case.id == Paper.case_id).where(Case.public_id.in_(shown))
    ids = list(session.scalars(query.order_by(Paper.id)))
    try:
        for paper_id in ids:
            papers.render(paper_id)
    except PressFault as fault:
        say(f"文书没有排成，打开时再排：{fault}")
        return
    say(f"排好了 {len(ids)} 份文书，用时 {time.monotonic() - began:.0f} 秒；其余的第一次打开时排")


def write_logins(path: Path, logins: Sequence[Login]) -> None:
    """Write one line for each shown account: post, unit, account, password. Nobody else may read the file."""
    path.unlink(missing_ok=True)
    path.parent.mkdir(parents=True, exist_ok=True)
    descriptor = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        for login in logins:
            file.write(f"{login.post}\t{login.unit}\t{login.account}\t{login.password}\n")
