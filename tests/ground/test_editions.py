"""What is made from a small table is made anew when its rows change, and only then."""

from datetime import date

import pytest

from mediation.ground.db import session, transaction
from mediation.ground.editions import changed, kept
from mediation.registry.regions.models import Area
from mediation.registry.regions.rules import AreaLevel
from tests.registry.founding import found


def add(centre_id, code):
    session.add(
        Area(centre_id=centre_id, code=code, name=code, level=AreaLevel.TOWN, parent_code=code[:6], initials="",
             valid_from=date(2026, 1, 1))
    )  # fmt: skip
    changed(Area)


@pytest.fixture
def made(ground):
    """A look-up that notes each time it has to be made."""
    notes = []

    @kept(Area)
    def codes(centre_id):
        notes.append(centre_id)
        return [area.code for area in session.query(Area).filter_by(centre_id=centre_id)]

    return codes, notes


def test_made_once_while_nothing_changes(made):
    codes, notes = made
    assert codes(1) == codes(1) == []
    assert codes(2) == []
    session.rollback()
    assert codes(1) == []
    assert notes == [1, 2]


def test_made_anew_after_a_row_was_added_or_closed(made):
    codes, notes = made
    with transaction():
        centre = found().centre_id
        add(centre, "360121100")
        assert codes(centre) == ["360121100"]
        add(centre, "360121101")
        assert len(codes(centre)) == 2
    with transaction():
        session.query(Area).filter_by(code="360121100").one().valid_to = date(2026, 6, 30)
        changed(Area)
    codes(centre)
    assert notes == [centre] * 3


def test_what_was_rolled_back_is_forgotten(made):
    codes, _ = made
    with transaction():
        centre = found().centre_id
    with pytest.raises(ZeroDivisionError), transaction():
        add(centre, "360121100")
        assert codes(centre) == ["360121100"]
        raise ZeroDivisionError
    assert codes(centre) == []
