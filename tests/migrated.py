"""The migrations, run as an installation runs them, but without an application."""

from importlib import import_module
from pathlib import Path

from alembic import command
from alembic.config import Config

from mediation.ground.db import Base, connect, disconnect

HOUSE = Path(__file__).parent.parent


def settings(url: str) -> Config:
    """Return Alembic's settings for a database."""
    found = Config(HOUSE / "migrations" / "alembic.ini")
    found.set_main_option("script_location", str(HOUSE / "migrations"))
    found.set_main_option("sqlalchemy.url", url.replace("%", "%%"))
    return found


def migrate(url: str) -> None:
    """Bring an empty database to the newest revision."""
    if list((HOUSE / "migrations/versions").glob("*.py")):
        return command.upgrade(settings(url), "head")
    for path in [*HOUSE.glob("mediation/**/models.py"), *HOUSE.glob("mediation/ground/*.py")]:
        import_module(".".join(path.relative_to(HOUSE).with_suffix("").parts))
    Base.metadata.create_all(connect(url))
    disconnect()
