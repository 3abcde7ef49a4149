"""What the papers say: rendered HTML against a reviewed copy, the rules about wording, and lint of the templates.

``GOLDEN=write pytest tests/casefile/papers/test_pages.py`` writes the copies anew; read the difference first.
"""

import os
import re
from dataclasses import replace
from pathlib import Path

import jinja2
import pytest

from mediation.casefile.papers import contract, pages
from mediation.casefile.papers.forms import PAPERS
from mediation.casefile.papers.lint import Flaw, template_flaws
from mediation.ground.errors import RuleBroken
from tests.casefile.papers import specimens as s

GOLDEN = Path(__file__).parent / "golden"
SOURCES = sorted(pages.TEMPLATES.glob("*.html"))
ENVIRONMENT = pages.environment()


def page(kind, values, version=None):
    version = version or (PAPERS[kind].version if kind in PAPERS else 1)
    return pages.html(ENVIRONMENT, kind, version, contract.snapshot(values))


def said(kind, values, version=None):
    """Return what the paper says, without marks."""
    return re.sub(r"<[^>]+>", "", page(kind, values, version).partition("<body")[2])


TABLES = {"full": s.FULL, "awkward": s.AWKWARD, "beside": s.BESIDE}
KIND_OF = dict.fromkeys(("deemed", "aided"), "agreement") | dict.fromkeys(s.AGREEMENTS, "agreement")
TABLES["variants"] = s.AGREEMENTS | {"deemed": s.DEEMED, "aided": s.AIDED}
REVIEWED = [(kind, table) for table, specimens in TABLES.items() for kind in specimens]


@pytest.mark.parametrize(("kind", "table"), REVIEWED)
def test_the_page_is_the_reviewed_one(kind, table):
    made = page(KIND_OF.get(kind, kind), TABLES[table][kind])
    made = re.sub(r"(<(?:/?body|p|tr|h1|h2|table|div|li)\b)", r"\n\1", made) + "\n"
    copy = GOLDEN / f"{kind}.{table}.html"
    if os.environ.get("GOLDEN") == "write":
        copy.parent.mkdir(exist_ok=True)
        copy.write_text(made, "utf-8")
    assert made == copy.read_text("utf-8")


# --- wording ---


def test_a_confirmation_application_as_courts_want_it():
    """DC-01, JC-17, JC-20, CN-04."""
    text = said("confirmation_application", s.FULL["confirmation_application"])
    assert (
        "确认申请人龚喆、阿卜杜拉·买买提与南昌县禾润装饰工程有限公司于2026年3月2日经南昌县人民调解委员会主持调解达成的"
        "（2026）南民调字第12号调解协议有效。"
    ) in text
    assert "《中华人民共和国人民调解法》第三十三条和《中华人民共和国民事诉讼法》第二百零五条、第二百零六条" in text
    assert "没有恶意串通、规避法律的行为；如因该协议给他人造成损害的，愿意承担相应的民事责任和其他法律责任" in text
    assert not re.search("被申请人|收费|交费|诉讼费|申请费|受理费|第一百九十[四五]条|第二百零[一二]条|赣", text)
    assert [f"申请人{one}" in text for one in "一二三四"] == [True, True, True, False]


def test_only_confirmable_clauses_are_put_to_the_court():
    """DC-04."""
    text = said("confirmation_application", s.AWKWARD["confirmation_application"])
    assert "调解协议第二部分第（一）项、第（三）项有效。其余各项不在申请确认的范围内。" in text
    assert "（二）李䶮的户籍随母亲李㛃登记。" in text


def test_clauses_read_the_same_in_agreement_and_application():
    """DC-02."""
    clauses = re.compile(r"（一）南昌县禾润.*?再无争议。")
    agreement = clauses.search(said("agreement", s.FULL["agreement"])).group()
    assert agreement == clauses.search(said("confirmation_application", s.FULL["confirmation_application"])).group()
    assert "支付加工安装款86000元（人民币捌万陆仟元整），分三期付清（各期均含当日）：" in agreement


