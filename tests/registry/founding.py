"""A centre and the people who look after it, for tests of the reference rooms."""

from mediation.ground.db import session
from mediation.ground.ids import new_id
from mediation.registry.access.rules import Actor, Role
from mediation.registry.units.models import Centre


def found(area_code="360121") -> Actor:
    """Make a centre and return its system administrator."""
    centre = Centre(id=new_id(), name="化解中心", short_name="化解中心", register_word="南矛调登", area_code=area_code)
    session.add(centre)
    session.flush()
    return acting(Role.SYSTEM_ADMIN, centre.id)


def acting(role, centre_id) -> Actor:
    """Return somebody in a post of that role."""
    return Actor(account_id=1, post_id=1, unit_id=None, centre_id=centre_id, role=role)
