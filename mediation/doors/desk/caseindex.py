"""The index of a case's page: what stands on it, and how much of it; each stage's section brings its own lines."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Entry:
    """A line of the index. Its count is bold where it asks for work (not ``quiet``) and red where something is late."""

    place: str
    label: str
    count: int | str | None = None
    quiet: bool = True
    late: bool = False

    @property
    def href(self) -> str:
        return f"#{self.place}"
