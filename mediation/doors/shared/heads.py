"""The ends of the trail's chains, kept outside the database: a tail that was cut off is found by them (B6)."""

from datetime import datetime
from pathlib import Path

from mediation.ground import clock, trail

FILE = "trail-heads.log"


def keep(instance: Path) -> int:
    """Add the present ends to the file, one line each; return how many. Copy it where the web server cannot write."""
    heads = trail.heads()
    path = instance / FILE
    path.touch(0o600)
    with path.open("a", encoding="utf-8") as file:
        for chain, seq, digest in heads:
            file.write(f"{clock.now().isoformat(timespec='seconds')} {chain} {seq} {digest.hex()}\n")
    return len(heads)


def begin_anew(instance: Path) -> None:
    """Put the file of another database aside; only an empty one is begun."""
    path = instance / FILE
    if path.exists():
        path.rename(path.with_suffix(f".{clock.now():%Y%m%d%H%M%S}.log"))


def read(path: Path) -> dict[int, tuple[int, bytes]]:
    """Return the newest end of each chain in a file of them; empty when there is no file."""
    if not path.exists():
        return {}
    found = {}
    for line in path.read_text(encoding="utf-8").splitlines():
        at, chain, seq, digest = line.split()
        datetime.fromisoformat(at)
        found[int(chain)] = (int(seq), bytes.fromhex(digest))
    return found
