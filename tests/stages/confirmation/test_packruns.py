"""Many packs in one file: nothing printed twice, nothing lost, what fails listed with its reason, the rest goes on."""

import io
from datetime import timedelta

import pikepdf
import pytest

from mediation.casefile.papers import printing
from mediation.casefile.papers.models import Paper
from mediation.ground import clock, files
from mediation.ground.db import session, transaction
from mediation.ground.errors import NotFound, RuleBroken
from mediation.ground.pdf.faults import PressBroken
from mediation.ground.trail import TrailEntry
from mediation.stages.confirmation import packprinting, packruns
from mediation.stages.confirmation.models import Confirmation, PackRun
from mediation.stages.confirmation.rules import RunState
from tests import packs, road
from tests.road import do


@pytest.fixture
def county(ground):
    """Three packs: one whole, one whose papers are not issued yet, one without a court."""
    county = road.make_county()
    county.more["packs"] = [each(county)[1] for each in (packs.whole, packs.handed, packs.handed)]
    with transaction():
        last = session.query(Confirmation).filter_by(public_id=county.more["packs"][2]).one()
        last.court_code = last.court_name = None
    return county


class Press:
    """Empty pages for papers; dies when told to, and says of which kinds it was asked."""

    def __init__(self):
        self.asked, self.dies_at = [], None

    def __call__(self, kind, version, snapshot, **more):
        if self.dies_at is not None and len(self.asked) == self.dies_at:
            self.dies_at = None
            raise PressBroken("the child ended")
        self.asked.append(kind)
        return packs.blank_pdf(9 if kind == "pack_numbers" else 1)


@pytest.fixture
def press(monkeypatch):
    monkeypatch.setattr(printing, "pdf", found := Press())
    monkeypatch.setattr(packprinting, "AT_ONCE", 2)
    return found


def row(public_id):
    session.rollback()
    return session.query(PackRun).filter_by(public_id=public_id).one()


def work(public_id):
    print_ = row(public_id)
    packprinting.work(print_.id, print_.round)


def test_many_packs_become_one_file_and_what_fails_is_listed(county, press):
    public_id = do(packruns.ask, county.more["packs"], by=county.liaison, key="a")
    assert do(packruns.ask, county.more["packs"], by=county.liaison, key="a") == public_id  # clicked twice
    press.dies_at = 9  # within the second pack, some of whose papers are printed
    with pytest.raises(PressBroken):
        work(public_id)
    assert (row(public_id).done, row(public_id).error) == (1, "PressBroken")
    with pytest.raises(NotFound):
        packruns.content(public_id, by=county.liaison)
    work(public_id)
    work(public_id)
    found = row(public_id)
    assert (found.state, found.done, found.error) == (RunState.READY, 3, None)
    assert press.asked.count("confirmation_application") == press.asked.count("mediation_proof") == 2
    assert session.query(Paper).filter_by(kind="confirmation_application").count() == 2
    first, second, third = packruns.told(found, for_=county.liaison)
    assert [each.public_id for each in (first, second, third)] == county.more["packs"]
    assert (first.pages, second.pages, third.pages) == (6, 4, 0)
    assert [sentence for sentence, _values, _cure in third.reasons] and not first.reasons
    _row, plain = packruns.content(public_id, by=county.liaison)
    with pikepdf.open(io.BytesIO(plain)) as whole, whole.open_outline() as outline:
        assert len(whole.pages) == 11 == row(public_id).pages
        assert len(outline.root) == 2
    opened = session.query(TrailEntry).filter_by(event="packs.print_opened")
    assert len({entry.case_id for entry in opened}) == 3
    with pytest.raises(NotFound):
        packruns.content(public_id, by=county.mediator)  # of another unit
    assert len(list(files.store().names())) == len(session.query(Paper).filter_by(state="ready").all()) + 1
    again = do(packruns.print_again, public_id, by=county.liaison, key="b")
    assert row(again).wanted == {"packs": found.wanted["packs"][2:]}
    work(again)
    assert row(again).state == RunState.EMPTY
    assert not packruns.forget(clock.now() - timedelta(days=1))
    with transaction():
        assert packruns.forget(clock.now() + timedelta(seconds=1)) == 2
    assert found.file_name not in set(files.store().names())


def test_a_print_is_stopped_and_gone_on_with(county, press, monkeypatch):
    monkeypatch.setattr(packprinting, "AT_ONCE", 1)
    public_id = do(packruns.ask, county.more["packs"][:2], by=county.liaison)
    work(public_id)
    do(packruns.stop, public_id, by=county.liaison)
    work(public_id)
    assert (row(public_id).state, row(public_id).done) == (RunState.STOPPED, 1)
    do(packruns.go_on, public_id, by=county.liaison)
    work(public_id)
    assert (row(public_id).state, row(public_id).pages) == (RunState.READY, 11)


def test_none_and_too_many_are_refused(county):
    for chosen, bar in (([], packruns.Bar.NONE_CHOSEN), ([str(n) for n in range(201)], packruns.Bar.TOO_MANY)):
        with pytest.raises(RuleBroken) as refused:
            do(packruns.ask, chosen, by=county.liaison)
        assert [each.reason for each in refused.value.obstacles] == [bar]
