"""The lock and the ranges say the same, and the lock names no place to download from."""

import re
from configparser import ConfigParser
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

HOME = Path(__file__).parent.parent
LOCKS = ("requirements.txt", "requirements-dev.txt")


def requirements(name):
    lines = (line.split(" \\")[0] for line in (HOME / name).read_text().splitlines())
    return {canonicalize_name(one.name): one for one in map(Requirement, filter(re.compile("[a-z]").match, lines))}


def pinned(name):
    return {project: next(iter(one.specifier)).version for project, one in requirements(name).items()}


def ranges():
    setup = ConfigParser()
    setup.read(HOME / "setup.cfg")
    always, for_word = setup["options"]["install_requires"], setup["options.extras_require"]["docx"]
    found = map(Requirement, (always + for_word).strip().splitlines())
    return {canonicalize_name(one.name): one.specifier for one in found}


def test_what_the_program_needs_is_named_once():
    assert ranges().keys() == requirements("requirements.in").keys()


def test_locked_versions_lie_in_the_ranges():
    locked = pinned("requirements.txt")
    assert not [name for name, versions in ranges().items() if locked[name] not in versions]


def test_both_locks_agree():
    run, dev = map(pinned, LOCKS)
    assert run.items() <= dev.items()


@pytest.mark.parametrize("name", LOCKS)
def test_every_locked_file_has_a_hash_and_no_address(name):
    text = (HOME / name).read_text()
    assert "://" not in text
    assert len(re.findall(r"^[a-z].* \\\n    --hash=sha256:", text, re.M)) == len(requirements(name))
