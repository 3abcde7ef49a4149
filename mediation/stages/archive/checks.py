"""What this room offers to the table of steps."""

from mediation.ground.steps import fact


@fact("archive.has_outcome")
def has_outcome(subject, *, on, by):
    return []


@fact("archive.court_told")
def court_told(subject, *, on, by):
    return []


@fact("archive.complete")
def complete(subject, *, on, by):
    return []
