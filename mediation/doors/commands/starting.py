"""``flask start``: database, demonstration, web server and scheduler, all in one command."""

import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from contextlib import contextmanager
from dataclasses import fields
from pathlib import Path

import click
from flask import current_app
from flask.cli import with_appcontext

from mediation.doors.commands import database
from mediation.doors.commands.demonstrating import load_demonstration
from mediation.ground.db import db
from mediation.registry.units import queries as units

PATIENCE = 120  # seconds until the web server answers
GRACE = 40  # seconds for what runs to end by itself
THREADS = 4
MEMORY = Path("/dev/shm")
SIGNALS = (signal.SIGTERM, signal.SIGINT, signal.SIGHUP)


class Wish:
    """Whether somebody wants all of it to stop. A signal only leaves word: an error raised from it could be lost."""

    def __init__(self):
        self.is_told = False
        for number in SIGNALS:
            signal.signal(number, self._tell)

    def _tell(self, *_):
        self.is_told = True


def register(app):
    """Add the commands of this module."""
    app.cli.add_command(start)


@click.command("start")
@with_appcontext
def start():
    """启动：升级数据库，需要时装入演示数据，开网页服务和计划任务。"""
    config = current_app.extensions["yichuang"]
    address = _address(config.bind)
    _require_free(address, config.bind)
    prepare(config)
    db.session.remove()
    db.engine.dispose()
    wish = Wish()
    with _children(config) as children:
        _await_answer(address, children, wish)
        if not wish.is_told:
            _tell(config, address)
        _tend(children, wish)
    if not wish.is_told:
        raise click.ClickException("网页服务或计划任务意外停止，已全部停下")
    click.echo("已停止")


def prepare(config) -> None:
    """Bring the database up to date; fill an empty one with the demonstration county, except in production."""
    database.upgrade()
    if not units.centres():
        if config.production:
            raise click.ClickException("还没有中心，先建一个：flask --app wsgi init-centre 中心名称")
        click.echo("数据库是空的，正在装入演示数据（南昌县），要一两分钟……")
        load_demonstration(config, render=False, queue=True)  # the scheduler prints while somebody looks around


@contextmanager
def _children(config):
    """The web server and the scheduler as processes of their own; both end with the block."""
    memory = ["--worker-tmp-dir", str(MEMORY)] if MEMORY.is_dir() else []
    commands = {
        "web": [
            "-m", "gunicorn", "wsgi:app", "--bind", config.bind, "--workers", str(config.workers),
            "--threads", str(THREADS), "--timeout", "120", "--graceful-timeout", "20", "--log-level", "warning",
            "--no-control-socket", *memory,
        ],
        "scheduler": ["-m", "flask", "--app", "wsgi", "run-scheduler"],
    }
    # What this process was told, its children are told too, however it came.
    values = {field.name: getattr(config, field.name) for field in fields(config)}
    values["instance"] = config.instance.resolve()
    given = {f"YICHUANG_{name.upper()}": str(value) for name, value in values.items()}
    home = Path(current_app.root_path).parent
    children = {}
    try:
        for name, command in commands.items():
            # A group of their own: Ctrl+C is for this process, which then lets them end one by one.
            children[name] = subprocess.Popen(
                [sys.executable, *command], cwd=home, env=os.environ | given, process_group=0
            )
        yield children
    finally:
        _end(children.values())


def _end(children):
    for child in children:
        if child.poll() is None:
            child.terminate()
    deadline = time.monotonic() + GRACE
    for child in children:
        try:
            child.wait(max(0, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            child.kill()
            child.wait()


def _tend(children, wish: Wish) -> None:
    """Wait until one of the processes has ended, or somebody wants them to."""
    while not wish.is_told and all(child.poll() is None for child in children.values()):
        time.sleep(0.3)


def _address(bind: str) -> tuple[str, int] | None:
    """Return where to reach a server bound like this; None for a socket file."""
    if bind.startswith("unix:"):
        return None
    host, _, port = bind.rpartition(":")
    host = host.strip("[]")
    return {"": "127.0.0.1", "0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host), int(port)


def _require_free(address, bind):
    if address is None:
        return
    with socket.socket(socket.AF_INET6 if ":" in address[0] else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(address)
        except OSError as error:
            words = f"{bind} 用不了（{error.strerror}）。可能已经启动过了；也可以换一个：YICHUANG_BIND=127.0.0.1:8001"
            raise click.ClickException(words) from None


def _await_answer(address, children, wish: Wish):
    deadline = time.monotonic() + PATIENCE
    while address and not wish.is_told and not _answers(address):
        if any(child.poll() is not None for child in children.values()) or time.monotonic() > deadline:
            raise click.ClickException("网页服务没有起来，原因见上面的日志")
        time.sleep(0.2)


def _answers(address) -> bool:
    connection = http.client.HTTPConnection(*address, timeout=5)
    try:
        connection.request("GET", "/healthz")
        return connection.getresponse().status == 200
    except OSError:
        return False
    finally:
        connection.close()


def _tell(config, address):
    click.echo(f"一窗已启动：http://{config.bind}" if address else f"一窗已启动：{config.bind}")
    logins = config.instance / "demo-logins.txt"
    if units.is_demonstration() and logins.exists():
        click.echo(f"演示账号和密码（登录页上也有）：{logins}")
    click.echo("按 Ctrl+C 停止")
    db.session.remove()
    db.engine.dispose()
