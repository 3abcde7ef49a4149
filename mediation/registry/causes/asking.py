"""The few more questions that a type of dispute has: what is asked, how, and what is wrong with an answer."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation

from mediation.ground.choices import Choice, N_, Reason
from mediation.ground.errors import Obstacle, because

MOST_QUESTIONS, LONGEST_QUESTION, LONGEST_ANSWER = 8, 60, 400
SEPARATOR, BETWEEN = "|", "/"


class QuestionKind(Choice):
    """How a question is answered; the label is also how it is written on the page of the type."""

    TEXT = "text", N_("文字")
    NUMBER = "number", N_("数字")
    MONEY = "money", N_("金额")
    DAY = "day", N_("日期")
    YES_NO = "yes_no", N_("是否")
    ONE_OF = "one_of", N_("选项")


PLAIN = tuple(each for each in QuestionKind if each != QuestionKind.ONE_OF)


class Fault(Reason):
    """What is wrong with a question, or with an answer to it."""

    UNREADABLE = "unreadable", N_("“%(line)s”看不懂：写成“问题|是否”，或者“问题|甲/乙/丙”")
    TOO_MANY = "too_many", N_("最多问 %(most)s 个问题，办事的人才问得完")
    TOO_LONG = "too_long", N_("“%(line)s”太长，最多 %(most)s 个字")
    TWICE = "twice", N_("“%(line)s”写了两遍")
    NO_NUMBER = "no_number", N_("“%(label)s”要填数字")
    NO_DAY = "no_day", N_("“%(label)s”要填日期，如 2026-11-23")
    NO_OPTION = "no_option", N_("“%(label)s”没有“%(value)s”这个选项")


@dataclass(frozen=True)
class TypeQuestion:
    """One question; ``options`` are those of :attr:`QuestionKind.ONE_OF`."""

    label: str
    kind: QuestionKind = QuestionKind.TEXT
    options: tuple[str, ...] = ()

    @property
    def line(self) -> str:
        """Return the question as it is written on one line."""
        how = BETWEEN.join(self.options) if self.options else self.kind.label
        return f"{self.label}{SEPARATOR}{how}"


def read(lines: Iterable[str]) -> tuple[tuple[TypeQuestion, ...], list[Obstacle]]:
    """Return the questions of lines like ``报警了没有|是否``, ``Police called|yes_no``, and their faults."""
    found: dict[str, TypeQuestion] = {}
    faults = []
    for line in filter(None, (each.strip() for each in lines)):
        label, _sep, how = (part.strip() for part in line.partition(SEPARATOR))
        kind = next((each for each in PLAIN if how in (each.label, each.value)), None)
        options = tuple(filter(None, (part.strip() for part in how.split(BETWEEN)))) if kind is None else ()
        if not label or (how and kind is None and len(options) < 2):
            faults.append(because(Fault.UNREADABLE, line=line))
        elif len(label) > LONGEST_QUESTION:
            faults.append(because(Fault.TOO_LONG, line=label, most=LONGEST_QUESTION))
        elif label in found:
            faults.append(because(Fault.TWICE, line=label))
        else:
            found[label] = TypeQuestion(label, kind or (QuestionKind.ONE_OF if options else QuestionKind.TEXT), options)
    if len(found) > MOST_QUESTIONS:
        faults.append(because(Fault.TOO_MANY, most=MOST_QUESTIONS))
    return tuple(found.values()), faults


def answers(questions: Sequence[TypeQuestion], given: Mapping[str, str]) -> tuple[dict[str, str], list[Obstacle]]:
    """Return the answers by question, in order and as they are kept, and what is wrong with them; none is left out.

    Amounts are yuan with two places, days ISO dates, yes or no the words 是 and 否.
    """
    kept, faults = {}, []
    for question in questions:
        value = (given.get(question.label) or "").strip()[:LONGEST_ANSWER]
        if not value:
            continue
        read_value, fault = _read(question, value)
        if fault:
            faults.append(because(fault, label=question.label, value=value))
        else:
            kept[question.label] = read_value
    return kept, faults


def _read(question: TypeQuestion, value: str) -> tuple[str, Fault | None]:
    if question.kind in (QuestionKind.NUMBER, QuestionKind.MONEY):
        try:
            number = Decimal(value.replace(",", ""))
        except InvalidOperation:
            return value, Fault.NO_NUMBER
        if not number.is_finite():
            return value, Fault.NO_NUMBER
        return (f"{number:,.2f}" if question.kind == QuestionKind.MONEY else f"{number.normalize():f}"), None
    if question.kind == QuestionKind.DAY:
        try:
            return date.fromisoformat(value).isoformat(), None
        except ValueError:
            return value, Fault.NO_DAY
    options = ("是", "否") if question.kind == QuestionKind.YES_NO else question.options
    return value, None if not options or value in options else Fault.NO_OPTION
