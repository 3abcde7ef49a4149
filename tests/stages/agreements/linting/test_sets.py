"""A hundred agreements of our own: every bad one is found, no good one is blocked."""

import pytest

from tests.stages.agreements.linting.agreements import beside_a_payment, phrasings, read

BAD = [sample for name in ("bad.toml", "held.toml") for sample in read(name) if sample.is_bad]
GOOD = [sample for name in ("good.toml", "held.toml") for sample in read(name) if not sample.is_bad]


def flaws(sample):
    return {str(finding.flaw) for finding in sample.findings()}


def blocking(sample):
    return {str(finding.flaw) for finding in sample.findings() if finding.blocks}


@pytest.mark.parametrize("sample", BAD, ids=lambda sample: sample.name)
def test_what_is_wrong_is_found(sample):
    assert sample.flaws and sample.flaws <= flaws(sample)


@pytest.mark.parametrize("sample", GOOD, ids=lambda sample: sample.name)
def test_nothing_that_is_right_is_blocked(sample):
    assert not blocking(sample)
    assert flaws(sample) <= sample.flaws  # nor is anything doubted that was not meant to be


def test_the_sets_are_whole():
    found, blocked = sum(sample.flaws <= flaws(sample) for sample in BAD), sum(bool(blocking(one)) for one in GOOD)
    print(f"bad: {found} of {len(BAD)} found; good: {blocked} of {len(GOOD)} blocked")
    assert (len(BAD), len(GOOD)) == (60, 40)
    assert (found, blocked) == (60, 0)


@pytest.mark.parametrize(("flaw", "said"), phrasings("bad"))
def test_a_clause_that_is_wrong_is_found(flaw, said):
    assert flaw in {str(finding.flaw) for finding in beside_a_payment(said).findings()}


@pytest.mark.parametrize(("_kind", "said"), phrasings("good"))
def test_a_clause_that_is_right_is_left_alone(_kind, said):
    assert not beside_a_payment(said).findings()
