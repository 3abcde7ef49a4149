#!/usr/bin/env python3
"""See that the system parts are there that no Python package brings: ``system.py run`` or ``system.py test``.

As root on Debian or Ubuntu the missing ones are installed by name; elsewhere one message names them.
Only what the program cannot start without stops here.
"""

import ctypes
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from importlib.util import find_spec
from itertools import groupby
from pathlib import Path
from typing import NamedTuple

CLUSTER_SETTINGS = Path("/etc/postgresql-common/createcluster.d/yichuang.conf")


class Part(NamedTuple):
    package: str  # as Debian calls it
    use: str
    is_here: Callable[[], bool]
    needed: bool = False  # without it nothing runs; without the others something falls back or is skipped


def library(name: str) -> Callable[[], bool]:
    """Return a check that a shared library loads, from the system's own folders or Homebrew's."""
    linux = (f"lib{name}.so.0", f"lib{name}.so.1")
    macos = (f"/opt/homebrew/lib/lib{name}.dylib", f"/usr/local/lib/lib{name}.dylib")

    def is_here():
        for path in linux + macos:
            try:
                ctypes.CDLL(path)
            except OSError:
                continue
            return True
        return False

    return is_here


def program(*names: str) -> Callable[[], bool]:
    return lambda: any(shutil.which(name) for name in names)


def file(folder: str, pattern: str) -> Callable[[], bool]:
    return lambda: any(Path(folder).glob(pattern))


def database_server() -> bool:
    return program("initdb")() or file("/usr/lib/postgresql", "*/bin/initdb")()


BROWSERS = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")  # the first is the quickest
RUN = (
    Part("python3-venv", "Python", lambda: find_spec("ensurepip") is not None, needed=True),
    Part("libpango-1.0-0", "PDF", library("pango-1.0"), needed=True),
    Part("libpangoft2-1.0-0", "PDF", library("pangoft2-1.0"), needed=True),
    Part("libharfbuzz-subset0", "PDF", library("harfbuzz-subset"), needed=True),
    Part("fonts-noto-cjk", "PDF 字体 fonts", file("/usr/share/fonts", "**/Noto*CJK*")),
)
TEST = (
    *RUN,
    Part("chromium-headless-shell", "浏览器测试 browser tests", program(*BROWSERS)),
    Part("libatomic1", "浏览器测试 browser tests", library("atomic")),
    Part("postgresql", "PostgreSQL 测试 tests", database_server),
)


def missing(parts: tuple[Part, ...]) -> list[Part]:
    return [part for part in parts if not part.is_here()]


def may_install() -> bool:
    return sys.platform == "linux" and os.geteuid() == 0 and shutil.which("apt-get") is not None


def install(parts: list[Part]) -> None:
    """Install what is missing, use by use: a package that this system does not know must not stop the others."""
    apt("update")
    for use, group in groupby(parts, key=lambda part: part.use):
        packages = [part.package for part in group]
        print(f"正在安装系统组件 Installing system parts（{use}）:", *packages, flush=True)
        with no_server_of_its_own() if "postgresql" in packages else nullcontext():
            apt("install", "--yes", "--no-install-recommends", *packages)


def apt(*words: str) -> None:
    """Run apt-get without questions; show what it said only when it failed."""
    done = subprocess.run(
        ["apt-get", "--quiet", "--quiet", "--option", "Dpkg::Use-Pty=0", *words],
        env=os.environ | {"DEBIAN_FRONTEND": "noninteractive"},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
    )
    if done.returncode:
        print(done.stdout + done.stderr, file=sys.stderr)


@contextmanager
def no_server_of_its_own() -> Iterator[None]:
    """Keep Debian from making and starting a PostgreSQL server: the tests need only its programs."""
    CLUSTER_SETTINGS.parent.mkdir(parents=True, exist_ok=True)
    CLUSTER_SETTINGS.write_text("create_main_cluster = false\n")
    try:
        yield
    finally:
        CLUSTER_SETTINGS.unlink()


def tell(parts: list[Part]) -> None:
    print("缺少以下系统组件。These system parts are missing:", file=sys.stderr)
    for part in parts:
        kind = "必需 needed" if part.needed else "建议 recommended"
        print(f"  {part.package}（{part.use}，{kind}）", file=sys.stderr)
    names = " ".join(part.package for part in parts)
    print(f"Debian/Ubuntu: sudo apt-get install --no-install-recommends {names}", file=sys.stderr)
    print("macOS: brew install pango", file=sys.stderr)


def main(purpose: str) -> int:
    if sys.version_info < (3, 11):  # noqa: UP036 - this very file must still say so
        print("需要 Python 3.11 或更新版本。Python 3.11 or newer is needed.", file=sys.stderr)
        return 1
    parts = {"run": RUN, "test": TEST}[purpose]
    if missing(parts) and may_install():
        install(missing(parts))
    absent = missing(parts)
    if absent:
        tell(absent)
    return 1 if any(part.needed for part in absent) else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
