"""What people do in the journeys that fail: the court's letter, the end, what leaves, what comes back."""

import re

from tests.casefile.papers.reading import Reader
from tests.journeys import acts
from tests.journeys.persona import Persona


def register_from_court(liaison: Persona, letter, received_on, court="南昌县人民法院", **typed):
    """Register a dispute that a court commissioned, with its letter. Returns the case's public id."""
    acts.fill_in(liaison, **typed)
    page = liaison.page
    liaison.reach(page.locator("details.origin summary"))
    liaison.press("Enter")
    liaison.choose(page.locator("#channel"), "法院委派")
    liaison.type(page.locator("#outside_no"), letter)
    liaison.type(page.locator("#court_name"), court)
    liaison.day(page.locator("#court_received_on"), received_on)
    liaison.act()
    return acts.case_of(liaison)


def step(persona: Persona, case, words):
    """Open a case and take one of the steps that its page offers."""
    persona.open_case(case)
    persona.follow(words, within=persona.page.locator("#next"))


def note_in_confidence(mediator: Persona, case, text):
    """Write down what one side would concede; nobody else reads it."""
    mediator.open_case(case)
    mediator.follow("我的私下记录")
    mediator.type(mediator.page.locator("#text"), text)
    mediator.tick("让步")
    mediator.act()
    mediator.sees(text)


def end(mediator: Persona, ground, course, issues):
    """End the attempt on the page that is open, with its ground; the parties were told the other ways."""
    page = mediator.page
    mediator.radio(ground)
    mediator.type(page.locator("#course"), course)
    mediator.type(page.locator("#issues"), issues)
    mediator.tick("已", within=page.locator(".form-check").filter(has=page.locator("#notice_given")))
    mediator.act()


def note_undisputed(mediator: Persona, case, facts, parties):
    """Write the facts that nobody disputes, with the consent of all, and record that all have signed."""
    step(mediator, case, "记无争议事实")
    page = mediator.page
    for number, (text, evidence) in enumerate(facts):
        mediator.type(page.locator(f"#note-facts-{number}-text"), text)
        mediator.type(page.locator(f"#note-facts-{number}-evidence"), evidence)
    for name in parties:
        mediator.tick(name, within=page.locator("#note-consenting"))
    mediator.act()
    for name in parties:
        mediator.tick(name, within=page.locator("#sign-signed"))
    mediator.tick("调解员已签名")
    mediator.act()


def report(mediator: Persona, case):
    """Tell the court that sent the case; the course is the one written at the end."""
    step(mediator, case, "向法院报告结果")
    mediator.act()


def open_submission(court: Persona, title):
    """Open what was sent to the court, from its home."""
    court.go("/")
    court.follow(title)


def papers_on(persona: Persona, name="") -> list[str]:
    """Open every paper of that name that the page lists; return what each prints, letters and figures alone."""
    links = persona.page.locator("#papers a[href$='.pdf']").filter(has_text=name)
    found = []
    for link in links.evaluate_all("all => all.map(each => each.getAttribute('href'))"):
        answer = persona.context.request.get(persona.base + link, timeout=180_000)
        assert answer.status == 200 and answer.headers["content-type"] == "application/pdf", link
        reader = Reader(answer.body())
        found.append(re.sub(r"\W", "", reader.text()))
        reader.pdf.close()
    return found


def take_in(court: Persona, number):
    """Take the submitted case in under the court's own number."""
    court.act()
    court.type(court.page.locator("#court_no"), number)
    court.act()
    court.sees(number)


def decide(court: Persona, outcome, note):
    """Record what came of it."""
    court.act()
    court.answer("outcome", outcome)
    court.type(court.page.locator("#note"), note)
    court.act()
    court.sees(outcome)
