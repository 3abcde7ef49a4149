"""Files at the desk: the content decides, too large is told at once, and no browser runs what is handed out (P20)."""

import io
import time

import pytest

from mediation.casefile.attachments.models import Attachment
from mediation.ground import files
from mediation.ground.db import session
from mediation.registry.access.rules import Role
from tests import makers
from tests.doors.visitor import Visitor
from tests.everything import blank_pdf

SCRIPT = b"<html><body><script>alert(1)</script></body></html>"


@pytest.fixture
def clerk(app):
    with app.app_context():
        centre = makers.make_centre()
        by = makers.make_actor(centre, Role.INTAKE_CLERK)
    visitor = Visitor(app, by)
    visitor.case = visitor.ask(lambda: makers.make_case(session.merge(centre), by).public_id)
    return visitor


def send(clerk, content, name, status=302, **fields):
    sent = {"title": "借条", "file": (io.BytesIO(content), name)} | fields
    return clerk.submit(f"/cases/{clerk.case}/attachments", status=status, **sent)


def kept(clerk):
    """Return what the store and the table hold."""
    return clerk.ask(lambda: (len(list(files.store().names())), session.query(Attachment).count()))


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (SCRIPT, "借条.pdf"), (SCRIPT, "借条.jpg"), (SCRIPT, "a.html"), (b"<svg onload='alert(1)'/>", "a.svg"),
        (b"MZ\x90\x00" + b"\0" * 60, "借条.pdf"), (b"PK\x03\x04" + b"\0" * 60, "a.docx"), (b"", "a.pdf"),
        (b"%PDF-1.7", "a.pdf.exe"), (b"%PDF-1.7", "../../a"), (b"GIF89a" + b"\0" * 20, "a.png"),
        (b"\x7fELF" + b"\0" * 60, "a.png"),
    ],
)
def test_a_file_in_disguise_is_refused_with_words(clerk, content, name):
    page = send(clerk, content, name, status=200)
    assert "PDF、JPG、PNG" in page.text or "空的" in page.text or "选" in page.text
    assert kept(clerk) == (0, 0)


def test_fifty_megabytes_are_refused_within_a_second(clerk):
    """By what the request says of itself; its body is not taken in."""
    body = io.BytesIO(b"\0" * 50 * 1024 * 1024)
    began = time.process_time()
    answer = clerk.client.post(
        f"/cases/{clerk.case}/attachments", input_stream=body, content_length=50 * 1024 * 1024,
        content_type="multipart/form-data; boundary=x",
    )
    assert answer.status_code == 413 and "20 MB" in answer.text and time.process_time() - began < 1
    assert body.tell() < 1024 * 1024 and kept(clerk) == (0, 0)


def test_a_name_is_only_words_and_a_download_runs_nowhere(clerk):
    content = blank_pdf()
    send(clerk, content, "../../<script>.pdf", title='a"; filename="x.html\n<b>')
    assert kept(clerk) == (1, 1)
    public_id = clerk.ask(lambda: session.query(Attachment).one().public_id)
    with clerk.client.get(f"/attachments/{public_id}/file") as answer:
        assert answer.status_code == 200 and answer.get_data() == content
        assert answer.headers["Content-Disposition"].startswith("attachment")
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert "sandbox" in answer.headers["Content-Security-Policy"]
        assert "\n" not in answer.headers["Content-Disposition"] and answer.headers["Content-Disposition"].isascii()
