"""Terms that no agreement may hold, and terms at which the law looks twice."""

import re

from mediation.casefile.cases.rules import Track
from mediation.ground.choices import N_
from mediation.stages.agreements.linting.findings import BLOCK, WARN, Finding, Flaw, at, passages
from mediation.stages.agreements.rules import Draft

UNLAWFUL = "civil_procedure_interpretation.confirmation_dismissal"


class LawFlaw(Flaw):
    FEE = "fee", BLOCK, N_("人民调解不收费，协议里不能写调解费"), N_("删掉这笔费用"), "PM-03", "people_mediation.free"
    NO_POLICE = (
        "no_police", BLOCK, N_("%(at)s“%(word)s”：不能约定不报警、不举报、不申请保护令"), N_("删掉这句"), "JC-13",
        UNLAWFUL,
    )
    ILLEGAL_DEBT = (
        "illegal_debt", BLOCK, N_("%(at)s“%(word)s”：这种债不受法律保护，不能写进协议"),
        N_("删掉；涉嫌违法的线索要上报"), "JC-13", UNLAWFUL,
    )
    SUPPORT_WAIVED = (
        "support_waived", BLOCK, N_("%(at)s“%(word)s”：孩子需要时仍可要求抚养费，不能约定放弃"),
        N_("删掉；只写现在付多少、怎么付"), "MH-04", "minors.best_interest",
    )
    KIN_CUT = (
        "kin_cut", BLOCK, N_("%(at)s“%(word)s”：赡养、抚养的义务和亲子关系不能约定免掉"),
        N_("删掉；写明各人怎么分担"), "JC-13", UNLAWFUL,
    )
    HUMILIATION = (
        "humiliation", BLOCK, N_("%(at)s“%(word)s”：侵犯人身、人格，不能约定"), N_("改成赔礼道歉或者付款"), "JC-13",
        UNLAWFUL,
    )
    NO_LIABILITY = (
        "no_liability", BLOCK, N_("%(at)s“%(word)s”：造成人身伤害的责任不能预先免掉"), N_("删掉这句"), "JC-13",
        UNLAWFUL,
    )
    EVADES = (
        "evades", BLOCK, N_("%(at)s“%(word)s”：损害国家或者别人的利益，不能约定"), N_("删掉；有虚假调解的疑点要上报"),
        "JC-13", UNLAWFUL,
    )
    INSURANCE_WAIVED = (
        "insurance_waived", BLOCK, N_("%(at)s“%(word)s”：单位必须参加社会保险，不能约定不缴"), N_("删掉这句"),
        "JC-13", UNLAWFUL,
    )
    KEEPS_FROM_SCHOOL = (
        "keeps_from_school", BLOCK, N_("%(at)s“%(word)s”：孩子上学和受保护的权利不能约定放弃"), N_("删掉这句"),
        "MH-04", "minors.best_interest",
    )
    FINE = (
        "fine", WARN, N_("%(at)s“%(word)s”：当事人之间不能罚款"), N_("改写成违约金"), "DC-03",
        "civil_mediation.penalty",
    )
    RIGHTS_WAIVED = (
        "rights_waived", WARN, N_("%(at)s“%(word)s”：放弃起诉、信访等权利，法院会问是不是自愿"),
        N_("删掉，或者只写本次争议了结"), "JC-13", UNLAWFUL,
    )
    CRIME = (
        "crime", WARN, N_("%(at)s“%(word)s”：刑事责任不由当事人约定"), N_("删掉；可以写出具谅解书"), "MH-06",
        "people_mediation.escalation",
    )
    NO_VISITS = (
        "no_visits", WARN, N_("%(at)s“%(word)s”：探望孩子的权利要由法院中止"), N_("写明什么时候、怎么探望"), "MH-04",
        "minors.best_interest",
    )
    MINORS_SHARE = (
        "minors_share", WARN, N_("%(at)s“%(word)s”：替孩子放弃财产，对孩子不利"),
        N_("保留孩子的份额，或者写明对孩子的好处"), "MH-04", "minors.best_interest",
    )
    VIOLENCE = (
        "violence", WARN, N_("%(at)s“%(word)s”：家庭暴力不能用付钱了结"), N_("告知可以报警、申请人身安全保护令"),
        "MH-01", "domestic_violence.help",
    )


