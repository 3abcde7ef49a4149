"""Handing out a file that somebody handed in, so that no browser runs it (P20)."""

from flask import Response

from mediation.doors.shared.headers import disposition

SANDBOX = "sandbox; default-src 'none'"
ENDINGS = {"jpeg": "jpg", "document": "docx", "sheet": "xlsx"}


def file(row, content: bytes) -> Response:
    """Return the answer that saves an attachment under its title."""
    ending = row.media_type.rsplit("/", 1)[-1].rsplit(".", 1)[-1]
    name = f"{' '.join(row.title.split())}.{ENDINGS.get(ending, ending)}"
    answer = Response(content, mimetype=row.media_type)
    answer.headers["Content-Disposition"] = disposition("attachment", name)
    answer.headers["X-Content-Type-Options"] = "nosniff"
    answer.headers["Content-Security-Policy"] = SANDBOX
    return answer
