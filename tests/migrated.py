from importlib import import_module
from pathlib import Path

from alembic import command
from alembic.config import Config

from mediation import rooms
from mediation.ground.db import Base, connect, disconnect

HOUSE = Path(__file__).parent.parent


def open_rooms():
    for name in rooms.CHECKS + rooms.MODELS:
        try:
            import_module(name)
        except ModuleNotFoundError as missing:
            if missing.name != name and not name.startswith(missing.name + "."):
                raise


def migrate(url):
    if list((HOUSE / "migrations/versions").glob("*.py")):
        config = Config(HOUSE / "migrations/alembic.ini")
        config.set_main_option("script_location", str(HOUSE / "migrations"))
        config.set_main_option("sqlalchemy.url", url)
        return command.upgrade(config, "head")
    for path in [*HOUSE.glob("mediation/**/models.py"), *HOUSE.glob("mediation/ground/*.py")]:
        import_module(".".join(path.relative_to(HOUSE).with_suffix("").parts))
    Base.metadata.create_all(connect(url))
    disconnect()
