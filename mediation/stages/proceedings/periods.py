"""The periods of a proceeding: which one applies, from which day, to which day."""

from collections.abc import Collection
from datetime import date

from mediation.casefile.cases.rules import Basis, Track, Trait
from mediation.ground.choices import Choice, N_
from mediation.stages.intake.rules import CONSUMER_TYPE


class Procedure(Choice):
    """Procedures of the court. Quick trial is run as one of them (QT-01)."""

    SMALL_CLAIMS = "small_claims", N_("小额诉讼程序")
    SIMPLE = "simple", N_("简易程序")
    ORDINARY = "ordinary", N_("普通程序")


# Matters of housing and neighbours have no national period either, but a setting of their own (AM-19).
HOUSING_TYPES = frozenset({"property_management", "housing", "neighbour"})


def period_key(
    track: Track, basis: Basis, *, procedure: Procedure | None = None, traits: Collection[str] = (), main_type: str = ""
) -> str:
    """Return the row of the dated settings that says how long mediation may last.

    What the court sent runs by the court's periods whatever the matter; then the matter decides, then the track.
    JM-02: SPC Provisions on Invited Mediation (2016), Art. 27. AM-06: Law on Labour-dispute Mediation and Arbitration
    (2007), Art. 14. AM-10, AM-11: Regulation on the Prevention and Handling of Medical Disputes (2018), Arts. 38, 40.
    AM-05: Implementing Regulation of the Road Traffic Safety Law (2017), Art. 95. AM-12: Regulation on
    the Implementation of the Consumer Protection Law (2024), Art. 46. PM-18, AM-17, AM-19: local.
    ``main_type`` is the level-1 type.
    """
    if basis == Basis.COMMISSIONED:
        return "JM-02.commissioned"
    if basis == Basis.ENTRUSTED:
        return "JM-02.entrusted_ordinary" if procedure == Procedure.ORDINARY else "JM-02.entrusted_simple"
    if Trait.MEDICAL in traits:
        return "AM-10" if track == Track.PEOPLES else "AM-11.finish"
    if Trait.LABOUR in traits:
        return "AM-06"
    if track == Track.ADMINISTRATIVE:
        if Trait.TRAFFIC in traits:
            return "AM-05.mediate"
        if main_type == CONSUMER_TYPE:
            return "AM-12.finish"
        return "AM-19" if main_type in HOUSING_TYPES else "AM-17"
    return "PM-18"


def period_start(
    key: str, *, accepted_on: date, applied_on: date, court_received_on: date | None = None,
    counts_from: date | None = None,
) -> date:
    """Return the day from which a period of ``period_key`` runs; that day itself is not counted.

    JM-02: from signing for the court's materials. AM-05: from the end of the funeral or of the treatment, or from when
    the loss is fixed. AM-06: from the application. All others: from acceptance.
    """
    if key.startswith("AM-05"):
        return counts_from or accepted_on
    if key.startswith("JM-02"):
        return court_received_on or accepted_on
    return applied_on if key == "AM-06" else accepted_on
