"""The demonstration county by hand: another day, more cases, or many rows for measuring."""

from importlib import import_module

import click
from flask import current_app
from flask.cli import AppGroup

from mediation.doors.commands import database
from mediation.doors.commands.refusals import refused
from mediation.doors.shared import heads
from mediation.registry.units import queries as units

demo = AppGroup("demo", help="演示数据")


def register(app):
    """Add the commands of this module."""
    app.cli.add_command(demo)


def load_demonstration(config, **options) -> None:
    """Load the demonstration county into an empty database; its log-ins go to the instance folder."""
    heads.begin_anew(config.instance)
    county = import_module("mediation.demonstration")  # large, and needed once in the life of an installation
    county.load(logins=_logins(config), say=click.echo, **options)


@demo.command("load")
@click.option("--on", type=click.DateTime(["%Y-%m-%d"]), help="当作哪一天，不写就是今天")
@click.option("--cases", type=click.IntRange(1), default=400, show_default=True, help="多少件案件")
@click.option("--papers/--no-papers", default=True, help="是否先排好有名字的案件的文书")
def load(on, cases, papers):
    """往空库里装演示县。"""
    config = _outside_production()
    database.upgrade()
    with refused():
        if units.centres():
            raise click.ClickException("库里已经有中心，演示数据只装进空库")
        load_demonstration(config, on=on.date() if on else None, cases=cases, render=papers)


@demo.command("bulk")
@click.option("--cases", type=click.IntRange(1), required=True, help="再加多少件")
def bulk(cases):
    """往演示库或空库里直接写入许多案件，测速度用。"""
    config = _outside_production()
    database.upgrade()
    with refused():
        if units.centres() and not units.is_demonstration():
            raise click.ClickException("这是真的库，不往里加演示案件")
        import_module("mediation.demonstration.bulk").fill(cases, logins=_logins(config), say=click.echo)


def _logins(config):
    return config.instance / "demo-logins.txt"


def _outside_production():
    config = current_app.extensions["yichuang"]
    if config.production:
        raise click.ClickException("正式运行不装演示数据")
    return config
