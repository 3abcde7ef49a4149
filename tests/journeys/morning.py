"""A clerk's morning: twenty-five people, from who it is to the receipt; walked by the test and by the count of keys."""

from playwright.sync_api import expect

from tests import makers
from tests.journeys.visitors import JOIN, MORNING, NEW, REPEAT, earlier

KEYS = {JOIN: "Alt+2", REPEAT: "Alt+3"}
WAITS = 20_000  # ms until the panel has answered


def furnish(county):
    """Register what came in before that morning."""
    for values in earlier():
        makers.make_screened(county.centre, county.clerk, **values)


def walk(clerk, visits=MORNING):
    """Serve everybody in turn. Returns, by visitor, the public id of the case, and prints nothing."""
    clerk.go("/intake")
    return {visit.name: serve(clerk, visit) for visit in visits}


def serve(clerk, visit):
    """Fill in what is said, take what the page suggests, save; the next visitor's form is open afterwards."""
    write(clerk, visit)
    suggested(clerk, visit)
    answer(clerk, visit)
    clerk.act("F9")
    clerk.sees("已登记")
    public_id = clerk.page.url.split("/intake/")[1].split("?")[0].split("#")[0]
    if visit.cannot_read:
        read_to(clerk, visit)
    if visit.people:
        list_names(clerk, visit)
        clerk.go("/intake")
    else:
        clerk.act("F9")
    return public_id


def list_names(clerk, visit):
    """Make it a group's case and paste the list: looked at first, then taken."""
    clerk.act("6")
    clerk.act("F9")
    clerk.act("F9")
    clerk.paste(clerk.page.locator("textarea[name=names]"), visit.pasted)
    clerk.act("F9")
    assert "要改" not in clerk.page.inner_text("#main > .note"), clerk.page.inner_text("main")
    clerk.act("F9")
    clerk.sees(f"名单 {len(visit.people)} 人")


def read_to(clerk, visit):
    """Note that somebody cannot read; the receipt is printed large, and what was written down is read to them."""
    clerk.follow(visit.name)
    clerk.tick("不识字")
    clerk.act("F9")
    clerk.sees("打印大字回执")
    clerk.act("7")
    clerk.sees(f"念给{visit.name}听")
    clerk.follow("返回")


def write(clerk, visit):
    """Write the fields from the first to the last, Enter or Tab between them."""
    for name, text in visit.typed.items():
        field = clerk.page.locator(f"#{name}")
        clerk.type(field, text)
        if name == "place":
            clerk.page.locator("#place ~ .suggest [role=option]:visible").first.wait_for()
            clerk.press("Enter")


def suggested(clerk, visit):
    """Take the suggested type with its key, or write another."""
    page = clerk.page
    if not visit.kind:
        page.locator("[data-fill=kind][data-key]").wait_for(timeout=WAITS)
        clerk.press("Alt+4")
        expect(page.locator("#kind")).not_to_have_value("", timeout=WAITS)
        return
    clerk.type(page.locator("#kind"), visit.kind)
    page.locator("#kind ~ .suggest [role=option]:visible").first.wait_for()
    clerk.press("Enter")


def answer(clerk, visit):
    """Answer the five questions, and say whether it is new, the same or a repeat: new costs no key."""
    page = clerk.page
    if visit.belongs != NEW:
        page.locator(f"input[name=belongs][value^={visit.belongs}]").first.wait_for(timeout=WAITS)
        clerk.press(KEYS[visit.belongs])
        expect(page.locator(f"input[name=belongs][value^={visit.belongs}]").first).to_be_checked(timeout=WAITS)
    if len(visit.people) >= 10:
        clerk.tick("十人以上")
    else:
        clerk.press("Alt+6")
    expect(page.locator("#missing")).to_have_text("可以登记了", timeout=WAITS)