CLAIMS = r"(?:欠|输|借|款|钱|债|账|资|费|元)"
PATTERNS = (
    (LawFlaw.NO_POLICE, re.compile(
        r"(?:不得|不准|不许|不能|不可|不再|承诺不|保证不|放弃|禁止)[^，。；]{0,6}(?:报警|报案|举报|检举|控告|(?:人身安全)?保护令)|"
        r"撤(?:回|销)[^，。；]{0,4}保护令|不(?!影响|妨碍|限制|排除|是)[^，。；]{0,6}(?:报警|报案|举报|打110|拨110)|"
        r"不[^，。；]{0,6}(?:惊动|通知|联系)[^，。；]{0,4}(?:公安|派出所|警)|"
        r"不(?!影响|妨碍|限制|排除|是|服)[^，。；]{0,6}(?:公安(?:机关|局)?|派出所|警方|妇联)[^，。；]{0,4}(?:反映|报告|告(?!知|诉)|投诉|求助|说)"
    )),
    (LawFlaw.ILLEGAL_DEBT, re.compile(
        r"(?<!不是)(?<!不属于)(?<!并非)(?:赌债|赌资|赌账|赌款|毒资|嫖资|赃款)|"
        r"(?<!不是)(?<!不属于)(?<!并非)(?:砍头息|利滚利|驴打滚|高利贷|套路贷|分手费|青春损失费)|"
        rf"(?:赌博|赌桌|打牌|牌桌|牌局|麻将|牌九|六合彩|网赌|押宝|嫖娼|贩毒|买毒|毒品|代孕|包养|行贿|虚开发票|倒卖)[^，。；]{{0,10}}{CLAIMS}"
    )),
    (LawFlaw.SUPPORT_WAIVED, re.compile(
        r"(?:不得|不能|不准|不可|不再|无权|放弃|永不)[^，。；]{0,10}(?:抚养费|抚育费|生活费增加)|"
        r"抚(?:养|育)费[^。；]{0,16}(?:不得|不能|不再|无权|永不)[^，。；]{0,6}(?:要求|主张|增加|追加|变更|追索|索要|再要)|"
        r"抚(?:养|育)费[^。；]{0,8}(?:与|和)[^，。；]{0,6}无关|抚(?:养|育)费[^。；]{0,8}再无关系|"
        r"不(?:再)?(?:向|找|问|跟)[^，。；]{1,8}(?:要|索要|讨要|主张|追索)[^，。；]{0,8}抚(?:养|育)费|"
        r"(?:无需|不需|不必|不用|无须|免予|免除|免)(?:再)?(?:支付|给付|负担|承担|出|付)?[^，。；]{0,6}抚(?:养|育)费"
    )),
    (LawFlaw.KIN_CUT, re.compile(
        r"(?:断绝|脱离|解除)[^，。；]{0,6}(?:父子|父女|母子|母女|亲子|亲属|父母子女)[^，。；]{0,4}关系|"
        r"(?:不再|不|免除|放弃|免去|无需)(?:承担|履行|尽|负)?[^，。；]{0,6}(?:赡养|抚养)(?:义务|责任)(?!的[，,]|时)|"
        r"(?<!谁)不(?:再)?赡养(?!的[，,]|时)|生不养|"
        r"不(?:再|用|必)?(?:承担|负担|负责|管|参与)[^，。；]{0,6}(?:养老|(?:父母|老人)[^，。；]{0,2}生活)(?!的[，,]|时)"
    )),
    (LawFlaw.HUMILIATION, re.compile(
        r"跪|磕头|游街|示众|戴高帽|扇耳光|剃光头|打(?:一顿|断)|断[手腿指]|拘禁|关押|脱光|裸(?:照|体)|搜身|挂牌子|学狗|"
        r"不(?:得|准|许)(?:离开|走出|外出)[^，。；]{0,8}[家屋门厂]|(?<!不)(?<!不得)限制[^，。；]{0,4}(?:自由|外出)|"
        r"(?:扣押|扣留|扣下|押下)[^，。；]{0,6}(?:身份证|护照|户口本|孩子|人质)|(?:抵押|留下)[^，。；]{0,6}(?:身份证|护照|户口本)|"
        r"(?:身份证|护照|户口本)[^，。；]{0,4}(?:押|扣)(?:在|给|下|到)"
    )),
    (LawFlaw.NO_LIABILITY, re.compile(
        r"(?:工伤|伤亡|伤残|人身(?:损害|伤害)|死亡)[^，。；]{0,10}(?:概不负责|自负|不负(?:任何)?责任|自行承担|与[^，。；]{1,8}无关)|生死自负|死伤自负|"
        r"(?:受伤|伤病|[摔碰砸烫]伤|出事|出意外|发生意外)[^。；]{0,16}(?:自己负责|自负|自行负责|不负责|概不负责|不管)|"
        r"(?:发生|出现|今后|以后|日后|期间|如有|施工中|干活时)[^，。；]{0,6}(?:伤亡|伤残|死亡|受伤|工伤|人身(?:损害|伤害)|安全事故)"
        r"[^。；]{0,14}(?:(?:自己|自行|本人)(?:承担|负责|负担|兜底)|与[^，。；]{1,8}无关)"
    )),
    (LawFlaw.EVADES, re.compile(
        r"(?:逃避|躲避|规避|逃)(?:债务?|法院|执行|强制执行|税)|偷税|漏税|逃税|阴阳合同|少报[^，。；]{0,6}(?:成交价|税)|"
        r"(?:不让|瞒着|不告诉)[^，。；]{0,6}(?:债权人|法院|其他继承人|其他债主|配偶)|少(?:交|缴)[^，。；]{0,4}税|不走[^，。；]{0,4}账(?!户)|骗取?(?:保险|补偿款|拆迁款|低保|补贴)|"
        r"(?:免得|以免|防止|避免|以防|为了不)[^，。；]{0,10}(?:债主|债权人|查封|冻结|强制执行|执行局|税务|[交缴纳]税)"
    )),
    (LawFlaw.INSURANCE_WAIVED, re.compile(
        r"不(?:再|予|用|必|给|为|替)?(?:[^，。；]{0,6}(?:补|再))?(?:缴纳?|交纳?|买|办理?|参加|上)[^，。；]{0,6}"
        r"(?:社保|社会保险|工伤保险|养老保险|五险)(?!费?(?:的|时|，则))|"
        r"自愿放弃(?:缴纳|参加|办理)[^，。；]{0,4}(?:社保|社会保险|工伤保险)"
    )),
    (LawFlaw.KEEPS_FROM_SCHOOL, re.compile(
        r"(?:孩子|小孩|儿子|女儿)[^。；]{0,14}不(?:读|念|上学)了|学徒[^，。；]{0,4}抵|(?:退学|辍学)[^，。；]{0,8}(?:打工|干活|抵债|还债|在家)|不(?:得|准|让|再)[^，。；]{0,4}(?:上学|读书)|"
        r"(?:孩子|儿子|女儿|未成年)[^，。；]{0,8}(?:打工|做工|干活)[^，。；]{0,4}(?:抵|还)|订(?:娃娃)?亲|童养"
    )),
    (LawFlaw.FINE, re.compile(r"罚款|处罚|罚(?!息)[^，。；]{0,6}(?:\d|[一二三四五六七八九十百千万两壹贰叁伍])|受罚")),
    (LawFlaw.RIGHTS_WAIVED, re.compile(
        r"(?:放弃|丧失)[^，。；]{0,8}(?:诉讼|起诉|上诉|申诉|仲裁|信访|上访|复议|申请执行)(?:的)?权|"
        r"(?:放弃|丧失)[^，。；]{0,8}诉权|"
        r"放弃(?:一切|所有|全部|任何)[^，。；]{0,6}权利|(?:不得|不准|不许|永不|不再|不能|无权)"
        r"[^，。；]{0,8}(?:起诉|上诉|提起[^，。；]{0,4}诉讼|上访|信访|申诉|投诉|打官司|申请仲裁|申请劳动仲裁)|"
        r"(?:不得|不准|不许|永不|不再)[^，。；]{0,4}"
        r"(?:到|去|上|进|赴|向)[^，。；]{0,8}(?:北京|省城?|省里|市里|县里|乡里|镇里|政府|上级|领导)[^，。；]{0,4}(?:反映|告|闹|上访|找)"
    )),
    (LawFlaw.CRIME, re.compile(
        r"(?:不(?:再|得)?(?:要求)?|免予?|放弃)追究[^，。；]{0,12}(?:刑事责任|刑责|罪责)|不(?:承担|负)[^，。；]{0,4}(?:刑事责任|刑责)|"
        r"撤(?:销|回)[^，。；]{0,6}刑事|(?:公安|派出所|警方)[^，。；]{0,6}(?:撤案|销案)"
    )),
    (LawFlaw.NO_VISITS, re.compile(
        r"(?:不得|不准|不许|不能|放弃|禁止|取消)[^，。；]{0,10}(?:探望|探视|[看见](?:望)?(?:孩子|儿子|女儿|小孩)|接触孩子)"
    )),
    (LawFlaw.MINORS_SHARE, re.compile(
        r"(?:代|替)?(?:孩子|未成年|幼子|幼女|儿子|女儿|孙子|孙女)[^，。；]{0,10}放弃[^，。；]{0,8}(?:继承|遗产|份额|房产|赔偿)|"
        r"(?:父亲|母亲|父母|监护人|法定代理人)[^，。；]{0,4}(?:代|替)[^，。；]{0,4}放弃|"
        r"(?:代|替)(?:孩子|未成年|幼子|儿子|女儿|孙子)[^，。；]{0,4}放弃"
    )),
    (LawFlaw.VIOLENCE, re.compile(
        r"(?:家暴|家庭暴力|殴打|打骂|动手打?|施暴)[^。；]{0,14}(?:赔|付|罚|给|补偿)[^，。；]{0,8}(?:元|钱|次)|"
        r"(?:原谅|谅解|不再追究)[^，。；]{0,6}(?:家暴|家庭暴力|殴打)"
    )),
)
MEDIATION_FEE = re.compile(
    r"(?<!不收取)(?<!不收)(?<!免收)调解(?:工作)?(?:服务|手续|工本|工作)?(?:费用?|经费)(?!用?[^，。；]{0,4}(?:免|不收|为零))|"
    r"调解(组织|委员会|员)[^，。；]{0,6}(报酬|服务费|手续费|辛苦费|劳务费)"
)


def find(draft: Draft) -> list[Finding]:
    """Return terms against the law, and those that only look like it as warnings.

    JC-13: SPC Interpretation of the CPL (2022), Art. 358: mandatory law, others' interests, public order and morals.
    MH-04: Minors Protection Law (2020), Art. 4. MH-01: Anti-Domestic Violence Law (2015), Art. 13. MH-06: People's
    Mediation Law (2010), Art. 25. PM-03: People's Mediation Law (2010), Art. 4; an expert's fee is none for mediation.
    """
    found = []
    for passage in passages(draft):
        for flaw, pattern in PATTERNS:
            hit = pattern.search(passage.text)
            if hit:
                found.append(at(flaw, passage, hit[0]))
        if draft.track == Track.PEOPLES and MEDIATION_FEE.search(passage.text):
            found.append(at(LawFlaw.FEE, passage))
    return found
