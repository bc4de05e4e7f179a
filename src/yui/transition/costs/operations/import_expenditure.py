"""Taking totals and indicators of municipalities' accounts into the records."""

from dataclasses import dataclass, replace
from typing import Any

from yui.kernel.links import urn
from yui.kernel.operations import operation, record, record_nothing
from yui.kernel.policy import Actor, Verb, allows, require
from yui.kernel.scope.models import Organisation, Visibility
from yui.transition.costs.formats.expenditure import ExpenditureFile, IndicatorRow, TotalRow
from yui.transition.costs.models import ExpenditureKind, FiscalIndicator, TotalExpenditure

Changes = dict[str, dict[str, list[Any]]]
"""``{organisation code: {figure: [before, after]}}``."""


@dataclass(frozen=True)
class ExpenditureOutcome:
    """What became of the rows of a file.

    Attributes:
        accepted: rows of organisations that the actor imports for.
        outside: rows of municipalities that Yui does not know.
        not_ours: rows of known organisations for which the actor may not import.
        changed: figures that are new or differ from before.
    """

    accepted: int
    outside: int
    not_ours: int
    changed: int


@operation("costs.expenditure.import")
def import_expenditure(
    actor: Actor, *, organisation: Organisation, file: ExpenditureFile, file_name: str
) -> ExpenditureOutcome:
    """Keep the totals and indicators of those organisations that the actor may import for.

    The figures are published ones, so everybody may see them. A figure that says the same changes nothing.

    Raises:
        PermissionRefused: when the actor may not import for ``organisation``.
    """
    require(actor, Verb.IMPORT, organisation)
    known = {found.code: found for found in Organisation.objects.filter(is_active=True)}
    ours = {code for code, found in known.items() if allows(actor, Verb.IMPORT, found)}
    changes: Changes = {}
    for total in file.totals:
        if total.code in ours:
            _keep_total(known[total.code], total, file_name, changes)
    for indicator in file.indicators:
        if indicator.code in ours:
            _keep_indicator(known[indicator.code], indicator, file_name, changes)
    for code, changed in sorted(changes.items()):
        record(
            known[code],
            subject=urn("costs.expenditure", code),
            summary=f"{file_name} から {len(changed)} 件の数字を取り込みました",
            changes=changed,
            visibility=Visibility.PUBLIC,
        )
    if not changes:
        record_nothing("every figure of the file is known already")
    return replace(count_rows(actor, file), changed=sum(map(len, changes.values())))


def count_rows(actor: Actor, file: ExpenditureFile) -> ExpenditureOutcome:
    """Return how many rows the actor would import, without importing; ``changed`` then counts them all."""
    known = {found.code: found for found in Organisation.objects.filter(is_active=True)}
    ours = {code for code, found in known.items() if allows(actor, Verb.IMPORT, found)}
    codes = {total.row: total.code for total in file.totals}
    codes |= {indicator.row: indicator.code for indicator in file.indicators}
    accepted = sum(code in ours for code in codes.values())
    outside = sum(code not in known for code in codes.values())
    return ExpenditureOutcome(accepted, outside, len(codes) - accepted - outside, accepted)


def _keep_total(organisation: Organisation, row: TotalRow, source: str, changes: Changes) -> None:
    """Write one total unless it is known already."""
    kind = ExpenditureKind.BUDGET if row.is_budget else ExpenditureKind.SETTLED
    totals = TotalExpenditure.objects.owned_by(organisation)
    known = totals.filter(fiscal_year=row.fiscal_year, kind=kind).first()
    before = known.amount_yen if known else None
    if before == row.amount_yen:
        return
    total = known or TotalExpenditure(organisation=organisation, fiscal_year=row.fiscal_year, kind=kind)
    total.visibility, total.amount_yen, total.source = Visibility.PUBLIC, row.amount_yen, source[:255]
    total.full_clean()
    total.save()
    name = f"{row.fiscal_year}年度 歳出総額({total.get_kind_display()})"
    changes.setdefault(organisation.code, {})[name] = [before, row.amount_yen]


def _keep_indicator(organisation: Organisation, row: IndicatorRow, source: str, changes: Changes) -> None:
    """Write one indicator unless it is known already."""
    indicators = FiscalIndicator.objects.owned_by(organisation)
    known = indicators.filter(name=row.name, fiscal_year=row.fiscal_year).first()
    before = known.value if known else None
    if before == row.value:
        return
    indicator = known or FiscalIndicator(
        organisation=organisation, name=row.name, fiscal_year=row.fiscal_year
    )
    indicator.visibility, indicator.value, indicator.source = Visibility.PUBLIC, row.value, source[:255]
    indicator.full_clean()
    indicator.save()
    changes.setdefault(organisation.code, {})[row.name] = [before, row.value]
