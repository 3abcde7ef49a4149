"""Proof of who did what: an append-only chain of rows, each sealed over the one before it (P28, P29, B6).

A row holds an event key and parameters without personal data; the sentence is made when it is shown. Values
before and after a change lie sealed in a side row, the chain holds their hash. Rows are appended at the end of
the transaction, under the lock of the chain's head, so that writers wait for each other as briefly as possible.
"""

import hashlib
import hmac
import json
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import BigInteger, Index, LargeBinary, String, select, text, update
from sqlalchemy.orm import Mapped, mapped_column

from mediation.ground import clock
from mediation.ground.columns import BigId, Facts, Instant, Long, refers
from mediation.ground.crypto import keys
from mediation.ground.db import Base, before_commit, session
from mediation.ground.ids import new_id
from mediation.ground.once import insert_or_ignore

OF_NO_CASE = text("case_id IS NULL AND object_id IS NOT NULL")
GENESIS = b"\0" * 32


class TrailEntry(Base):
    """One link of a chain."""

    __tablename__ = "trail"
    # What was done to one entry of a register; what is about a case is found by the case.
    __table_args__ = (
        Index(
            "ix_trail_object", "object_kind", "object_id", "id", sqlite_where=OF_NO_CASE, postgresql_where=OF_NO_CASE
        ),
    )

    id: Mapped[BigId]
    chain: Mapped[int] = mapped_column(BigInteger)  # the centre; 0 is the installation itself
    seq: Mapped[int] = mapped_column(BigInteger)
    at: Mapped[Instant] = mapped_column(index=True)
    account_id: Mapped[int | None] = mapped_column(Long, index=True)
    post_id: Mapped[int | None] = mapped_column(Long)
    unit_id: Mapped[int | None] = mapped_column(Long)
    address: Mapped[str | None] = mapped_column(String(45))
    request: Mapped[str | None] = mapped_column(String(32))
    event: Mapped[str] = mapped_column(String(80), index=True)
    object_kind: Mapped[str | None] = mapped_column(String(32))
    object_id: Mapped[int | None] = mapped_column(Long)
    case_id: Mapped[int | None] = mapped_column(Long, index=True)
    params: Mapped[Facts]
    result: Mapped[str] = mapped_column(String(16), default="done")
    values_hash: Mapped[bytes | None] = mapped_column(LargeBinary(32))
    previous: Mapped[bytes] = mapped_column(LargeBinary(32))
    digest: Mapped[bytes] = mapped_column(LargeBinary(32))


class TrailHead(Base):
    """The end of each chain; exported daily so that a cut-off tail is found."""

    __tablename__ = "trail_heads"

    chain: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    seq: Mapped[int] = mapped_column(BigInteger, default=0)
    digest: Mapped[bytes] = mapped_column(LargeBinary(32), default=GENESIS)


class TrailValues(Base):
    """What a change replaced, sealed; may be erased with its data key without breaking the chain."""

    __tablename__ = "trail_values"

    trail_id: Mapped[int] = refers("trail.id", primary_key=True, index=False)
    sealed: Mapped[bytes] = mapped_column(LargeBinary)


# Past the ORM, which would send a statement for each set of columns that are filled.
_ENTRIES, _VALUES = TrailEntry.__table__.insert(), TrailValues.__table__.insert()


@dataclass
class _Pending:
    row: dict[str, Any]
    sealed: bytes | None = field(default=None)


def record(event, *, by=None, about=None, case_id=None, params=None, changed=None, box=None, result="done"):
    """Write that ``event`` happened, with the transaction that makes it happen.

    ``by`` is the actor (ids only are read), ``about`` the row it concerns. ``params`` hold keys, numbers, dates and
    public labels, never personal data. ``changed`` maps field names to (before, after) and is sealed in ``box``.
    """
    row = {
        "id": new_id(),
        "chain": getattr(by, "centre_id", None) or 0,
        "at": clock.now(),
        "account_id": getattr(by, "account_id", None),
        "post_id": getattr(by, "post_id", None),
        "unit_id": getattr(by, "unit_id", None),
        "address": getattr(by, "address", None),
        "request": getattr(by, "request", None),
        "event": event,
        "object_kind": getattr(about, "__tablename__", None),
        "object_id": getattr(about, "id", None),
        "case_id": case_id,
        "params": _plain(params or {}),
        "result": result,
        "values_hash": None,
    }
    sealed = None
    if changed:
        plain = json.dumps(_plain(changed), ensure_ascii=False, sort_keys=True).encode()
        row["values_hash"] = hashlib.sha256(plain).digest()
        sealed = box.seal(plain, "trail_values", row["id"])
    pending = session().info.setdefault("trail", [])
    pending.append(_Pending(row, sealed))
    before_commit("trail", _append)


