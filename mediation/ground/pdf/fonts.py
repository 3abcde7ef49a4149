"""Which font files are printed with: the house's own, then the system's, then the wheel's."""

import importlib.util
import shutil
import subprocess
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from fontTools.ttLib import TTFont

ROLES = ("song", "title", "hei", "kai")
OWN = {
    "song": ("仿宋", "fangsong"),
    "title": ("小标宋", "xiaobiaosong"),
    "hei": ("黑体", "simhei"),
    "kai": ("楷体", "kaiti"),
}
SYSTEM = {"song": "Noto Serif CJK SC", "title": "Noto Serif CJK SC:bold", "hei": "Noto Sans CJK SC:bold"}
WHEEL = {"song": "NotoSerifSC-Regular.otf", "title": "NotoSansSC-Regular.otf", "hei": "NotoSansSC-Regular.otf"}
BORROWS = (("hei", "song"), ("title", "hei"), ("kai", "song"))
SOURCES = ("own", "system", "wheel")
UNSEEN = frozenset({*range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0)})  # variation selectors have no glyph


@dataclass(frozen=True)
class Face:
    """One font of one file, in the role it prints in."""

    role: str
    source: str
    path: Path
    index: int = 0

    def open(self) -> TTFont:
        return TTFont(self.path, fontNumber=self.index, lazy=True)

    @property
    def family(self):
        """The name under which the full face is found."""
        return SYSTEM[self.role].split(":")[0] if self.source == "system" else f"{self.role}-{self.source}"


@dataclass(frozen=True)
class Fonts:
    """The faces of every role, best first."""

    faces: dict[str, list[Face]]

    def missing(self, text: str) -> list[str]:
        """Return the characters that no face draws. White space and variation selectors need no glyph."""
        left = set(map(ord, text)) - UNSEEN
        for face in self.faces["song"]:
            known = coverage(face.path, face.index)
            left = {code_point for code_point in left if not known[code_point]}
        return sorted(character for character in map(chr, left) if not character.isspace())


def find(own_folder: Path | None = None, sources: Sequence[str] = SOURCES) -> Fonts:
    """Return the fonts of this machine. A role without a face borrows one; without any face it raises."""
    found = [face for face in (*_own(own_folder), *_system(), *_wheel()) if face.source in sources]
    faces = {}
    for role in ROLES:
        mine = [face for face in found if face.role == role]
        free = [face for face in mine if face.source != "own"]
        faces[role] = [face for face in mine if face.source == "own"] + free[:1]
    if not faces["song"]:
        raise RuntimeError("no Chinese font found: install fonts-noto-cjk or pylopdf-fonts-zh-cn")
    for role, lender in BORROWS:
        faces[role] = faces[role] or faces[lender]
    return Fonts(faces)


def _own(folder: Path | None) -> Iterator[Face]:
    """Yield the fonts that the house has bought, known by their file name or the names inside."""
    for path in sorted(Path(folder).iterdir()) if folder and Path(folder).is_dir() else ():
        if path.suffix.lower() not in (".ttf", ".otf", ".ttc"):
            continue
        with TTFont(path, fontNumber=0, lazy=True) as font:
            names = " ".join(str(record) for record in font["name"].names if record.nameID in (1, 4))
        names = f"{path.name} {names}".lower()
        for role, words in OWN.items():
            if any(word in names for word in words):
                yield Face(role, "own", path)


def _system() -> Iterator[Face]:
    for role, pattern in SYSTEM.items() if shutil.which("fc-match") else ():
        command = ["fc-match", "-f", "%{family}|%{file}|%{index}", pattern]
        answer = subprocess.run(command, capture_output=True, text=True, check=False).stdout
        family, path, index = (answer.split("|") + ["", "", ""])[:3]
        if pattern.split(":")[0] in family:
            yield Face(role, "system", Path(path), int(index) & 0xFFFF)


def _wheel() -> Iterator[Face]:
    spec = importlib.util.find_spec("pylopdf_fonts_zh_cn")
    if spec and spec.origin:
        for role, name in WHEEL.items():
            yield Face(role, "wheel", Path(spec.origin).parent / name)


@cache
def coverage(path: Path, index: int) -> bytearray:
    """Return one byte for every code point: 1 where the font has a glyph."""
    known = bytearray(0x110000)
    with TTFont(path, fontNumber=index, lazy=True) as font:
        for code_point in font.getBestCmap():
            known[code_point] = 1
    return known


@cache
def of_this_machine(own_folder: Path | None = None) -> Fonts:
    """Return the fonts found once per process."""
    return find(own_folder)


def missing_characters(text: str, own_folder: Path | None = None) -> list[str]:
    """Return the characters of ``text`` that no font here draws, to be asked before anything is issued."""
    return of_this_machine(own_folder).missing(text)
