"""A throw-away database on either engine, and gunicorn in front of it, as `make run` starts it."""

import http.client
import os
import secrets
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests import postgres, scratch

HOUSE = Path(__file__).resolve().parent.parent
WORKERS, THREADS = 2, 4
PATIENCE = 180


@contextmanager
def database(engine: str, folder: Path) -> Iterator[str]:
    """Yield the URL of an empty database that lies in memory where there is room; it is gone afterwards."""
    if engine == "sqlite":
        yield f"sqlite:///{folder / 'cases.db'}"
    else:
        with postgres.server() as server:
            yield server.create(f"cases_{secrets.token_hex(4)}")


folder = scratch.folder


@contextmanager
def served(application: str, url: str, instance: Path) -> Iterator[int]:
    """Serve a WSGI application and yield its port."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [
        sys.executable, "-m", "gunicorn", application, "--bind", f"127.0.0.1:{port}", "--workers", str(WORKERS),
        "--threads", str(THREADS), "--timeout", "120", "--log-level", "error", "--no-control-socket",
    ]
    env = os.environ | {"YICHUANG_DATABASE_URL": url, "YICHUANG_INSTANCE": str(instance)}
    said = instance / f"{application.partition(':')[0]}.log"
    with said.open("wb") as log:
        process = subprocess.Popen(command, cwd=HOUSE, env=env, stdout=log, stderr=log)
    try:
        _wait(port, process, said)
        yield port
    finally:
        process.terminate()
        process.wait()


def _wait(port: int, process: subprocess.Popen, said: Path) -> None:
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline and process.poll() is None:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
        try:
            connection.request("GET", "/healthz")
            connection.getresponse()
            return
        except OSError:
            time.sleep(0.2)
        finally:
            connection.close()
    raise RuntimeError(f"the server did not answer: {said.read_text(errors='replace')[-2000:]}")
