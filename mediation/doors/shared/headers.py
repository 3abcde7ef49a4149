"""Headers of every answer, errors, files and redirects included (P16, B21)."""

from urllib.parse import quote

from flask import g
from werkzeug.http import dump_options_header


def policy(*, frame_src="'none'", frame_ancestors="'none'") -> str:
    """Return the policy of a page; only one that shows a paper, and the paper, may differ from the others."""
    return (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
        f"connect-src 'self'; form-action 'self'; base-uri 'none'; frame-src {frame_src}; "
        f"frame-ancestors {frame_ancestors}"
    )


FIXED = {
    "Content-Security-Policy": policy(),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",  # our own pages lead back by it, and forms prove by it where they were filled
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(), payment=()",
    "X-Frame-Options": "DENY",
}


def add(response, *, secure: bool):
    """Write the headers; what stands on a page of the desk is kept by nobody."""
    for name, value in FIXED.items():
        response.headers.setdefault(name, value)
    if secure:
        response.headers.setdefault("Strict-Transport-Security", "max-age=31536000")
    if not response.headers.get("Cache-Control") or g.get("actor"):
        response.headers["Cache-Control"] = "no-store"
    response.headers.add("Vary", "Cookie")
    if g.get("request_no"):
        response.headers["X-Request-No"] = g.request_no
    return response


def disposition(how: str, name: str) -> str:
    """Return how a file is handed out, "inline" or "attachment", and its name.

    A header holds no Chinese: a server would refuse the whole answer. Such a name goes along encoded (RFC 6266).
    """
    if name.isascii():
        return dump_options_header(how, {"filename": name})
    plain = f"file.{name.rpartition('.')[2]}" if "." in name else "file"
    return dump_options_header(how, {"filename": plain, "filename*": f"UTF-8''{quote(name, safe='')}"})
