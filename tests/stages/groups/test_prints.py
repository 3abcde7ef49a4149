"""Sheets and members' papers in one PDF: asked for once, printed in slices, bound, opened as a logged read."""

from datetime import timedelta

import pytest

from mediation.casefile.papers import printing
from mediation.ground import clock, files
from mediation.ground.db import session, transaction
from mediation.ground.errors import NotFound, RuleBroken
from mediation.ground.pdf.faults import PressFault
from mediation.ground.trail import TrailEntry
from mediation.stages.groups import prints, queries
from mediation.stages.groups.models import GroupPrint
from mediation.stages.groups.rules import Bar, PrintState
from tests import road
from tests.everything import blank_pdf
from tests.road import do
from tests.stages.groups.test_operations import ELEVEN, listing, opened


@pytest.fixture
def county(ground):
    county = road.make_county()
    case, _proceeding = road.mediating(county)
    county.more["group"] = opened(county, case, by=county.mediator)
    do(listing.add_members, county.more["group"], ELEVEN, by=county.mediator, on=clock.today())
    return county


@pytest.fixture
def pressed(monkeypatch):
    """What the press was given; it answers with an empty page."""
    given = []

    def pdf(kind, version, snapshot):
        given.append((kind, snapshot))
        return blank_pdf()

    monkeypatch.setattr(printing, "pdf", pdf)
    monkeypatch.setattr(prints, "AT_ONCE", 5)
    return given


def asked(county, **values):
    return do(prints.ask, county.more["group"], by=county.mediator, on=clock.today(), **values)


def row(public_id):
    session.rollback()
    return session.query(GroupPrint).filter_by(public_id=public_id).one()


def test_a_print_is_made_in_slices_and_bound(county, pressed):
    public_id = asked(county, sheets=["list", "election", "report"], each=["rights_notice"])
    print_id, rounds = row(public_id).id, 0
    assert (row(public_id).total, queries.printed(public_id, for_=county.mediator)[0].done) == (15, 0)
    with pytest.raises(NotFound):
        prints.content(public_id, by=county.mediator)
    while row(public_id).state == PrintState.RUNNING:
        begin = row(public_id).done
        prints.work(print_id, begin)
        prints.work(print_id, begin)  # a job that comes twice prints nothing twice
        rounds += 1
    assert (rounds, len(pressed), row(public_id).pages) == (3, 15, 15)
    kinds = [kind for kind, _snapshot in pressed[:4]]
    assert kinds == ["group_list", "group_election", "group_report", "rights_notice"]
    lines = pressed[0][1]["details"]["lines"]
    assert len(lines) == 12 and lines[0]["id_number"] == "360121196803122260"
    told = [snapshot["parties"][snapshot["details"]["party"]]["name"] for _kind, snapshot in pressed[3:]]
    assert told[:2] == ["万秋莲", "赵工友"] and len(set(told)) == 12
    _row, whole = prints.content(public_id, by=county.mediator)
    assert printing.page_count(whole) == 15
    session.rollback()
    assert session.query(TrailEntry).filter_by(event="group.print_opened").count() == 1
    assert not prints.forget(clock.now() - timedelta(days=1))
    with transaction():
        assert prints.forget(clock.now() + timedelta(seconds=1)) == 1
    names = set(files.store().names())
    assert _row.file_name not in names and not [part for part in names if part.endswith(".part")]


def test_a_failed_press_says_so_and_is_tried_again(county, pressed, monkeypatch):
    public_id = asked(county, sheets=["list"])
    print_id = row(public_id).id
    with monkeypatch.context() as broken, pytest.raises(PressFault):
        broken.setattr(printing, "pdf", _out_of_order)
        prints.work(print_id, 0)
    assert (row(public_id).state, row(public_id).error) == (PrintState.RUNNING, "PressFault")
    prints.work(print_id, 0)
    assert (row(public_id).state, row(public_id).error) == (PrintState.READY, None)


def _out_of_order(kind, version, snapshot):
    raise PressFault()


def test_what_lacks_is_named_at_once(county, pressed):
    with pytest.raises(RuleBroken) as refused:
        asked(county, sheets=["consent"], member_ids=[])
    assert [bar.reason for bar in refused.value.obstacles] == [Bar.NOBODY_CHOSEN, Bar.NO_PROPOSAL]
    with pytest.raises(RuleBroken) as refused:
        asked(county, sheets=[])
    assert [bar.reason for bar in refused.value.obstacles] == [Bar.NOTHING_TO_PRINT]