@pytest.mark.parametrize("track", ["administrative", "judicial"])
@pytest.mark.parametrize("kind", PAPERS)
def test_other_bodies_do_not_speak_as_peoples_committees(kind, track):
    case = replace(s.FULL[kind].case, basis="commissioned", court_name=s.COURT) if track == "judicial" else None
    changes = {"track": track, "body": s.BUREAU} | ({"case": case} if case else {})
    text = said(kind, replace(s.FULL[kind], **changes))
    assert "本委员会" not in text.replace("□本委员会主动调解", "")
    assert "《中华人民共和国人民调解法》" not in text
    assert not re.search("人民调解员|人民调解协议书编号|^人民调解", text)


def test_titles_follow_the_track():
    assert ">人民调解协议书</h1>" in page("agreement", s.FULL["agreement"])
    assert ">调解协议书</h1>" in page("agreement", replace(s.FULL["agreement"], track="administrative"))
    assert ">行政调解申请书</h1>" in page("application", s.AWKWARD["application"])
    assert ">委托调解结果报告</h1>" in page("court_report", s.AWKWARD["court_report"])


@pytest.mark.parametrize(
    ("basis", "says", "does_not"),
    [
        ("self_run", "加盖本委员会印章之日起生效，具有法律约束力", "委派"),
        ("commissioned", "自各方签名、盖章或者按指印之日起生效", "加盖"),
        ("entrusted", "请求人民法院审查后制作调解书，也可以申请撤诉", "日内"),
    ],
)
def test_when_an_agreement_takes_effect_depends_on_who_sent_the_case(basis, says, does_not):
    """PM-13, JM-09."""
    text = said("agreement", replace(s.FULL["agreement"], case=replace(s.STONE, basis=basis, court_name=s.COURT)))
    assert says in text and does_not not in text


def test_a_commissioned_agreement_goes_to_the_court_that_sent_the_case():
    """JC-04."""
    case = replace(s.STONE, basis="commissioned", court_name=s.COURT)
    assert "共同向南昌县人民法院申请司法确认" in said("agreement", replace(s.FULL["agreement"], case=case))


@pytest.mark.parametrize(
    ("path", "says"),
    [
        ("labour", "仲裁委员会申请仲裁（《中华人民共和国劳动争议调解仲裁法》第五条）；申请仲裁的时效期间为一年"),
        ("land_title", "自接到处理决定通知之日起三十日内向人民法院起诉"),
    ],
)
def test_a_termination_names_the_way_that_is_open(path, says):
    """AM-07, AM-08, AM-14."""
    assert says in said("termination", s.failed("1", replace(s.TERMINATION, path=path)))


def test_guardians_sign_for_wards_and_agents_after_principals():
    rows = pages.signers(contract.snapshot(s.crowd(s.AGREEMENT))["parties"], pages.CONTRACTING)
    assert rows[:3] == [("甲方一的法定代理人", "李㛃"), ("甲方二", "陈𬀩"), ("甲方三", "阿卜杜拉·买买提")]
    assert [label for label, _ in rows][3:] == ["乙方", "乙方的委托代理人", "乙方的委托代理人", "丙方"]


def test_electronic_service_prints_nothing_without_consent():
    """DC-07."""
    assert "19100000035" in said("service_address", s.FULL["service_address"])
    refused = replace(s.SERVICE, phone="19100000047", collector_phone=None, consents_electronic=False)
    text = said("service_address", s.settled("1", refused))
    assert "19100000035" not in text and "人民法院在线服务" not in text


def test_provisional_dates_say_so():
    assert "不迟于2026年2月12日（暂定" in said("receipt", s.AWKWARD["receipt"])
    assert "暂定" not in said("receipt", s.FULL["receipt"])


def test_a_draft_is_marked_on_the_page_and_in_its_foot_line():
    drafted = page("agreement", s.AWKWARD["agreement"])
    assert '<div class="draft"><span>草稿</span></div>' in drafted and 'data-state="　草稿"' in drafted
    assert "草稿" not in page("agreement", s.FULL["agreement"])


