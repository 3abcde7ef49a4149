"""What the archive offers to the table of steps."""

from mediation.ground.choices import N_, Reason
from mediation.ground.errors import because
from mediation.ground.steps import fact
from mediation.registry.access.rules import Role
from mediation.stages.archive import queries, rules
from mediation.stages.referrals.rules import unreported_obstacles


class Bar(Reason):
    LED_ELSEWHERE = "filed_by_its_unit", N_("由承办单位归档"), "PM-10"
    NO_WAY_OUT = "no_way_out", N_("还没有结果：没有履行完的协议，没有移送的结果，也没有终止"), "RT-09"


@fact("archive.has_outcome", rules=("RT-09", "PM-11", "PM-15", "ST-01"), cure="proceeding")
def has_outcome(case, *, on, by):
    """There is at least one honest way to close the case, and nothing still runs."""
    facts = queries.closing_facts(case)
    found = rules.type_obstacles(facts.main_types) + rules.open_ends(facts)
    if not found and not queries.possible_outcomes(case):
        found.append(because(Bar.NO_WAY_OUT))
    return found


@fact("archive.court_told", rules=("JM-10",), cure="proceeding.report_to_court")
def court_told(case, *, on, by):
    """A court that sent the case has its report before the case ends; what was never mediated has nothing to report."""
    facts = queries.closing_facts(case)
    return unreported_obstacles(facts.basis, reported_on=facts.reported_to_court_on) if facts.was_mediated else []


@fact("archive.keeps_file", rules=("PM-10",))
def keeps_file(case, *, on, by):
    """The body that led a case files it; one that no body ever led is filed where it was registered."""
    is_led_elsewhere = case.lead_unit_id is not None and by.role in (Role.INTAKE_CLERK, Role.DISPATCHER)
    return [because(Bar.LED_ELSEWHERE)] if is_led_elsewhere else []


@fact("archive.complete", rules=("PM-10", "PM-15"), cure="papers")
def complete(case, *, on, by):
    """Register, record and agreement or termination lie in the file."""
    return rules.archive_obstacles(queries.file_facts(case))
