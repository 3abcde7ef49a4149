"""A whole case taken along, and papers delivered, on pages."""

import io
import zipfile

import pytest

from mediation.casefile.cases import queries as cases
from mediation.casefile.deliveries import queries as deliveries
from mediation.casefile.papers import operations as papers
from mediation.ground import jobs
from mediation.stages.agreements import queries as agreements
from tests import everything, road
from tests.doors.visitor import Visitor


@pytest.fixture
def county(app):
    with app.app_context():
        county = road.make_county()
        case = road.signed(county)[0]
        everything._render_all()
        row = cases.get(case, for_=county.mediator)
        county.more |= {
            "case": case, "id": row.id, "agreement": agreements.effective(row.id).public_id,
            "paper": papers.newest(row.id, "agreement").public_id,
        }
    return county


def test_a_bundle_is_asked_for_made_and_taken(app, county):
    mediator, case = Visitor(app, county.mediator), county.more["case"]
    assert "整卷打包" in mediator.get(f"/cases/{case}").text
    page = mediator.submit(f"/cases/{case}/bundle", status=200, audience="file", reason="")
    assert "要写理由" in page.text and "缺身份证明" in page.text
    there = mediator.submit(f"/cases/{case}/bundle", audience="file", reason="县司法局调卷").headers["Location"]
    assert "正在打包" in mediator.get(there).text
    assert mediator.client.get(f"{there}/progress").get_json()["over"] is False
    with app.app_context():
        while jobs.run_next():
            pass
    assert "下载压缩包" in mediator.get(there).text
    answer = mediator.client.get(f"{there}/whole.zip")
    assert answer.mimetype == "application/zip" and "attachment" in answer.headers["Content-Disposition"]
    assert answer.headers["Content-Disposition"].isascii(), "a server cannot send Chinese in a header"
    assert "index.html" in zipfile.ZipFile(io.BytesIO(answer.data)).namelist()
    assert "整卷打包：本单位存查" in mediator.get(f"/cases/{case}/history").text
    clerk = Visitor(app, county.clerk)
    assert clerk.status(f"{there}/whole.pdf") == 403 and clerk.status(f"/cases/{case}/bundle") == 403


def test_a_copy_is_handed_over_and_one_comes_back(app, county):
    mediator, case = Visitor(app, county.mediator), county.more["case"]
    page = mediator.get(f"/cases/{case}")
    assert "还有 3 份没送到" in page.text and "单位存档" in page.text
    first, second, _body = mediator.ask(deliveries.of_case, county.more["id"])
    there = f"/deliveries/{first.public_id}/record"
    page = mediator.submit(there, status=200, result="delivered", way="electronic")
    assert "没有在送达地址确认书里同意电子送达" in page.text
    mediator.submit(there, result="delivered", way="handed", detail="万秋莲")
    mediator.submit(f"/deliveries/{second.public_id}/record", result="sent", way="post", detail="EMS1024")
    page = mediator.get(f"/cases/{case}/deliveries")
    assert "EMS1024" in page.text and "送达" in page.text
    assert "送 达 回 证" in mediator.get(f"/cases/{case}/delivery-receipt").text
    listed = mediator.get("/deliveries").text
    assert "涂国平" in listed and "万秋莲" not in listed.split("单位存档")[0].split("涂国平")[0].split("状态")[-1]
    assert "都送到了" in mediator.get("/deliveries?state=returned").text
    assert "送达：调解协议书" in mediator.get(f"/cases/{case}/history").text
    mediator.submit(f"/cases/{case}/deliveries", paper=county.more["paper"], parties=[])


def test_an_agreement_is_read_aloud_and_printed_large(app, county):
    mediator = Visitor(app, county.mediator)
    page = mediator.get(f"/agreements/{county.more['agreement']}/read-aloud")
    assert "已读给本人听" in page.text and "读给万秋莲听" in page.text
    answer = mediator.client.get(f"/papers/{county.more['paper']}/large.pdf")
    assert answer.mimetype == "application/pdf" and answer.data[:4] == b"%PDF"
    assert Visitor(app, county.court).status(f"/papers/{county.more['paper']}/large.pdf") == 404
