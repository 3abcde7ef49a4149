"""Which issued papers still say what a correction has changed: they stay, and people are told of them."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sqlalchemy import select

from mediation.casefile.cases import progress
from mediation.casefile.cases import queries as cases
from mediation.casefile.cases.models import Case
from mediation.casefile.papers import blocks, contract
from mediation.casefile.papers.models import Paper, PaperState
from mediation.ground.choices import Choice, N_
from mediation.ground.db import session


class Carried(Choice):
    """What papers print of a case and its parties, as people call it."""

    PARTY = "party", N_("当事人")
    STANDING = "standing", N_("身份")
    NAME = "name", N_("姓名、名称")
    ID_NUMBER = "id_number", N_("证件号")
    CREDIT_CODE = "credit_code", N_("信用代码")
    BIRTH_ON = "birth_on", N_("出生日期")
    SEX = "sex", N_("性别")
    ADDRESS = "address", N_("住址")
    PHONE = "phone", N_("电话")
    HEAD = "head", N_("负责人")
    CAUSE = "cause", N_("案由")
    DISPUTE_TYPE = "dispute_type", N_("类型")
    SUMMARY = "summary", N_("经过")
    AMOUNT_FEN = "amount_fen", N_("金额")
    APPLIED_ON = "applied_on", N_("申请日期")
    COURT_NAME = "court_name", N_("法院")
    COURT_NUMBER = "court_number", N_("法院案号")
    SOURCE = "source", N_("来源")


OF_A_PARTY = ("standing", "name", "id_number", "credit_code", "birth_on", "sex", "address", "phone", "head")
OF_THE_MATTER = (
    "cause", "dispute_type", "summary", "amount_fen", "applied_on", "court_name", "court_number", "source"
)


@dataclass(frozen=True)
class Printed:
    """What papers of a case would print now: the matter, and each party by public id."""

    matter: Mapping[str, object]
    parties: Mapping[str, Mapping[str, object]]


@dataclass(frozen=True)
class Outdated:
    """An issued paper and what it says that is not so any more."""

    paper: Paper
    fields: tuple[Carried, ...]


def printed(case: Case) -> Printed:
    """Return what the papers of a case print of it; asked before a correction and after it."""
    parties = [party for party in cases.parties_of(case.id) if party.role in blocks.STANDING]
    plain = {party.public_id: _plain(blocks.party(party), OF_A_PARTY) for party in parties}
    return Printed(_plain(blocks.matter(case), OF_THE_MATTER), plain)


def _plain(block, names):
    values = json.loads(json.dumps(vars(block), default=contract.plain))
    return {name: values.get(name) for name in names if name in values}


def papers(case: Case, was: Printed) -> list[Outdated]:
    """Return the papers that stand and carry what ``was`` had and the case has not any more, oldest first."""
    now = printed(case)
    matter = {name: was.matter[name] for name in was.matter if was.matter[name] != now.matter.get(name)}
    changed = {
        ref: {name: value for name, value in block.items() if value != now.parties[ref].get(name)}
        for ref, block in was.parties.items() if ref in now.parties
    }
    gone = [block for ref, block in was.parties.items() if ref not in now.parties]
    if not matter and not gone and not any(changed.values()):
        return []
    names = [(was.parties[ref], fields) for ref, fields in changed.items() if fields]
    found = []
    for paper in session.scalars(_standing(case)):
        snapshot = json.loads(case.box().open(paper.snapshot_sealed, "papers", "snapshot", paper.id))
        fields = [*_stale_matter(snapshot, matter), *_stale_parties(snapshot, names, gone)]
        if fields:
            found.append(Outdated(paper, tuple(dict.fromkeys(map(Carried, fields)))))
    return found


def told(case: Case, was: Printed) -> dict[str, dict[str, list[str]]]:
    """Return the fact of a step that names the papers it made out of date, {public id: [fields]}; empty for none."""
    session.flush()
    found = {each.paper.public_id: [field.value for field in each.fields] for each in papers(case, was)}
    return {"outdated": found} if found else {}


@dataclass(frozen=True)
class Difference:
    """What an issued paper says and what is so now; plain values of the paper's snapshot, None is nothing."""

    paper: Paper
    field: Carried
    was: object
    now: object


def differences(case: Case) -> list[Difference]:
    """Return what the papers that a case's history calls out of date say otherwise than the case does, in their order.

    A paper that a newer one of its kind about the same thing has followed is not asked about.
    """
    wrong, now, found = noted(case.id), printed(case), []
    papers = list(session.scalars(_standing(case))) if wrong else []
    newest = {(paper.kind, paper.object_id): paper.id for paper in papers}
    for paper in papers:
        if paper.public_id not in wrong or newest[paper.kind, paper.object_id] != paper.id:
            continue
        snapshot = json.loads(case.box().open(paper.snapshot_sealed, "papers", "snapshot", paper.id))
        for field in wrong[paper.public_id]:
            found += [Difference(paper, field, was, is_) for was, is_ in _both(snapshot, now, field) if was != is_]
    return found


def _both(snapshot, now: Printed, field: Carried):
    there, here = snapshot.get("parties") or [], list(now.parties.values())
    if field in OF_THE_MATTER:
        return [((snapshot.get("case") or {}).get(field), now.matter.get(field))]
    if field == Carried.PARTY:
        gone = [each for each in there if each.get("name") not in {block["name"] for block in here}]
        come = [block for block in here if block["name"] not in {each.get("name") for each in there}]
        return [("、".join(each["name"] for each in gone), "、".join(block["name"] for block in come) or None)]
    return [(each.get(field), _same_one(each, there, here).get(field)) for each in there]


def _same_one(printed_party, there, here):
    """Return who is meant by a party on a paper: of the same number, the same name, or in the same place."""
    for key in ("id_number", "credit_code", "name"):
        for block in here:
            if printed_party.get(key) and block.get(key) == printed_party[key]:
                return block
    side = [block for block in here if block["standing"] == printed_party["standing"]]
    place = [each for each in there if each["standing"] == printed_party["standing"]].index(printed_party)
    return side[place] if place < len(side) else {}


def noted(case_id: int) -> dict[str, list[Carried]]:
    """Return which papers of a case its history calls out of date, and what in them."""
    found: dict[str, list[Carried]] = {}
    for step in progress.taken(case_id):
        for public_id, fields in step.facts.get("outdated", {}).items():
            known = found.setdefault(public_id, [])
            known += [Carried(field) for field in fields if field not in known]
    return found


def _standing(case):
    return select(Paper).where(
        Paper.case_id == case.id, Paper.state != PaperState.CANCELLED, Paper.is_draft.is_(False)
    ).order_by(Paper.id)


def _stale_matter(snapshot, matter) -> Iterable[str]:
    printed_matter = snapshot.get("case") or {}
    return [name for name, value in matter.items() if value is not None and printed_matter.get(name) == value]


def _stale_parties(snapshot, changed, gone) -> Iterable[str]:
    there = snapshot.get("parties") or []
    for block, fields in changed:
        for each in there:
            if each.get("name") == block["name"]:
                yield from (name for name, value in fields.items() if value is not None and each.get(name) == value)
    if any(each.get("name") == block["name"] for block in gone for each in there):
        yield Carried.PARTY
