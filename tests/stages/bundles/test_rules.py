"""What a dossier must hold, what one party may take along, names and pages."""

import pytest

from mediation.casefile.attachments.rules import AttachmentKind
from mediation.casefile.papers.forms import PAPERS
from mediation.stages.bundles.rules import (
    FOR_PARTY,
    MOST_BYTES,
    OF_ATTACHMENT,
    OF_PAPER,
    Audience,
    Bar,
    DossierFacts,
    Item,
    Piece,
    asking_obstacles,
    file_name,
    lacking,
    may_take,
    spans,
)


def test_every_kind_of_paper_and_material_has_its_place():
    assert set(OF_PAPER) == set(PAPERS) and set(OF_ATTACHMENT) == set(AttachmentKind)


@pytest.mark.parametrize(
    ("facts", "there", "missing"),
    [
        (DossierFacts(), (), ()),
        (DossierFacts(was_accepted=True), (Item.APPLICATION,), (Item.RIGHTS, Item.IDENTITY)),
        (DossierFacts(was_accepted=True, was_held=True, has_agreement=True),
         (Item.APPLICATION, Item.RIGHTS, Item.IDENTITY), (Item.RECORD, Item.AGREEMENT)),
        (DossierFacts(has_ended=True), (Item.RECORD,), (Item.TERMINATION,)),
    ],
)
def test_what_a_file_lacks_follows_from_how_far_the_case_came(facts, there, missing):
    assert tuple(each.params["item"] for each in lacking(facts, there)) == missing


@pytest.mark.parametrize(
    ("piece", "may"),
    [
        (Piece("paper", "agreement"), True),
        (Piece("paper", "session_record"), False),
        (Piece("paper", "application", "a"), False),
        (Piece("paper", "service_address", "a"), True),
        (Piece("paper", "service_address", "b"), False),
        (Piece("attachment", AttachmentKind.EVIDENCE, "a"), True),
        (Piece("attachment", AttachmentKind.EVIDENCE, "b"), False),
        (Piece("attachment", AttachmentKind.EVIDENCE, "b", ("a",)), True),
        (Piece("attachment", AttachmentKind.IDENTITY, "b", ("a",)), False),
        (Piece("attachment", AttachmentKind.OTHER), False),
        (Piece("attachment", AttachmentKind.SIGNED_PAPER, None, of_paper="agreement"), True),
        (Piece("attachment", AttachmentKind.SIGNED_PAPER, None, of_paper="session_record"), False),
    ],
)
def test_a_party_takes_along_what_is_theirs_or_was_shown_to_them(piece, may):
    assert may_take(piece, "a") is may


def test_no_record_of_talks_is_ever_for_a_party():
    assert not FOR_PARTY & {"session_record", "application", "register", "court_report", "quick_trial_referral"}


def test_an_export_has_a_reason_and_fits():
    def bars(**values):
        values = {"party": None, "reason": "调卷", "sizes": [1], "is_running": False} | values
        return [each.reason for each in asking_obstacles(values.pop("audience", Audience.FILE), **values)]

    assert bars() == []
    assert bars(reason=" ", audience=Audience.PARTY) == [Bar.NO_REASON, Bar.NO_PARTY]
    assert bars(sizes=[]) == [Bar.NOTHING]
    assert bars(sizes=[MOST_BYTES, 1], is_running=True) == [Bar.TOO_MUCH, Bar.RUNNING]


def test_names_are_safe_and_pages_follow_on():
    assert file_name(3, 'a/b:*?"<>|\n照片 1', "jpg") == "03 a b 照片 1.jpg"
    assert file_name(12, "...", "pdf") == "12 材料.pdf"
    assert spans([2, 0, 1]) == [(1, 2), None, (3, 3)]
