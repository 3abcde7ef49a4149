"""The system's Chromium, for tests that look at pages as people do; without its windows it takes half the time."""

import shutil
from contextlib import contextmanager
from threading import Condition, Thread

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import sync_playwright
from werkzeug.serving import WSGIRequestHandler, make_server

from tests import standing

DESK = {"width": 1366, "height": 768}
PROGRAMS = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
PHONE = {"width": 390, "height": 800}
ARGS = ["--no-sandbox", "--lang=en-US", "--disable-gpu", "--disable-software-rasterizer"]  # a GPU in software is slow
# What is right stays in the page; style sheets read ahead serve only rules about sound and turning, which ask nothing.
LOOK = "axe.run({resultTypes: ['violations'], preload: false}).then(found => found.violations)"


def program():
    """Return the path of the browser, None where there is none."""
    return next(filter(None, map(shutil.which, PROGRAMS)), None)


def violations(page):
    """Return what axe finds wrong with a page as it stands."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE_SCRIPT)
    return page.evaluate(LOOK)


@contextmanager
def chromium():
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program(), args=ARGS)
        yield browser
        browser.close()


@contextmanager
def served(app):
    """Serve an application on a free port of this machine and yield its address."""
    standing.end()  # the server's threads have the database open
    gate = _Gate(_closing_files(_lasting_files(app)))
    server = make_server("127.0.0.1", 0, gate, threaded=True, request_handler=_Quiet)
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
        gate.close()


class _Gate:
    """Lets requests in until it is closed, and closing waits for those inside.

    A page that is left sends its last draft after the test has ended; it must not open the next test's database.
    """

    def __init__(self, app):
        self._app, self._inside, self._open, self._change = app, 0, True, Condition()

    def __call__(self, environ, start):
        with self._change:
            if not self._open:
                start("503 Service Unavailable", [("Connection", "close")])
                return []
            self._inside += 1
        try:
            return self._app(environ, start)
        finally:
            with self._change:
                self._inside -= 1
                self._change.notify_all()

    def close(self):
        with self._change:
            self._open = False
            assert self._change.wait_for(lambda: not self._inside, timeout=30), "a request never came to its end"


def _closing_files(app):
    """A browser that leaves a page hangs up on its files; so they are read and closed before they are sent."""

    def read(file, _size=0):
        with file:
            return [file.read()]

    return lambda environ, start: app({**environ, "wsgi.file_wrapper": read}, start)


def _lasting_files(app):
    """What stands beside all pages, a browser asks for once: no file of the program changes while it runs."""

    def call(environ, start):
        if "/static/" not in environ["PATH_INFO"]:
            return app(environ, start)

        def lasting(status, headers, exc_info=None):
            kept = [(name, value) for name, value in headers if name.lower() != "cache-control"]
            return start(status, [*kept, ("Cache-Control", "max-age=3600")], exc_info)

        return app(environ, lasting)

    return call


class _Quiet(WSGIRequestHandler):
    def log_request(self, *_told):
        """Write no line for each request."""
