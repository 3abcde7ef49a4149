"""A closed case filed in one click, lent and given back; its dossier bound as PDF/A-3b. On both databases."""

import io
from datetime import date, timedelta

import pikepdf
import pytest

from mediation.casefile.cases import queries as cases
from mediation.casefile.cases.rules import Stage
from mediation.casefile.papers import archival
from mediation.ground import clock, jobs
from mediation.ground.db import session
from mediation.ground.errors import RuleBroken
from mediation.stages.archive import lending, shelves
from mediation.stages.archive import operations as archive
from mediation.stages.archive import queries as closings
from mediation.stages.archive.rules import Lending, Retention, retention_of
from mediation.stages.bundles import filing, operations
from mediation.stages.bundles.models import Bundle
from mediation.stages.bundles.rules import Audience, BundleState, Item, Lack, Piece, place_of
from mediation.stages.proceedings import operations as proceedings
from tests import road
from tests.road import do

TODAY = date(2026, 11, 23)
WHY = {Item.IDENTITY: "核对过电子证照", Item.RIGHTS: "当场口头告知，记在笔录里", Item.RECORD: "没有到场"}


def closed(county):
    case, proceeding = road.mediating(county)
    do(
        proceedings.end, proceeding, by=county.mediator, on=TODAY, ground="party_refuses", course="分歧太大，没有结果",
        notice_given=True,
    )
    do(archive.close, case, by=county.head, on=TODAY, outcome="no_further")
    return case


def file(county, case, **values):
    return do(filing.file, case, by=county.head, on=TODAY, retention="long", **values)


def test_a_file_is_excused_numbered_bound_lent_and_found(ground, printer):
    county = road.make_county()
    case = closed(county)
    with pytest.raises(RuleBroken) as error:
        file(county, case, excuses={Item.IDENTITY: " "})
    missing = {bar.params["item"] for bar in error.value.obstacles}
    assert {bar.reason for bar in error.value.obstacles} == {Lack.UNEXCUSED} and Item.IDENTITY in missing
    first = file(county, case, shelf_no="2号柜 3层", excuses=WHY)
    second = file(county, closed(county), excuses=WHY)
    assert first.endswith("卷〔2026〕1号") and second == first.replace("1号", "2号"), "a serial of the body and year"
    row = cases.get(case, for_=county.head)
    closing = closings.last_closing(row.id)
    assert row.stage == Stage.ARCHIVED and closing.shelf_no == "2号柜 3层"
    assert closing.excused == {item.value: WHY[item] for item in missing}

    while jobs.run_next():
        pass
    session.expire_all()
    bundle = session.query(Bundle).filter_by(case_id=row.id).one()
    assert (bundle.state, bundle.audience, bundle.expires_at) == (BundleState.READY, Audience.ARCHIVE, None)
    whole = operations.content(bundle.public_id, "pdf", by=county.head)[2]
    assert archival.faults(whole) == [], "kept for decades: PDF/A-3b by its structure"
    with pikepdf.open(io.BytesIO(whole)) as pdf:
        titles = [each.title for each in pdf.open_outline().root]
        assert titles[-1] == "卷宗情况说明" and len(pdf.pages) == bundle.pages + 4, "cover, contents, remarks, back"
    clock.freeze(clock.now() + timedelta(days=400))
    operations.expire(clock.now())
    assert operations.content(bundle.public_id, "zip", by=county.head)[2], "the archive does not let it expire"
    clock.freeze(clock.now() - timedelta(days=400))

    loan = {"borrower": "余国梁", "borrower_unit": "县司法局", "purpose": "检查", "due_on": TODAY + timedelta(days=15)}
    with pytest.raises(RuleBroken) as error:
        do(lending.lend, case, by=county.head, on=TODAY, **(loan | {"purpose": " ", "due_on": date(2026, 11, 22)}))
    assert {bar.reason for bar in error.value.obstacles} == {Lending.NO_PURPOSE, Lending.DUE_EARLIER}
    borrowing = do(lending.lend, case, by=county.head, on=TODAY, **loan)
    with pytest.raises(RuleBroken) as error:
        do(lending.lend, case, by=county.head, on=TODAY, **loan)
    assert [bar.reason for bar in error.value.obstacles] == [Lending.OUT]
    assert [loaned.id for _row, loaned in shelves.lent(for_=county.head)] == [row.id]

    unit = county.committee.id
    page = shelves.listing(unit, 2026, for_=county.head, size=1)
    assert [line.closing.archive_no for line in page.rows] == [first] and page.rows[0].out.public_id == borrowing
    after = shelves.listing(unit, 2026, for_=county.head, after=page.next, size=1)
    assert [line.closing.archive_no for line in after.rows] == [second] and after.next is None
    assert shelves.years(unit) == [2026] and len(shelves.register(unit, 2026, for_=county.head)) == 2
    for text in (first[:-2], row.register_no, cases.parties_of(row.id)[0].name):
        assert row.id in {line.case.id for line in shelves.find(text, for_=county.head)}, text
    do(lending.take_back, borrowing, back_on=TODAY, note="完好", by=county.head, on=TODAY)
    with pytest.raises(RuleBroken):
        do(lending.take_back, borrowing, back_on=TODAY, by=county.head, on=TODAY)
    assert shelves.out(row.id) is None and shelves.loans_of(row.id)[0].back_note == "完好"


@pytest.mark.rule("DP-11")
@pytest.mark.parametrize(
    ("outcome", "type_code", "kept"),
    [("performed", "neighbour.leak", "long"), ("withdrawn", "neighbour.leak", "short"),
     ("withdrawn", "forest_land.title", "permanent"), ("", "", "long")],
)
def test_how_long_a_file_is_kept_follows_the_lists(outcome, type_code, kept):
    lists = {"short": ["withdrawn"], "permanent": ["forest_land"]}
    assert retention_of(outcome, type_code, **lists) == Retention(kept)


def test_inquiries_lie_before_the_evidence_and_it_before_the_record():
    places = [place_of(Piece("paper", kind)) for kind in ("register", "inquiry_record", "evidence_list", "agreement")]
    assert places == sorted(places) and len(set(places)) == 4


def test_what_a_pdf_lacks_to_be_kept_is_named():
    with pikepdf.new() as pdf, io.BytesIO() as out:
        pdf.add_blank_page()
        pdf.pages[0].Resources = pikepdf.Dictionary(
            Font=pikepdf.Dictionary(F=pdf.make_indirect(pikepdf.Dictionary(
                Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica
            )))
        )
        pdf.Root.OpenAction = pdf.make_indirect(pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="1"))
        pdf.save(out)
        plain = out.getvalue()
    wrong = {"no metadata", "no output intent", "a font is not embedded", "active content"}
    assert wrong <= set(archival.faults(plain))
