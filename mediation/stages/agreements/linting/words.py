"""Words that say nothing a court could order, and that leave the decision to somebody else."""

import re

from mediation.casefile.cases.rules import Basis
from mediation.ground.choices import N_
from mediation.stages.agreements.linting.findings import BLOCK, WARN, Finding, Flaw, Passage, Place, at, passages
from mediation.stages.agreements.rules import Draft, Subject, subject_of

UNCLEAR = "civil_procedure_interpretation.confirmation_dismissal"
NOT_ACCEPTED = "civil_procedure_interpretation.confirmation_not_accepted"

# Words that a court has called unclear: no day, no sum, no measure (JC-13).
VAGUE = re.compile(
    r"尽快|尽早|早日|尽量|尽力|尽可能|力所能及|量力而行|抓紧|及时|适时|近期|有空|得空|闲时|这(?:段时间|阵子|几天)|过(?:段|一段)时间|日后再|"
    r"有钱[时就]|有能力[时后]|手头(?:宽裕|松|方便|有钱|好转)|有了钱|缓过(?:来|劲)|经济好转|经济条件好|条件(?:允许|许可|成熟|具备)|"
    r"视(?:具体)?情况|酌情|适当|合理|妥善|逐步|原则上|基本(?:上|恢复|修好|完好)|差不多|过得去|像样|互谅互让|争取|力争|凭良心|行情|"
    r"大约|大概|若干|(?<=[\d一二三四五六七八九十百千万元日号天月年米])左右|(?<=元)(?:上下|不等|出头|开外)|多退少补|象征性|意思意思|"
    r"一定(?:数额|金额|数量|的补偿|补偿|经济)|相应的?(?:赔偿|补偿|费用|款项)|部分(?:损失|费用)|[大小]部分|[付赔给出补]点|看着[给办补]|"
    r"(?:各自?|分别)?(?:承担|负担|赔|出|付)一部分|[一某]些(?:经济|生活)?(?:帮助|补偿|赔偿|补助|费用|损失|钱)|[让退挪移]一点|以后少|"
    r"(?:另行|自行|再行)(?:协商|商定|约定)|协商解决|再议|再说|面议|(?:以后|今后|日后|下次|届时)(?:再|面)?[谈商]"
)
EMPTY_BREACH = re.compile(
    r"(承担|负)(?:相应|一切|全部|由此产生|法律)?的?(?:一切|法律|违约)?(责任|后果)|(?:责任|后果)自负|追究[^，。；]{0,6}(?:违约|法律)责任|"
    r"谁违约谁|赔偿[^，。；]{0,12}损失|按(?:照)?[^，。；]{0,6}(?:法律|规定|法规)[^，。；]{0,4}(?:处理|承担|办理)"
)
MEASURED = re.compile(r"\d|[%‰]|[一二三四五六七八九十百千万]+(元|分之)|利率|LPR|双倍|加倍")
A_COURT = r"[^，。；]{0,8}法(?:院|官|庭)[^，。；]{0,6}"
COURT_DECIDES = re.compile(
    rf"(由|交|请|请求|听凭|让|听候|按照?|依照?){A_COURT}"
    r"(判决|裁判|裁决|裁定|决定|处理|认定|判定|判令|宣判|酌定|裁量|定夺|说了算)(?!确认|有效)|"
    rf"以{A_COURT}(判决|裁判|裁决|裁定|认定)[^，。；]{{0,4}}为准|(?:上|到|去){A_COURT}(?:判决|裁判|裁决)|"
    r"法院(?:怎么|如何)判|法院判(?:多少|了)|法院[^，。；]{0,4}由其[判裁定]|(?:听|依|凭|看)法院(?:的|怎么|意见)"
)
FORCED = re.compile(
    r"(由|交|让)[^，。；]{0,8}法院[^，。；]{0,4}强制|法院(?:直接|立即|径行)[^，。；]{0,4}(?:强制|执行|查封|扣划)|"
    r"法院(?:可以?|有权|将)(?:直接|立即|径行)?(?:强制|查封|扣划|划扣|冻结|拍卖)|(?:直接|立即)[^，。；]{0,4}法院[^，。；]{0,4}强制执行"
)
OTHERS_DECIDE = re.compile(
    r"(由|听|交|按照?)[^，。；]{0,6}"
    r"(调解委员会|调委会|调解员|村委会|居委会|村干部|支书|书记|村长|主任|社区|网格员|镇里|乡里|派出所|司法所|组长|族长|中间人|第三方)"
    r"[^，。；]{0,4}(裁决|裁定|决定|认定|说了算|判定|定夺|确定数额|核定|拍板|作主|做主|说多少|看着办|商定|来定|商量后?定)"
)


