"""The floor: the least that Flask and the ORM can do in the same database, served and connected as the program is."""

import os
from datetime import date

from flask import Flask
from sqlalchemy import BigInteger, String, select
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from mediation.ground import clock
from mediation.ground.db import db, session, transaction
from mediation.ground.ids import new_id

PAGE = 25
TEMPLATE = """<!doctype html><title>floor</title><table>
{% for row in rows %}
<tr><td>{{ row.register_no }}<td>{{ row.title }}<td>{{ row.stage }}<td>{{ row.applied_on }}
{% endfor %}
</table>"""


class Floor(DeclarativeBase):
    """Apart from the program's own tables."""


class FloorCase(Floor):
    """Five columns of the program's own table."""

    __tablename__ = "cases"

    id: Mapped[int] = mapped_column(BigInteger, primary_key=True)
    register_no: Mapped[str] = mapped_column(String(40))
    title: Mapped[str] = mapped_column(String(200))
    stage: Mapped[str] = mapped_column(String(32))
    applied_on: Mapped[date]


class FloorRow(Floor):
    """What the bare insert writes."""

    __tablename__ = "floor_rows"

    id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    title: Mapped[str] = mapped_column(String(200))


def create_app(url: str) -> Flask:
    """Return a program of two addresses: a page of rows, an insert with its commit."""
    app = Flask(__name__)
    app.config["SQLALCHEMY_DATABASE_URI"] = url
    db.init_app(app)
    template = app.jinja_env.from_string(TEMPLATE)

    @app.get("/rows")
    def rows():
        found = session.scalars(select(FloorCase).order_by(FloorCase.id.desc()).limit(PAGE))
        return template.render(rows=found)

    @app.post("/insert")
    def insert():
        with transaction():
            session.add(FloorRow(id=new_id(), title=f"{clock.now()}"))
        return "", 204

    return app


if "YICHUANG_DATABASE_URL" in os.environ:
    app = create_app(os.environ["YICHUANG_DATABASE_URL"])
