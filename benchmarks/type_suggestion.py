"""Is the type of a dispute heard out of its story, and how fast?

    .venv/bin/python -m benchmarks.type_suggestion [--data DIR] [--half even|odd|both] [--show]

``DIR`` holds ``narratives/narratives.jsonl``, else YICHUANG_DATA or ``shared/data`` beside the project; without the
file it refuses. The words were weighed on the records whose SHA-1 of the id is even; the odd ones were kept for this
report (``--show`` prints wrong ones of the even half only). A reader's type stands beside each question, a cause of
action beside each court finding: both are asked at level 1. Beside the program's figure stand the commonest type, and
the plain names of the types and causes as words.
"""

import argparse
import hashlib
import json
import os
import sys
import time
from collections import Counter
from datetime import date
from pathlib import Path
from statistics import median, quantiles

from mediation.registry.causes import queries, sounding
from mediation.registry.causes.rules import main_code
from mediation.registry.causes.sounding import Word

TODAY = date(2026, 11, 27)
BESIDE = Path(__file__).parents[2] / "shared" / "data"
UNHEARD = "（没有建议）"
# The reader's types are coarser than ours in places: ours → theirs.
THEIRS = {
    "marriage_family": "婚姻家庭", "neighbour": "邻里", "housing": "房屋宅基地", "contract": "合同", "business": "合同",
    "finance": "合同", "insurance": "合同", "damages": "损害赔偿", "campus": "损害赔偿", "internet": "损害赔偿",
    "forest_land": "山林土地", "expropriation": "征地拆迁", "pollution": "环境污染", "migrant_wages": "劳动争议",
    "labour": "劳动争议", "tourism": "消费", "e_commerce": "消费", "consumer": "消费", "medical": "医疗",
    "traffic": "道路交通事故", "property_management": "物业", "intellectual_property": "知识产权",
    "village_affairs": "其他", "other": "其他",
    "housing.rent": "合同",  # the reader counts a lease as a contract, our list as a matter of the house
}
NOTHING_TO_MEDIATE = ("非纠纷", "非调解")


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--data", type=Path, default=Path(os.environ.get("YICHUANG_DATA", BESIDE)))
    asked.add_argument("--half", choices=("even", "odd", "both"), default="both")
    asked.add_argument("--show", action="store_true")
    given = asked.parse_args()
    source = given.data / "narratives" / "narratives.jsonl"
    if not source.is_file():
        sys.exit(f"没有数据：{source}。用 --data 或 YICHUANG_DATA 指出放有 narratives/narratives.jsonl 的目录。")
    records = [json.loads(line) for line in source.read_text("utf-8").splitlines()]
    halves = {half: [each for each in records if half_of(each["id"]) == half] for half in ("even", "odd")}
    ears = {"程序": listener(), "类型和案由名称": plain_names()}
    for half, found in halves.items():
        if given.half in (half, "both"):
            report(half, found, commonest=halves["even"], ears=ears, show=given.show and half == "even")
    speed(ears["程序"], records)


def half_of(record_id: str) -> str:
    return "odd" if int(hashlib.sha1(record_id.encode()).hexdigest(), 16) % 2 else "even"


def listener():
    types = built_in()
    words = sounding.weigh(types, queries.weighed_words())
    return lambda story: first(sounding.suggest(story, types, words, 1))


def plain_names():
    """Return what an ear hears that knows the names of types and causes only."""
    types = built_in()
    causes = {each.code: each.name.removesuffix("纠纷") for each in queries.built_in_causes().causes}
    words = {
        Word(name, each.code, len(name))
        for each in types
        for name in (*each.name.replace("、", " ").split(), *(causes[code] for code in each.causes if code in causes))
    }
    bare = [type(each)(each.code, each.name, each.initials) for each in types]
    return lambda story: first(sounding.suggest(story, bare, list(words), 1))


def built_in():
    return list(queries.built_in_types())


def first(found) -> str:
    return theirs(found[0].type.code) if found else UNHEARD


def theirs(code: str) -> str:
    return THEIRS.get(code) or THEIRS[main_code(code)]


def report(half, records, *, commonest, ears, show) -> None:
    for title, told in (("读者判断的类型", by_reader), ("裁判案由", by_cause)):
        pairs = [(each["text"], wanted) for each in records if (wanted := told(each))]
        usual = Counter(wanted for each in commonest if (wanted := told(each))).most_common(1)[0][0]
        print(f"\n{half}　{title}　{len(pairs)} 件")
        print(f"  最常见的类型（{usual}）　{share(sum(wanted == usual for _text, wanted in pairs), len(pairs))}")
        for name, hear in reversed(ears.items()):
            heard = [(text, wanted, hear(text)) for text, wanted in pairs]
            print(f"  {name}　{share(sum(wanted == got for _text, wanted, got in heard), len(heard))}")
        confusion([(wanted, got) for _text, wanted, got in heard])
        if show:
            for text, wanted, got in heard:
                if wanted != got:
                    print(f"    {wanted} ≠ {got}　{text[:90]}")
    idle = [each for each in records if (each["mediation_type_checked"] or "").startswith(NOTHING_TO_MEDIATE)]
    unheard = sum(ears["程序"](each["text"]) == UNHEARD for each in idle)
    print(f"\n{half}　没有可调解的内容 {len(idle)} 件，其中不作建议 {unheard} 件")


def by_reader(record) -> str | None:
    checked = record["mediation_type_checked"]
    if not checked or checked.startswith(NOTHING_TO_MEDIATE):
        return None
    return checked.removesuffix("(借贷)").removesuffix("纠纷")


def by_cause(record) -> str | None:
    """Return the type that has a court's cause among its own, by the longest code that both share; None for none."""
    code = record["cause_id"]
    while code and code.count(".") >= 2:
        found = next((each for each in built_in() if code in each.causes), None)
        if found:
            return theirs(found.code)
        code = code.rpartition(".")[0]
    return None


def confusion(pairs) -> None:
    wanted = sorted({each for each, _got in pairs}, key=lambda name: -sum(each == name for each, _got in pairs))
    counted = Counter(pairs)
    for name in wanted:
        row = [(got, n) for (want, got), n in counted.most_common() if want == name]
        print(f"    {name}：" + "　".join(f"{got} {n}" for got, n in row))


def share(part: int, whole: int) -> str:
    return f"{part}/{whole} = {part / whole:.1%}" if whole else "0/0"


def speed(hear, records) -> None:
    spent = []
    for each in records:
        began = time.perf_counter()
        hear(each["text"])
        spent.append((time.perf_counter() - began) * 1000)
    most = quantiles(spent, n=20)[-1]
    print(f"\n每件用时　中位 {median(spent):.2f} ms，95% 在 {most:.2f} ms 以内（{len(spent)} 件）")


if __name__ == "__main__":
    main()