class WordFlaw(Flaw):
    VAGUE = (
        "vague", WARN, N_("%(at)s“%(word)s”不明确，法院可能以内容不明确驳回"),
        N_("换成具体的日期、金额或者做到什么程度"), "JC-13", UNCLEAR,
    )
    EMPTY_BREACH = (
        "empty_breach", WARN, N_("%(at)s“%(word)s”没有写承担多少"), N_("写明违约金的数额或者计算办法"), "DC-03",
        UNCLEAR,
    )
    COURT_DECIDES = (
        "court_decides", BLOCK, N_("%(at)s“%(word)s”：不能约定违约时由法院裁判"), N_("删掉这句，改成违约金"), "DC-03",
        "civil_mediation.penalty",
    )
    FORCED = (
        "forced", WARN, N_("%(at)s“%(word)s”：没有经过司法确认，法院不会强制执行"),
        N_("改成“可以申请司法确认，确认后可以申请强制执行”"), "JC-14", "civil_procedure.confirmation_ruling",
    )
    OTHERS_DECIDE = (
        "others_decide", WARN, N_("%(at)s“%(word)s”：结果还没有定下来"), N_("现在就写明数额和做法"), "JC-13", UNCLEAR,
    )
    STATUS = (
        "status", WARN, N_("%(at)s像是身份关系，法院不确认"), N_("单列一条，不写进确认申请；不是就选“一般”"), "JC-10",
        NOT_ACCEPTED, "subject",
    )
    TITLE = (
        "title", WARN, N_("%(at)s像是确认物权、知识产权，法院不确认"), N_("写成交付、过户或者付款；不是就选“一般”"),
        "JC-10", NOT_ACCEPTED, "subject",
    )
    LABOUR = (
        "labour", WARN, N_("%(at)s不是给付内容，劳动争议里法院不确认"), N_("留在协议里，不写进确认申请"), "JC-21",
        "labour_interpretation.confirmation", "subject",
    )
    OTHER_PROCEDURE = (
        "other_procedure", WARN, N_("%(at)s属于别的程序，法院不确认"), N_("单列一条，不写进确认申请"), "JC-10",
        NOT_ACCEPTED, "subject",
    )
    NOT_CIVIL = (
        "not_civil", WARN, N_("%(at)s不归法院民事管辖，法院不确认"), N_("单列一条，不写进确认申请"), "JC-10",
        NOT_ACCEPTED, "subject",
    )


def find(draft: Draft) -> list[Finding]:
    """Return what is said too vaguely, left to others, or kept from a court's confirmation.

    JC-10, JC-13: SPC Interpretation of the CPL (2022), Arts. 355, 358(5). DC-03: SPC Provisions on Civil Mediation
    (2020), Art. 8: no clause may ask a court to decide when the agreement is broken.
    """
    found = []
    for passage in passages(draft):
        text = passage.text
        found += [at(WordFlaw.VAGUE, passage, word) for word in dict.fromkeys(hit[0] for hit in VAGUE.finditer(text))]
        for flaw, pattern in (
            (WordFlaw.COURT_DECIDES, COURT_DECIDES),
            (WordFlaw.FORCED, FORCED),
            (WordFlaw.OTHERS_DECIDE, OTHERS_DECIDE),
        ):
            hit = pattern.search(text)
            found += [at(flaw, passage, hit[0])] if hit else []
        if passage.clause is None and not MEASURED.search(text):
            hit = EMPTY_BREACH.search(text)
            found += [at(WordFlaw.EMPTY_BREACH, passage, hit[0])] if hit else []
    return found + (_not_confirmable(draft) if draft.basis != Basis.ENTRUSTED else [])


def _not_confirmable(draft: Draft) -> list[Finding]:
    """What the mediator has said of a clause is not asked again. A court that entrusted the case confirms nothing."""
    found = []
    for no, clause in enumerate(draft.clauses, 1):
        subject = subject_of(clause, draft.traits)
        if clause.subject is None and subject != Subject.PLAIN:
            found.append(at(WordFlaw[subject.name], Passage(clause.what, Place(no), clause)))
    return found
