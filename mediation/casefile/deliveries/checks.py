"""What this room offers to the table of steps, and what it hears of papers: who is issued one is to get it."""

from mediation.casefile.deliveries import operations, queries
from mediation.casefile.papers import operations as papers
from mediation.ground.steps import subjects


@subjects("delivery")
def rows(case_id):
    """Return the deliveries of a case, oldest first."""
    return queries.of_case(case_id)


@papers.when_issued
def owe(paper, case, *, on, replaces):
    """Owe a paper that was issued to those whom it is for (row 62)."""
    operations.owe_paper(paper, case, on=on, replaces=replaces)
