"""Papers as PDF: pages, fonts, characters, breaks (P18, B16)."""

import re
from dataclasses import replace

import pytest

from mediation.casefile.papers import contract, printing
from mediation.casefile.papers.forms import PAPERS, short_hash
from mediation.ground.pdf.faults import MissingCharacters, TooLong
from tests.casefile.papers import specimens as s
from tests.casefile.papers.reading import Reader

PAGES = {
    "receipt": 1,
    "not_accepted": 1,
    "correction_notice": 1,
    "application": 1,
    "register": 1,
    "rights_notice": 2,
    "session_record": 2,
    "agreement": 3,
    "oral_agreement": 1,
    "termination": 1,
    "undisputed_facts": 1,
    "court_report": 1,
    "quick_trial_referral": 3,
    "confirmation_application": 4,
    "mediation_proof": 1,
    "service_address": 1,
    "inquiry_record": 2,
    "evidence_list": 1,
    "return_visit": 1,
    "dossier_cover": 1,
    "dossier_contents": 1,
    "dossier_remarks": 1,
    "dossier_back": 1,
    "mediation_notice": 1,
    "recusal_statement": 1,
    "pause_consent": 1,
    "unsuitable_notice": 1,
    "performance_reminder": 1,
    "risk_report": 1,
    "proposal": 4,
    "commission_receipt": 1,
    "ruling_draft": 3,
    "power_of_attorney": 1,
    "complaint": 2,
    "defence": 2,
    "acceptance_notice": 1,
    "police_settlement": 2,
    "enforcement_guide": 2,
}
SIZES = {"A4": (595, 842), "A5": (420, 595)}
SIGNING = re.compile(r"^(当事人|申请人)（签名")
EVERY = [(table, kind) for table in ("FULL", "AWKWARD") for kind in PAPERS]


@pytest.mark.parametrize("kind", PAPERS)
def test_an_ordinary_case_fills_so_many_pages(printed, kind):
    assert printed("FULL", kind).pages == PAGES[kind]


@pytest.mark.parametrize(("table", "kind"), EVERY)
def test_every_page_bears_number_place_and_hash(printed, table, kind):
    paper = printed(table, kind)
    snapshot = contract.snapshot(getattr(s, table)[kind])
    for page in range(1, paper.pages + 1):
        foot = f"第{page}页/共{paper.pages}页　校验 {short_hash(snapshot['number'], 1, snapshot)}"
        assert (snapshot["number"] or "（未编号）") + "　" + foot in paper.text(page)
    width, height = map(round, map(float, paper.pdf.pages[0].mediabox[2:]))
    assert (width, height) == SIZES[PAPERS[kind].size]


@pytest.mark.parametrize(("table", "kind"), EVERY)
def test_fonts_are_embedded_cut_and_draw_every_character(printed, table, kind):
    paper = printed(table, kind)
    for name, font in paper.fonts().items():
        descriptor = font.DescendantFonts[0].FontDescriptor
        assert re.match(r"/[A-Z]{6}\+", name)
        assert "/FontFile3" in descriptor or "/FontFile2" in descriptor
    assert "\ufffd" not in paper.text()
    assert not any(0 in run.glyphs for run in paper.runs), "a glyph is missing"


@pytest.mark.parametrize("kind", ["register", "agreement", "session_record", "confirmation_application"])
def test_rare_names_are_printed(printed, kind):
    text = printed("AWKWARD", kind).text()
    for name in ("李䶮", "李㛃", "陈𬀩", "阿卜杜拉·买买提"):
        assert name in text


@pytest.mark.parametrize(("table", "kind"), EVERY)
def test_no_page_is_empty_and_no_signature_stands_alone(printed, table, kind):
    paper = printed(table, kind)
    foot = 760 if PAPERS[kind].size == "A4" else 560
    for page in range(1, paper.pages + 1):
        shown = [run for run in paper.runs if run.page == page and run.y < foot and run.text not in ("草稿", "代拟稿")]
        assert len({round(run.y) for run in shown}) > 2, f"page {page} is all but empty"
        for marker in (run for run in shown if SIGNING.match(run.text)):
            before = {round(run.y) for run in shown if run.y < marker.y - 5}
            assert len(before) >= 2 or page == 1, f"page {page} opens with signatures"


def test_nothing_runs_into_the_margins(printed):
    for table, kind in EVERY:
        paper = printed(table, kind)
        if PAPERS[kind].size == "A4":
            assert min(run.x for run in paper.runs if run.y > 90 and run.y < 740) > 56, kind


def test_what_belongs_to_one_party_stays_on_one_page(printer):
    """A row that is divided leaves its frame open; a label without its rows says nothing."""
    names = enumerate("甲乙丙丁戊己庚辛壬癸子丑", 101)
    crowd = [replace(s.GONG, name=f"龚{sign}", address=f"莲塘镇{place}号") for place, sign in names]
    for kind, details in (("register", s.REGISTER), ("application", s.APPLICATION)):
        paper = Reader(printing.pdf(kind, 1, contract.snapshot(s.settled("1", details, parties=[*crowd, s.COMPANY]))))
        assert paper.pages > 1
        for place, who in enumerate(crowd, 101):
            name = next(run for run in paper.runs if run.text == who.name)
            address = next(run for run in paper.runs if f"{place}号" in run.text)
            assert (name.page, round(address.y - name.y) in range(10, 40)) == (address.page, True)


