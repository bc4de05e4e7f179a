"""What panels of stored figures have in common: the day of the last value, and the figure of the overview."""

from datetime import date

from django.utils.translation import gettext as _

from yui.governance.indicators.public import JOINT, History
from yui.governance.overview.amounts import Amount
from yui.governance.overview.panels.parts import Headline
from yui.governance.overview.queries.beside import Line, beside
from yui.governance.overview.queries.question import Question
from yui.kernel.calendar_jp import Month

DRAWN_MONTHS = 24


def last_month(history: History, line: Line) -> Month | None:
    """Return the last month of a line that has a value."""
    known = [month for month, value in zip(history.months, line, strict=False) if value is not None]
    return known[-1] if known else None


def day_of(question: Question, history: History, line: Line) -> date:
    """Return the day as of which the last value of a line is told."""
    month = last_month(history, line)
    return min(month.last_day, question.day) if month else question.day


def own_words(question: Question, history: History, amount: Amount) -> str:
    """Say in a sentence what the ward has beside the median; nothing where it has no value."""
    words = _own_beside_median(question, history, amount)
    return _("%(beside)sです。") % {"beside": words} if words else ""


def _own_beside_median(question: Question, history: History, amount: Amount) -> str:
    compared = beside(history.months, history.wards(), question.ward_code).comparison
    own = compared.last_own
    if own is None:
        return ""
    return _("%(ward)s %(value)s(中央値 %(median)s)") % {
        "ward": question.ward_name,
        "value": amount.text(compared.own[own]),
        "median": amount.text(compared.median[own]),
    }


def stored_headline(question: Question, history: History, amount: Amount) -> Headline:
    """Return the joint figure of an indicator, and the ward's beside the median."""
    line = history.line(JOINT)
    month = last_month(history, line)
    if month is None:
        return Headline(history.indicator.title, "")
    value = line[history.months.index(month)]
    return Headline(
        history.indicator.title,
        amount.text(value),
        line[-DRAWN_MONTHS:],
        min(month.last_day, question.day),
        _own_beside_median(question, history, amount),
    )
