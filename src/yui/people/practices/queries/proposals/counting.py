"""Counts proposals for figures, and lists those that were counted."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from yui.kernel.calendar_jp import FiscalYear, Period
from yui.kernel.measures.counting import WHY
from yui.kernel.measures.values import EvidenceColumn, QuerySetEvidence
from yui.people.practices.models import Proposal, ProposalOutcome


@dataclass(frozen=True)
class Counted:
    """What figures need to know of one proposal; days of imported ones may be unknown."""

    ward: int
    kind: str
    fiscal_year: int
    submitted_on: date | None
    outcome: str
    decided_on: date | None

    def was_submitted_in(self, period: Period) -> bool:
        """Return whether it was handed in within a period."""
        return _lies_in(self.submitted_on, self.fiscal_year, period)

    def was_decided_in(self, period: Period) -> bool:
        """Return whether it was decided within a period."""
        return bool(self.outcome) and _lies_in(self.decided_on, self.fiscal_year, period)

    @property
    def is_adopted(self) -> bool:
        """Whether it was adopted, in whole or in part."""
        return self.outcome in (ProposalOutcome.ADOPTED, ProposalOutcome.PARTLY)


def _lies_in(day: date | None, fiscal_year: int, period: Period) -> bool:
    """Return whether a day lies in a period; of an unknown day only a whole fiscal year can tell."""
    return period.contains(day) if day is not None else FiscalYear(fiscal_year) in whole_years(period)


def whole_years(period: Period) -> list[FiscalYear]:
    """Return the fiscal years that lie wholly in a period."""
    first, last = FiscalYear.of(period.start), FiscalYear.of(period.last_day)
    years = [FiscalYear(year) for year in range(first.year, last.year + 1)]
    return [year for year in years if period.start <= year.start and year.end <= period.last_day]


def counted_proposals() -> list[Counted]:
    """Return every proposal that counts, of all organisations."""
    records = Proposal.objects.unscoped(WHY).counted().order_by()
    names = ("organisation_id", "kind", "fiscal_year", "submitted_on", "outcome", "decided_on")
    return [Counted(*row) for row in records.values_list(*names)]


def within(period: Period, day: str) -> Q:
    """Return the condition that the field ``day`` lies in a period, as ``Counted`` tells it."""
    unknown = Q(**{f"{day}__isnull": True, "fiscal_year__in": [year.year for year in whole_years(period)]})
    return Q(**{f"{day}__gte": period.start, f"{day}__lt": period.end}) | unknown


def proposal_evidence(wards: Iterable[int], condition: Q) -> QuerySetEvidence:
    """Return the proposals of wards that count and meet a condition."""
    records = Proposal.objects.unscoped(WHY).counted().filter(condition, organisation_id__in=list(wards))
    return QuerySetEvidence(
        records.select_related("organisation").order_by("organisation__sort_order", "fiscal_year", "serial"),
        (
            EvidenceColumn("ward", _("区")),
            EvidenceColumn("number", _("番号")),
            EvidenceColumn("title", _("件名")),
            EvidenceColumn("kind", _("種別")),
            EvidenceColumn("submitted", _("提出日")),
            EvidenceColumn("stage", _("段階")),
        ),
        _cells,
        Proposal.get_absolute_url,
    )


def _cells(proposal: Proposal) -> tuple[str, ...]:
    return (
        proposal.organisation.name,
        proposal.number,
        proposal.title,
        str(proposal.get_kind_display()),
        proposal.submitted_on.isoformat() if proposal.submitted_on else "",
        str(proposal.get_stage_display()),
    )
