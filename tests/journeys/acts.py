"""What people do in the journeys, page by page; tests and the keystroke count walk the same acts."""

from tests.journeys.persona import Persona

STORY = "两家屋后共用一条排水沟。11月18日涂国平浇水泥把沟面垫高约二十公分，两次下雨水都倒灌进来访人家厨房，墙脚泡坏。"
NEIGHBOUR = "涂国平，电话13870810731，武阳镇前进村8组"
WAN, TU = "360121196803122260", "360121198503150015"


def register(clerk: Persona, **typed):
    """Register a dispute at the counter, answer the five questions, and open its page. Returns the case's public id."""
    fill_in(clerk, **typed)
    clerk.act("F9")
    return case_of(clerk)


def fill_in(clerk: Persona, *, story=STORY, kind="用水、排水", other=NEIGHBOUR, **more):
    """Fill in the nine fields and answer the five questions; nothing is sent yet."""
    clerk.go("/intake")
    page = clerk.page
    clerk.type(page.locator("#name"), more.get("name", "万秋莲"))
    clerk.type(page.locator("#phone"), more.get("phone", "13970812716"))
    clerk.type(page.locator("#id_number"), more.get("id_number", WAN))
    clerk.type(page.locator("#other"), other)
    clerk.type(page.locator("#story"), story)
    clerk.type(page.locator("#claims"), more.get("claims", "把沟面恢复原状，赔厨房墙脚损失2600元"))
    pick(clerk, page.locator("#place"), more.get("place", "wyqj"))
    pick(clerk, page.locator("#kind"), kind)
    clerk.type(page.locator("#amount"), more.get("amount", "2600"))
    clerk.tick("都没有")


def pick(persona: Persona, target, text):
    """Write into a picker and take its first suggestion."""
    persona.type(target, text)
    persona.page.locator("[role=option]:visible").first.wait_for()
    persona.press("ArrowDown", "Enter")


def case_of(persona: Persona) -> str:
    """Return the public id of the case whose page is open, from a link or the address."""
    link = persona.page.locator("a[href*='/cases/']").first
    address = persona.page.url if "/cases/" in persona.page.url else link.get_attribute("href")
    return address.split("/cases/")[1].split("/")[0].split("?")[0].split("#")[0]


def complete(clerk: Persona, case, number, address=None, id_number=None):
    """Write down what the papers need of a party and nobody has said yet: number, address."""
    open_party(clerk, case, number)
    if id_number:
        clerk.type(clerk.page.locator("#id_number"), id_number)
    if address:
        clerk.type(clerk.page.locator("#address"), address)
    clerk.act()
    clerk.sees("已存")


def open_party(persona: Persona, case, number, what=""):
    """Open a page of the party in that place from the list of parties."""
    persona.go(f"/cases/{case}/parties")
    links = persona.page.locator("main table a.t")
    href = links.nth(number).get_attribute("href")
    persona.go(href + what)


def route(dispatcher: Persona, case):
    """Take the suggestion."""
    dispatcher.open_case(case)
    dispatcher.act()
    dispatcher.act()


def accept(head: Persona, case, mediator="熊桂生"):
    """Receive, accept and assign, each by the page's main key."""
    head.open_case(case)
    for _page in ("case", "receive", "accept"):
        head.act()
    head.tick(mediator)
    head.act()


def take_on(mediator: Persona, case):
    """Answer four times no, record that both agree, tell both their rights."""
    answer_recusal(mediator, case)
    consent(mediator)
    mediator.open_case(case)
    mediator.act()
    for row in range(2):
        mediator.answer(f"parties-{row}-form", "书面")
    mediator.act()


def answer_recusal(mediator: Persona, case):
    """Answer four times no; the page that asks the parties' consent opens."""
    mediator.open_case(case)
    mediator.act()
    for question in ("relative", "interest", "relation", "earlier_role"):
        mediator.reach(mediator.page.locator(f"input[name={question}]").first)
        mediator.press("Space")
        mediator.cost.fields += 1
    mediator.act()


def consent(persona: Persona, parties=2):
    """Record on the open page that all parties agreed, in writing, today."""
    for row in range(parties):
        persona.answer(f"parties-{row}-consent", "同意")
        persona.answer(f"parties-{row}-form", "书面")
    persona.act()


