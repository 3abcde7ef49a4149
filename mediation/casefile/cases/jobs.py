"""The nightly look at the counts behind the figures."""

import logging

from mediation.casefile.cases import counting
from mediation.ground.db import transaction
from mediation.ground.jobs import job

log = logging.getLogger(__name__)


@job("cases.count")
def count() -> None:
    """Compare the counts with the cases and count anew where they differ: nothing in use should make them."""
    with transaction():
        if counting.counted() != counting.counted_from_cases():
            log.error("the counts behind the figures were wrong and have been counted anew")
            counting.count_anew()
