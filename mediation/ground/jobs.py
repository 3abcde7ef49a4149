"""Work for later: rows written with the change, run once by the scheduler's process (B14).

``enqueue`` belongs to the caller's transaction. ``run_next`` claims one due row, runs it, and marks it; a job
that fails is tried again with growing pauses, one whose worker died is freed when its lease ends.
"""

import logging
from datetime import timedelta

from sqlalchemy import Integer, String, Text, delete, or_, select, update
from sqlalchemy.orm import Mapped, mapped_column

from mediation.ground import clock
from mediation.ground.choices import Choice, N_
from mediation.ground.columns import BigId, Facts, Instant, RecordedAt, choice
from mediation.ground.db import Base, session, transaction
from mediation.ground.ids import new_id
from mediation.ground.once import insert_or_ignore

LEASE = timedelta(minutes=5)
PAUSES = tuple(timedelta(minutes=minutes) for minutes in (0, 1, 5, 30, 120))

log = logging.getLogger(__name__)


class JobState(Choice):
    WAITING = "waiting", N_("等待")
    RUNNING = "running", N_("进行中")
    DONE = "done", N_("完成")
    FAILED = "failed", N_("失败")


class Job(Base):
    """One piece of work; ``unique_key`` keeps it from being asked for twice."""

    __tablename__ = "jobs"

    id: Mapped[BigId]
    name: Mapped[str] = mapped_column(String(80))
    unique_key: Mapped[str] = mapped_column(String(160), unique=True)
    args: Mapped[Facts]
    state: Mapped[JobState] = choice(JobState, default=JobState.WAITING, index=True)
    due_at: Mapped[Instant] = mapped_column(index=True)
    tries: Mapped[int] = mapped_column(Integer, default=0)
    leased_until: Mapped[Instant | None]
    error: Mapped[str | None] = mapped_column(Text)
    recorded_at: Mapped[RecordedAt]


_work = {}


def job(name):
    """Register the function that does the jobs of that name; it gets the arguments as keywords."""

    def register(function):
        _work[name] = function
        return function

    return register


def enqueue(name, unique_key, *, at=None, **args) -> None:
    """Ask for a job within the caller's transaction; the same ``unique_key`` is asked for once."""
    row = {
        "id": new_id(), "name": name, "unique_key": unique_key, "args": args, "state": JobState.WAITING,
        "due_at": at or clock.now(), "tries": 0, "recorded_at": clock.now(),
    }
    with session.no_autoflush:  # a job rests on no other row
        session.execute(insert_or_ignore(Job.__table__), row)


def run_next() -> bool:
    """Run one due job; say whether there was one. Opens transactions of its own."""
    claimed = _claim()
    if claimed is None:
        return False
    job_id, name, args, tries = claimed
    try:
        _work[name](**args)
    except Exception as error:
        log.exception("job %s failed", name)
        _finish(job_id, tries, error)
    else:
        _finish(job_id, tries, None)
    return True


def _claim():
    now = clock.now()
    with transaction():
        due = (
            select(Job.id)
            .where(Job.due_at <= now)
            .where(or_(Job.state == JobState.WAITING, (Job.state == JobState.RUNNING) & (Job.leased_until < now)))
            .order_by(Job.due_at)
            .limit(1)
            .with_for_update(skip_locked=True)
            .scalar_subquery()
        )
        values = {"state": JobState.RUNNING, "leased_until": now + LEASE, "tries": Job.tries + 1}
        claim = update(Job).where(Job.id == due).values(values).returning(Job.id, Job.name, Job.args, Job.tries)
        return session.execute(claim).first()


def _finish(job_id, tries, error):
    values = {"state": JobState.DONE, "error": None}
    if error is not None:
        again = tries < len(PAUSES)
        values = {
            "state": JobState.WAITING if again else JobState.FAILED,
            "error": type(error).__name__,
            "due_at": clock.now() + PAUSES[min(tries, len(PAUSES) - 1)],
        }
    with transaction():
        session.execute(update(Job).where(Job.id == job_id, Job.tries == tries).values(values))


def forget(before) -> int:
    """Delete jobs done before an instant; failed ones stay to be looked at. Return how many."""
    done = delete(Job).where(Job.state == JobState.DONE, Job.recorded_at < before)
    return session.execute(done).rowcount