@pytest.mark.parametrize("lines", range(1, 9))
def test_the_register_is_signed_below_its_story(printer, lines):
    case = replace(s.STONE, summary="龚喆称尚欠加工安装款，多次催要未付，请求调解付款。\n" * lines)
    paper = Reader(printing.pdf("register", 1, contract.snapshot(s.settled("1", s.REGISTER, case=case))))
    agreed, signed = (
        next(run for run in paper.runs if run.text.startswith(words)) for words in ("经当事人同意", "当事人（签名）")
    )
    assert agreed.page == signed.page == paper.pages and agreed.y < signed.y


def test_a_query_code_stays_in_its_place(printed):
    code = next(run for run in printed("FULL", "receipt").runs if "K7P4" in run.text)
    assert code.text == "K7P4-2MQX-9TVD" and code.x + 14 * 10 < 270  # the picture to scan begins there


@pytest.mark.parametrize("length", [6, 14, 15, 19, 26, 30])
def test_the_name_over_a_seal_stays_inside_the_text(printer, length):
    body = replace(s.COMMITTEE, name="南昌县市场监督管理局消费者权益保护与商事争议纠纷调解工作办公室"[:length])
    for kind, details in (("termination", s.TERMINATION), ("mediation_proof", s.PROOF)):
        paper = Reader(printing.pdf(kind, 1, contract.snapshot(s.failed("1", details, body=body))))
        last = [run for run in paper.runs if len(run.text) > 5 and body.name.startswith(run.text.strip())][-1]
        assert 79 <= last.x and last.x + 15.78 * len(last.text) < 524, kind


def test_a_draft_says_so_on_every_page(printed):
    paper = printed("AWKWARD", "agreement")
    assert all(paper.text(page).count("草稿") == 2 for page in range(1, paper.pages + 1))


def test_the_record_is_signed_on_every_page(printed):
    paper = printed("AWKWARD", "session_record")
    assert all("当事人签名（或者按指印）：" in paper.text(page) for page in range(1, paper.pages + 1))


def test_a_hostile_story_is_printed_as_typed(printed):
    text = printed("AWKWARD", "agreement").text().replace(" ", "")  # a space at the end of a line is not drawn
    assert '<imgsrc="http://127.0.0.1/x.png">' in text and "{{7*7}}" in text


def test_a_longer_story_breaks_without_losing_its_end(printer):
    story = s.STORY * 30 + "故事到此为止。"
    case = replace(s.STONE, facts=story, summary=story)
    for kind, details in (("register", s.REGISTER), ("oral_agreement", s.ORAL), ("agreement", s.AGREEMENT)):
        paper = Reader(printing.pdf(kind, 1, contract.snapshot(s.settled("1", details, case=case))))
        assert "故事到此为止。" in paper.text()
        assert paper.text().count("连人带车摔倒") == 30


@pytest.mark.parametrize("length", [20_001, 1_000_000])
def test_an_overlong_story_is_refused(printer, length):
    case = replace(s.STONE, facts="案" * length)
    with pytest.raises(TooLong):
        printing.pdf("agreement", 1, contract.snapshot(s.settled("1", s.AGREEMENT, case=case)))


def test_a_character_without_a_glyph_stops_the_paper_by_name(printer):
    snapshot = contract.snapshot(s.settled("1", s.AGREEMENT, parties=[replace(s.GONG, name="龚\ue000"), s.ABDULLA]))
    assert printing.missing_characters(snapshot) == ["\ue000"]
    with pytest.raises(MissingCharacters, match=r"^U\+E000$"):
        printing.pdf("agreement", 1, snapshot)
    snapshot["handwritten"] = ["\ue000"]
    assert printing.missing_characters(snapshot) == []
    assert printing.pdf("agreement", 1, snapshot).startswith(b"%PDF")


def test_pasted_invisible_signs_are_no_obstacle(printer):
    gong = replace(s.GONG, name="龚\u200b喆\ufeff")
    snapshot = contract.snapshot(s.settled("1", s.AGREEMENT, parties=[gong, s.ABDULLA]))
    assert printing.missing_characters(snapshot) == []
    assert printing.pdf("agreement", 1, snapshot).startswith(b"%PDF")


def test_pages_are_counted(printer):
    assert printing.page_count(printing.pdf("agreement", 1, contract.snapshot(s.FULL["agreement"]))) == 3


def test_papers_are_made_for_the_archive_and_name_nobody_in_their_data(printed):
    with printed("FULL", "agreement").pdf.open_metadata() as data:
        assert data["pdfaid:part"] == "3"
        assert data["dc:title"] == "人民调解协议书　（2026）南民调字第12号"
        assert "龚喆" not in str(data)
