"""The rows of one bulk case, by table."""

import random
import secrets
from collections import defaultdict
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from types import SimpleNamespace

from mediation.casefile.cases import counting
from mediation.casefile.cases.models import Case, CaseAccess, Party
from mediation.casefile.cases.numbers import word_of
from mediation.casefile.cases.rules import ACTIVE_PROCEEDING, Basis, Grade, Track, Urgency, title_of
from mediation.casefile.clocks.models import Clock
from mediation.casefile.clocks.rules import ClockLabel
from mediation.demonstration.bulk.office import Office
from mediation.demonstration.bulk.shapes import Shape
from mediation.ground import clock
from mediation.ground.crypto import keys
from mediation.ground.steps import StepTaken
from mediation.registry.access.rules import Depth, Relation
from mediation.stages.agreements.models import Agreement, Duty
from mediation.stages.archive.models import Closing
from mediation.stages.archive.rules import Retention
from mediation.stages.performance.models import Performance, PerformanceReceipt
from mediation.stages.proceedings.models import Proceeding, ProceedingMediator
from mediation.stages.referrals.models import Referral
from mediation.stages.routing.levels import HopKind
from mediation.stages.routing.models import Transfer

STORY = "两家因{what}起争执，村里说过两次没有说好。来访人要求尽快有个说法，对方同意到调委会当面谈。"
MATTERS = (  # type, its name, what it is about
    ("neighbour.water", "用水、排水", "屋后排水沟垫高"),
    ("neighbour.leak", "楼上漏水", "楼上卫生间漏水"),
    ("contract.loan", "民间借贷", "借款到期没有还"),
    ("contract.labour_service", "劳务报酬", "工钱拖着没有结清"),
    ("forest_land.occupation", "侵占田地", "田埂被挖"),
    ("neighbour.parking", "停车、公共楼道", "车位停车压线"),
    ("contract.sale", "买卖货款", "货款尾款没有付"),
)
DUE_AFTER = 15
LARGE_FEN, SMALL_FEN = 5_000_000, 500_000


class Writer:
    """Collects the rows of many cases, table by table."""

    def __init__(self, office: Office, chance: random.Random):
        self.office, self.chance = office, chance
        self.tables: dict = defaultdict(list)

    def write(self, shape: Shape, at: datetime, people: Sequence[dict]) -> None:
        """Write one case of that shape, registered at that instant, between two people."""
        made = _Making(self, shape, at)
        made.case(people)
        made.steps()
        made.objects()
        made.clocks()


