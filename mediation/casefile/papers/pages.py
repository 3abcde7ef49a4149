"""How a paper becomes a page: one template environment, and the words that depend on the track.

A paper is rendered by (kind, version, snapshot). A template that has been used is never changed in what it says;
a new wording is a new file, ``<kind>.v2.html``.
"""

import re
from collections.abc import Mapping, Sequence
from pathlib import Path

import segno
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from mediation.casefile.papers import words
from mediation.casefile.papers.forms import short_hash
from mediation.casefile.papers.lint import template_flaws
from mediation.casefile.papers.rules import cited
from mediation.ground.errors import RuleBroken
from mediation.registry.wordings.rules import Slot

TEMPLATES = Path(__file__).resolve().parents[3] / "templates" / "papers"

NARROW_ROOM, WIDE_ROOM = 40, 52.5
SHORT_LINE, LONG_LINE, LONGEST_LINE = 12, 16, 19  # characters that fit into them, the last in smaller type
RULE_EMS = 6  # what a name left for the pen takes
NAME_PART = re.compile("[\u3400-\u9fff\U00020000-\U0003ffff]+·?")
LONGEST_WHOLE_PART = 6

SIDES = ("applicant", "respondent", "third_party")
STANDINGS = {"applicant": "申请人", "respondent": "被申请人", "third_party": "第三人"}
CONTRACTING = {"applicant": "甲方", "respondent": "乙方", "third_party": "丙方"}
LITIGATING = {"applicant": "原告", "respondent": "被告", "third_party": "第三人"}
APPLYING = dict.fromkeys(SIDES, "申请人")

TRACKS = {
    "peoples": {"us": "本委员会", "mediator": "人民调解员", "prefix": "人民调解", "agreement": "人民调解协议书"},
    "administrative": {"us": "本单位", "mediator": "调解员", "prefix": "行政调解", "agreement": "调解协议书"},
    "judicial": {"us": "本组织", "mediator": "调解员", "prefix": "调解", "agreement": "调解协议书"},
}

VARIANTS = {  # agreements of part 4 of the forms by their own names; the others by the word of their track
    "administrative": "行政调解协议书", "police": "治安调解协议书", "traffic": "道路交通事故损害赔偿调解书",
    "labour": "劳动争议调解协议书", "medical": "医疗纠纷人民调解协议书", "petition": "信访事项调解协议书",
}


class _Looked(FileSystemLoader):
    """Reads templates, and none that holds what no paper may: it would go to a court."""

    def get_source(self, environment, template):
        text, *rest = super().get_source(environment, template)
        if template.endswith(".html") and (flaws := template_flaws(text)):
            raise RuleBroken(*flaws, about=template)
        return text, *rest


