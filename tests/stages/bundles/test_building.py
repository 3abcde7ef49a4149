"""A whole case as PDF and ZIP, on both databases: made by the job, read back, taken away, expired."""

import hashlib
import io
import json
import zipfile
from datetime import date, timedelta

import pikepdf
import pytest
from PIL import Image

from mediation.casefile.attachments import operations as attachments
from mediation.casefile.attachments.rules import AttachmentKind
from mediation.ground import clock, files, jobs
from mediation.ground.db import session, transaction
from mediation.ground.errors import NotAllowed, NotFound, RuleBroken
from mediation.registry.access.rules import Role
from mediation.stages.bundles import building, operations
from mediation.stages.bundles.models import Bundle
from mediation.stages.bundles.rules import Bar, BundleState
from tests import cast, everything, makers
from tests.road import do

TODAY = date(2026, 11, 23)


@pytest.fixture
def county(ground, printer):
    return cast.gather()


def picture(form, mode="RGB"):
    out = io.BytesIO()
    Image.new(mode, (60, 40)).save(out, form)
    return out.getvalue()


def hand_in(county, case, title, plain, ending, **values):
    kept = attachments.keep(case.public_id, plain, f"a.{ending}", by=county.mediator)
    values = {"kind": AttachmentKind.EVIDENCE, "on": TODAY} | values
    return do(attachments.add, case.public_id, title=title, kept=kept, by=county.mediator, **values)


def mediated(county):
    case = cast.again(session.get_one(cast.Case, cast.mediating(county).case_id))
    everything._render_all()
    return case


def ask(county, case, **values):
    values = {"audience": "file", "reason": "县司法局调卷", "by": county.mediator, "on": TODAY} | values
    return do(operations.ask, case.public_id, **values)


def made(public_id):
    while jobs.run_next():
        pass
    session.expire_all()
    return session.query(Bundle).filter_by(public_id=public_id).one()


def opened(public_id, by, form="zip"):
    return operations.content(public_id, form, by=by)[2]


def test_a_case_is_bound_numbered_hashed_and_opens_without_the_program(county):
    case = mediated(county)
    hand_in(county, case, "借条", picture("JPEG"), "jpg", party=cast.party(case.id, "万秋莲").public_id)
    hand_in(county, case, "沟/照片", picture("PNG", "RGBA"), "png")
    do(attachments.add, case.public_id, kind=AttachmentKind.IDENTITY, title="身份证", is_original=True,
       by=county.mediator, on=TODAY)
    public_id = ask(county, case)
    bundle = made(public_id)
    assert (bundle.state, bundle.error, bundle.done, bundle.total) == (BundleState.READY, None, 5, 5)

    whole = opened(public_id, county.mediator, "pdf")
    with pikepdf.open(io.BytesIO(whole)) as pdf:
        assert bundle.pages == 4 and len(pdf.pages) == 6, "cover, contents, receipt, register, two pictures"
    with zipfile.ZipFile(io.BytesIO(opened(public_id, county.mediator))) as archive:
        assert archive.testzip() is None
        manifest = json.loads(archive.read("manifest.json"))
        for line in (line for line in manifest["files"] if line["file"]):
            assert hashlib.sha256(archive.read(line["file"])).hexdigest() == line["sha256"]
        assert "借条.jpg" in " ".join(archive.namelist()) and "沟 照片" in " ".join(archive.namelist())
        index = archive.read("index.html").decode()
        assert "http" not in index.replace("http-equiv", "") and "manifest.json" in index and "万秋莲" in index
        assert "权利义务告知书" in index, "what the dossier lacks stands on it"


def test_one_party_gets_only_what_they_may_see(county):
    case = mediated(county)
    hand_in(county, case, "万家的借条", picture("JPEG"), "jpg", party=cast.party(case.id, "万秋莲").public_id)
    shown = hand_in(county, case, "给涂看过的", picture("JPEG"), "jpg", party=cast.party(case.id, "万秋莲").public_id)
    tu = cast.party(case.id, "涂国平").public_id
    do(attachments.show_to, shown, party=tu, by=county.mediator, on=TODAY)
    public_id = ask(county, case, audience="party", party=tu, reason="当事人要求")
    made(public_id)
    with zipfile.ZipFile(io.BytesIO(opened(public_id, county.mediator))) as archive:
        names = " ".join(archive.namelist())
    assert "给涂看过的" in names and "万家的借条" not in names and "回执" not in names


def test_an_export_needs_right_reason_and_is_not_kept_for_ever(county):
    case = mediated(county)
    with pytest.raises(RuleBroken) as silent:
        ask(county, case, reason=" ")
    assert [bar.reason for bar in silent.value.obstacles] == [Bar.NO_REASON]
    with pytest.raises(NotAllowed):
        ask(county, case, by=county.clerk)
    public_id = ask(county, case)
    with pytest.raises(RuleBroken) as twice:
        ask(county, case)
    assert [bar.reason for bar in twice.value.obstacles] == [Bar.RUNNING]
    with pytest.raises(RuleBroken) as early:
        opened(public_id, county.mediator)
    assert [bar.reason for bar in early.value.obstacles] == [Bar.NOT_READY]
    bundle = made(public_id)
    supervisor = makers.make_actor(county.centre, Role.SUPERVISOR)
    with pytest.raises((NotAllowed, NotFound)):
        opened(public_id, supervisor)
    kept = set(files.store().names())
    clock.freeze(clock.now() + timedelta(days=8))
    with pytest.raises(RuleBroken) as gone:
        opened(public_id, county.mediator)
    assert [bar.reason for bar in gone.value.obstacles] == [Bar.GONE]
    names = {bundle.pdf_name, bundle.zip_name}
    session.rollback()
    assert operations.expire(clock.now()) == 1 and kept - set(files.store().names()) == names


def test_a_fault_is_noted_and_the_job_tried_again(county, monkeypatch):
    case = mediated(county)
    public_id = ask(county, case)
    monkeypatch.setattr(building, "_whole", lambda *_given: 1 / 0)
    bundle = session.query(Bundle).filter_by(public_id=public_id).one()
    bundle_id = bundle.id
    session.rollback()
    with pytest.raises(ZeroDivisionError):
        building.build(bundle_id)
    session.expire_all()
    assert session.get_one(Bundle, bundle_id).error == "ZeroDivisionError"
    monkeypatch.undo()
    with transaction():
        pass
    building.build(bundle_id)
    session.expire_all()
    assert session.get_one(Bundle, bundle_id).state == BundleState.READY


@pytest.mark.long
def test_two_hundred_pages_within_memory(county):
    import resource

    case = mediated(county)
    with pikepdf.new() as pdf, io.BytesIO() as file:
        for _page in range(100):
            pdf.add_blank_page()
        pdf.save(file)
        plain = file.getvalue()
    for title in ("甲", "乙"):
        hand_in(county, case, title, plain, "pdf")
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    bundle = made(ask(county, case))
    assert bundle.pages == 202
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 200 * 1024  # KiB
