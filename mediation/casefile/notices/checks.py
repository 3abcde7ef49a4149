"""What this room hears of: steps that no stage of its own takes."""

from mediation.casefile.notices import operations, rules
from mediation.ground.ids import new_id
from mediation.ground.steps import reacts_to


@reacts_to("case.correct")
def tell_of_correction(case, *, by, on):
    """Who works on a case hears that its registration is not what it was, and the window hears it of the others."""
    seats = (rules.MEDIATORS, rules.CLERKS) if case.lead_unit_id else (rules.CLERKS,)
    operations.tell(case, rules.Event.CORRECTED, *seats, by=by, mark=new_id(), who=by.signed)
