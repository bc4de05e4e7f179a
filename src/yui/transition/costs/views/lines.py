"""The bill lines behind one cell of the overview."""

from collections.abc import Sequence
from typing import overload

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from yui.kernel.calendar_jp import DateNotUnderstood, Month
from yui.kernel.measures.values import EvidenceRow
from yui.kernel.money import whole_yen
from yui.kernel.scope.models import Organisation
from yui.kernel.ui.asking import actor_of
from yui.transition.costs.engine.rows import grouped_text
from yui.transition.costs.queries.lines import LinesEvidence, lines
from yui.transition.costs.queries.monthly import AMORTISED, costs_visible_to, summarise
from yui.transition.costs.queries.rules import rules_of
from yui.transition.costs.views.access import metric_of

LINES_SHOWN = 50


class LinesPager(Sequence[EvidenceRow]):
    """Evidence as something that Django's paginator can cut into pages."""

    def __init__(self, evidence: LinesEvidence, request: HttpRequest) -> None:
        self._evidence, self._actor = evidence, actor_of(request)

    def __len__(self) -> int:
        return self._evidence.count(self._actor)

    @overload
    def __getitem__(self, part: int) -> EvidenceRow: ...

    @overload
    def __getitem__(self, part: slice) -> list[EvidenceRow]: ...

    def __getitem__(self, part: int | slice) -> EvidenceRow | list[EvidenceRow]:
        if isinstance(part, int):
            return self._evidence.rows(self._actor, part, 1)[0]
        return self._evidence.rows(self._actor, part.start, part.stop - part.start)


@login_required
@require_safe
def lines_of_cell(request: HttpRequest) -> HttpResponse:
    """Show the lines of one ward, system and month; what the reader may not see does not exist for him."""
    actor, system, metric = actor_of(request), request.GET.get("system", ""), metric_of(request)
    ward = get_object_or_404(Organisation, code=request.GET.get("ward", ""))
    try:
        month = Month.parse(request.GET.get("month", ""))
    except DateNotUnderstood as error:
        raise Http404(str(error)) from error
    costs = costs_visible_to(
        actor, organisations=[ward.code], first_month=str(month), last_month=str(month), metric=metric
    )
    cells = summarise(costs.filter(system_code=system), ("ward",), metric)
    if not cells:
        raise Http404(_("その月の明細はありません。"))
    is_spread = metric == AMORTISED
    evidence = lines(
        organisations=[ward.code],
        months=None if is_spread else [str(month)],
        rules=rules_of(ward),
        system=system,
        paid_for=month if is_spread else None,
    )
    context = {
        "ward": ward,
        "month": month,
        "is_spread": is_spread,
        "system": system,
        "amounts": {name: grouped_text(amount) for name, amount in sorted(cells[0].amounts.items())},
        "yen": None if cells[0].yen.yen is None else whole_yen(cells[0].yen.yen),
        "columns": evidence.columns,
        "page": Paginator(LinesPager(evidence, request), LINES_SHOWN).get_page(request.GET.get("page")),
    }
    return render(request, "costs/lines.html", context)
