"""``flask rules``: each row of the rule table, what became of it, where, and by which tests it is proven."""

import json

import click
from flask.cli import AppGroup
from flask_babel import force_locale, gettext

from mediation.doors.commands import lawpages
from mediation.ground import clock
from mediation.oversight.rulebook import queries, reading
from mediation.oversight.rulebook.rules import State

rules_group = AppGroup("rules", help="法律规则在程序里怎么落实")


def register(app):
    """Add the commands of this module."""
    app.cli.add_command(rules_group)


@rules_group.command("list")
@click.option("--json", "as_json", is_flag=True, help="写成 JSON")
@click.option("--state", type=click.Choice([state.value for state in State]), help="只列这种状态的")
def list_rules(as_json, state):
    """列出全部规则和四种状态各有多少条。"""
    entries = queries.built_in(on=clock.today())
    found = queries.chosen(entries, state=State(state) if state else None)
    counts = queries.counts(entries)
    if as_json:
        told = {"counts": {each.value: count for each, count in counts.items()}, "rules": [*map(as_values, found)]}
        click.echo(json.dumps(told, ensure_ascii=False, indent=1))
        return
    for entry in found:
        tests = len(entry.tests)
        click.echo(f"{entry.row.id}  {entry.state.label}  {entry.row.bite.label}  测试 {tests:>2}  {entry.row.title}")
    click.echo("，".join(f"{each.label} {count}" for each, count in counts.items()) + f"，共 {len(entries)} 条")


@rules_group.command("show")
@click.argument("rule")
def show_rule(rule):
    """写出一条规则：依据、状态、位置、测试。"""
    entry = next((each for each in queries.built_in(on=clock.today()) if each.row.id == rule.upper()), None)
    if entry is None:
        raise click.ClickException(f"没有编号是 {rule} 的规则")
    row = entry.row
    sources = [*(each.short for each in entry.citations), *filter(None, [row.source])]
    lines = [
        ("依据", sources), ("步骤", entry.steps), ("设置", [key for _kind, key in entry.settings]),
        ("程序", entry.functions), ("页面和文书", entry.shown), ("测试", entry.tests),
    ]
    click.echo(f"{row.id} {row.title}")
    click.echo(f"{entry.state.label}（{row.bite.label}），{row.trust.label}" + "，各地不同" * row.regional)
    if entry.state is State.LEFT_OUT:
        click.echo(row.reason)
    for title, words in lines:
        for each in words:
            click.echo(f"  {title}：{each}")


@rules_group.command("renew")
@click.option("--check", is_flag=True, help="只看是不是最新的，不写")
def renew(check):
    """从程序和测试重新读出每条规则的位置，重写对照表和 docs 里给律师看的两页。"""
    if not (reading.HOUSE / "tests").is_dir():
        raise click.ClickException("这里没有测试，读不出来；对照表用随程序带来的")
    places = reading.everything()
    if check:
        if places != reading.read():
            raise click.ClickException("对照表旧了：运行 flask --app wsgi rules renew")
        click.echo("对照表是最新的")
        return
    reading.write(places)
    queries.forget()
    entries = queries.built_in(on=clock.today())
    for language, path in lawpages.PAGES.items():
        with force_locale(language):
            (reading.HOUSE / path).write_text(lawpages.text(entries, gettext), encoding="utf-8")
    click.echo(f"{len(places)} 处，写好了")


def as_values(entry):
    """Return a row as JSON takes it."""
    row = entry.row
    return {
        "id": row.id, "title": row.title, "kind": row.bite.value, "state": entry.state.value,
        "trust": row.trust.value, "regional": row.regional,
        "reason": row.reason if entry.state is State.LEFT_OUT else "",
        "sources": [*(each.short for each in entry.citations), *filter(None, [row.source])],
        "steps": list(entry.steps), "settings": [key for _kind, key in entry.settings],
        "functions": entry.functions, "shown": entry.shown, "tests": entry.tests,
    }
