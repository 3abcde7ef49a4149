"""The figures of a line as cells of its table, each with the way to the cases that it counts.

A county's page has a thousand of them, so they are put together here and not by macros. Nothing in them was typed by
anybody: numbers, our own addresses, and words that are escaped once a page.
"""

from markupsafe import Markup, escape

from mediation.doors.shared.language import gettext as _
from mediation.doors.shared.words import label
from mediation.oversight.statistics import rules
from mediation.oversight.statistics.rules import Counts, Measure, Rate


class Cells:
    """Cells in the language of one page; ``behind`` is the address below which the cases of each measure stand."""

    def __init__(self, behind: str):
        few = _("件数少")
        self._few = f' <span class="mute">{escape(few)}</span>'
        self._linked = tuple(
            f'<td class="num" data-name="{escape(label(measure))}"><a href="{behind}/{measure.value}%s">%d</a></td>'
            for measure in Measure
        )
        self._none = tuple(f'<td class="num" data-name="{escape(label(measure))}">0</td>' for measure in Measure)
        self._rates = tuple(
            (rate_of, f'<td class="num" data-name="{escape(name)}">%s</td>')
            for rate_of, name in ((rules.by_mediation, _("只算调解")), (rules.with_rulings, _("含裁判")))
        )

    def counts(self, counts: Counts, query: str) -> Markup:
        """Return a cell for each measure; ``query``, of days and ids, narrows the cases behind it to the line's."""
        given = zip(counts.values(), self._linked, self._none, strict=True)
        return Markup("".join(linked % (query, n) if n else none for n, linked, none in given))

    def rates(self, counts: Counts) -> Markup:
        """Return a cell for each of the two rates that stand side by side."""
        return Markup("".join(cell % self.percent(rate_of(counts)) for rate_of, cell in self._rates))

    def percent(self, rate: Rate) -> Markup:
        """Return a rate in per cent; where few were counted it says so."""
        if rate.percent is None:
            return Markup("—")
        return Markup(f"{rate.percent}%{self._few if rate.is_small else ''}")
