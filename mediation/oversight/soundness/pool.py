"""What mediators have in hand and what came of their work, against the places they have and had on proceedings."""

from collections import Counter
from datetime import date

from sqlalchemy import func, select

from mediation.casefile.cases.rules import ACTIVE_PROCEEDING
from mediation.ground.db import session
from mediation.oversight.soundness.findings import Finding
from mediation.stages.proceedings.models import MediatorOutcome, Proceeding, ProceedingMediator


def loads() -> Finding:
    """What weighs runs, what runs weighs, and nobody bears what they have given up (row 44)."""
    finding = Finding("调解员工作量")
    runs = Proceeding.state.in_(ACTIVE_PROCEEDING) & ProceedingMediator.until.is_(None)
    query = select(ProceedingMediator.id, ProceedingMediator.load_points, runs).join(
        Proceeding, Proceeding.id == ProceedingMediator.proceeding_id
    )
    wrong = query.where((ProceedingMediator.load_points > 0) != runs)
    finding.looked_at = session.scalar(select(func.count()).select_from(ProceedingMediator))
    for row_id, points, is_running in session.execute(wrong):
        finding.fault(f"调解员任务 {row_id}：记作 {points} 分，{'在办' if is_running else '不在办'}")
    return finding


def outcomes() -> Finding:
    """The counts behind the board are what counting the places comes to."""
    finding = Finding("调解员办结数")
    query = select(ProceedingMediator.mediator_id, ProceedingMediator.counted_as, func.count()).where(
        ProceedingMediator.counted_as.is_not(None)
    )
    real: Counter = Counter()
    for mediator_id, counted_as, n in session.execute(query.group_by(*list(query.selected_columns)[:2])):
        month, *more = counted_as.split("/")
        real[mediator_id, date.fromisoformat(f"{month}-01"), *more] += n
    kept = {tuple(row[:5]): row[5] for row in session.execute(select(MediatorOutcome.__table__)) if row[5]}
    for key in sorted(kept.keys() | real.keys()):
        words = f"调解员 {key[0]} {'/'.join(map(str, key[1:]))}：记作 {kept.get(key, 0)} 件，应为 {real.get(key, 0)} 件"
        finding.expect(kept.get(key, 0) == real.get(key, 0), words)
    return finding
