"""The bill lines behind a figure, always within what the reader may see."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext_lazy as _

from yui.kernel.calendar_jp import Month, Period
from yui.kernel.lake.evidence import LakeEvidence
from yui.kernel.lake.reach import Reach
from yui.kernel.lake.reading import Source
from yui.kernel.measures.values import EvidenceColumn, EvidenceRow
from yui.transition.costs.engine.roll_up import Rules, lines_query
from yui.transition.costs.engine.rows import exact_text
from yui.transition.costs.facts import CHARGES, CostCategory
from yui.transition.costs.models import BillImport

NOBODY = Reach(frozenset(), frozenset(), "evidence is read for a reader only")
COLUMNS: tuple[tuple[str, Any], ...] = (
    ("organisation", _("団体コード")),
    ("month", _("月")),
    ("x_provider", _("事業者")),
    ("ServiceName", _("サービス・件名")),
    ("x_cost_category", _("経費区分")),
    ("ResourceId", _("リソース")),
    ("ChargePeriodStart", _("利用の始まり")),
    ("BilledCost", _("請求額")),
    ("EffectiveCost", _("実効額")),
    ("BillingCurrency", _("通貨")),
)
LinesEvidence = LakeEvidence[EvidenceColumn, EvidenceRow]


def reach_of(actor: Any) -> Reach:
    """Return the lines of those bills whose records ``actor`` may see."""
    if actor.is_system:
        return Reach.of(actor)
    return Reach.of_batches(
        BillImport.objects.visible_to(actor).filter(withdrawn_at__isnull=True).values_list("batch", flat=True)
    )


def lines(
    *,
    organisations: Sequence[str] | None,
    months: Sequence[str] | None,
    batches: Sequence[str] | None = None,
    rules: Rules | None = None,
    system: str | None = None,
    categories: Sequence[str] | None = None,
    paid_for: Month | None = None,
) -> LinesEvidence:
    """Return the lines of organisations and months.

    Args:
        system: only the lines that ``rules`` give to this system.
        categories: only the lines of these 経費区分.
        paid_for: only the lines that pay for this month, whenever they were paid.
    """
    query = lines_query(
        rules or Rules(),
        [name for name, _title in COLUMNS],
        has_system=system is not None,
        has_categories=categories is not None,
        has_paid_for=paid_for is not None,
    )
    parameters = (rules or Rules()).parameters() | ({} if system is None else {"system": system})
    if categories is not None:
        parameters["categories"] = list(categories)
    if paid_for is not None:
        days = Period.of_month(paid_for)
        parameters |= {"paid_for": str(paid_for), "paid_for_start": days.start, "paid_for_end": days.end}
    return LakeEvidence(
        sql=query,
        source=Source(CHARGES, NOBODY, organisations=organisations, months=months, batches=batches),
        columns=tuple(EvidenceColumn(name, title) for name, title in COLUMNS),
        row=evidence_row,
        parameters=parameters,
        reach=reach_of,
    )


def evidence_row(found: tuple[Any, ...]) -> EvidenceRow:
    """Return one line, read in the order of ``COLUMNS``, as exact texts."""
    return EvidenceRow(
        tuple(_cell(name, value) for (name, _title), value in zip(COLUMNS, found, strict=True))
    )


def _cell(name: str, value: Any) -> str:
    """Return a cell as exact text."""
    if value is None:
        return ""
    if isinstance(value, Decimal):
        return exact_text(value)
    if name == "x_cost_category" and value in CostCategory.values:
        return str(CostCategory(value).label)
    return str(value)
