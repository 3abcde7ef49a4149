"""Flask commands."""


def register(app):
    """Add the commands to the application."""
