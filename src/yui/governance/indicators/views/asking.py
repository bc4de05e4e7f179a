"""What every page of the room asks first: who reads, which indicator, which month, whose figures."""

from dataclasses import dataclass

from django.http import Http404, HttpRequest

from yui.governance.indicators.errors import IndicatorQuestionError, UnknownWard
from yui.governance.indicators.models import JOINT
from yui.governance.indicators.queries.questions import last_closed_month, read_indicator, read_month
from yui.governance.indicators.queries.rows import history_of
from yui.governance.indicators.queries.snapshots import latest_month
from yui.governance.indicators.tree import Indicator
from yui.kernel.calendar_jp import Month
from yui.kernel.measures.values import MeasureScope
from yui.kernel.scope.models import Organisation
from yui.kernel.ui.asking import actor_of


@dataclass(frozen=True)
class Asked:
    """The month and the scope that the address names, and what there is to choose from."""

    month: Month
    ward: Organisation | None
    wards: tuple[Organisation, ...]
    newest: Month

    @property
    def scope_code(self) -> str:
        """The ward's code, or that of all wards together."""
        return self.ward.code if self.ward else JOINT

    @property
    def scope(self) -> MeasureScope:
        """The same for measures."""
        return MeasureScope(self.ward)

    @property
    def months(self) -> list[Month]:
        """The months to choose from, newest first; the one shown is always among them."""
        months = set(history_of(self.newest)) | {self.month}
        return sorted(months, reverse=True)

    @property
    def query(self) -> str:
        """The same question as the query part of an address."""
        ward = f"&ward={self.ward.code}" if self.ward else ""
        return f"month={self.month}{ward}"


def asked_month(request: HttpRequest) -> tuple[Month, Month]:
    """Return the month that the address names (else the newest stored one), and the newest stored one.

    Answers 404 to what is no month.
    """
    newest = latest_month(actor_of(request)) or last_closed_month()
    text = request.GET.get("month", "")
    try:
        return (read_month(text) if text else newest), newest
    except IndicatorQuestionError as error:
        raise Http404(str(error)) from error


def asked(request: HttpRequest) -> Asked:
    """Return what the address asks for; answers 404 to an unknown ward or month."""
    month, newest = asked_month(request)
    wards = tuple(Organisation.objects.wards())
    code = request.GET.get("ward", "")
    if code in ("", JOINT):
        return Asked(month, None, wards, newest)
    ward = next((each for each in wards if each.code == code), None)
    if ward is None:
        raise Http404(str(UnknownWard(code)))
    return Asked(month, ward, wards, newest)


def asked_indicator(slug: str) -> Indicator:
    """Return the indicator of this address; answers 404 where the tree has none."""
    try:
        return read_indicator(slug)
    except IndicatorQuestionError as error:
        raise Http404(str(error)) from error
