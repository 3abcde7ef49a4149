"""Fonts: where they come from, what they lack, how they are cut."""

import shutil

import pytest
from fontTools.ttLib import TTFont

from mediation.ground.pdf import cuts, fonts, harfbuzz

RARE = "喆玥堃䶮𬀩㛃"


@pytest.fixture(scope="module")
def machine():
    return fonts.of_this_machine()


@pytest.fixture(scope="module")
def cut(machine, tmp_path_factory):
    return cuts.small_cut(machine.faces["song"][0], tmp_path_factory.mktemp("cuts"))


def test_every_role_has_a_face(machine):
    assert all(machine.faces[role] for role in fonts.ROLES)


def test_the_wheel_alone_is_enough():
    alone = fonts.find(sources=("wheel",))
    assert {face.source for faces in alone.faces.values() for face in faces} == {"wheel"}
    assert alone.missing(RARE) == []


def test_without_any_face_it_says_what_to_install():
    with pytest.raises(RuntimeError, match="fonts-noto-cjk"):
        fonts.find(sources=())


def test_missing_characters_are_named_and_unseen_signs_are_not(machine):
    assert machine.missing("龚\ue000喆\U0010fffd　\n\ufe00\U000e0100") == ["\ue000", "\U0010fffd"]
    assert fonts.missing_characters(RARE + "阿卜杜拉·买买提") == []


def test_everyday_characters_are_gb2312_and_the_national_table():
    everyday = cuts.everyday()
    assert set(RARE + "一鼾·〔〕《》□√〇") <= set(everyday)
    assert len(set(everyday)) > 8105


def test_the_small_cut_draws_the_everyday_and_is_made_once(cut, machine):
    with TTFont(cut) as font:
        known = font.getBestCmap()
    face = machine.faces["song"][0]
    assert all(ord(character) in known for character in RARE)
    assert ord("龘") not in known
    assert cut.stat().st_size < 5_000_000
    made = cut.stat().st_mtime_ns
    assert cuts.small_cut(face, cut.parent) == cut
    assert cut.stat().st_mtime_ns == made
    assert [path.name for path in cut.parent.iterdir()] == [cut.name]


def test_without_harfbuzz_fonttools_cuts(monkeypatch, cut, tmp_path):
    monkeypatch.setattr(harfbuzz, "library", lambda: None)
    monkeypatch.setattr(cuts, "everyday", lambda: "人民调解协议书")
    own = fonts.Face("song", "own", cut)
    with TTFont(cuts.small_cut(own, tmp_path)) as font:
        assert set(map(ord, "人民调解协议书")) == set(font.getBestCmap())


def test_the_houses_own_font_comes_first_and_borrows_what_it_lacks(cut, tmp_path):
    shutil.copy(cut, tmp_path / "仿宋_GB2312.otf")
    (tmp_path / "readme.txt").write_text("no font")
    found = fonts.find(tmp_path)
    assert found.faces["song"][0].source == "own"
    assert found.missing("龚喆龘") == []
    css, files = cuts.sheet(found, tmp_path / "cache")
    assert ':root { --song: "song-own-small", "song-own", ' in css
    assert files["song-own"].name == "仿宋_GB2312.otf"
