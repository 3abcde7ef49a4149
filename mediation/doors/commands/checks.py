"""``flask doctor`` and ``flask check-config``: can this installation work, and how is it set?"""

import os
import shutil
import stat
from dataclasses import fields
from pathlib import Path

import click
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from flask import current_app
from flask.cli import with_appcontext
from sqlalchemy import make_url

from mediation.doors.shared import logs
from mediation.ground.db import db
from mediation.ground.pdf import fonts
from mediation.ground.pdf.faults import PressFault
from mediation.ground.pdf.printer import printer
from mediation.registry.units import queries as units

LITTLE_SPACE = 1 << 30
SECRETS = ("master-key", "secret-key")


def register(app):
    """Add the commands of this module."""
    app.cli.add_command(doctor)
    app.cli.add_command(check_config)


@click.command("doctor")
@with_appcontext
def doctor():
    """检查系统组件、字体、数据库、数据目录。"""
    faults = 0
    for name, check in CHECKS.items():
        try:
            found = check()
        except Exception as error:  # whatever it is, the others are still checked
            faults += 1
            click.echo(f"不行　{name}：{logs.black_out(str(error)).splitlines()[0]}")
        else:
            click.echo(f"正常　{name}：{found}")
    if faults:
        raise click.ClickException(f"{faults} 项不行")


def _instance():
    folder = current_app.extensions["yichuang"].instance
    _writable(folder)
    open_ = [name for name in SECRETS if stat.S_IMODE((folder / name).stat().st_mode) & 0o077]
    if open_:
        raise ValueError(f"{'、'.join(open_)} 别人也能读，请 chmod 600")
    free = shutil.disk_usage(folder).free
    if free < LITTLE_SPACE:
        raise ValueError(f"{folder} 所在的磁盘只剩 {free >> 20} MB")
    return f"{folder}，可用 {free >> 30} GB"


def _writable(folder: Path):
    probe = folder / f".probe-{os.getpid()}"
    probe.touch()
    probe.unlink()


def _database():
    found = db.session.scalar(db.text("SELECT 1"))
    name = db.engine.dialect.name
    if name == "sqlite":
        version = db.session.scalar(db.text("SELECT sqlite_version()"))
    else:
        version = db.session.scalar(db.text("SHOW server_version"))
    return f"{name} {version}" if found == 1 else ""


def _tables():
    scripts = ScriptDirectory(current_app.extensions["migrate"].directory)
    with db.engine.connect() as connection:
        present = set(MigrationContext.configure(connection).get_current_heads())
    wanted = set(scripts.get_heads())
    if present != wanted:
        raise ValueError("表结构不是最新的，请运行 flask --app wsgi db upgrade")
    return "、".join(sorted(present)) or "还没有版本"


def _centres():
    names = [centre.name for centre in units.centres()]
    if not names:
        raise ValueError("还没有中心，请运行 flask --app wsgi init-centre")
    return "、".join(names) + ("（演示）" if units.is_demonstration() else "")


def _fonts():
    own = current_app.extensions["yichuang"].fonts
    found = fonts.find(Path(own) if own else None)
    return "、".join(dict.fromkeys(face.path.name for face in found.faces["song"]))


def _press():
    try:
        printer().warm()
    except PressFault as fault:
        raise ValueError(str(fault)) from None
    finally:
        printer().close()
    return "能排版"


CHECKS = {
    "数据目录": _instance, "数据库": _database, "表结构": _tables, "中心": _centres, "字体": _fonts, "排版": _press,
}


@click.command("check-config")
@with_appcontext
def check_config():
    """打印当前设置。不能这样运行时，程序不启动，只说原因。"""
    config = current_app.extensions["yichuang"]
    shown = {field.name: getattr(config, field.name) for field in fields(config)}
    shown["database_url"] = make_url(config.url).render_as_string()  # the password covered
    for name, value in shown.items():
        click.echo(f"YICHUANG_{name.upper()} = {value}".rstrip())
    click.echo("可以这样运行")
