"""A person at a desk with a keyboard: reaches things by Tab, types, presses, and counts what it costs.

Every kind of page that is seen for the first time is looked over by axe.
"""

import re
from dataclasses import dataclass, field, replace
from pathlib import Path
from urllib.parse import quote, urlsplit

from playwright.sync_api import TimeoutError

from tests import browser as browsers

FURTHEST = 260  # Tab presses before something counts as out of reach
PUBLIC_ID = re.compile(r"[A-Za-z0-9_-]{22}")
VISIBLE = """() => new Set([...document.querySelectorAll("#main input, #main select, #main textarea")]
  .filter(each => each.checkVisibility() && !["hidden", "submit"].includes(each.type))
  .map((each, place) => ["radio", "checkbox"].includes(each.type) && each.closest("fieldset") || place)).size"""
# radios and ticks of one group are one field
TABS_AWAY = """target => {
    const here = document.activeElement;
    if (target === here) return 0;
    const after = (one, other) => one.compareDocumentPosition(other) & Node.DOCUMENT_POSITION_FOLLOWING;
    const between = after(here, target) ? each => after(here, each) && after(each, target)
        : each => after(here, each) || after(each, target);
    const stops = document.querySelectorAll("a[href], button, summary, select, textarea, input:not([type=radio])");
    return 1 + (here === document.body ? 0 : [...stops].filter(each => between(each) && each.tabIndex >= 0
        && !each.matches(":disabled") && each.checkVisibility({visibilityProperty: true})).length);
}"""  # at least so often is Tab pressed: a group of radios, a date and a scrolling box have stops of their own
STATUS = "performance.getEntriesByType('navigation')[0].responseStatus"
STICKING_OUT = """width => document.scrollingElement.scrollWidth <= width ? [] :
    [...document.querySelectorAll("body *")]
    .filter(each => each.getBoundingClientRect().right > width && !each.closest(".sec, .road"))
    .map(each => each.outerHTML.slice(0, 80))"""


@dataclass
class Cost:
    """What a piece of work took: fields filled in, keys typed as text, keys pressed to move and to act, clicks."""

    fields: int = 0
    typed: int = 0
    pressed: int = 0
    clicks: int = 0
    pages: int = 0

    def __add__(self, other):
        return Cost(*(getattr(self, name) + getattr(other, name) for name in self.__dataclass_fields__))

    def __sub__(self, other):
        return Cost(*(getattr(self, name) - getattr(other, name) for name in self.__dataclass_fields__))


@dataclass(frozen=True)
class Visit:
    """A page that somebody came to: its kind, how many fields it shows, and what all had cost until then."""

    kind: str
    visible: int
    before: Cost


@dataclass
class Looked:
    """Which pages the people of a journey came to, in which width, and what axe found there.

    A kind of page is looked over once in a run, by whichever journey comes to it first: ``album`` is a folder in which
    all of them mark what they have begun with. A journey that runs alone looks at all of its pages.
    """

    album: Path
    pages: set = field(default_factory=set)
    found: list = field(default_factory=list)

    def begins(self, kind, width):
        """Say whether nobody has looked at this kind of page in this width, and mark it."""
        if (kind, width) in self.pages:
            return False
        self.pages.add((kind, width))
        try:
            (self.album / quote(f"{kind} {width}", safe="")).touch(exist_ok=False)
        except FileExistsError:
            return False
        return True


