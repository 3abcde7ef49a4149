"""Packs for the court on their way, by operations; for tests of confirmation and of what comes after it."""

import io
from datetime import date

import pikepdf

from mediation.ground import clock
from mediation.stages.confirmation import at_court, preparing, rules
from mediation.stages.confirmation import operations as confirmation
from mediation.stages.intake import addresses
from mediation.stages.intake.addresses import Service
from tests import road, standing
from tests.road import do

NO_GROUND = dict.fromkeys(rules.DismissalGround, False)
COURT_NO = "（2026）赣0121诉前调确12号"


def address(county, party, **changes):
    """Confirm a party's address for service."""
    values = {
        "recipient": "本人", "address": "南昌县武阳镇前进村8组16号", "postcode": "330200", "phone": "13970812716",
    } | changes
    do(addresses.record_service_address, party, service=Service(**values), by=county.mediator, on=clock.today())


@standing.kept
def handed(county, signed=None, **changes):
    """An agreement handed to the liaison; returns case, application, parties."""
    case, _agreement, refs = signed or road.signed(county, **changes)
    return case, do(confirmation.hand_over, case, by=county.mediator, on=clock.today()), refs


@standing.kept
def printed(county, handed_over=None, **changes):
    """A pack whose papers are issued and whose addresses are confirmed."""
    case, application, refs = handed_over or handed(county, **changes)
    for ref in refs:
        address(county, ref)
    do(preparing.issue_pack, application, by=county.liaison, on=clock.today())
    return case, application, refs


@standing.kept
def whole(county, printed_pack=None, **changes):
    """A pack that lacks nothing."""
    on = clock.today()
    case, application, refs = printed_pack or printed(county, **changes)
    for ref in refs:
        do(preparing.sign_application, application, ref, by=county.mediator, on=on, signed_on=on)
    do(preparing.seal_proof, application, by=county.mediator, on=on, sealed_on=on)
    do(preparing.answer, application, by=county.mediator, on=on, grounds=NO_GROUND)
    return case, application, refs


@standing.kept
def filed(county, **changes):
    """An application that lies with the court."""
    case, application, refs = whole(county, **changes)
    do(confirmation.file, application, by=county.liaison, on=clock.today())
    return case, application, refs


@standing.kept
def taken_in(county, on: date | None = None, **changes):
    """An application that the court took in."""
    case, application, refs = filed(county, **changes)
    do(at_court.accepts, application, by=county.liaison, on=on or clock.today(), court_no=COURT_NO)
    return case, application, refs


def blank_pdf(pages: int = 1) -> bytes:
    """Empty pages, for tests that do not look at what is printed."""
    out = io.BytesIO()
    with pikepdf.Pdf.new() as pdf:
        for _ in range(pages):
            pdf.add_blank_page(page_size=(595, 842))
        pdf.save(out)
    return out.getvalue()
