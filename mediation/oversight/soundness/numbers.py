"""Series of numbers: gapless from 1 to what the counter says, each given out once (P32)."""

import re
from collections import defaultdict

from sqlalchemy import select

from mediation.casefile.cases.models import Case
from mediation.casefile.papers.models import Paper
from mediation.ground.counters import Counter
from mediation.ground.db import session
from mediation.oversight.soundness.findings import Finding
from mediation.registry.units.models import Centre, Unit
from mediation.stages.archive.models import Closing
from mediation.stages.intake.models import Signpost
from mediation.stages.proceedings.models import Proceeding

REGISTER = re.compile(r"〔(\d+)〕(\d+)号")
BODY = re.compile(r"（(\d+)）(.+)字第(\d+)号")
PAPER = re.compile(r"(.+)〔(\d+)〕(\d+)号")


def series() -> Finding:
    """Compare each counter with the numbers that were given out from it."""
    finding = Finding("编号")
    used = _used()
    names = _names()
    counters = dict(session.execute(select(Counter.series, Counter.last)).all())
    for name in sorted(set(counters) | {name for name in used if not name.startswith("paper/")}):
        last, found = counters.get(name, 0), used.get(name, [])
        words = _words(name, names)
        finding.looked_at += len(found)
        missing = sorted(set(range(1, last + 1)) - set(found))
        if missing:
            finding.fault(f"{words}：缺第 {missing[0]} 号" + (f"等 {len(missing)} 个" if len(missing) > 1 else ""))
        if found and max(found) > last:
            finding.fault(f"{words}：有第 {max(found)} 号，计数器只到 {last}")
        if len(set(found)) != len(found) and not name.startswith("paper/"):
            finding.fault(f"{words}：有重号")
    return finding


def _used():
    """Return the serials in use by the name of their series; a paper may bear a number of another series."""
    used = defaultdict(list)
    for centre_id, year, number in session.execute(select(Case.centre_id, Case.register_year, Case.register_no)):
        found = REGISTER.search(number)
        used[f"register/{centre_id}/{year}"].append(int(found[2]) if found else 0)
    given = select(Proceeding.unit_id, Proceeding.number).where(Proceeding.number.is_not(None))
    for unit_id, number in session.execute(given):
        found = BODY.fullmatch(number)
        if found:
            used[f"body/{unit_id}/{found[2]}/{found[1]}"].append(int(found[3]))
    archived = select(Case.centre_id, Closing.archive_no).join(Case, Case.id == Closing.case_id)
    papers = select(Paper.centre_id, Paper.number)
    letters = select(Signpost.centre_id, Signpost.number).where(Signpost.case_id.is_(None))  # of a case it is a paper
    others = archived.where(Closing.archive_no.is_not(None)), letters
    for centre_id, number in session.execute(papers.union_all(*others)):
        found = PAPER.fullmatch(number)
        if found:
            used[f"paper/{centre_id}/{found[1]}/{found[2]}"].append(int(found[3]))
    return used


def _names():
    names = dict(session.execute(select(Centre.id, Centre.name)).all())
    return names | dict(session.execute(select(Unit.id, Unit.name)).all())


def _words(name, names):
    kind, owner, *rest = name.split("/")
    return f"{names.get(int(owner), owner)} {' '.join(rest)} {'登记号' if kind == 'register' else '编号'}"
