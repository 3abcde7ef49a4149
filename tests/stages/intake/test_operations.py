from mediation.casefile.cases.rules import Stage, Turn
from mediation.registry.access.rules import Role
from tests import makers


def test_register(ground):
    centre = makers.make_centre()
    clerk = makers.make_actor(centre, Role.INTAKE_CLERK)
    case = makers.make_case(centre, clerk)
    assert (case.stage, case.turn) == (Stage.REGISTERED, Turn.CLERK)
    assert case.title == "万秋莲与涂国平用水、排水纠纷"
    screened = makers.make_screened(centre, clerk)
    assert screened.stage == Stage.SCREENED