def test_what_a_person_typed_is_printed_and_never_obeyed():
    typed = '<img src="http://127.0.0.1/x"><script>alert(1)</script>{{ 7*7 }}{% raw %}&lt;'
    made = page("application", s.settled(None, s.APPLICATION, case=replace(s.STONE, summary=typed)))
    assert "&lt;img src=&#34;http://127.0.0.1/x&#34;&gt;&lt;script&gt;alert(1)&lt;/script&gt;" in made
    assert "{{ 7*7 }}{% raw %}&amp;lt;" in made


def test_values_and_characters_are_left_for_the_pen():
    made = page("service_address", s.AWKWARD["service_address"])
    assert '<td colspan="3"><span class="ruled"></span></td>' in made
    parties = [replace(s.GONG, name=contract.HANDWRITE), replace(s.ABDULLA, name="张\U0002a6a5明"), s.COMPANY]
    made = page("agreement", s.settled("1", s.AGREEMENT, parties=parties, handwritten=["\U0002a6a5"]))
    assert '张<span class="ruled one"></span>明' in made and "\U0002a6a5" not in made
    assert '<td class="c"><span class="ruled"></span></td>' in made


def test_no_line_divides_the_name_of_a_person():
    made = page("agreement", s.FULL["agreement"])
    for name in ("龚喆", "阿卜杜拉·", "买买提", "熊志远", "万秋燕"):
        assert f'<span class="nb">{name}</span>' in made
    assert '<span class="nb">南昌县' not in made  # a company may run on


def test_a_clause_has_one_verb():
    duty = replace(s.CROWD_DUTIES[0], what="归还借款余额（第1期）")
    said_ = said("agreement", s.crowd(replace(s.AGREEMENT, duties=[duty])))
    assert "阿卜杜拉·买买提归还借款余额（第1期）100050.05元" in said_
    assert "支付医疗费、护理费、营养费、交通费合计100050.05元" in said("agreement", s.AWKWARD["agreement"])


def test_an_application_asks_for_no_number_of_a_person():
    """The form has no place for it: what is not needed is not printed."""
    text = said("application", s.AWKWARD["application"])
    assert not re.search(r"\d{17}[\dX]", text)


def test_the_contents_of_a_pack_name_what_is_there_and_what_is_wanting():
    text = said("pack_contents", s.BESIDE["pack_contents"])
    assert "1司法确认申请书南矛调确〔2026〕3号1—4各申请人签名或者盖章" in text
    assert "5送达地址确认书（龚喆）//尚未出具" in text and "共4件9页" in text


def test_a_value_that_is_not_in_the_contract_stops_the_paper():
    snapshot = contract.snapshot(s.FULL["termination"])
    del snapshot["details"]["reason"]
    with pytest.raises(jinja2.UndefinedError):
        pages.html(ENVIRONMENT, "termination", 1, snapshot)


@pytest.mark.parametrize(
    ("variant", "title", "says"),
    [
        ("administrative", "行政调解协议书", "加盖本单位印章之日起生效"),
        ("police", "治安调解协议书", "可以就民事争议提起民事诉讼（《中华人民共和国治安管理处罚法》第九条）"),
        ("traffic", "道路交通事故损害赔偿调解书", "本协议自各方签名、盖章或者按指印之日起生效"),
        ("labour", "劳动争议调解协议书", "依法向人民法院申请支付令"),
        ("medical", "医疗纠纷人民调解协议书", "负有保密义务"),
        ("petition", "信访事项调解协议书", "《信访工作条例》第三十三条"),
    ],
)
def test_agreements_of_other_bodies_have_a_title_and_a_notice_of_their_own(variant, title, says):
    """Part 4 of the forms: AM-01, AM-05, AM-06, AM-10, MH-11."""
    values = s.AGREEMENTS[variant]
    assert f">{title}</h1>" in page("agreement", values) and says in said("agreement", values)


def test_before_a_committee_the_parties_are_told_since_2026_that_the_police_may_accept_it():
    """AM-02; the older version of the paper does not know of it and stays as it was (row 59)."""
    told = "可以书面申请公安机关认可；公安机关认可的，不予处罚（《中华人民共和国治安管理处罚法》第九条第四款）"
    values = s.AGREEMENTS["police_case"]
    assert told in said("agreement", values, 2) and "（四）本协议一式" in said("agreement", values, 2)
    assert told not in said("agreement", values, 1) and "（三）本协议一式" in said("agreement", values, 1)
    plain = [re.sub(r"[0-9A-Z]{4}(-[0-9A-Z]{4}){2}", "", page("agreement", s.AIDED, version)) for version in (1, 2)]
    assert plain[0] == plain[1]


