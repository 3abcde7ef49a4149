"""The lawyer's page in the docs: which rule is where, what is unread, what differs by region, what is left out."""

from mediation.ground.choices import N_
from mediation.oversight.rulebook import queries
from mediation.oversight.rulebook.rules import SECTIONS, State

PAGES = {"zh_CN": "docs/law.zh.md", "en": "docs/law.md"}
INTRO = N_(
    "这一页由 flask rules renew 从程序和测试写出，不要手改。每条规则的编号是程序里用的编号，"
    "依据是条文表里今天有效的条文。"
)
UNREAD = N_("原文没有核过的：发布前请对照原文；设置里标着“待核”的也一样。")
REGIONAL = N_("各地、各中心、各法院自己定的：在“设置”里改，有日期，只往后生效。")


def text(entries, said) -> str:
    """Return the page in Markdown. ``said`` turns Chinese words into those of the page's language."""
    counts = queries.counts(entries)
    told = said("，").join(f"{said(state.label)} {count}" for state, count in counts.items())
    parts = [f"# {said('法律规则')}", said(INTRO), (told + said("。")).rstrip(), _table_of_all(entries, said)]
    unread = [entry for entry in entries if entry.is_unread]
    regional = [entry for entry in entries if entry.row.regional]
    out = [entry for entry in entries if entry.state is State.LEFT_OUT]
    parts += [f"## {said('待核')}", said(UNREAD), _list(unread, said, lambda entry: said(entry.row.trust.label))]
    parts += [f"## {said('各地不同')}", said(REGIONAL), _list(regional, said, _keys)]
    if out:
        parts += [f"## {said('没有做')}", _list(out, said, lambda entry: said(entry.row.reason))]
    return "\n\n".join(parts) + "\n"


def _table_of_all(entries, said):
    parts = []
    heads = [said(word) for word in (N_("规则"), N_("依据"), N_("落实"), N_("步骤"), N_("位置"))]
    for key, title in SECTIONS.items():
        lines = [f"## {key} {said(title)}", "", "| " + " | ".join(heads) + " |", "|" + "---|" * len(heads)]
        lines += [_line(entry, said) for entry in entries if entry.row.section == key]
        parts.append("\n".join(lines))
    return "\n\n".join(parts)


def _line(entry, said):
    row = entry.row
    state = said(entry.state.label)
    if entry.state is State.ENFORCED:
        state += f" · {said(row.bite.label)}"
    cells = [
        f"{row.id} {said(row.title)}",
        said("、").join([*(each.short for each in entry.citations), *filter(None, [row.source])]),
        state,
        said("、").join(said(step) for step in entry.steps),
        "<br>".join(f"`{where}`" for where in (entry.functions + entry.shown)[:2]),
    ]
    return "| " + " | ".join(cells) + " |"


def _list(entries, said, note):
    return "\n".join(
        f"- {entry.row.id} {said(entry.row.title)}{said('：')}{note(entry)}".rstrip("： :") for entry in entries
    )


def _keys(entry):
    return ", ".join(f"`{key}`" for _kind, key in entry.settings)