def environment() -> Environment:
    env = Environment(
        loader=_Looked(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=words.shown,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    env.filters.update(
        day=words.day,
        month=words.month,
        clock=words.clock,
        age=words.age,
        money=words.money,
        capitals=words.capitals,
        both=words.both,
        numeral=words.numeral,
        times=words.times,
        nb=words.unbroken,
        paragraphs=words.paragraphs,
        sentence=words.sentence,
        phrase=words.phrase,
        owed=words.owed,
    )
    env.globals.update(
        standings=STANDINGS,
        contracting=CONTRACTING,
        litigating=LITIGATING,
        applying=APPLYING,
        variants=VARIANTS,
        labelled=labelled,
        signers=signers,
        name_room=name_room,
        name_size=name_size,
        sides=sides,
        confirmable_places=confirmable_places,
        qr=qr,
    )
    return env


def html(env: Environment, kind: str, version: int, snapshot: Mapping, *, large: bool = False) -> str:
    """Return the whole page of a paper as HTML; ``large`` in 18 pt for people with weak eyes (row 125)."""
    track = TRACKS[snapshot["track"]]

    def cite(*keys):
        return cited(keys, snapshot["citations"], snapshot["track"])

    text = env.get_template(f"{kind}.v{version}.html").render(
        snapshot,
        local={slot.value: None for slot in Slot} | snapshot.get("local", {}),
        cite=cite,
        hash=short_hash(snapshot["number"], version, snapshot),
        is_peoples=snapshot["track"] == "peoples",
        **track,
    )
    text = re.sub(r"\s*\n\s*", "", text)  # line ends of the source are not spaces of the paper
    if large:
        text = text.replace('<body class="', '<body class="large ', 1)
    return _finish(text, names=short_names(snapshot), blanks=snapshot["handwritten"])


def labelled(parties: Sequence[Mapping], labels: Mapping[str, str]) -> list[tuple[str, Mapping]]:
    """Return each party with its label, numbered where several share one: 甲方一, 甲方二, 乙方."""
    shared = [labels[party["standing"]] for party in parties]
    found = []
    for place, (label, party) in enumerate(zip(shared, parties, strict=True)):
        many = shared.count(label) > 1
        found.append((label + words.numeral(shared[: place + 1].count(label)) if many else label, party))
    return found


def signers(
    parties: Sequence[Mapping], labels: Mapping[str, str], aids: Sequence[Mapping] = ()
) -> list[tuple[str, object]]:
    """Return who signs, as (as what, name): guardians in the place of their wards, agents after their principals.

    Who writes for a party, witnesses or interprets signs after it (DC-05).
    """
    rows, aided = [], {aid["name"]: aid for aid in aids}
    for label, party in labelled(parties, labels):
        guardians = party.get("guardians", [])
        rows += [(f"{label}的法定代理人", guardian["name"]) for guardian in guardians]
        if not guardians:
            aid = aided.get(party["name"]) if isinstance(party["name"], str) else None
            rows += _with_aid(label, party["name"], aid) if aid else [(label, party["name"])]
        rows += [(f"{label}的委托代理人", agent["name"]) for agent in party["agents"]]
    return rows


def _with_aid(label: str, name: str, aid: Mapping) -> list[tuple[str, object]]:
    rows = [(f"{label}（按指印）" if aid["is_written_for"] else label, name)]
    if aid["is_written_for"]:
        rows.append((f"{label}的代书人", ""))
    if aid["is_written_for"] or aid["is_read"]:
        rows.append((f"{label}的见证人", ""))
    if aid["interpreter"]:
        rows.append((f"{label}的翻译人员", aid["interpreter"]))
    return rows


def name_room(rows: Sequence[tuple[str, object]]) -> float:
    """Return how much of the line, in percent, those who sign take before the rule that they sign on."""
    return NARROW_ROOM if all(_ems(label, name) <= SHORT_LINE for label, name in rows) else WIDE_ROOM


def name_size(label: str, name: object) -> str:
    """Return the classes of one who signs: a long name is printed smaller, a very long one in two lines."""
    ems = _ems(label, name)
    return " long two" if ems > LONGEST_LINE else " long" if ems > LONG_LINE else ""


def _ems(label: str, name: object) -> int:
    return len(label) + 1 + (len(name) if isinstance(name, str) else RULE_EMS)


def sides(parties: Sequence[Mapping]) -> list[tuple[str, list[Mapping]]]:
    """Return the parties by side, in the order of the sides; sides without a party left out."""
    found = ((side, [party for party in parties if party["standing"] == side]) for side in SIDES)
    return [(side, members) for side, members in found if members]


def confirmable_places(duties: Sequence[Mapping]) -> list[int]:
    """Return which clauses of an agreement are put to the court, counted from 1 (DC-04)."""
    return [place for place, duty in enumerate(duties, 1) if duty["confirmable"]]


def qr(text: str) -> Markup:
    return Markup(segno.make(text, error="m").svg_inline(border=2, omitsize=True))


def short_names(snapshot: Mapping) -> list[str]:
    """Return the names of people that no line may divide; of 阿卜杜拉·买买提 each part, the dot with the first."""
    people = [*snapshot["parties"], *snapshot["mediators"]]
    for party in snapshot["parties"]:
        people += [*party.get("guardians", ()), *party["agents"]]
    known = [one.get("head") if one.get("kind") == "organisation" else one["name"] for one in people]
    names = {name for name in known if isinstance(name, str)}
    parts = {part for name in names for part in NAME_PART.findall(words.clean(name))}
    return sorted((part for part in parts if 2 <= len(part) <= LONGEST_WHOLE_PART), key=len, reverse=True)


def _finish(page: str, *, names: Sequence[str], blanks: Sequence[str]) -> str:
    """Keep names in one piece; rule a small blank for every character left for the pen."""
    head, mark, body = page.partition("<body")
    if names:
        in_texts = re.compile("(<[^>]*>)|(" + "|".join(map(re.escape, names)) + ")")
        body = in_texts.sub(lambda found: found[1] or f'<span class="nb">{found[2]}</span>', body)
    for character in blanks:
        if not character.isascii():
            body = body.replace(character, words.RULED_SIGN)
    return head + mark + body
