"""Reference tables from files: the official list of causes, a year's calendar."""

import click
from flask.cli import AppGroup

from mediation.casefile.clocks import jobs as clock_jobs
from mediation.casefile.clocks.rules import ClockLabel
from mediation.doors.commands.refusals import refused
from mediation.ground import clock
from mediation.ground.choices import N_, Reason
from mediation.ground.db import transaction
from mediation.ground.errors import RuleBroken, because
from mediation.registry.access.rules import system_actor
from mediation.registry.calendar import operations as calendar
from mediation.registry.causes import operations as causes


class Unsure(Reason):
    NOT_CHECKED = "not_checked", N_("请对着国务院办公厅的通知核对；核过没错，加 --checked 再导入")


FILE = click.Path(exists=True, dir_okay=False)
causes_group = AppGroup("causes", help="民事案件案由")
calendars_group = AppGroup("calendars", help="节假日安排")


def register(app):
    """Add the commands of this module."""
    app.cli.add_command(causes_group)
    app.cli.add_command(calendars_group)


@causes_group.command("import")
@click.argument("file", type=FILE)
@click.option("--source", required=True, help="案由规定的文号，如 法〔2025〕226号")
@click.option("--from", "valid_from", type=click.DateTime(["%Y-%m-%d"]), help="施行日期，不写就从今天起")
def import_causes(file, source, valid_from):
    """导入完整的案由表（CSV）；旧案件保留旧案由。"""
    since = valid_from.date() if valid_from else clock.today()
    with refused(), transaction():
        done = causes.import_causes(_content(file), by=system_actor(None), valid_from=since, source=source)
    new, gone, renamed = len(done.added), len(done.removed), len(done.renamed)
    click.echo(f"导入 {len(done.causes)} 条案由：新增 {new}，取消 {gone}，更名 {renamed}")


@calendars_group.command("import")
@click.argument("year", type=int)
@click.argument("file", type=FILE)
@click.option("--source", required=True, help="放假通知的文号或网址")
@click.option("--checked", is_flag=True, help="可疑之处已经对着通知核过")
def import_calendar(year, file, source, checked):
    """导入一年的放假安排（CSV：日期,是否上班,名称）。"""
    with refused():
        seen = calendar.preview_year(year, _content(file))
        if seen.doubts and not seen.faults and not checked:  # what is no notice would make a year official (PT-10)
            raise RuleBroken(*seen.doubts, because(Unsure.NOT_CHECKED))
    with refused(), transaction():
        done = calendar.import_year(year, _content(file), by=system_actor(None), source=source)
    click.echo(f"{year} 年已导入，{len(done.changes)} 天与原来不同")
    moved = clock_jobs.recompute_year(year)
    click.echo(f"正在办的期限重新算过，{len(moved)} 个有变化" + ("：" if moved else ""))
    for number, each in moved:
        certain = "（暂定转为确定）" if each.before == each.after else ""
        click.echo(f"  {number}　{ClockLabel(each.label).label}　{each.before} → {each.after}{certain}")


def _content(file):
    with open(file, "rb") as opened:
        return opened.read()
