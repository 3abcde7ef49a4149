"""Complaints about mediators and what follows; studios and the composition of committees as the roster has it."""

from datetime import date

import pytest

from mediation.ground.db import session, transaction
from mediation.ground.errors import Invalid, NotAllowed, Stale
from mediation.registry.access.rules import Role
from mediation.registry.mediators import committees, complaints, studios
from mediation.registry.mediators import queries as pool
from mediation.registry.mediators.models import Mediator
from mediation.registry.mediators.rules import Bar, CommitteeNote, ComplaintState
from mediation.registry.units.rules import UnitKind
from mediation.stages.proceedings import candidates
from tests import cast, makers

TODAY = date(2026, 11, 23)


def record(county, by=None):
    with transaction():
        return complaints.record(
            county.pool.public_id, by=by or county.head, on=TODAY, kind="money", words="收了当事人两条烟"
        )


def bars(county):
    found, _cautions = candidates.given([session.get_one(Mediator, county.pool.id)], cast.accepted(county), on=TODAY)
    return [each.reason for each in found]


def test_what_is_serious_and_upheld_bars_new_cases_until_it_is_lifted(ground):
    """PM-17: nothing follows before the decision, which needs its reason; nobody decides about themselves."""
    county = cast.gather()
    complaint = record(county)
    assert bars(county) == []
    told = {"by": county.head, "on": TODAY, "upheld": True, "is_serious": True, "sanction": "criticism"}
    with pytest.raises(Invalid), transaction():
        complaints.decide(complaint, reason=" ", **told)
    with pytest.raises(NotAllowed), transaction():
        complaints.decide(complaint, reason="查实", **{**told, "by": county.mediator})
    with transaction():
        complaints.decide(complaint, reason="本人承认", **told)
    with pytest.raises(Stale), transaction():
        complaints.decide(complaint, reason="再定一次", **told)
    assert bars(county) == [Bar.MISCONDUCT]
    assert complaints.count_of(county.pool.id) == {ComplaintState.UPHELD: 1}
    with transaction():
        complaints.lift(county.pool.public_id, by=county.head, reason="退还了，已改正")
    assert bars(county) == []


def test_removal_takes_somebody_off_the_register(ground):
    county = cast.gather()
    complaint = record(county)
    with transaction():
        complaints.decide(
            complaint, by=county.head, on=TODAY, upheld=True, sanction="removal", reason="多次收受财物，罢免"
        )
    gone = pool.get(county.pool.public_id, centre_id=county.centre.id)
    assert (gone.removed_on, gone.removed_reason) == (TODAY, "多次收受财物，罢免")
    other = makers.make_actor(county.centre, Role.HEAD, makers.make_unit(county.centre, name="向塘镇人民调解委员会"))
    with pytest.raises(NotAllowed):
        record(county, by=other)


def test_a_studio_has_people_of_several_units_and_a_committee_its_notes(ground):
    """Row 38, PM-02."""
    county = cast.gather()
    admin = makers.make_actor(county.centre, Role.SYSTEM_ADMIN)
    studio = makers.make_unit(county.centre, UnitKind.STUDIO, "熊桂生调解工作室", brand="老熊说和",
                              sector_types={"types": ["neighbour"]})
    with transaction():
        studios.join(studio.public_id, county.pool.public_id, by=admin, on=TODAY, is_namesake=True)
    with pytest.raises(Invalid), transaction():
        studios.join(studio.public_id, county.pool.public_id, by=admin, on=TODAY)
    assert studios.of_mediators([county.pool.id], on=TODAY)[county.pool.id] == [
        studios.Studio("老熊说和", ("neighbour",))
    ]
    people = committees.people_of(county.committee, on=TODAY)
    found = [note.reason for note in committees.notes_on(county.committee, people, on=TODAY)]
    assert found == [CommitteeNote.TOO_FEW, CommitteeNote.NO_DIRECTOR, CommitteeNote.NO_WOMAN]
    with transaction():
        studios.leave(studio.public_id, county.pool.public_id, by=admin, on=TODAY)
    assert studios.of_mediators([county.pool.id], on=TODAY) == {}
