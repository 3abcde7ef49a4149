"""Papers are rendered after the change that issued them, in the scheduler's process."""

from mediation.casefile.papers import operations
from mediation.ground.jobs import job


@job("papers.render")
def render(paper_id: int) -> None:
    """Render one waiting paper."""
    operations.render(paper_id)