def meet(mediator: Persona, case, result="达成协议", **boxes):
    """Record a session of everybody in six boxes."""
    words = {
        "rights": "万秋莲：听清楚了\n涂国平：听清楚了", "recusal": "万秋莲：不申请回避\n涂国平：不申请回避",
        "applicant": "沟面要铲平，墙脚要赔", "respondent": "愿意铲平，钱分三次给", "evidence": "现场照片4张",
        "agreed": "沟面铲平\n赔2600元，分三期", "outcome": "双方达成协议",
    } | boxes
    mediator.open_case(case)
    mediator.act()
    page = mediator.page
    for box in ("rights", "recusal", "applicant", "respondent", "evidence", "agreed"):
        if words.get(box):
            mediator.type(page.locator(f"#{box}"), words[box])
    mediator.radio(result)
    mediator.type(page.locator("#outcome"), words["outcome"])
    mediator.hour(page.locator("#starts"), "0900")
    mediator.type(page.locator("#place"), "武阳镇调解室")
    mediator.act()


def agree(mediator: Persona, case):
    """Draft an agreement with three instalments and a piece of work, and fix it."""
    mediator.open_case(case)
    mediator.act()
    mediator.act()
    page = mediator.page
    rows = (
        ("赔偿款第一期", "1000", "2026-12-20"), ("赔偿款第二期", "800", "2027-01-20"),
        ("赔偿款第三期", "800", "2027-02-20"),
    )
    for number, (what, amount, due) in enumerate(rows):
        mediator.type(page.locator(f"#clauses-{number}-what"), what)
        mediator.type(page.locator(f"#clauses-{number}-amount"), amount)
        mediator.day(page.locator(f"#clauses-{number}-due_on"), due)
    mediator.type(page.locator("#total"), "2600")
    mediator.type(page.locator("#account"), "户名万秋莲，江西农商银行武阳支行，账号6226000000000012")
    mediator.type(page.locator("#breach_clause"), "逾期付款的，按日万分之五付违约金。")
    mediator.act()
    mediator.sees("登记签字盖章")


def sign(mediator: Persona, day="2026-11-23"):
    """Record all signatures and the seal on the page that is open."""
    page = mediator.page
    for number in range(2):
        mediator.day(page.locator(f"#parties-{number}-signed_on"), day)
    mediator.day(page.locator("#mediator_on"), day)
    mediator.day(page.locator("#sealed_on"), day)
    mediator.act()


def address(persona: Persona, case, number, where):
    """Confirm where papers reach the party in that place."""
    open_party(persona, case, number, "/address")
    page = persona.page
    persona.type(page.locator("#postcode"), "330200")
    persona.type(page.locator("#address"), where)
    persona.act()


def pack(mediator: Persona, case):
    """Hand over, look at everything, print the pack, record signatures and seal. Returns the application's address."""
    mediator.open_case(case)
    mediator.act()
    mediator.act()
    page = mediator.page
    for name in ("万秋莲", "涂国平"):
        mediator.tick(name, within=page.locator("#identified"))
    mediator.answer("property_papers", "不涉及")
    mediator.tick("六种驳回情形都逐条看过，没有")
    mediator.act("Alt+1")
    for number in range(2):
        mediator.day(page.locator(f"#signatures-{number}-signed_on"), "2026-11-23")
    mediator.day(page.locator("#proof_sealed_on"), "2026-11-23")
    mediator.act()
    return page.url


def court(liaison: Persona, case):
    """File, record acceptance under the court's number, and the ruling that confirms."""
    liaison.open_case(case)
    liaison.follow("申请司法确认")
    liaison.act()
    liaison.open_case(case)
    liaison.follow("登记法院受理")
    liaison.type(liaison.page.locator("#court_no"), "（2026）赣0121诉前调确12号")
    liaison.act()
    liaison.open_case(case)
    liaison.follow("登记裁定确认有效")
    liaison.act()


def perform(mediator: Persona, case, count):
    """Record the nearest duties as performed in full, one after the other."""
    for _duty in range(count):
        mediator.open_case(case)
        mediator.follow("登记履行")
        owed = mediator.page.locator("#amount_fen")
        if owed.count():
            mediator.type(owed, mediator.page.inner_text("#record-form p").split("应付 ")[1].split(" 元")[0])
        mediator.act()
    mediator.open_case(case)


def close(head: Persona, case):
    """Close as performed and archive."""
    head.open_case(case)
    head.follow("结案")
    head.radio("达成协议并履行完毕")
    head.act()
    head.open_case(case)
    head.follow("归档")
    for why in head.page.locator("input[name^=excuse-]").all():
        why.fill("核对过原件，没有留复印件")
    head.act()
