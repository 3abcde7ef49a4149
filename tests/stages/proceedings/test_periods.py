from datetime import date

import pytest

from mediation.casefile.cases.rules import Basis, Track, Trait
from mediation.stages.proceedings.periods import (
    Procedure,
    period_key,
    period_start,
)


@pytest.mark.parametrize(
    ("track", "basis", "procedure", "traits", "key"),
    [
        (Track.PEOPLES, Basis.SELF_RUN, None, (), "PM-18"),
        (Track.PEOPLES, Basis.OWN_MOTION, None, (), "PM-18"),
        (Track.JUDICIAL, Basis.COMMISSIONED, None, (), "JM-02.commissioned"),
        (Track.JUDICIAL, Basis.COMMISSIONED, None, (Trait.MEDICAL,), "JM-02.commissioned"),
        (Track.JUDICIAL, Basis.ENTRUSTED, Procedure.ORDINARY, (), "JM-02.entrusted_ordinary"),
        (Track.JUDICIAL, Basis.ENTRUSTED, Procedure.SIMPLE, (), "JM-02.entrusted_simple"),
        (Track.JUDICIAL, Basis.ENTRUSTED, Procedure.SMALL_CLAIMS, (), "JM-02.entrusted_simple"),
        (Track.JUDICIAL, Basis.ENTRUSTED, None, (), "JM-02.entrusted_simple"),  # the shorter one, to be safe
        (Track.PEOPLES, Basis.SELF_RUN, None, (Trait.MEDICAL,), "AM-10"),
        (Track.ADMINISTRATIVE, Basis.SELF_RUN, None, (Trait.MEDICAL,), "AM-11.finish"),
        (Track.PEOPLES, Basis.SELF_RUN, None, (Trait.LABOUR,), "AM-06"),
        (Track.ADMINISTRATIVE, Basis.SELF_RUN, None, (Trait.TRAFFIC,), "AM-05.mediate"),
        (Track.PEOPLES, Basis.SELF_RUN, None, (Trait.TRAFFIC,), "PM-18"),
        (Track.ADMINISTRATIVE, Basis.SELF_RUN, None, (), "AM-17"),
    ],
)
def test_which_period_applies(track, basis, procedure, traits, key):
    """PM-18, JM-02, AM-05, AM-06, AM-10, AM-11, AM-17."""
    assert period_key(track, basis, procedure=procedure, traits=traits) == key


def test_housing_has_a_setting_of_its_own_with_an_agency():
    assert period_key(Track.ADMINISTRATIVE, Basis.SELF_RUN, main_type="property_management") == "AM-19"
    assert period_key(Track.PEOPLES, Basis.SELF_RUN, main_type="property_management") == "PM-18"


def test_a_consumer_s_complaint_with_an_agency_has_sixty_days():
    """AM-12."""
    assert period_key(Track.ADMINISTRATIVE, Basis.SELF_RUN, main_type="consumer") == "AM-12.finish"
    assert period_key(Track.PEOPLES, Basis.SELF_RUN, main_type="consumer") == "PM-18"


@pytest.mark.parametrize(
    ("key", "start"),
    [
        ("PM-18", date(2026, 3, 4)),
        ("AM-10", date(2026, 3, 4)),
        ("AM-06", date(2026, 3, 1)),
        ("JM-02.commissioned", date(2026, 3, 2)),
    ],
)
def test_from_which_day_it_runs(key, start):
    """PM-18, JM-02, AM-06, AM-10."""
    found = period_start(
        key, accepted_on=date(2026, 3, 4), applied_on=date(2026, 3, 1), court_received_on=date(2026, 3, 2)
    )
    assert found == start


def test_where_the_day_of_the_materials_is_unknown_acceptance_counts():
    day = date(2026, 3, 4)
    assert period_start("JM-02.commissioned", accepted_on=day, applied_on=date(2026, 3, 1)) == day
