"""What measures that count records share: why they may read all, and whose records they count."""

from collections.abc import Sequence
from decimal import Decimal

from yui.kernel.measures.values import Evidence, Measure, MeasureScope, Unit
from yui.kernel.scope.models import Organisation

WHY = "a measure counts the records of every ward; its evidence shows each reader only what he may see"
"""The reason that a measure gives for an unscoped query."""


def ward_keys() -> list[int]:
    """Return the keys of the wards, in official order."""
    return list(Organisation.objects.wards().values_list("pk", flat=True))


def keys_of(scope: MeasureScope, wards: Sequence[int]) -> Sequence[int]:
    """Return the keys of the scope's organisations: its own, or those of all ``wards``."""
    return [scope.organisation.pk] if scope.organisation else wards


def count_of(number: int, evidence: Evidence, note: str = "") -> Measure:
    """Return the measure that counts records: its value and its numerator are how many they are."""
    count = Decimal(number)
    return Measure(count, Unit.COUNT, count, None, evidence, note=note, records=number)