class Persona:
    """One person, logged in, in a browser of their own."""

    def __init__(
        self, browser, base, login, password, looked, size=None, with_axe=True, with_script=True, with_visits=False,
        on_phone_too=False,
    ):
        size = size or browsers.DESK
        self.size, self.on_phone_too = size, on_phone_too
        self.context = browser.new_context(viewport=size, locale="zh-CN", java_script_enabled=with_script)
        self.page = self.context.new_page()
        self.page.set_default_timeout(60_000)
        self.base, self.looked, self.with_axe = base, looked, with_axe
        self.name, self.password = login, password
        self.cost = Cost()
        self.errors = []
        self.visits = [] if with_visits else None
        if with_visits:
            self.context.expose_function("mouse", self._click)
            self.context.add_init_script("addEventListener('mousedown', () => mouse(), true)")
        self.page.on("pageerror", lambda error: self.errors.append(str(error)))
        self.log_in()

    def log_in(self):
        self.go("/login")
        self.page.fill("#account", self.name)
        self.page.fill("#password", self.password)
        self.page.press("#password", "Enter")
        self.settle()

    def again(self):
        """Log in once more, on a later day: no session lasts that long."""
        self.log_in()
        return self

    # --- moving ---

    def go(self, path):
        """Open an address, as from a bookmark."""
        answer = self.page.goto(self.base + path)
        self.settle()
        return answer

    def settle(self):
        """Wait until the page is there, and let axe look at pages of a kind not seen before."""
        self.page.wait_for_load_state()
        self.cost.pages += 1
        kind = PUBLIC_ID.sub("<id>", urlsplit(self.page.url).path)
        if self.visits is not None:
            self.visits.append(Visit(kind, self.page.evaluate(VISIBLE), replace(self.cost)))
        if self.with_axe and not kind.endswith(".pdf"):
            status = self.page.evaluate(STATUS)
            kind += f" {status}" if status != 200 else ""  # a refusal is another page
            self._look_over(kind, self.size)
            if self.on_phone_too:
                self._look_over(kind, browsers.PHONE)

    def _look_over(self, kind, size):
        """Let axe look at a page in a size in which nobody has seen it, and nothing run over a phone's edge."""
        width = size["width"]
        if not self.looked.begins(kind, width):
            return
        if size != self.size:
            self.page.set_viewport_size(size)
        for violation in browsers.violations(self.page):
            where = violation["nodes"][0]["html"][:160]
            self.looked.found.append(f"{kind}, {width} px: {violation['id']}: {where}")
        if width == browsers.PHONE["width"]:
            out = self.page.evaluate(STICKING_OUT, width)
            self.looked.found += [f"{kind} is wider than {width} px: {each}" for each in out[:3]]
        if size != self.size:
            self.page.set_viewport_size(self.size)

    def search(self, text):
        """Find something with the one box."""
        self.page.keyboard.press("/")
        self.cost.pressed += 1
        self.page.keyboard.type(text)
        self.cost.typed += len(text)
        self.act("Enter")

    def _click(self):
        self.cost.clicks += 1

    def open_case(self, case):
        """Open a case by its address; a reader would take it from a list."""
        self.go(f"/cases/{case}")

    # --- keys ---

    def press(self, *keys):
        for key in keys:
            self.page.keyboard.press(key)
            self.cost.pressed += 1

    def act(self, key="F9"):
        """Press a key that leads to another page."""
        try:
            with self.page.expect_navigation():
                self.page.keyboard.press(key)
        except TimeoutError as error:
            raise AssertionError(f"{key} leads nowhere on {self.page.url}:\n{self.page.inner_text('main')}") from error
        self.cost.pressed += 1
        self.settle()

    def reach(self, target):
        """Press Tab until the focus is on ``target``; a panel that is drawn anew meanwhile has it again."""
        pressed = 0
        while pressed < FURTHEST:
            away = target.first.evaluate(TABS_AWAY)
            if not away:
                return
            self.press(*["Tab"] * away)
            pressed += away
        raise AssertionError(f"cannot reach {target} by keyboard on {self.page.url}")

    # --- fields ---

    def label(self, text, exact=False):
        return self.page.get_by_label(text, exact=exact)

    def type(self, target, text):
        """Reach a field and write into it, over what stands there."""
        self.reach(target)
        self.page.keyboard.press("ControlOrMeta+a")
        self.page.keyboard.type(text) if text.isascii() else self.page.keyboard.insert_text(text)
        self.cost.fields += 1
        self.cost.typed += len(text)

    def paste(self, target, text):
        """Reach a field and paste into it what was copied elsewhere: one field, one key."""
        self.reach(target)
        self.page.keyboard.insert_text(text)
        self.cost.fields += 1
        self.cost.pressed += 1

    def day(self, target, iso):
        """Reach a date and write it digit by digit; its order is the browser's, not the page's."""
        self.reach(target)
        year, month, day = iso.split("-")
        self.page.keyboard.type(month + day + year)
        assert target.first.input_value() == iso, target.first.input_value()
        self.cost.fields += 1
        self.cost.typed += 8

    def hour(self, target, text):
        """Reach a time and write it: 0930."""
        self.reach(target)
        self.page.keyboard.type(text + "AM")
        assert target.first.input_value() == f"{text[:2]}:{text[2:]}", target.first.input_value()
        self.cost.fields += 1
        self.cost.typed += len(text)

    def choose(self, target, words):
        """Reach a list of choices and move to the one with these words."""
        self.reach(target)
        options = target.first.locator("option").all_inner_texts()
        wanted = next(place for place, option in enumerate(options) if words in option)
        now = target.first.evaluate("element => element.selectedIndex")
        key = "ArrowDown" if wanted > now else "ArrowUp"
        self.press(*[key] * abs(wanted - now))
        assert target.first.evaluate("element => element.selectedIndex") == wanted
        self.cost.fields += 1

    def radio(self, words, within=None):
        """Reach a group of radios and take the one with these words."""
        target = (within or self.page).get_by_role("radio", name=words)
        name = target.first.get_attribute("name")
        group = self.page.locator(f'input[type=radio][name="{name}"]')
        values = group.evaluate_all("all => all.map(each => each.value)")
        wanted = values.index(target.first.get_attribute("value"))
        checked = group.evaluate_all("all => all.findIndex(each => each.checked)")
        self.reach(group.nth(max(checked, 0)))
        if checked < 0:
            self.press("Space")
        steps = wanted - max(checked, 0)
        self.press(*["ArrowDown" if steps > 0 else "ArrowUp"] * abs(steps))
        assert target.first.is_checked()
        self.cost.fields += 1

    def answer(self, name, words):
        """Answer the control of that name, a list or a group of radios, with the choice that has these words."""
        target = self.page.locator(f'[name="{name}"]')
        if target.first.evaluate("element => element.tagName") == "SELECT":
            return self.choose(target, words)
        labels = target.evaluate_all("all => all.map(each => each.labels[0]?.innerText || '')")
        wanted = next(place for place, label in enumerate(labels) if words in label)
        checked = target.evaluate_all("all => all.findIndex(each => each.checked)")
        self.reach(target.nth(max(checked, 0)))
        if checked < 0:
            self.press("Space")
        steps = wanted - max(checked, 0)
        self.press(*["ArrowDown" if steps > 0 else "ArrowUp"] * abs(steps))
        assert target.nth(wanted).is_checked()
        self.cost.fields += 1

    def tick(self, words, within=None):
        """Reach a box and tick it, if it is not ticked."""
        target = (within or self.page).get_by_role("checkbox", name=words)
        if not target.first.is_checked():
            self.reach(target)
            self.press("Space")
            self.cost.fields += 1

    def follow(self, words, within=None):
        """Reach a link or button and press Enter."""
        where = within or self.page
        name = re.compile(rf"(^|\s){re.escape(words)}(\s|$)")
        target = where.get_by_role("link", name=name).or_(where.get_by_role("button", name=name))
        assert target.count(), f"no {words!r} to follow on {self.page.url}:\n{self.page.inner_text('main')}"
        self.reach(target)
        self.act("Enter")

    # --- what is seen ---

    def sees(self, text):
        """Assert that a text stands on the page."""
        there = f"{text!r} is not on {self.page.url}:\n{self.page.inner_text('main')}"
        assert text in self.page.inner_text("body"), there

    def does_not_see(self, text):
        assert text not in self.page.inner_text("body"), f"{text!r} is on {self.page.url}"

    def picture(self, path):
        self.page.screenshot(path=path, full_page=True)

    def close(self):
        self.context.close()
        assert not self.errors, self.errors
