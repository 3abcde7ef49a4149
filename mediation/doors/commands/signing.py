"""``flask sign``: what the organisation signs with electronically (extra ``sign``)."""

import click
from flask.cli import AppGroup

from mediation.doors.commands.refusals import refused
from mediation.ground.pdf import signature
from mediation.stages.agreements import esigning

sign = AppGroup("sign", help="单位的电子签名。")


def register(app):
    """Add the commands of this module."""
    app.cli.add_command(sign)


@sign.command("test-certificate")
@click.argument("organisation")
def test_certificate(organisation):
    """造一张单位的测试证书，有效一年，没有法律效力。"""
    with refused():
        kept = esigning.make_test_certificate(organisation)
    click.echo(f"测试证书：{kept}（没有法律效力）")
    if not signature.is_installed():
        click.echo("还要安装电子签名组件：pip install --require-hashes -r requirements-sign.txt")
