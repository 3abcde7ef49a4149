"""What a check found."""

from collections.abc import Iterable
from dataclasses import dataclass, field

MOST_TOLD = 10


@dataclass
class Finding:
    """One check: what it is about, how much it looked at, how much is wrong and the first faults in words."""

    title: str
    looked_at: int = 0
    wrong: int = 0
    told: list[str] = field(default_factory=list)

    @property
    def is_sound(self) -> bool:
        return self.wrong == 0

    def fault(self, words: str) -> None:
        """Count a fault; the first ones are kept in words."""
        self.wrong += 1
        if len(self.told) < MOST_TOLD:
            self.told.append(words)

    def expect(self, is_true: bool, words: str) -> None:
        """Look at one thing, which is a fault unless it is true."""
        self.looked_at += 1
        if not is_true:
            self.fault(words)


def batches(rows: Iterable, size: int = 500):
    """Yield rows in lists of a size."""
    batch = []
    for row in rows:
        batch.append(row)
        if len(batch) == size:
            yield batch
            batch = []
    if batch:
        yield batch
