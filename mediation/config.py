"""Settings of an installation, with defaults, checked at start.

They come from the environment (``YICHUANG_…``) or from the caller; keys and secrets are generated 0600 in the
instance folder and never stand in the database.
"""

import os
from dataclasses import dataclass, fields
from datetime import datetime
from pathlib import Path

from mediation.ground.crypto import read_or_make_key

HOUSE = Path(__file__).resolve().parent.parent
PREFIX = "YICHUANG_"


class BadConfiguration(Exception):
    """The program must not start like this; the message says what to change."""


@dataclass(frozen=True)
class Config:
    """One installation's settings."""

    instance: Path = HOUSE / "instance"
    database_url: str = ""
    production: bool = False
    testing: bool = False
    secure_cookies: bool = False
    trusted_proxies: int = 0
    public_url: str = "http://127.0.0.1:8000"
    fonts: str = ""  # a folder with the centre's own faces
    program_time: str = ""  # ISO instant at which the program's time starts; only under the test configuration
    workers: int = 2
    bind: str = "127.0.0.1:8000"

    @property
    def url(self) -> str:
        return self.database_url or f"sqlite:///{self.instance / 'yichuang.db'}"

    @property
    def start_time(self) -> datetime | None:
        return datetime.fromisoformat(self.program_time) if self.program_time else None

    def secret(self, name: str) -> bytes:
        """Return a key of this installation, made on first use."""
        return read_or_make_key(self.instance / name)


def load(given: dict | None = None) -> Config:
    """Return the settings: given ones before the environment before the defaults. Raises BadConfiguration."""
    values = {}
    for field in fields(Config):
        raw = (given or {}).get(field.name, os.environ.get(PREFIX + field.name.upper()))
        if raw is None:
            continue
        values[field.name] = _convert(field, raw)
    config = Config(**values)
    check(config)
    return config


def _convert(field, raw):
    if field.type is bool and isinstance(raw, str):
        return raw.strip().lower() in ("1", "true", "yes", "on")
    try:
        return field.type(raw)
    except (TypeError, ValueError):
        raise BadConfiguration(f"{PREFIX}{field.name.upper()}: {raw!r} 不是有效的值") from None


def check(config: Config) -> None:
    """Refuse what must not run."""
    if config.program_time and not config.testing:
        raise BadConfiguration("YICHUANG_PROGRAM_TIME 只能在测试配置下使用")
    if config.production and config.testing:
        raise BadConfiguration("正式运行时不能打开测试配置")
    if config.production and not config.database_url:
        raise BadConfiguration("正式运行请用 YICHUANG_DATABASE_URL 指定数据库")
    if config.production and not config.public_url.startswith("https://"):
        raise BadConfiguration("正式运行请用 YICHUANG_PUBLIC_URL 指定 https 地址")
    if config.production and os.geteuid() == 0:
        raise BadConfiguration("正式运行不要用 root")
    if config.production and os.environ.get("FLASK_DEBUG", "0").lower() not in ("", "0", "false", "no"):
        raise BadConfiguration("正式运行不能打开调试模式（FLASK_DEBUG）")
    if config.workers < 1:
        raise BadConfiguration("YICHUANG_WORKERS 至少为 1")
