"""The table of papers, and the short hash."""

import dataclasses
import json
import re
from datetime import date

import pytest

from mediation.casefile.papers import contract
from mediation.casefile.papers.forms import PAPERS, SIGNS, Copies, short_hash
from tests.casefile.papers.specimens import FULL, STONE

SNAPSHOT = contract.snapshot(FULL["agreement"])
CONFIDENTIAL = set("duties statements agreed_points open_points proposal concession offer note notes".split())


def test_every_form_that_the_program_makes():
    """All forms of the list but 3.3 and the letter of 2.4, which the court writes."""
    numbers = {form.number for form in PAPERS.values()} - {""}
    assert numbers == {
        *(f"1.{part}" for part in range(1, 11)), *(f"2.{part}" for part in range(1, 7)),
        "3.1", "3.2", "3.4", "3.6", "3.7", "3.8", "4",
    }
    assert all(PAPERS[kind].details is type(values.details) for kind, values in FULL.items())
    assert FULL.keys() == PAPERS.keys()


def test_an_agreement_is_printed_once_for_each_party_and_the_body():
    assert PAPERS["agreement"].copies.count(parties=3) == 4
    assert PAPERS["confirmation_application"].copies.count(parties=3) == 2
    assert Copies(each_party=1, body=0).count(parties=2) == 2


def test_the_hash_is_sixty_bits_in_twelve_signs():
    made = short_hash("（2026）南民调字第12号", 1, SNAPSHOT)
    assert re.fullmatch(f"[{SIGNS}]{{4}}-[{SIGNS}]{{4}}-[{SIGNS}]{{4}}", made)
    assert len(SIGNS) == 32 and not set("ILOU") & set(SIGNS)


def test_the_hash_is_known():
    assert short_hash("甲1号", 1, {"b": 1, "a": "龚喆"}) == "C581-BP8Q-HVJ1"
    assert short_hash("甲1号", 1, {"a": "龚喆", "b": 1}) == "C581-BP8Q-HVJ1"


def test_the_hash_tells_number_version_and_every_value_apart():
    dearer = dataclasses.replace(FULL["agreement"], case=dataclasses.replace(STONE, amount_fen=8600001))
    number = SNAPSHOT["number"]
    made = {
        short_hash(number, 1, SNAPSHOT),
        short_hash(number, 2, SNAPSHOT),
        short_hash("（2026）南民调字第13号", 1, SNAPSHOT),
        short_hash(number, 1, contract.snapshot(dearer)),
    }
    assert len(made) == 4


def test_a_snapshot_is_plain_and_survives_its_own_canonical_text():

    assert json.loads(contract.canonical(SNAPSHOT)) == SNAPSHOT


def test_days_may_be_given_as_dates():

    case = dataclasses.replace(STONE, agreed_on=date(2026, 3, 2))
    assert contract.snapshot(dataclasses.replace(FULL["agreement"], case=case)) == SNAPSHOT


@pytest.mark.parametrize("details", [contract.CourtReport, contract.QuickTrialReferral, contract.Termination])
def test_what_goes_to_court_has_no_place_for_concessions(details):
    """JM-12."""
    assert not CONFIDENTIAL & {field.name for field in dataclasses.fields(details)}
    with pytest.raises(TypeError):
        details(concession="愿意少收三千元")


def test_the_confirmation_application_has_no_place_for_court_number_seal_or_fee():
    """CN-04, DC-06, JC-17."""
    names = " ".join(field.name for field in dataclasses.fields(contract.ConfirmationApplication))
    assert not re.search("court_number|seal|fee", names)