def test_who_cannot_read_write_or_follow_has_somebody_who_signs_beside():
    """DC-05: a finger, who wrote the name, a witness; an interpreter with the language."""
    text = said("agreement", s.AIDED)
    assert "本协议已逐条读给龚喆听，龚喆表示听懂并同意；" in text
    assert "龚喆不能书写，由代书人写明姓名，本人按指印，见证人在场见证。" in text
    assert "本协议由热孜亚（维吾尔语翻译，阿卜杜拉·买买提的同事）逐条译给阿卜杜拉·买买提，" in text
    snapshot = contract.snapshot(s.AIDED)
    rows = pages.signers(snapshot["parties"], pages.CONTRACTING, snapshot["details"]["aids"])
    assert [label for label, _name in rows][:5] == [
        "甲方一（按指印）", "甲方一的代书人", "甲方一的见证人", "甲方二", "甲方二的翻译人员"
    ]


def test_a_labour_agreement_does_not_send_people_straight_to_court():
    """AM-07."""
    assert "可以向人民法院起诉" not in said("agreement", s.AGREEMENTS["labour"])


def test_what_silence_made_is_signed_by_no_party():
    """JM-14."""
    text = said("agreement", s.DEEMED)
    assert "各方均未在七日内提出书面异议" in text and "本协议自2026年3月10日起生效" in text
    assert "当事人（签名" not in text


def test_a_draft_ruling_is_marked_and_has_no_number_fee_or_telephone():
    """CN-04, DC-06, JC-17; forms 3.4, 3.5."""
    made = page("ruling_draft", s.FULL["ruling_draft"])
    assert '<div class="draft"><span>代拟稿</span></div>' in made
    text = said("ruling_draft", s.FULL["ruling_draft"])
    assert not re.search("联系电话|费|民特|诉前调确", text.partition("号：")[2].partition("加工")[0])
    assert "驳回申请人" in said("ruling_draft", s.AWKWARD["ruling_draft"])


# --- templates ---


@pytest.mark.parametrize("source", SOURCES, ids=lambda path: path.name)
def test_templates_hold_no_law_no_fetch_and_no_open_door(source):
    """DC-06, DC-08, B16."""
    text = source.read_text("utf-8")
    assert template_flaws(text) == []
    assert not re.search(r"\|\s*safe|autoescape|<img|<link|<script|\bsrc=|url\(|@import", text)


@pytest.mark.parametrize(
    ("text", "flaw"),
    [
        ("<p>依照{{ cite('civil_procedure.confirmation') }}，{{ periods['JC-01']|numeral }}日内</p>", None),
        ("<p>依照民事诉讼法第二百零五条</p>", Flaw.ARTICLE),
        ("<p>在30日内共同申请</p>", Flaw.PERIOD),
        ('<p><img alt="南昌县人民法院印章"></p>', Flaw.PICTURE),
        ('<p style="background: url(seal.png)">', Flaw.PICTURE),
    ],
)
def test_a_template_with_law_or_a_seal_is_not_printed(text, flaw, tmp_path, monkeypatch):
    """DC-06, DC-08, JC-20."""
    monkeypatch.setattr(pages, "TEMPLATES", tmp_path)
    (tmp_path / "letter.v1.html").write_text(text, "utf-8")
    if flaw is None:
        assert pages.environment().get_template("letter.v1.html")
        return
    with pytest.raises(RuleBroken) as refused:
        pages.environment().get_template("letter.v1.html")
    assert [each.reason for each in refused.value.obstacles] == [flaw]


def test_every_version_of_every_paper_has_its_template():
    wanted = {f"{form.key}.v{version}.html" for form in PAPERS.values() for version in range(1, form.version + 1)}
    wanted |= {f"{kind}.v1.html" for kind in s.BESIDE}
    assert wanted <= {source.name for source in SOURCES}
    strays = {source.name for source in SOURCES if not source.name.startswith("_")} - wanted
    assert not strays
