"""The web server's way in."""

from mediation.app import create_app

app = create_app()
