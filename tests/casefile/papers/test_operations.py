"""Issuing papers: what is issued stays as it is (P19), what cannot be printed is not issued."""

from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import select

from mediation.casefile.papers import operations as papers
from mediation.casefile.papers import printing
from mediation.casefile.papers.models import Paper, PaperState
from mediation.ground.crypto import Unreadable
from mediation.ground.db import session, transaction
from mediation.ground.errors import RuleBroken
from mediation.ground.pdf.faults import PressBroken
from mediation.registry.access.rules import system_actor
from mediation.registry.settings import operations as setting
from mediation.registry.settings import queries as settings
from mediation.registry.settings.rules import Kind
from tests import cast, makers, packs
from tests.casefile.papers import specimens as s

TODAY = date(2026, 11, 23)
UNKNOWN = "\ue000"


@pytest.fixture
def county(ground):
    return cast.gather()


@pytest.fixture
def case(county):
    return makers.make_case(county.centre, county.clerk, on=TODAY)


@pytest.fixture(autouse=True)
def press(monkeypatch):
    """Stand in for the printer; every sheet differs, as no two prints are the same to the byte."""
    printed = []

    def pdf(kind, version, snapshot):
        printed.append((kind, version, snapshot))
        return packs.blank_pdf() + f"% {len(printed)}\n".encode() * 20

    monkeypatch.setattr(printing, "pdf", pdf)
    monkeypatch.setattr(printing, "page_count", lambda content: 1)
    return printed


def issue(case, county, values=None, **more):
    with transaction():
        values = values or visited_by("龚喆", "阿卜杜拉·买买提")
        return papers.issue(case, "receipt", values, by=county.clerk, on=TODAY, **more)


def content(paper, county):
    return papers.content(paper.public_id, by=county.clerk)[1]


def visited_by(*names):
    return replace(s.FULL["receipt"], number=None, details=replace(s.RECEIPT, visitors=list(names)))


def test_an_issued_paper_is_printed_once_and_opens_the_same_each_time(case, county, press):
    paper = issue(case, county)
    first = content(paper, county)
    assert content(paper, county) == content(paper, county) == first
    assert len(press) == 1
    papers.render(paper.id)  # the job comes after the first opening
    assert content(paper, county) == first and len(press) == 1


