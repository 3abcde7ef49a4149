"""Setting the scene of each case: which story, where, when, about whom, by which way it comes."""

import random
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta

from mediation.casefile.cases.rules import Channel
from mediation.demonstration import agenda, plans
from mediation.demonstration.affair import Affair
from mediation.demonstration.cast import Cast
from mediation.demonstration.county import County
from mediation.demonstration.people import Crowd, Somebody
from mediation.demonstration.plans import Plan
from mediation.demonstration.stories import Story, Telling, pick_yuan, stories
from mediation.registry.calendar.rules import WorkCalendar
from mediation.registry.people.rules import Sex
from mediation.registry.regions.rules import Place
from mediation.stages.intake.rules import Question

FIRST_DAY = date(2026, 1, 4)
LONGEST = timedelta(days=500)  # a later day of reference moves the first day along
LIVELY, LIVELY_DAYS = 1.8, 40  # what came lately is told more of: it is what people have in hand
STILL_DAYS, FORGOTTEN = 25, 2  # what lies still came lately, but for a few cases that everybody forgot
COMMITTEE_SHARE = {"village": 0.55, "community": 0.25}  # few communities have a committee of their own
REGULAR_SHARE = 0.06
CHANNELS = {
    Channel.WINDOW: 50, Channel.PHONE: 7, Channel.HOTLINE_12345: 11, Channel.GRID: 10, Channel.PETITION: 5,
    Channel.POLICE_110: 4, Channel.PATROL: 4, Channel.WECHAT: 3, Channel.AGENCY: 3, Channel.LEADER: 2,
    Channel.PORTAL: 1,
}
ENDING = {"village": "村委会", "community": "社区居委会"}
# Towns by the number of people who live there.
CROWDED = {"莲塘镇": 7, "东新乡": 3, "向塘镇": 3, "八月湖街道": 3, "富山乡": 2, "武阳镇": 2, "幽兰镇": 2}


