"""The phrase bank and the list of evidence, through the desk."""

import re

import pytest

from mediation.ground.db import transaction
from mediation.stages.proceedings import queries, sessions
from tests import cast
from tests.doors.desk.county import desks


@pytest.fixture
def found(app):
    return desks(app, cast.informed)


def test_a_phrase_is_kept_and_put_into_its_box_without_a_script(found):
    found.head.submit("/phrases", code="gs", text="已告知权利义务", place="rights", whose="shared")
    found.mediator.submit("/phrases", code="hk", text="分期还款", place="agreed")
    again = found.mediator.submit("/phrases", status=200, code="hk", text="又一条", place="any")
    assert "短码“hk”已经有了" in again.text
    address = f"/proceedings/{found.proceeding}/sessions/new"
    page = found.mediator.get(address)
    assert re.findall(r'data-code="(\w+)"', page.html) == ["hk", "gs"]
    own, shared = re.findall(r'name="phrase" value="([^"]+)"', page.html)
    page = found.mediator.submit(address, status=200, phrase=own, agreed="沟面铲平", applicant="写到一半")
    assert "沟面铲平\n分期还款" in page.html and "写到一半" in page.html
    assert found.of(lambda case, _proceeding: queries.sessions_of(case.id)) == []
    found.mediator.submit(f"/phrases/{own}/end", at="/phrases")
    assert "分期还款" not in found.mediator.get("/phrases").text
    assert "分期还款" in found.mediator.get("/phrases?show=ended").text
    assert found.mediator.status(f"/phrases/{shared}/end", method="POST") == 403
    found.head.submit(f"/phrases/{shared}/change", code="gs", text="已告知，听清了", place="rights")
    assert "已告知，听清了" in found.mediator.get(address).text
    assert found.clerk.status("/phrases") == 403


def test_each_side_sees_its_own_evidence_and_what_it_was_shown(found):
    address = f"/cases/{found.case}/evidence"
    applicant, other = found.parties["万秋莲"], found.parties["涂国平"]
    assert "没有选文件" in found.mediator.submit(address, status=200, title="照片", category="document").text
    for title, party in (("现场照片", applicant), ("修墙收据", other)):
        found.mediator.submit(
            address, title=title, category="document", party=party, on_paper="y", pages="4", proves="墙湿了",
        )
    found.of(lambda case, proceeding: _note(found, case))

    def printed(party=""):
        return found.mediator.get(f"{address}/print{'?party=' + party if party else ''}").text

    assert "现场照片" in printed(applicant) and "修墙收据" not in printed(applicant)
    assert "现场照片" in printed() and "修墙收据" in printed() and "书证" in printed()
    page = found.mediator.get(address)
    shown = re.findall(r'action="(/attachments/[^"]+/shown)"', page.html)
    found.mediator.submit(shown[1], at=address, party=applicant, shown="yes")
    assert "修墙收据" in printed(applicant) and "现场照片" not in printed(other)
    assert "万秋莲 11-23" in found.mediator.get(address).text
    found.mediator.submit(shown[1], at=address, party=applicant, shown="no")
    assert "修墙收据" not in printed(applicant)
    assert "最多赔两千" not in printed()
    describe = re.findall(r'href="(/attachments/[^"]+/describe)"', page.html)[0]
    found.mediator.submit(describe, title="漏水照片", category="electronic", party=applicant, proves="墙湿了")
    assert "漏水照片" in printed(applicant) and "电子数据" in printed(applicant)
    assert found.dispatcher.status(f"{address}/print?party={'A' * 22}") == 404


def _note(found, case):
    with transaction():
        sessions.add_note(case.public_id, by=found.mediator.by, text="涂国平说最多赔两千", is_concession=True)
