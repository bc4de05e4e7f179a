"""FOCUS files: which dataset and version a file is, and what it must hold.

Pure: works on column names only. Columns are recognised whatever their case and surrounding spaces.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from yui.transition.costs.formats.errors import ColumnsMissing, ColumnTwice, NotFocus
from yui.transition.costs.formats.focus_columns import (
    CONTRACT_COMMITMENT,
    COST_AND_USAGE,
    VERSIONS,
    Column,
    Level,
)

CHARGES, COMMITMENT = "focus", "commitment"

# Without these no figure can be worked out; the standard makes all of them mandatory in every version.
NEEDED = (
    "BilledCost",
    "EffectiveCost",
    "BillingCurrency",
    "BillingAccountId",
    "BillingPeriodStart",
    "ChargePeriodStart",
    "ChargeCategory",
    "ServiceName",
)
# A row without one of these cannot be counted, so it is refused.
NEVER_EMPTY = ("BilledCost", "EffectiveCost", "BillingCurrency", "BillingAccountId", "BillingPeriodStart")
PROVIDERS = ("ServiceProviderName", "ProviderName")
NEEDED_OF_COMMITMENT = (
    "ContractCommitmentId",
    "ContractCommitmentPeriodStart",
    "ContractCommitmentPeriodEnd",
)
NEVER_EMPTY_OF_COMMITMENT = ("ContractCommitmentId", "ContractCommitmentPeriodStart")

# Tags that name what a charge is for, by the column that they become.
TAGS = {
    "x_tag_system": ("system", "System", "システム", "システムコード", "YuiSystem"),
    "x_tag_business": ("business", "Business", "業務", "業務コード"),
    "x_tag_application": ("application", "Application", "app"),
    "x_tag_environment": ("environment", "Environment", "env", "環境"),
}


@dataclass(frozen=True)
class FocusLayout:
    """What a file turned out to be.

    Attributes:
        dataset: ``focus`` (Cost and Usage) or ``commitment`` (Contract Commitment).
        version: the FOCUS version that the columns point to.
        columns: the specification's column for each column of the file, ``None`` for one of its own.
        names: the name under which each column of the file is kept.
        missing: mandatory columns of the version that the file lacks and that no figure needs.
    """

    dataset: str
    version: str
    columns: tuple[Column | None, ...]
    names: tuple[str, ...]
    missing: tuple[str, ...]

    @property
    def never_empty(self) -> tuple[str, ...]:
        """The columns without which a row is refused."""
        return NEVER_EMPTY if self.dataset == CHARGES else NEVER_EMPTY_OF_COMMITMENT


def recognise(header: Sequence[str]) -> FocusLayout:
    """Say which FOCUS dataset and version ``header`` belongs to.

    Raises:
        NotFocus: when the columns are not those of a FOCUS dataset.
        ColumnTwice: when two columns have the same name.
        ColumnsMissing: when a column is absent without which no figure can be worked out.
    """
    folded = [name.strip().lstrip("\ufeff").lower() for name in header]
    _demand_each_once(header, folded)
    dataset = _dataset_of(set(folded))
    known = {column.name.lower(): column for column in columns_of(dataset)}
    columns = tuple(known.get(name) for name in folded)
    present = {column.name for column in columns if column}
    _demand_needed(dataset, present)
    version = detect_version(dataset, present)
    missing = tuple(name for name in mandatory(dataset, version) if name not in present)
    names = tuple(
        column.name if column else _own_name(written) for column, written in zip(columns, header, strict=True)
    )
    return FocusLayout(dataset, version, columns, names, missing)


def columns_of(dataset: str) -> tuple[Column, ...]:
    """Return the specification's columns of a dataset, of all versions."""
    return COST_AND_USAGE if dataset == CHARGES else CONTRACT_COMMITMENT


def mandatory(dataset: str, version: str) -> tuple[str, ...]:
    """Return the columns that ``version`` makes mandatory."""
    return tuple(c.name for c in columns_of(dataset) if c.level is Level.MANDATORY and c.is_in(version))


def detect_version(dataset: str, present: Iterable[str]) -> str:
    """Return the newest version that introduced one of the columns ``present``.

    A Cost and Usage file without ``ProviderName`` that has ``ServiceProviderName`` is 1.4: that version
    removed what 1.3 had deprecated.
    """
    present = set(present)
    first = VERSIONS[0] if dataset == CHARGES else "1.3"
    newest = max((c.since for c in columns_of(dataset) if c.name in present), default=first)
    if dataset == CHARGES and newest == "1.3" and "ProviderName" not in present:
        return "1.4"
    return max(newest, first)


def _dataset_of(folded: set[str]) -> str:
    if "contractcommitmentid" in folded and "billedcost" not in folded:
        return COMMITMENT
    if len(folded & {name.lower() for name in NEEDED}) >= len(NEEDED) // 2:
        return CHARGES
    raise NotFocus


def _demand_each_once(header: Sequence[str], folded: Sequence[str]) -> None:
    seen: set[str] = set()
    for written, name in zip(header, folded, strict=True):
        if name in seen:
            raise ColumnTwice(written)
        seen.add(name)


def _demand_needed(dataset: str, present: set[str]) -> None:
    needed = NEEDED if dataset == CHARGES else NEEDED_OF_COMMITMENT
    missing = [name for name in needed if name not in present]
    if dataset == CHARGES and not present & set(PROVIDERS):
        missing.append("ProviderName")
    if missing:
        raise ColumnsMissing(missing)


def _own_name(written: str) -> str:
    """Return the name under which a column outside the specification is kept."""
    name = written.strip().lstrip("\ufeff")
    is_ours = name.lower() in {"organisation", "month", "x_month", "x_part", "x_provider"} or not name
    return f"x_source_{name}" if is_ours else name
