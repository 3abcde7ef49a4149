"""Logs with request numbers and without personal data: numbers are blacked out on the way (B8)."""

import logging
import re
import secrets

import structlog
from flask import g, has_request_context, request

# People put spaces and hyphens between the groups; a full-width digit is a digit too.
ID_NUMBER = re.compile(r"(?<!\d)[1-9１-９]\d{5}[ -]?\d{8}[ -]?\d{3}[\dXxＸｘ](?!\d)")
PHONE = re.compile(r"(?<!\d)(?:86[ -]?)?[1１][3-9３-９]\d[ -]?\d{4}[ -]?\d{4}(?!\d)")
TOKEN = re.compile(r"""(?i)((?:token|code|password|key)[\\"']*\s*[=:]\s*[\\"']*)[^\s&"'\\,}]+""")


def black_out(text: str) -> str:
    """Return a text without ID numbers, mobile numbers and secrets."""
    return TOKEN.sub(r"\1***", PHONE.sub("1**********", ID_NUMBER.sub("******************", text)))


class BlackOut(logging.Formatter):
    """Formats a record as usual, then blacks out the whole, its traceback included."""

    def format(self, record):
        number = g.get("request_no", "-") if has_request_context() else "-"
        entry = structlog.processors.JSONRenderer(ensure_ascii=False)(
            None, None, {
                "at": self.formatTime(record, "%Y-%m-%dT%H:%M:%S%z"), "level": record.levelname, "request": number,
                "endpoint": request.endpoint if has_request_context() else None, "logger": record.name,
                "message": super().format(record),
            },
        )
        return black_out(entry)


def set_up(level=logging.INFO) -> None:
    """Send the root logger through the formatter."""
    handler = logging.StreamHandler()
    handler.setFormatter(BlackOut())
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(level)
    # What they did stands in the database; and a look for work is left out as long as the one before is at work.
    for talkative, least in (("alembic", logging.WARNING), ("apscheduler", logging.ERROR)):
        logging.getLogger(talkative).setLevel(least)


def number_request() -> None:
    """Give the request a number that its answer, its log lines and its trail carry."""
    g.request_no = secrets.token_hex(5)