def test_each_of_a_hundred_flipped_bytes_is_found(case, county, tmp_path):
    paper = issue(case, county)
    content(paper, county)
    name = session.scalar(select(Paper.file_name).where(Paper.id == paper.id))
    (path,) = [path for path in (tmp_path / "files").rglob("*") if path.name == name]
    whole = path.read_bytes()
    for place in range(0, len(whole), len(whole) // 100):
        path.write_bytes(whole[:place] + bytes([whole[place] ^ 1]) + whole[place + 1 :])
        with pytest.raises(Unreadable):
            content(paper, county)
    path.write_bytes(whole)
    assert content(paper, county).startswith(b"%PDF")


def test_a_correction_is_another_paper_that_names_the_old_one(case, county):
    old = issue(case, county)
    before = content(old, county)
    new = issue(case, county, visited_by("龚喆"), replaces=old)
    old, new = session.get_one(Paper, old.id), session.get_one(Paper, new.id)
    assert (new.replaces_id, new.number != old.number, new.short_hash != old.short_hash) == (old.id, True, True)
    assert (old.state, content(old, county)) == (PaperState.CANCELLED, before)
    assert papers.newest(case.id, "receipt").id == new.id


def test_a_character_without_a_glyph_stops_the_issue_and_takes_no_number(case, county):
    known = list(session.scalars(select(Paper.id)))
    with pytest.raises(RuleBroken) as error:
        issue(case, county, visited_by(f"龚{UNKNOWN}"))
    (bar,) = error.value.obstacles
    assert (bar.reason, bar.params) == (papers.Bar.NO_GLYPH, {"character": UNKNOWN, "code_point": "U+E000"})
    session.rollback()
    assert list(session.scalars(select(Paper.id))) == known
    assert issue(case, county).number.endswith("1号")


def test_the_paper_records_what_is_left_for_the_pen(case, county):
    paper = issue(case, county, replace(visited_by(f"龚{UNKNOWN}"), handwritten=[UNKNOWN]))
    assert session.get_one(Paper, paper.id).handwritten == {"characters": [UNKNOWN]}
    assert content(paper, county).startswith(b"%PDF")


def test_a_failed_printing_is_tried_again_under_the_same_number(case, county, press, monkeypatch):
    paper = issue(case, county)
    number, works = paper.number, printing.pdf

    def broken(kind, version, snapshot):
        raise PressBroken("the child ended with -9")

    monkeypatch.setattr(printing, "pdf", broken)
    with pytest.raises(PressBroken):
        papers.render(paper.id)
    row = session.get_one(Paper, paper.id)
    assert (row.state, row.error, row.file_name) == (PaperState.WAITING, "PressBroken", None)
    session.rollback()
    monkeypatch.setattr(printing, "pdf", works)
    papers.render(paper.id)
    row = session.get_one(Paper, paper.id)
    assert (row.state, row.error, row.number) == (PaperState.READY, None, number)


def test_what_is_printed_is_what_was_sealed_with_the_version_of_that_day(case, county, press):
    paper = issue(case, county)
    content(paper, county)
    (kind, version, snapshot) = press[0]
    assert (kind, version, snapshot["number"]) == ("receipt", paper.template_version, paper.number)
    assert snapshot["details"]["visitors"] == ["龚喆", "阿卜杜拉·买买提"]


@pytest.mark.parametrize(("set_", "is_bar"), [(None, False), (1, False), (2, True)])
def test_the_version_of_a_template_is_a_dated_setting(case, county, monkeypatch, set_, is_bar):
    """DC-08. A version that has no template stops the issue, it does not fail in the press."""
    asked, value_of = [], settings.value

    def value(kind, key, **whose):
        if kind != Kind.TEMPLATE:
            return value_of(kind, key, **whose)
        asked.append((kind, key, whose))
        return set_

    with monkeypatch.context() as patched:
        patched.setattr(settings, "value", value)
        if is_bar:
            with pytest.raises(RuleBroken) as error:
                issue(case, county)
            assert [obstacle.reason for obstacle in error.value.obstacles] == [papers.Bar.NO_TEMPLATE]
        else:
            assert issue(case, county).template_version == 1
    assert asked == [(Kind.TEMPLATE, "receipt", {"on": TODAY, "centre_id": case.centre_id})]


def test_an_agreement_is_worded_by_the_day_and_the_province_and_an_old_one_stays(case, county, press):
    """Row 59: the second version holds since 2026 (AM-02), in a province that says so a day longer the first."""
    last, first, next_day = date(2025, 12, 31), date(2026, 1, 1), date(2026, 1, 2)

    def agreed(on):
        with transaction():
            values = replace(s.AGREEMENTS["police_case"], number=f"（2026）南民调字第{on.day}号")
            return papers.issue(case, "agreement", values, by=county.clerk, on=on)

    old = agreed(last)
    assert [old.template_version, agreed(first).template_version] == [1, 2]
    with transaction():
        province = {"area_code": "360000", "source": "省司法厅文书格式", "reason": "沿用旧格式"}
        by = system_actor(None)
        setting.set_value(Kind.TEMPLATE, "agreement", 1, by=by, valid_from=first, **province)
        setting.set_value(Kind.TEMPLATE, "agreement", 2, by=by, valid_from=next_day, **province)
    assert [agreed(on).template_version for on in (last, first, next_day)] == [1, 1, 2]
    press.clear()
    content(old, county)
    assert [(kind, version) for kind, version, _snapshot in press] == [("agreement", 1)]
