"""How a last day came about, in words: for the page, the print and the terminal."""

from babel import dates

from mediation.doors.shared.language import gettext as _
from mediation.doors.shared.language import page_locale
from mediation.ground.choices import N_
from mediation.registry.calendar.rules import Fact
from mediation.registry.deadlines.queries import Answer
from mediation.registry.deadlines.rules import Deadline, Period
from mediation.registry.settings.rules import Figure

KEYS = {
    "extended": N_("依法或者经各方同意延长"),
    "pause": N_("中止、鉴定的日子不计入：从哪天..到哪天恢复，或者一共几天"),
    "reading": N_("按小时算的从下一小时起（诉讼法）还是从当时起（民法典）"),
    "rolls": N_("最后一天是休息日时顺延不顺延"),
    "days": N_("换成几天"),
    "working_days": N_("换成几个工作日"),
    "workdays": N_("换成几个工作日"),
    "months": N_("换成几个月"),
    "years": N_("换成几年"),
    "hours": N_("换成几小时"),
}


def title(deadline: Deadline) -> str:
    """Return what a deadline is about: every period that it names."""
    return _("；").join(dict.fromkeys(_(period.words) for period in deadline.periods))


def option(deadline: Deadline, key: str) -> str:
    """Return what an option decides."""
    return _(KEYS[key]) if key in KEYS else _("按哪一种算，不写时是第一种")


def figure_words(figure: Figure) -> str:
    """Return 30天, 3个工作日."""
    return _("%(amount)s%(unit)s", amount=figure.amount, unit=_(figure.unit.label))


def day(value) -> str:
    """Return a day with its year and weekday, as a reckoning is checked against a calendar."""
    return dates.format_date(value, _("yyyy-MM-dd EEE"), page_locale())


def head(found: Answer) -> str:
    """Return in one line what the answer is about: the row, what is due, how long, from what."""
    rule, what, long = found.deadline.rule, _(found.period.words), figure_words(found.figure)
    if not found.period.start:
        return _("%(rule)s %(what)s：%(long)s", rule=rule, what=what, long=long)
    return _(
        "%(rule)s %(what)s：%(long)s，从“%(start)s”那天起", rule=rule, what=what, long=long, start=_(found.period.start)
    )


def lines(found: Answer) -> list[tuple[str, str, bool]]:
    """Return the reckoning: sentence, the row of the rule table behind it, and whether it is a warning."""
    said = [(fact_words(fact, values), fact.rule or "", fact is Fact.UNKNOWN) for fact, values in found.lines]
    if found.is_extended:
        said.insert(1, (_("延长的时间已经算在内"), found.deadline.rule, False))
    if found.closes_at:
        said.append((_("最后一天办到 %(at)s 止；邮寄的以交邮时为准", at=found.closes_at), "PT-06", False))
    return said


def fact_words(fact: Fact, values) -> str:
    """Return one line of a reckoning, every day with its year and weekday."""
    return _(fact.label, **{name: _value(name, value) for name, value in values.items()})


def _value(name, value):
    if name == "why":
        return _(value)
    if name == "at":
        return f"{value:%H:%M}"
    return day(value) if hasattr(value, "isoformat") else value


def law(found: Answer) -> str:
    """Return the articles, else where the figure comes from."""
    cited = _("、").join(str(each) for each in found.citations)
    if cited and (found.is_checked or not found.source):
        return cited
    return _("；").join(filter(None, [cited, found.source]))


def other(period: Period, figure: Figure, last) -> str:
    """Return another period of the same row with its last day."""
    return _(
        "%(what)s：%(long)s，到 %(day)s", what=_(period.words), long=figure_words(figure), day=last.day.isoformat()
    )


def story(found: Answer) -> list[str]:
    """Return the whole answer for a terminal, without the day that stands above it."""
    said = [head(found), *(f"  {text}{f'（{rule}）' if rule else ''}" for text, rule, _late in lines(found))]
    if law(found):
        said.append(_("依据：%(law)s", law=law(found)))
    if found.others:
        said.append(_("这一条的其他期限（%(key)s）：", key=f"--set {found.deadline.asks}=…"))
        said += [f"  {period.when}　{other(period, figure, last)}" for period, figure, last in found.others]
    return said


