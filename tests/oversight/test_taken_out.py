"""Every row that bars, warns or dates is taken out of the program once: one of its tests has to notice."""

import subprocess
import sys

import pytest

from mediation.oversight.rulebook import reading
from mediation.oversight.rulebook.rules import How

OUT = [sys.executable, "-m", "pytest", "-q", "-m", "not journey and not long", "-p", "tests.taken_out"]


def run(*args):
    return subprocess.run([*OUT, *args], cwd=reading.HOUSE, capture_output=True, text=True, check=False)


@pytest.mark.long
def test_no_row_is_taken_out_unnoticed():
    files = {place.where.partition("::")[0] for place in reading.read() if place.how is How.TEST}
    done = run("--take-out", "all", *sorted(files))
    assert done.returncode == 0, done.stdout[-6000:]


@pytest.mark.long
def test_what_no_test_asks_about_is_said():
    done = run("--take-out", "PT-05", "--take-out", "JC-02", "tests/registry/calendar/test_rules.py")
    assert done.returncode == 1
    assert "PT-05 without its functions: tests/registry" in done.stdout
    assert "JC-02 without its functions: NOBODY of 0 NOTICED" in done.stdout
