"""A paper as a Word file, for those who work on its words in Word or WPS: the same page as the PDF, set in named fonts.

It is a copy of what the paper says, made anew each time and kept nowhere; nothing is read back, what was signed counts.
"""

from collections.abc import Mapping
from functools import cache
from io import BytesIO

from mediation.casefile.papers import pages, pagetree
from mediation.casefile.papers.forms import short_hash

KINDS = ("agreement", "quick_trial_referral")
HEADING = "文字稿，供查阅、引用；以各方签名盖章的文本和系统出具的 PDF 为准，改动不回到系统。"
DRAFT = "草稿　"


def is_offered(kind: str) -> bool:
    """Say whether a paper of that kind can be had as a Word file here."""
    return kind in KINDS


@cache
def _environment():
    return pages.environment()


def docx(kind: str, version: int, snapshot: Mapping) -> bytes:
    """Return the Word file of a snapshot. Ask `is_offered` before."""
    from mediation.casefile.papers.wordpage import Page  # its library is large

    body = pagetree.body_of(pages.html(_environment(), kind, version, snapshot))
    number = snapshot["number"] or "（未编号）"
    page = Page(
        title=number,
        heading=(DRAFT if snapshot["draft"] else "") + HEADING,
        foot=f"{number}　校验 {short_hash(snapshot['number'], version, snapshot)}",
    )
    page.fill(body)
    out = BytesIO()
    page.save(out)
    return out.getvalue()
