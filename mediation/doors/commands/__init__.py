"""Flask commands: founding centres, starting, checking. All print Chinese and end with 0 when all is well, else 1."""

from mediation.doors.commands import founding, references


def register(app):
    """Add the commands to the application."""
    for module in (founding, references):
        module.register(app)
