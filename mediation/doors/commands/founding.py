"""Founding a centre and its three administrators; one-time codes for those who lost theirs."""

import click
from flask import current_app
from flask.cli import with_appcontext

from mediation.doors.commands import database
from mediation.doors.commands.refusals import refused
from mediation.ground import clock
from mediation.ground.db import transaction
from mediation.registry.access.rules import Role, system_actor
from mediation.registry.regions import queries as regions
from mediation.registry.staff import operations as staff
from mediation.registry.staff import queries as accounts
from mediation.registry.staff.rules import CODE_LIFE, FactorReset
from mediation.registry.units import operations as units
from mediation.registry.units import queries
from mediation.registry.units.rules import UnitKind

# The three administrators (P5): log-in name and name to begin with.
ADMINISTRATORS = {
    Role.SYSTEM_ADMIN: ("xitong", "系统管理员"),
    Role.SECURITY_ADMIN: ("anquan", "安全管理员"),
    Role.AUDITOR: ("shenji", "审计员"),
}
USUAL_DESKS = {
    UnitKind.WINDOW: "受理窗口",
    UnitKind.LIAISON_OFFICE: "诉调对接中心",
    UnitKind.PETITION_OFFICE: "信访接待窗口",
}


def register(app):
    """Add the commands of this module."""
    for command in (init_centre, create_admin, one_time_code, reset_second_factor):
        app.cli.add_command(command)


@click.command("init-centre")
@with_appcontext
@click.argument("name")
@click.option("--area", prompt="县级区划代码（六位）", help="中心所在县（市、区）的六位代码")
@click.option("--word", prompt="登记号用字，如 南矛调登", help="登记号的字头")
@click.option("--short-name", default="", help="简称")
@click.option("--phone", default="", help="窗口电话")
@click.option("--address", default="", help="地址")
@click.option("--minimal", is_flag=True, help="只建中心本身，不建常设的窗口")
def init_centre(name, area, word, short_name, phone, address, minimal):
    """建一个中心：单位、乡镇和村、三个管理员账号。同一个库里可以建几个中心。"""
    database.upgrade()
    with refused(name="名称", area_code="--area", register_word="--word"), transaction():
        public_id = units.found_centre(
            name=name, register_word=word, area_code=area, on=clock.today(), short_name=short_name, phone=phone,
            address=address,
        )
        centre = next(each for each in queries.centres() if each.public_id == public_id)
        by = system_actor(centre.id)
        for kind, title in {} if minimal else USUAL_DESKS.items():
            units.create_unit(by=by, on=clock.today(), kind=kind, name=title)
        if not minimal:
            _create_court(centre, by)
        codes = [
            _administrator(role, _free(login), title, centre=centre, by=by)
            for role, (login, title) in ADMINISTRATORS.items()
        ]
        places, found = len(regions.places(centre.id)), len(queries.units(centre.id))
    click.echo(f"已建立：{name}，{found} 个单位，{places} 个乡镇和村")
    if not places:
        click.echo("程序没有自带这个县的乡镇和村，请系统管理员登录后在“乡镇和村”页导入")
    _print_codes(codes)


def _create_court(centre, by):
    court = regions.court_of(centre.area_code)
    if court:
        units.create_unit(by=by, on=clock.today(), kind=UnitKind.COURT, name=court.name, court_code=court.code)


@click.command("create-admin")
@with_appcontext
@click.argument("login")
@click.argument("name")
@click.argument("role", type=click.Choice([str(role) for role in ADMINISTRATORS]))
@click.option("--centre", "word", default="", help="几个中心时，用登记号用字指明是哪一个")
def create_admin(login, name, role, word):
    """加一个管理员账号，打印一次性密码。"""
    with refused():
        found = [centre for centre in queries.centres() if not word or centre.register_word == word]
    if len(found) != 1:
        raise click.ClickException("没有这个中心" if not found else "有几个中心，请用 --centre 指明")
    with refused(), transaction():
        code = _administrator(Role(role), login, name, centre=found[0], by=system_actor(found[0].id))
    _print_codes([code])


@click.command("one-time-code")
@with_appcontext
@click.argument("login")
def one_time_code(login):
    """给忘了密码的人发一次性密码，管理员也用它。"""
    account = _account(login)
    with refused(), transaction():
        code = staff.issue_code(account.public_id, by=system_actor(account.centre_id))
        row = (account.name, account.login, code)
    _print_codes([row])


@click.command("reset-second-factor")
@with_appcontext
@click.argument("login")
@click.option("--reason", type=click.Choice([str(each) for each in FactorReset]), default="lost", show_default=True)
def reset_second_factor(login, reason):
    """给丢了手机的管理员重设两步验证，安全管理员自己的也在这里重设。"""
    account = _account(login)
    with refused(), transaction():
        staff.reset_factor(account.public_id, reason, by=system_actor(account.centre_id))
    click.echo(f"已重设：{login}。正在用的登录已失效，下次登录要先设好两步验证")


def _account(login):
    """Return the account with a log-in name, or say that there is none."""
    with refused():
        account = accounts.by_login(login)
    if account is None:
        raise click.ClickException("没有这个账号")
    return account


def _administrator(role, login, name, *, centre, by):
    """Create an administrator's account with its post; return (name, log-in name, one-time code)."""
    account = staff.create_account(login, name, by=by)
    staff.grant_post(account, queries.root(centre.id).public_id, role, by=by, from_=clock.today())
    return name, login, staff.issue_code(account, by=by)


def _free(login):
    """Return the log-in name, numbered where another centre has it."""
    names = [login, *(f"{login}{number}" for number in range(2, 1000))]
    return next(each for each in names if accounts.by_login(each) is None)


def _print_codes(codes):
    click.echo(f"一次性密码只显示这一次，{CODE_LIFE.seconds // 60} 分钟内有效：")
    for name, login, code in codes:
        click.echo(f"  {name}\t{login}\t{code}")
    click.echo(f"到这里设密码：{current_app.extensions['yichuang'].public_url.rstrip('/')}/login/code")
