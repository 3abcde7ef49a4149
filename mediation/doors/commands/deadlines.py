"""``flask deadline``: the last day of any rule that creates one, with the reason; one at a time or a whole table."""

import csv
import sys
from contextlib import contextmanager

import click
from flask import current_app
from flask.cli import with_appcontext
from sqlalchemy.exc import OperationalError, ProgrammingError

from mediation.doors.commands.database import upgrade
from mediation.doors.shared import deadlinewords
from mediation.doors.shared.words import sentence
from mediation.ground import sheets
from mediation.ground.db import session
from mediation.ground.errors import RuleBroken
from mediation.registry.deadlines import queries as deadlines
from mediation.registry.deadlines import rules
from mediation.registry.units import queries as units

CANNOT, SOME_CANNOT = 2, 1
COLUMNS = ("rule", "from")


class Said(click.ClickException):
    """A refusal in one sentence a line; the command ends with 2."""

    exit_code = CANNOT

    def show(self, file=None):
        """Print the sentence as it is."""
        click.echo(self.format_message(), file=file, err=file is None)


def register(app):
    """Add the commands of this module."""
    app.cli.add_command(deadline)


@click.command("deadline")
@click.argument("rule", required=False)
@click.argument("from_date", required=False)
@click.option("--set", "given", multiple=True, metavar="KEY=VALUE", help="选项，如 procedure=simple；可以写几个")
@click.option("--batch", "table", metavar="IN.csv", help="一次算一张表：两栏 rule、from，结果写到标准输出")
@click.option("--help-keys", is_flag=True, help="这一条有哪些选项、可以填什么；不写规则就列出全部规则")
@with_appcontext
def deadline(rule, from_date, given, table, help_keys):
    """算一条规则的最后一天：第一行是日期，下面逐日说明怎么算出来的。

    RULE 是规则编号（如 JC-01）或者设置里的期限（如 JM-02.entrusted_simple）；FROM_DATE 是起算的那一天，当天不计入，
    写成 2026-03-02，按小时算的可以写 2026-03-02T10:20。不写 --set 时按该条第一个期限算。
    """
    whose = _whose()
    with current_app.test_request_context():  # sentences are made for the language of a request
        if table is not None:
            if rule or given or help_keys:
                raise Said("--batch 不和规则、日期、--set 一起用")
            sys.exit(_batch(table, whose))
        elif help_keys:
            _show_keys(rule)
        else:
            _show(rule, from_date, given, whose)


def _whose():
    """Return whose settings are meant: those of the only centre, else the installation's; tables are made first."""
    try:
        centres = units.centres()
    except (OperationalError, ProgrammingError):
        session.rollback()
        upgrade()
        centres = units.centres()
    return {"centre_id": centres[0].id if len(centres) == 1 else None}


def _show(rule, from_date, given, whose):
    if not rule or not from_date:
        raise Said("请写规则和日期，如：flask --app wsgi deadline JC-01 2026-03-02")
    with _refusing():
        start, at = deadlines.read_start(from_date)
        found = deadlines.answer(rule, start, _options(given), at=at, **whose)
        click.echo(found.day.isoformat())
        for line in deadlinewords.story(found):
            click.echo(line)


def _show_keys(rule):
    if not rule:
        for each in deadlines.listing():
            click.echo(f"{each.rule}　{deadlinewords.title(each)}")
        return
    with _refusing():
        found = deadlines.deadline_of(rule)
    click.echo(f"{found.rule}　{deadlinewords.title(found)}")
    for period in found.periods:
        if period.when:
            click.echo(f"  {found.asks}={period.when}　{period.words}")
    for key, values in rules.allowed(found).items():
        click.echo(f"--set {key}={'|'.join(values)}　{deadlinewords.option(found, key)}")


def _options(given):
    found = {}
    for pair in given:
        key, is_pair, value = pair.partition("=")
        if not is_pair:
            raise Said(f"“{pair}”要写成 KEY=VALUE，如 procedure=simple")
        found[key.strip()] = value.strip()
    return found


def _batch(path, whose):
    rows, bad = _rows(path), 0
    out = csv.writer(sys.stdout, lineterminator="\n")
    out.writerow((*COLUMNS, "last_day"))
    for number, row in rows:
        try:
            start, at = deadlines.read_start(row["from"])
            day = deadlines.answer(row["rule"], start, at=at, **whose).day.isoformat()
        except RuleBroken as error:
            bad, day = bad + 1, ""
            click.echo(f"第{number}行：{_words(error)}", err=True)
        out.writerow((row["rule"], row["from"], day))
    return SOME_CANNOT if bad else 0


def _rows(path):
    try:
        with open(path, "rb") as opened:
            text = sheets.text_of_file(opened.read())
    except OSError:
        raise Said(f"打不开文件“{path}”") from None
    if text is None:
        raise Said(f"“{path}”不是文本表格，请另存为 CSV 格式")
    lines = csv.reader(text.splitlines())
    heads = [cell.strip().lower() for cell in next(lines, [])]
    if not set(COLUMNS) <= set(heads):
        raise Said("第一行要有 rule、from 两个栏目名")
    return [
        (lines.line_num, {name: cells[heads.index(name)].strip() if heads.index(name) < len(cells) else ""
                          for name in COLUMNS})
        for cells in lines if any(cell.strip() for cell in cells)
    ]


@contextmanager
def _refusing():
    try:
        yield
    except RuleBroken as error:
        raise Said(_words(error)) from None


def _words(error):
    return "；".join(sentence(obstacle) for obstacle in error.obstacles)
