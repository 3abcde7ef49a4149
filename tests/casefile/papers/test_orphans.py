"""Files that no row names go after a day; one that a row names stays for ever."""

import os
from datetime import timedelta

import pytest
from sqlalchemy import String

from mediation.casefile.papers import operations as papers
from mediation.casefile.papers import printing
from mediation.ground import clock, crypto, files, orphans
from mediation.ground.db import Base, session, transaction
from mediation.stages.confirmation import packruns
from mediation.stages.confirmation.models import PackRun
from mediation.stages.confirmation.models import _files as of_runs
from tests import everything, packs, road

NAMING = {"papers.file_name", "attachments.file_name", "bundles.pdf_name", "bundles.zip_name"}
WHOLE_TABLES = {"pack_runs.file_name", "group_prints.file_name"}  # small, with what waits to be bound


@pytest.fixture
def store(ground, monkeypatch):
    monkeypatch.setattr(printing, "pdf", lambda kind, version, snapshot: packs.blank_pdf())
    return files.store()


def aged(store, days):
    """Let every file be that old."""
    root = store._files.path
    at = (clock.now() - timedelta(days=days)).timestamp()
    for folder in store.folders():
        for name in store.names(folder):
            os.utime(f"{root}/{folder}/{name}", (at, at))


def stray(store):
    """A file whose process was killed before its row was committed, and one half written."""
    box = crypto.keys().box(crypto.keys().new_data_key())
    kept = store.put(b"%PDF", box, "application/pdf")
    half = store.put(b"%PDF", box, "application/pdf").name
    root = store._files.path
    os.rename(f"{root}/{half[:2]}/{half}", f"{root}/{half[:2]}/{half}.part")
    return {kept.name, f"{half}.part"}


def lying(store):
    return {name for folder in store.folders() for name in store.names(folder)}


def every_night(monkeypatch):
    today = clock.today()
    for night in range(orphans.NIGHTS):
        monkeypatch.setattr(orphans.clock, "today", lambda night=night: today + timedelta(days=night))
        orphans.sweep()


def test_what_no_row_names_goes_after_a_day_and_nothing_else(store, monkeypatch):
    county = road.make_county()
    case, _agreement, _refs = road.signed(county)
    everything._render_all()
    named = lying(store)
    assert named and all(papers.content(paper, by=county.mediator) for paper in papers_of(case, county))
    strays = stray(store)
    aged(store, 0.9)
    every_night(monkeypatch)
    assert lying(store) == named | strays
    aged(store, 1.1)
    every_night(monkeypatch)
    assert lying(store) == named


def papers_of(case, county):
    row = road.cases.get(case, for_=county.mediator)
    return [paper.public_id for paper in papers.of_case(row.id) if paper.file_name]


def test_the_parts_of_a_run_that_are_not_bound_yet_are_named(ground):
    county = road.make_county()
    _case, application, _refs = packs.filed(county)
    run = road.do(packruns.ask, [application], by=county.liaison)
    with transaction():
        row = session.query(PackRun).filter_by(public_id=run).one()
        row.lines = {"packs": [{"part": ["abc", "00"], "pages": 1}, {"why": {}}]}
    assert of_runs(()) == {"abc"}


def test_every_column_that_names_a_file_is_asked():
    """A new one has to be made known to the sweep, or its files would be taken for strays."""
    found = {
        f"{table.name}.{column.name}" for table in Base.metadata.tables.values() for column in table.columns
        if column.name.removesuffix("_name") in ("file", "pdf", "zip", "image", "scan")
        and isinstance(column.type, String) and f"{column.name.removesuffix('_name')}_sha256" in table.columns
    }
    assert found == NAMING | WHOLE_TABLES
