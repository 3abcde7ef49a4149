"""``flask verify``: is everything in the database as it must be? ``flask purge-logs``: what need not be kept."""

from pathlib import Path

import click
from flask import current_app
from flask.cli import with_appcontext

from mediation.doors.commands.refusals import refused
from mediation.doors.shared import heads
from mediation.ground import clock
from mediation.ground.db import transaction
from mediation.oversight.soundness import queries as soundness
from mediation.registry.access.rules import system_actor
from mediation.registry.staff import sessions

KEPT = click.Path(exists=True, dir_okay=False, path_type=Path)


def register(app):
    """Add the commands of this module."""
    app.cli.add_command(verify)
    app.cli.add_command(verify_trail)
    app.cli.add_command(purge_logs)


@click.command("verify")
@with_appcontext
@click.option("--files", default="200", show_default=True, help="每类文件抽查多少个；all 是全部")
@click.option("--heads", "kept", type=KEPT, help="另处留存的链头文件；不写就用本机的")
def verify(files, kept):
    """核对整个库：留痕、编号、状态、期限、金额、文件。"""
    if files != "all" and not files.isdecimal():
        raise click.BadParameter("写一个数或 all", param_hint="--files")
    sample = None if files == "all" else int(files)
    with refused():
        _say(soundness.everything(sample=sample, exported=_heads(kept)))


@click.command("verify-trail")
@with_appcontext
@click.option("--heads", "kept", type=KEPT, help="另处留存的链头文件；不写就用本机的")
def verify_trail(kept):
    """只核对留痕链。"""
    with refused():
        _say([soundness.chains(_heads(kept))])


@click.command("purge-logs")
@with_appcontext
@click.option("--before", required=True, type=click.DateTime(["%Y-%m-%d"]), help="清除这一天以前的，至少留六个月")
def purge_logs(before):
    """清除旧的登录日志（尝试次数、已结束的会话）；留痕不清除。"""
    with refused(), transaction():
        gone = sessions.purge_logs(before.date(), by=system_actor(None), on=clock.today())
    click.echo(f"清除 {gone} 条")


def _heads(kept):
    return heads.read(kept or current_app.extensions["yichuang"].instance / heads.FILE)


def _say(findings):
    wrong = 0
    for finding in findings:
        wrong += finding.wrong
        verdict = "无误" if finding.is_sound else f"有 {finding.wrong} 处不对"
        click.echo(f"{finding.title}：核对 {finding.looked_at}，{verdict}")
        for words in finding.told:
            click.echo(f"    {words}")
    if wrong:
        raise click.ClickException(f"共 {wrong} 处不对")
    click.echo("全部无误")
