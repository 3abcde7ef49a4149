"""The archive, the check of a paper and the electronic signature, on pages."""

import io

import pytest

from mediation.casefile.cases import queries as cases
from mediation.casefile.papers import checking
from mediation.casefile.papers import operations as papers
from mediation.casefile.papers.checking import Verdict
from mediation.casefile.papers.models import Paper
from mediation.ground import clock, files
from mediation.ground.db import session, transaction
from mediation.stages.agreements import esigning
from mediation.stages.agreements.esigning import Word
from mediation.stages.agreements.signing import Bar
from mediation.stages.archive import operations as archive
from mediation.stages.proceedings import operations as proceedings
from tests import everything, road
from tests.doors.visitor import Visitor
from tests.road import do


@pytest.fixture
def county(app):
    with app.app_context():
        county = road.make_county()
    return county


def test_a_case_is_archived_lent_and_given_back_on_pages(app, county):
    with app.app_context():
        case, proceeding = road.mediating(county)
        do(proceedings.end, proceeding, by=county.mediator, on=clock.today(), ground="party_refuses",
           course="分歧太大，没有结果", notice_given=True)
        do(archive.close, case, by=county.head, on=clock.today(), outcome="no_further")
    head = Visitor(app, county.head)
    page = head.submit(f"/cases/{case}/archive", status=200)
    assert "卷内缺身份证明：补上，或者写明为什么没有" in page.text
    why = {f"excuse-{item}": "没有" for item in ("application", "rights", "identity", "record", "termination")}
    head.submit(f"/cases/{case}/archive", shelf_no="2号柜", **why)
    page = head.get(f"/cases/{case}")
    assert "2号柜" in page.text and "归档卷" in page.text and "缺身份证明" in page.text
    head.submit(f"/cases/{case}/lend", borrower="余国梁", borrower_unit="县司法局", purpose="检查")
    listed = head.get("/archive")
    assert "卷〔" in listed.text and "余国梁借走" in listed.text
    assert "余国梁" in head.get("/archive/loans").text and "没有找到" in head.get("/archive?q=查无此卷").text
    back = head.get("/archive/loans").html.split("/borrowings/")[1].split("/")[0]
    head.submit(f"/borrowings/{back}/back", note="完好")
    assert "没有借出的案卷" in head.get("/archive/loans").text
    assert "借出案卷" in head.get(f"/cases/{case}/history").text
    assert Visitor(app, county.court).status("/archive") == 403


@pytest.fixture
def signed(app, county):
    with app.app_context():
        case = road.signed(county)[0]
        everything._render_all()
        row = cases.get(case, for_=county.mediator)
        paper = papers.newest(row.id, "agreement")
        county.more |= {"case": case, "paper": paper.public_id, "number": paper.number, "hash": paper.short_hash}
    return county


def test_a_paper_is_checked_by_its_number_and_hash(app, signed):
    clerk, more = Visitor(app, signed.clerk), signed.more
    typed = more["number"].replace("（", "(").replace("）", ")")
    page = clerk.submit("/check", status=200, number=typed, hash=more["hash"].lower().replace("-", " "))
    assert "内容没有改过" in page.text and "调解协议书" in page.text
    row = clerk.ask(cases.get, more["case"], for_=signed.mediator)
    names = [party.name for party in clerk.ask(cases.parties_of, row.id)]
    assert not any(name in page.text for name in names), "nothing of the case"
    wrong = ("0" if more["hash"][0] != "0" else "1") + more["hash"][1:]
    assert "不是本中心出具的" in clerk.submit("/check", status=200, number=typed, hash=wrong).text
    assert "不是本中心出具的" in clerk.submit("/check", status=200, number="（2026）别的第1号", hash=more["hash"]).text
    assert "填编号和校验码" in clerk.submit("/check", status=200).text


def test_checking_is_limited_and_a_replaced_paper_is_told(app, signed, monkeypatch):
    more = signed.more
    with app.app_context():
        content = b"%PDF-1.7 of its own\n%%EOF\n"
        with transaction():
            paper, case = papers.get(more["paper"], for_=signed.mediator)
            kept = files.store().put(content, case.box(), "application/pdf")
            paper.file_name, paper.file_sha256 = kept.name, kept.sha256
            paper_id = paper.id

        def told(given):
            with transaction():
                return checking.by_file(given, by=signed.clerk).verdict
        assert told(content) == Verdict.GENUINE
        assert told(content + b"more") == Verdict.CHANGED and told(b"%PDF-1.7 other") == Verdict.UNKNOWN
        with transaction():
            session.get_one(Paper, paper_id).is_draft = True
        assert told(content) == Verdict.DRAFT
    monkeypatch.setattr(checking, "MOST_AN_HOUR", 4)
    clerk = Visitor(app, signed.clerk)
    assert "次数到了上限" in clerk.submit("/check", status=200, number="x", hash="y").text


@pytest.mark.rule("JM-16")
def test_without_certificate_or_extra_the_page_says_so(app, signed, tmp_path, monkeypatch):
    esigning.set_up(tmp_path / "none")
    page = Visitor(app, signed.mediator).get(f"/papers/{signed.more['paper']}/sign")
    assert "请签纸质" in page.text
    with app.app_context():
        with transaction():
            paper, case = papers.get(signed.more["paper"], for_=signed.mediator)
            case.type_code = "marriage_family.inheritance"
            found = {bar.reason for bar in esigning.obstacles(paper, case, on=clock.today())}
    assert Bar.PAPER_ONLY in found, "JM-16: never for marriage, adoption, inheritance"
    assert "没有设置电子签名" in Visitor(app, signed.clerk).get("/check").text


def test_an_agreement_is_signed_and_its_signature_looked_at(app, signed, tmp_path):
    esigning.set_up(tmp_path / "signing")
    result = app.test_cli_runner().invoke(args=["sign", "test-certificate", "莲塘镇人民调解委员会"])
    assert result.exit_code == 0 and "没有法律效力" in result.output
    more, mediator = signed.more, Visitor(app, signed.mediator)
    mediator.submit(f"/papers/{more['paper']}/sign")
    assert "已经有单位的电子签名" in mediator.get(f"/papers/{more['paper']}/sign").text
    with app.app_context():
        paper, case = papers.get(more["paper"], for_=signed.mediator)
        row = esigning.signed_of(paper)
        content = files.store().get(row.file_name, case.box(), row.file_sha256)
        session.rollback()

        def told(given):
            with transaction():
                return esigning.checked(given, by=signed.clerk)
        answer, seen = told(content)
        assert answer.verdict == Verdict.GENUINE and seen.words == Word.GOOD and "莲塘镇" in seen.signer
        answer, seen = told(content + b"\n% more\n%%EOF\n")
        assert answer.verdict == Verdict.CHANGED and seen is None or seen.words == Word.BROKEN
    page = Visitor(app, signed.clerk).submit("/check", status=200, file=(io.BytesIO(content), "a.pdf"))
    assert "有效，签名后没有改过" in page.text and "测试证书" in page.text
