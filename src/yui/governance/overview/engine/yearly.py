"""From sums that begin anew with each fiscal year to what came in each month."""

from collections.abc import Sequence
from decimal import Decimal


def monthly_counts(sums: Sequence[Decimal | None], is_first: Sequence[bool]) -> list[Decimal | None]:
    """Return what each month added to the sum of its year.

    Args:
        sums: the sum from the beginning of the year to the end of each month; None is no data.
        is_first: whether the month is the first of its year.

    Returns:
        For each month its count; None where its own sum or the one before is not known. Where a sum is
        smaller than the one before (a month was counted anew, its predecessor was not), nothing was added.

    Raises:
        ValueError: when the two sequences differ in length.
    """
    found: list[Decimal | None] = []
    before: Decimal | None = None
    for total, first in zip(sums, is_first, strict=True):
        if total is None or (before is None and not first):
            found.append(None)
        else:
            found.append(max(Decimal(), total - (Decimal() if first or before is None else before)))
        before = total
    return found
