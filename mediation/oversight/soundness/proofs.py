"""The chains of the trail, and the files behind papers and attachments."""

import random
from collections.abc import Mapping

from sqlalchemy import func, select

from mediation.casefile.attachments.models import Attachment
from mediation.casefile.cases.models import Case
from mediation.casefile.papers.models import Paper
from mediation.ground import files, trail
from mediation.ground.crypto import Unreadable
from mediation.ground.db import session
from mediation.ground.trail import TrailEntry, TrailHead
from mediation.oversight.soundness.findings import Finding, batches

WHY = {"missing": "缺了一条", "changed": "被改过", "rewritten": "与留存的链头不符", "cut": "末尾被截去"}


def chains(exported: Mapping[int, tuple[int, bytes]] | None = None) -> Finding:
    """Walk every chain from its first row; ``exported`` has (seq, digest) kept elsewhere, by chain."""
    exported = exported or {}
    finding = Finding("留痕链")
    known = set(session.scalars(select(TrailHead.chain))) | set(session.scalars(select(TrailEntry.chain).distinct()))
    for chain in sorted(known | set(exported)):
        fault = trail.verify(chain, exported_head=exported.get(chain))
        finding.looked_at += session.scalar(select(func.count()).where(TrailEntry.chain == chain))
        if fault:
            finding.fault(f"链 {fault.chain} 第 {fault.seq} 条：{WHY[fault.why]}")
    return finding


def paper_files(sample: int | None = None) -> Finding:
    """Open the bytes of issued papers, all or a random sample, and compare them with their hash (P19)."""
    ready = select(Paper.id).where(Paper.file_name.is_not(None))
    return _opened("文书文件", Paper, ready, sample, lambda paper: f"文书 {paper.number}")


def attachment_files(sample: int | None = None) -> Finding:
    """Open what people handed in, all or a random sample, and compare it with its hash."""
    kept = select(Attachment.id).where(Attachment.file_name.is_not(None), Attachment.removed_on.is_(None))
    return _opened("材料文件", Attachment, kept, sample, lambda row: f"材料 {row.public_id}")


def _opened(title, model, query, sample, name):
    finding = Finding(title)
    ids = list(session.scalars(query))
    if sample is not None and len(ids) > sample:
        ids = random.sample(ids, sample)
    for some in batches(ids, 200):
        rows = select(model, Case).join(Case, Case.id == model.case_id).where(model.id.in_(some))
        for row, case in session.execute(rows):
            finding.expect(_opens(row, case), f"{name(row)}：文件不在、打不开或者与登记的不符")
        session.expunge_all()
    return finding


def _opens(row, case):
    try:
        files.store().get(row.file_name, case.box(), row.file_sha256)
    except (OSError, ValueError, Unreadable):
        return False
    return True
