"""The factory: the only file that knows every room."""

import logging
from pathlib import Path

from flask import Flask, g, request
from flask_bootstrap import Bootstrap5
from flask_migrate import Migrate
from flask_wtf import CSRFProtect
from sqlalchemy.exc import OperationalError, ProgrammingError
from werkzeug.middleware.proxy_fix import ProxyFix
from werkzeug.routing import BaseConverter

from mediation import config as configuration
from mediation.casefile.cases import openings
from mediation.casefile.cases.lifecycle import KINDS, fact_keys
from mediation.casefile.papers import printing
from mediation.doors import commands, desk, jobs
from mediation.doors.shared import errors, guard, headers, language, login, logs, pages, words
from mediation.ground import clock, crypto, files, steps
from mediation.ground.db import db
from mediation.registry.units import queries as units
from mediation.rooms import open_rooms
from mediation.stages.agreements import esigning

log = logging.getLogger(__name__)


class PublicIdConverter(BaseConverter):
    """A row's name in addresses: 22 letters, nothing else reaches a query."""

    regex = r"[A-Za-z0-9_-]{22}"


def create_app(given: dict | None = None) -> Flask:
    """Return the application for these settings, after checking that it may start."""
    config = configuration.load(given)
    app = Flask(
        __name__, instance_path=str(config.instance.resolve()), template_folder=str(configuration.HOUSE / "templates"),
        static_folder=str(configuration.HOUSE / "mediation" / "static"),
    )
    app.extensions["yichuang"] = config
    _settle(app, config)
    equip(config)

    app.url_map.converters["public_id"] = PublicIdConverter
    db.init_app(app)
    Migrate(app, db, directory=str(configuration.HOUSE / "migrations"), render_as_batch=True, compare_type=True)
    _guard(app, config)  # before the token is asked for: that refusal, too, bears a request number
    CSRFProtect(app)
    Bootstrap5(app)
    language.set_up(app, str(configuration.HOUSE / "mediation/translations"))
    login.manager.init_app(app)
    if not config.testing:
        logs.set_up()

    open_rooms()
    steps.require_complete(fact_keys(), set(KINDS) - {"case"})
    for module in (words, pages, errors):
        module.register(app)
    app.register_blueprint(desk.blueprint())
    commands.register(app)
    jobs.register(app)
    _health(app)
    guard.require_policies(app)
    if config.production:
        _refuse_demonstration(app)
    app.jinja_env.globals["step_pages"] = guard.pages_of_steps(app)
    return app


def equip(config: configuration.Config) -> None:
    """Give the rooms what they have from this installation: its key, its files, its fonts, in a test also its time."""
    crypto.use(config.secret("master-key"))
    esigning.set_up(config.instance / "signing")
    files.use(files.Store(config.instance / "files"))
    printing.set_up(config.instance / "fonts", Path(config.fonts) if config.fonts else None)
    if config.start_time:
        clock.travel(config.start_time)


def _refuse_demonstration(app):
    """The passwords of a demonstration lie in a file and on the log-in page: production serves none (P11)."""
    with app.app_context():
        try:
            is_demonstration = units.is_demonstration()
        except (OperationalError, ProgrammingError):
            is_demonstration = False  # no tables yet
        finally:
            db.session.remove()
            db.engine.dispose()
    if is_demonstration:
        raise configuration.BadConfiguration("这是演示数据库，正式运行不能用")


def _settle(app, config):
    app.config.update(
        SECRET_KEY=config.secret("secret-key"),
        SQLALCHEMY_DATABASE_URI=config.url,
        TESTING=config.testing,
        MAX_CONTENT_LENGTH=21 * 1024 * 1024,
        MAX_FORM_MEMORY_SIZE=2 * 1024 * 1024,
        MAX_FORM_PARTS=2000,
        SESSION_COOKIE_NAME="yichuang",
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_SECURE=config.secure_cookies or config.production,
        BOOTSTRAP_SERVE_LOCAL=True,
        BABEL_DEFAULT_LOCALE="zh_CN",
        BABEL_DEFAULT_TIMEZONE="Asia/Shanghai",
        WTF_CSRF_TIME_LIMIT=None,  # as long as the session, which ends by itself
        TEMPLATES_AUTO_RELOAD=False,
    )
    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True
    if config.trusted_proxies:
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=config.trusted_proxies, x_proto=config.trusted_proxies)


def _guard(app, config):
    app.before_request(logs.number_request)
    app.before_request(guard.check)

    @app.after_request
    def finish(response):
        view = app.view_functions.get(request.endpoint or "")
        if g.get("actor"):
            try:
                openings.write(g.actor)
            except OperationalError as error:  # what nobody can be shown to have read, nobody reads (P28)
                response = errors.busy(error)
            else:
                login.keep_alive(response, view)
        return headers.add(response, secure=config.production)


def _health(app):
    @app.get("/healthz")
    @guard.policy(guard.PUBLIC)
    def healthz():
        """Answer whether web and database work; nothing else."""
        db.session.execute(db.text("SELECT 1"))
        return {"status": "ok"}
