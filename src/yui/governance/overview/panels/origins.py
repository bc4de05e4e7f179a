"""Where figures come from, in words and with the way to the records."""

from django.urls import reverse
from django.utils.translation import gettext as _

from yui.governance.indicators.public import JOINT, History
from yui.governance.overview.panels.parts import Advice, Origin
from yui.governance.overview.queries.measured import Measured
from yui.governance.overview.queries.question import Question
from yui.governance.overview.sentences import together
from yui.kernel.calendar_jp import TOKYO, format_date
from yui.kernel.ui.navigation import registered


def of_indicator(history: History, question: Question) -> Origin:
    """Return the origin of stored figures: the indicator, when it was measured, its records."""
    indicator = history.indicator
    text = _("指標 %(code)s「%(title)s」の記録") % {"code": indicator.code, "title": indicator.title}
    if history.measured_at is not None:
        text += _("(%(date)s 測定)") % {"date": format_date(history.measured_at.astimezone(TOKYO).date())}
    page = reverse("indicators:indicator", args=[indicator.slug])
    return Origin(text, f"{page}?{question.query}", history.records_address(question.ward_code or JOINT))


def of_measure(found: Measured, question: Question) -> Origin:
    """Return the origin of figures measured now."""
    text = _("「%(title)s」を記録から今測った値") % {"title": found.title}
    page = reverse("overview:records", args=[found.code])
    return Origin(text, "", f"{page}?{question.query}")


def advice_for(page: str, text: str) -> Advice:
    """Return what to do, and where: a page of the navigation, by its code or by its room's, if installed."""
    exact = (item for item in registered() if item.code == page)
    of_room = (item for item in registered() if item.code.split(".")[0] == page)
    entry = next(exact, None) or next(of_room, None)
    if entry is None:
        return Advice(text)
    return Advice(text, _("%(page)sを開く") % {"page": entry.title}, reverse(entry.url_name))


def nothing_measured(found: Measured | None, room: str, text: str) -> Advice:
    """Return what to do where a measure has no figure: what its room says is missing, else ``text``."""
    if found is not None and found.lacking:
        return advice_for(room, together(*found.lacking))
    return advice_for(room, text)
