"""What people hand in: checked by content, sealed, shown with its case, taken out with a reason."""

import hashlib
from datetime import date

import pytest

from mediation.casefile.attachments import operations as attachments
from mediation.casefile.attachments import queries, rules
from mediation.casefile.attachments.models import Attachment
from mediation.casefile.attachments.rules import AttachmentKind
from mediation.casefile.cases import queries as cases
from mediation.ground import files
from mediation.ground.db import session, transaction
from mediation.ground.errors import Invalid, NotAllowed, NotFound, RuleBroken
from mediation.ground.trail import TrailEntry
from mediation.registry.access.rules import Role
from tests import makers

TODAY = date(2026, 11, 23)
PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"


@pytest.fixture
def centre(ground):
    return makers.make_centre()


@pytest.fixture
def clerk(centre):
    return makers.make_actor(centre, Role.INTAKE_CLERK)


@pytest.fixture
def case(centre, clerk):
    return makers.make_case(centre, clerk)


def add(case, by, content=PDF, filename="借条.pdf", **changes):
    kept = attachments.keep(case.public_id, content, filename, by=by) if content else None
    values = {"kind": AttachmentKind.EVIDENCE, "title": "借条"} | changes
    with transaction():
        return attachments.add(case.public_id, kept=kept, by=by, on=TODAY, **values)


def test_a_file_comes_back_as_it_was_and_lies_sealed(case, clerk, tmp_path):
    public_id = add(case, clerk, proves="借款两万元")
    row, content = attachments.content(public_id, by=clerk)
    assert content == PDF
    assert (row.media_type, row.file_size) == ("application/pdf", len(PDF))
    assert row.file_sha256 == hashlib.sha256(PDF).digest()
    [stored] = [path for path in (tmp_path / "files").rglob("*") if path.is_file()]
    assert b"PDF" not in stored.read_bytes() and "借条" not in stored.name
    assert [entry.event for entry in session.query(TrailEntry).order_by(TrailEntry.id)][-2:] == [
        "attachment.added", "attachment.opened",
    ]


@pytest.mark.parametrize(
    ("content", "filename"),
    [(PDF, "借条.jpg"), (b"MZ\x90\x00" + b"\0" * 60, "借条.pdf"), (b"", "借条.pdf"), (b"<html><script>", "a.pdf")],
)
def test_the_content_decides_what_a_file_is(case, clerk, content, filename):
    with pytest.raises(Invalid):
        attachments.keep(case.public_id, content, filename, by=clerk)
    assert list(files.store().names()) == []


def test_an_original_that_was_only_shown_has_no_file(case, clerk):
    public_id = add(case, clerk, content=None, is_original=True, title="身份证", kind=AttachmentKind.IDENTITY)
    assert queries.of_case(case.id)[0].file_name is None
    with pytest.raises(NotFound):
        attachments.content(public_id, by=clerk)


@pytest.mark.parametrize(
    ("changes", "bar"),
    [
        ({"content": None}, rules.Bar.NOTHING_SHOWN),
        ({"title": " "}, rules.Bar.NO_TITLE),
        ({"received_on": date(2026, 11, 24)}, rules.Bar.RECEIVED_LATER),
    ],
)
def test_what_is_missing_is_named(case, clerk, changes, bar):
    with pytest.raises(RuleBroken) as error:
        add(case, clerk, **changes)
    assert [obstacle.reason for obstacle in error.value.obstacles] == [bar]


def test_a_party_of_another_case_is_not_found(case, centre, clerk):
    other = makers.make_case(centre, clerk)
    stranger = cases.parties_of(other.id)[1].public_id
    with pytest.raises(NotFound):
        add(case, clerk, party=stranger)
    own = cases.parties_of(case.id)[0]
    add(case, clerk, party=own.public_id)
    assert queries.of_case(case.id)[0].party_id == own.id


def test_one_key_adds_once(case, clerk):
    assert add(case, clerk, key="k") == add(case, clerk, key="k")
    assert session.query(Attachment).count() == 1


def test_what_is_taken_out_keeps_its_reason_and_is_shown_no_more(case, clerk):
    public_id = add(case, clerk)
    with pytest.raises(RuleBroken), transaction():
        attachments.remove(public_id, reason=" ", by=clerk, on=TODAY)
    with transaction():
        attachments.remove(public_id, reason="别人的借条", by=clerk, on=TODAY)
    assert queries.of_case(case.id) == []
    with pytest.raises(NotFound):
        attachments.content(public_id, by=clerk)
    assert session.query(Attachment).one().removed_reason == "别人的借条"


def test_who_reads_a_case_and_does_not_work_on_it_adds_nothing(case, centre, clerk):
    head = makers.make_actor(centre, Role.HEAD)
    with pytest.raises(NotAllowed):
        add(case, head)
    with pytest.raises(NotFound):
        add(case, makers.make_actor(centre, Role.MEDIATOR))
    public_id = add(case, clerk)
    assert attachments.content(public_id, by=head)[1] == PDF


def test_a_case_takes_so_much_and_no_more():
    assert rules.room_obstacles(files=199, size=0, more=rules.MOST_BYTES) == []
    full = rules.room_obstacles(files=200, size=rules.MOST_BYTES, more=1)
    assert [obstacle.reason for obstacle in full] == [rules.Bar.TOO_MANY, rules.Bar.TOO_MUCH]
