"""All checks, one after the other."""

from collections.abc import Iterator, Mapping

from sqlalchemy import text

from mediation.ground.db import session
from mediation.oversight.soundness import cases, numbers, pool, proofs
from mediation.oversight.soundness.findings import Finding


def everything(
    *, sample: int | None = None, exported: Mapping[int, tuple[int, bytes]] | None = None
) -> Iterator[Finding]:
    """Check everything; ``sample`` limits how many files of each kind are opened, None opens all."""
    yield database()
    yield chains(exported)
    yield numbers.series()
    yield from cases.histories()
    yield cases.counts()
    yield pool.loads()
    yield pool.outcomes()
    yield from cases.sums()
    yield proofs.paper_files(sample)
    yield proofs.attachment_files(sample)


def chains(exported: Mapping[int, tuple[int, bytes]] | None = None) -> Finding:
    """Check the chains of the trail alone."""
    return proofs.chains(exported)


def database() -> Finding:
    """Ask SQLite about its pages and foreign keys; PostgreSQL keeps both by itself."""
    finding = Finding("数据库")
    if session.get_bind().dialect.name != "sqlite":
        finding.expect(session.scalar(text("SELECT 1")) == 1, "数据库没有应答")
        return finding
    for (words,) in session.execute(text("PRAGMA integrity_check")):
        finding.expect(words == "ok", words)
    for table, row_id, parent, _key in session.execute(text("PRAGMA foreign_key_check")):
        finding.fault(f"{table} 第 {row_id} 行指向 {parent} 里没有的行")
    return finding