class Stage:
    """Where scenes are set: the county, its people, the calendar, the same chance each time."""

    def __init__(self, county: County, cast: Cast, calendar: WorkCalendar, *, seed: str, reference: date):
        self.county, self.cast, self.calendar = county, cast, calendar
        self.seed, self.reference = seed, reference
        self.crowd = Crowd(seed)
        self.first_day = max(FIRST_DAY, reference - LONGEST)
        self._regulars: list[Somebody] = []

    def scene(
        self, number: int, story: Story, plan: Plan, starts_on: date, *, place: Place | None = None,
        channel: Channel | None = None, yes: frozenset[Question] = frozenset(), people: int = 0,
    ) -> tuple[datetime, Affair]:
        """Return a case and the instant at which it is registered."""
        chance = random.Random(f"{self.seed}/{number}/{story.key}")
        place = place or self._place(story, chance)
        starts_at = agenda.at_work(self.calendar.next_workday(starts_on), chance)
        applicants, respondents = self._people(story, chance, place, starts_on)
        names = {
            "a": applicants[0].name, "b": respondents[0].name, "town": place.town, "village": place.short,
            "age": str(applicants[0].age_on(starts_on)),
        }
        telling = Telling(starts_at.date(), pick_yuan(chance, story), names, chance)
        return starts_at, Affair(
            number, story, plan, telling, place, applicants, respondents, self.county, self.cast, self.calendar, chance,
            channel=channel or pick_channel(story, chance), yes=yes, people=people,
            guardian=self._parent(story, chance, place, starts_on),
            lawyer=self.crowd.person(chance, on=starts_on, ages=(30, 55), place=place),
            fellows=self._fellows(people, applicants, chance, place, starts_on) if plan.has("group") else (),
        )

    def _fellows(self, people: int, applicants, chance, place: Place, on: date) -> list[Somebody]:
        """Return who else is of a group of so many."""
        names, found = {who.name for who in applicants}, []
        while len(found) < people - len(applicants):
            found.append(self.crowd.person(chance, on=on, ages=(24, 55), place=place, but=frozenset(names)))
            names.add(found[-1].name)
        return found

    def ordinary(self, count: int, *, from_number: int) -> Iterator[tuple[datetime, Affair]]:
        """Yield so many cases as they come to a county, in the order of their days."""
        chance = random.Random(f"{self.seed}/calendar")
        days = sorted(self._days(chance, count))
        deck: list[Story] = []
        forgotten = 0
        for number, day in enumerate(days, from_number):
            story = self._next_story(deck, day, chance)
            plan = plans.draw(random.Random(f"{self.seed}/plan/{number}"), story)
            if plan.stop and (self.reference - day).days > STILL_DAYS:
                forgotten += 1
                plan = plan if forgotten <= FORGOTTEN else replace(plan, stop=None)
            yes = frozenset({Question.HARM}) if plan.has("harm") else frozenset()
            yield self.scene(number, story, plan, day, yes=yes)

    def _days(self, chance: random.Random, count: int) -> list[date]:
        """Return the days on which people come, most of them on working days."""
        spread = (self.reference - self.first_day).days
        days = [self.first_day + timedelta(days=each) for each in range(spread)]
        open_days = [day for day in days if self.calendar.is_workday(day)] or days
        lately = self.reference - timedelta(days=LIVELY_DAYS)
        return chance.choices(open_days, [LIVELY if day >= lately else 1 for day in open_days], k=count)

    def _next_story(self, deck: list[Story], day: date, chance: random.Random) -> Story:
        """Return the next story of the shuffled deck that fits the season; each is told before one is told again."""
        for place, story in enumerate(deck):
            if not story.season or day.month in story.season:
                return deck.pop(place)
        deck += chance.sample(stories(), len(stories()))
        return self._next_story(deck, day, chance)

    # --- where and who ---

    def _place(self, story: Story, chance: random.Random) -> Place:
        ending = ENDING[story.where]
        with_committee = [place for place in self.county.with_committee if place.name.endswith(ending)]
        if chance.random() < COMMITTEE_SHARE[story.where]:
            return chance.choice(with_committee)
        towns = [
            town for town in self.county.towns
            if any(place.name.endswith(ending) for place in self.county.villages[town.name])
        ]
        town = chance.choices(towns, [CROWDED.get(town.name, 1) for town in towns])[0]
        return chance.choice([place for place in self.county.villages[town.name] if place.name.endswith(ending)])

    def _people(self, story: Story, chance: random.Random, place: Place, on: date):
        sides: dict[str, list[Somebody]] = {"a": [], "b": []}
        counts = {"a": story.applicants, "b": story.respondents}
        firm = None if story.against is None else "a" if story.reversed else "b"
        for side in "ab":
            for number in range(counts[side]):
                taken = frozenset(who.name for who in (*sides["a"], *sides["b"]))
                if side == firm and number == 0:
                    who = self.crowd.firm(chance, story.against, place=place, on=on)
                else:
                    who = self._somebody(story, side, number, sides, chance, place, on, taken)
                sides[side].append(who)
        return sides["a"], sides["b"]

    def _somebody(self, story, side, number, sides, chance, place, on, taken) -> Somebody:
        regular = self._regular(story, side, number, chance, taken)
        if regular is not None:
            return regular
        sexes = story.sexes[:1] if side == "a" else story.sexes[1 + number : 2 + number]
        sex = Sex(sexes[0]) if sexes and sexes[0] else None
        kin = [who for each in story.kin for who in sides.get(each, ()) if side in story.kin]
        surname = kin[0].name[:1] if kin and not kin[0].is_firm else None
        ages = tuple(story.ages[0 if side == "a" else 1])
        who = self.crowd.person(chance, on=on, ages=ages, sex=sex, place=place, but=taken, surname=surname)
        if ages[0] >= 25:
            self._regulars.append(who)
        return who

    def _regular(self, story, side, number, chance, taken) -> Somebody | None:
        """Now and then somebody comes who has been here before."""
        free = side == "a" and number == 0 and not story.sexes and not story.kin and story.ages == Story.ages
        if not free or chance.random() > REGULAR_SHARE:
            return None
        known = [who for who in self._regulars if who.name not in taken]
        return chance.choice(known) if known else None

    def _parent(self, story, chance, place, on) -> Somebody | None:
        if not story.guardian:
            return None
        return self.crowd.person(chance, on=on, ages=(38, 46), sex=Sex.FEMALE, place=place)


def pick_channel(story: Story, chance: random.Random) -> Channel:
    """Return the way by which a story of that kind comes in."""
    if story.court:
        return chance.choices((Channel.COURT_COMMISSION, Channel.COURT_ENTRUSTMENT), (82, 18))[0]
    if story.channels:
        return Channel(chance.choice(story.channels))
    return chance.choices(list(CHANNELS), list(CHANNELS.values()))[0]

