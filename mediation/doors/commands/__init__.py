"""Flask commands: founding centres, starting, checking. All print Chinese and end with 0 when all is well, else 1."""

from mediation.doors.commands import (
    checks,
    deadlines,
    demonstrating,
    founding,
    proofs,
    references,
    rulebook,
    signing,
    starting,
)


def register(app):
    """Add the commands to the application."""
    for module in (founding, references, starting, checks, deadlines, proofs, rulebook, demonstrating, signing):
        module.register(app)