def flush():
    """Append what is pending now; tests and long jobs use it, a commit does it by itself."""
    _append(session())


def _append(this):
    pending = this.info.pop("trail", [])
    by_chain: dict[int, list[_Pending]] = {}
    for entry in pending:
        by_chain.setdefault(entry.row["chain"], []).append(entry)
    for chain in sorted(by_chain):
        seq, digest = _lock_head(chain)
        rows = []
        for entry in by_chain[chain]:
            seq += 1
            row = entry.row | {"seq": seq, "previous": digest}
            digest = row["digest"] = digest_of(row)
            rows.append(row)
        session.execute(_ENTRIES, rows)
        sealed = [{"trail_id": entry.row["id"], "sealed": entry.sealed} for entry in by_chain[chain] if entry.sealed]
        if sealed:
            session.execute(_VALUES, sealed)
        session.execute(update(TrailHead).where(TrailHead.chain == chain).values(seq=seq, digest=digest))


def _lock_head(chain):
    head = select(TrailHead.seq, TrailHead.digest).where(TrailHead.chain == chain).with_for_update()
    found = session.execute(head).first()
    if found is None:
        row = {"chain": chain, "seq": 0, "digest": GENESIS}
        session.execute(insert_or_ignore(TrailHead.__table__).values(row))
        found = session.execute(head).one()
    return found


def digest_of(row) -> bytes:
    """Return the seal over a row and the digest before it."""
    words = {
        key: value.hex() if isinstance(value, bytes) else value.isoformat() if hasattr(value, "isoformat") else value
        for key, value in row.items()
        if key != "digest"
    }
    text = json.dumps(words, ensure_ascii=False, sort_keys=True).encode()
    return hmac.new(keys().chain, text, hashlib.sha256).digest()


def heads() -> list[tuple[int, int, bytes]]:
    """Return the end of every chain as (chain, seq, digest), to be kept elsewhere."""
    query = select(TrailHead.chain, TrailHead.seq, TrailHead.digest).order_by(TrailHead.chain)
    return [tuple(row) for row in session.execute(query)]


def about(row, events, *, most: int = 50) -> list[TrailEntry]:
    """Return what the trail holds about a row under these event keys, newest first: who changed what."""
    query = select(TrailEntry).where(TrailEntry.event.in_(list(events)), TrailEntry.object_id == row.id)
    return list(session.scalars(query.order_by(TrailEntry.id.desc()).limit(most)))


@dataclass(frozen=True)
class Fault:
    """The first bad row of a chain: its place and what is wrong with it."""

    chain: int
    seq: int
    why: str


def verify(chain: int, *, exported_head=None) -> Fault | None:
    """Walk one chain and return its first fault, None when it is whole.

    ``exported_head`` is a (seq, digest) kept elsewhere: with it a tail that was cut off and re-headed is found too.
    """
    columns = [column for column in TrailEntry.__table__.columns]
    expected, digest = 1, GENESIS
    query = select(*columns).where(TrailEntry.chain == chain).order_by(TrailEntry.seq).execution_options(yield_per=1000)
    with session.execute(query) as result:  # closed at the first fault, a server's cursor would stay open
        for found in result.mappings():
            row = dict(found)
            fault = _fault(row, expected, digest, exported_head)
            if fault:
                return Fault(chain, expected, fault)
            digest = row["digest"]
            expected += 1
    head = session.execute(select(TrailHead.seq, TrailHead.digest).where(TrailHead.chain == chain)).first()
    stored = (head.seq, head.digest) if head else (0, GENESIS)
    if stored != (expected - 1, digest) or (exported_head and exported_head[0] >= expected):
        return Fault(chain, expected, "cut")
    return None


def _fault(row, expected, digest, exported_head):
    if row["seq"] != expected:
        return "missing"
    if row["previous"] != digest or not hmac.compare_digest(digest_of(row), row["digest"]):
        return "changed"
    if exported_head and exported_head[0] == row["seq"] and exported_head[1] != row["digest"]:
        return "rewritten"
    return None


def _plain(value):
    if isinstance(value, dict):
        return {str(key): _plain(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [_plain(inner) for inner in value]
    if isinstance(value, str):
        return str(value)
    return value.isoformat() if hasattr(value, "isoformat") else value
