"""One printer for all tests of papers."""

import pytest

from mediation.casefile.papers import contract, printing
from tests.casefile.papers import specimens
from tests.casefile.papers.reading import Reader


@pytest.fixture(scope="session")
def printed(printer):
    """Return a function that gives a specimen as it was printed, once per session."""
    kept = {}

    def of(table: str, kind: str) -> Reader:
        if (table, kind) not in kept:
            values = getattr(specimens, table)[kind]
            kept[table, kind] = Reader(printing.pdf(kind, 1, contract.snapshot(values)))
        return kept[table, kind]

    yield of
    for reader in kept.values():
        reader.pdf.close()
