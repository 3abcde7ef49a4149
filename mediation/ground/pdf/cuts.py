"""Small cuts of the fonts, and the CSS that declares them.

Every face is offered twice: first a small cut (the characters of everyday), quick to load and to embed, then the
full face, which is opened only where a rare character occurs.
"""

import hashlib
import io
import os
from functools import cache
from pathlib import Path

from fontTools import subset

from mediation.ground.pdf import harfbuzz
from mediation.ground.pdf.fonts import ROLES, Face, Fonts

SIGNS = "·—…“”‘’〔〕《》（）【】□√〇①②③④⑤⑥⑦⑧⑨⑩　/"
UNUSED = ["vhea", "vmtx", "VORG", "BASE", "DSIG", "GSUB", "GPOS", "GDEF"]  # upright, unkerned Chinese needs none


def sheet(fonts: Fonts, folder: Path) -> tuple[str, dict[str, Path]]:
    """Return the CSS that declares every face, and the files it names; small cuts are kept in ``folder``."""
    rules: list[str] = []
    files: dict[str, Path] = {}
    stacks: dict[str, list[str]] = {}
    for role in ROLES:
        stacks[role] = []
        for face in fonts.faces[role]:
            small = f"{face.role}-{face.source}-small"
            files[small] = small_cut(face, folder)
            if face.source != "system":
                files[face.family] = face.path
            stacks[role] += [small, face.family]
    for name in files:
        weight = "bold" if name.startswith("title") else "normal"
        rules.append(f'@font-face {{ font-family: "{name}"; src: url("font://{name}"); font-weight: {weight} }}')
    for role, stack in stacks.items():
        names = ", ".join(f'"{name}"' for name in dict.fromkeys([*stack, *stacks["song"]]))
        rules.append(f":root {{ --{role}: {names} }}")
    return "\n".join(rules), files


@cache
def everyday() -> str:
    """Return GB 2312, the characters that the national table of 2013 has beyond it, ASCII and a few signs."""
    gb2312 = "".join(
        bytes((high, low)).decode("gb2312", "ignore") for high in range(0xA1, 0xF8) for low in range(0xA1, 0xFF)
    )
    beyond = (Path(__file__).parent / "standard_characters.txt").read_text("utf-8").replace("\n", "")
    return gb2312 + beyond + SIGNS + "".join(map(chr, range(0x20, 0x7F)))


def small_cut(face: Face, folder: Path) -> Path:
    """Return a file with the everyday characters of the face; made once, under a name that tells its origin."""
    origin = f"{face.path}|{face.index}|{face.path.stat().st_mtime_ns}|{everyday()}"
    target = Path(folder) / f"{face.role}-{hashlib.sha256(origin.encode()).hexdigest()[:16]}.otf"
    if not target.exists():
        target.parent.mkdir(parents=True, exist_ok=True)
        part = target.with_suffix(f".{os.getpid()}")  # two processes may cut at once; the last rename wins
        part.write_bytes(harfbuzz.cut(face.path, face.index, everyday(), UNUSED) or _cut_slowly(face))
        part.replace(target)
    return target


def _cut_slowly(face: Face) -> bytes:
    """Cut with fontTools, which is everywhere but takes half a minute."""
    options = subset.Options(layout_features=[], name_IDs=[1, 2, 4, 6], notdef_outline=True)
    options.drop_tables += UNUSED
    content = io.BytesIO()
    with face.open() as font:
        cutter = subset.Subsetter(options)
        cutter.populate(text=everyday())
        cutter.subset(font)
        font.save(content)
    return content.getvalue()
