"""How the records out of which practices come are read."""

from collections.abc import Collection

from yui.people.practices.models import Practice


def area_keys(codes: Collection[str]) -> list[int]:
    """Return the keys of standard business areas, given by their codes."""
    areas = Practice.areas.field.related_model.objects  # type: ignore[attr-defined]
    return sorted(areas.filter(code__in=list(codes)).values_list("pk", flat=True))