class _Making:
    """One case on its way into rows. ``ids`` are its objects' row ids."""

    def __init__(self, writer: Writer, shape: Shape, at: datetime):
        self.add = lambda model, row: writer.tables[model].append(row)
        self.office, self.chance, self.shape, self.at = writer.office, writer.chance, shape, at
        self._next = self.office.first_id(at)
        self.on = clock.day_of(at)
        self.clocks_kept: list[dict] = []
        self.ids = {kind: self.id() for kind in shape.states}
        self.seat = self.chance.choice(self.office.seats)
        self.type_code, self.type_name, self.what = self.chance.choice(MATTERS)
        self.amount = self.chance.randint(8, 800) * 10_000

    def id(self) -> int:
        self._next += 1
        return self._next

    def day(self, offset: int | None) -> date | None:
        return None if offset is None else self.on + timedelta(days=offset)

    def named(self, **row) -> dict:
        """Return a row with its id, public id and time of record."""
        return {"id": self.id(), "public_id": secrets.token_urlsafe(16), "recorded_at": self.at, "version": 1} | row

    def case(self, people: Sequence[dict]) -> None:
        shape, derived, office = self.shape, self.shape.derived, self.office
        routed = shape.has("case.route")
        accepted = self.day(shape.day("proceeding.accept"))
        self.number = self._body_number(accepted) if accepted else None
        self.parties = [secrets.token_urlsafe(16) for _ in people]
        names = [person["name"] for person in people]
        row = {
            "id": self.ids["case"], "public_id": secrets.token_urlsafe(16), "centre_id": office.centre_id, "version": 1,
            "data_key": keys().new_data_key(), "state": shape.states["case"],
            "register_no": self._register_number(),
            "register_year": self.on.year, "query_code_hash": secrets.token_bytes(32),
            "title": title_of(names[:1], names[1:], self.type_name), "channel": "window", "source": "party",
            "applied_on": self.on, "law_on": self.on, "registered_at": self.at, "registered_by_id": office.clerk_id,
            "registered_unit_id": office.window_id, "type_code": self.type_code, "amount_fen": self.amount,
            "story": STORY.format(what=self.what), "claims": "请求按约定履行。",
            "area_code": self.chance.choice(office.areas), "people_count": 2, "data_notice": "1", "screening": {},
            "screened_on": self.on if shape.has("case.screen") else None, "is_sealed": False,
            **self._graded(shape.has("case.screen")),
            "stage": derived.stage, "turn": derived.turn, "turn_since": self.on, "due_on": None, "due_basis": None,
            "due_is_provisional": False, "track": Track.PEOPLES if routed else None,
            "lead_unit_id": self.seat.unit_id if routed else None,
            "mediator_id": self.seat.mediator_id if shape.has("proceeding.assign") else None, "body_no": self.number,
            "is_open": derived.is_open, "accepted_on": accepted, "result": derived.result, "outcome": shape.outcome,
            "closed_on": self.day(shape.day("case.close")),
        }
        row["counted_as"] = counting.counts_as(SimpleNamespace(**row))
        self.row = row
        self.add(Case, row)
        for position, (person, role) in enumerate(zip(people, ("applicant", "respondent"), strict=True), 1):
            self.add(Party, {
                "id": self.id(), "public_id": self.parties[position - 1], "case_id": row["id"],
                "person_id": person["id"], "centre_id": office.centre_id, "role": role, "position": position,
                "is_lead": True, "version": 1,
                "name": person["name"], "initials": person["initials"], "flags": {"flags": []}, "unavailable": {},
                "whereabouts_unknown": False, "lives_on_own_earnings": False, "recorded_at": self.at,
                "consent": "agreed" if shape.has("proceeding.inform") else "pending",
            })
        self._ties(routed)

    def _graded(self, is_screened: bool) -> dict:
        """Grade by the sum, lower bounds than the built-in ones, so that all three grades are met with."""
        bounds = zip((LARGE_FEN, SMALL_FEN), (Grade.DIFFICULT, Grade.ORDINARY), strict=True)
        grade = next((grade for least, grade in bounds if self.amount >= least), Grade.SIMPLE)
        return {"grade": grade if is_screened else None, "urgency": Urgency.NORMAL if is_screened else None}

    def _ties(self, routed: bool) -> None:
        ties = [(Relation.REGISTERED, self.office.window_id, None, Depth.CONTENTS),
                (Relation.SUPERVISION, self.office.root_id, None, Depth.PROGRESS)]
        if routed:
            ties.append((Relation.LEAD, self.seat.unit_id, None, Depth.CONTENTS))
        if self.shape.has("proceeding.assign"):
            ties.append((Relation.MEDIATOR, None, self.seat.account_id, Depth.CONTENTS))
        for relation, unit_id, account_id, depth in ties:
            self.add(CaseAccess, {
                "id": self.id(), "case_id": self.ids["case"], "unit_id": unit_id, "account_id": account_id,
                "relation": relation, "depth": int(depth), "since": self.at, "until": None,
            })

    def _register_number(self) -> str:
        year = self.on.year
        return f"{self.office.register_word}〔{year}〕{self.office.next('register', self.office.centre_id, year)}号"

    def _body_number(self, on: date) -> str:
        word = word_of(self.seat.number_word, Track.PEOPLES)
        return f"（{on.year}）{word}字第{self.office.next('body', self.seat.unit_id, word, on.year)}号"

    def steps(self) -> None:
        unit_of = {"case": self.office.window_id, "transfer": self.office.window_id}
        for step in self.shape.steps:
            self.add(StepTaken, {
                "id": self.id(), "case_id": self.ids["case"], "object_kind": step.object,
                "object_id": self.ids[step.object], "step": step.name, "from_state": step.from_state,
                "to_state": step.to_state, "on": self.day(step.day), "recorded_at": self.at + timedelta(days=step.day),
                "account_id": self.seat.account_id if step.day else self.office.clerk_id,
                "unit_id": unit_of.get(step.object, self.seat.unit_id), "reason": None, "facts": dict(step.facts),
            })

    def objects(self) -> None:
        make = {
            "transfer": self._transfer, "proceeding": self._proceeding, "agreement": self._agreement,
            "referral": self._referral,
        }
        for kind, write in make.items():
            if kind in self.ids:
                write(self.shape.states[kind])
        if self.shape.outcome:
            archived = self.day(self.shape.day("case.archive"))
            self.add(Closing, self._without_version(
                case_id=self.ids["case"], outcome=self.shape.outcome, feedback={},
                closed_on=self.row["closed_on"], archived_on=archived, **self._filed(archived),
            ))

    def _filed(self, on) -> dict:
        """Return the number under which the body filed the case, none where it is not filed."""
        if on is None:
            return dict.fromkeys(("archive_no", "archive_year", "archive_serial", "archive_unit_id", "retention"))
        word = f"{self.seat.number_word}卷"
        serial = self.office.next("paper", self.office.centre_id, word, on.year)
        return {
            "archive_no": f"{word}〔{on.year}〕{serial}号", "archive_year": on.year, "archive_serial": serial,
            "archive_unit_id": self.seat.unit_id, "retention": Retention.LONG,
        }

    def _without_version(self, **row) -> dict:
        found = self.named(**row)
        del found["version"]
        return found

    def _transfer(self, state: str) -> None:
        self.add(Transfer, self.named(
            id=self.ids["transfer"], centre_id=self.office.centre_id, case_id=self.ids["case"],
            from_unit_id=self.office.window_id,
            to_unit_id=self.seat.unit_id, kind=HopKind.ROUTE, track=Track.PEOPLES, state=state, sent_on=self.day(1),
            suggestion={},
            answered_on=self.day(self.shape.day("transfer.receive")),
            answer_due_on=self.office.due("transfer.answer", self.day(1))[2],
        ))

    def _proceeding(self, state: str) -> None:
        shape, ended = self.shape, self.day(self.shape.day("proceeding.end"))
        self.add(Proceeding, self.named(
            id=self.ids["proceeding"], case_id=self.ids["case"], unit_id=self.seat.unit_id,
            transfer_id=self.ids["transfer"], track=Track.PEOPLES, basis=Basis.SELF_RUN, state=state,
            number=self.number, number_year=self.row["accepted_on"].year, accepted_on=self.row["accepted_on"],
            agreed_on=self.day(shape.day("proceeding.agree")), ended_on=ended, notice_given_on=ended,
            end_ground="too_far_apart" if ended else None,
        ))
        if shape.has("proceeding.assign"):
            self.add(ProceedingMediator, {
                "id": self.id(), "proceeding_id": self.ids["proceeding"], "mediator_id": self.seat.mediator_id,
                "mode": "appointed", "presides": True, "since": self.at, "until": None, "recusal_answers": {},
                "has_conflict": False, "waivers": {}, "party_replies": {},
                "load_points": self.office.points(self.row["grade"]) if state in ACTIVE_PROCEEDING else 0,
            })

    def _agreement(self, state: str) -> None:
        agreed_on = self.day(self.shape.day("agreement.agree"))
        done_on = self.day(self.shape.day("performance.complete"))
        self.add(Agreement, self.named(
            id=self.ids["agreement"], case_id=self.ids["case"], proceeding_id=self.ids["proceeding"], text_version=1,
            state=state, is_oral=False, number=self.number, facts=self.row["story"], total_fen=self.amount, copies=3,
            agreed_on=agreed_on, effective_on=agreed_on,
        ))
        duty = {
            "id": self.id(), "public_id": secrets.token_urlsafe(16), "agreement_id": self.ids["agreement"],
            "position": 1, "kind": "pay", "obligors": {"parties": self.parties[1:]},
            "obligees": {"parties": self.parties[:1]},
            "what": "一次付清", "amount_fen": self.amount, "due_on": agreed_on + timedelta(days=DUE_AFTER),
            "at_once": False, "manner": "cash", "data_key": keys().new_data_key(), "is_confirmable": True,
        }
        self.add(Duty, duty)
        self.add(Performance, self.named(
            id=self.ids["performance"], case_id=self.ids["case"], duty_id=duty["id"],
            state=self.shape.states["performance"], due_on=duty["due_on"], amount_fen=self.amount,
            paid_fen=self.amount if done_on else 0, done_on=done_on,
        ))
        if done_on:
            self.add(PerformanceReceipt, {
                "id": self.id(), "performance_id": self.ids["performance"], "kind": "payment", "on": done_on,
                "amount_fen": self.amount, "recorded_at": self.at + timedelta(days=24),
            })

    def _referral(self, state: str) -> None:
        shape = self.shape
        self.add(Referral, self.named(
            id=self.ids["referral"], case_id=self.ids["case"], kind="quick_trial", state=state, origin="failed",
            to_name="速裁法庭", sent_on=self.day(shape.day("referral.send")), amount_fen=self.amount,
            procedure_agreed=False, checklist={}, flags={}, papers={}, basis_for_data="court_filing",
            taken_on=self.day(shape.day("referral.take")), decided_on=self.day(shape.day("referral.decide")),
            outcome="judgment",
        ))

    def clocks(self) -> None:
        """Write the periods that ran; what still runs is what the case's nearest day comes from."""
        shape = self.shape
        over = self.day(shape.day("case.close"))
        accepted = shape.day("proceeding.accept")
        left = self.day(shape.day("proceeding.agree") or shape.day("proceeding.end"))
        self._clock("PM-19", ClockLabel.ACCEPTANCE, 0, self.day(accepted) or over)
        if shape.has("case.route"):
            received = self.day(shape.day("transfer.receive"))
            self._clock("transfer.answer", ClockLabel.ANSWER_TRANSFER, 1, received, "transfers")
        if accepted is not None:
            self._clock("PM-18", ClockLabel.MEDIATION, accepted, left, "proceedings")
        if shape.has("performance.open"):
            self._until(ClockLabel.PERFORMANCE, 9, 9 + DUE_AFTER, self.day(shape.day("performance.complete")))
        running = [row for row in self.clocks_kept if row["stopped_on"] is None]
        if running:
            first = min(running, key=lambda row: (row["due_on"], row["id"]))
            self.row |= {
                "due_on": first["due_on"], "due_basis": first["label"], "due_is_provisional": first["is_provisional"],
            }

    def _clock(self, basis: str, label: ClockLabel, day: int, stopped: date | None, about: str | None = None) -> None:
        amount, unit, due_on, is_provisional = self.office.due(basis, self.day(day))
        self._keep(basis, label, day, stopped, about, amount, unit, due_on, is_provisional)

    def _until(self, label: ClockLabel, day: int, last: int, stopped: date | None) -> None:
        self._keep("PM-15", label, day, stopped, "performances", last - day, "fixed", self.day(last), False)

    def _keep(self, basis, label, day, stopped, about, amount, unit, due_on, is_provisional) -> None:
        row = self.named(
            case_id=self.ids["case"], basis=basis, label=label, object_kind=about,
            object_id=self.ids[about[:-1]] if about else None, amount=amount, unit=unit, started_on=self.day(day),
            stopped_on=stopped, due_on=due_on, is_provisional=is_provisional, counts_for_case=True,
        )
        self.clocks_kept.append(row)
        self.add(Clock, row)

