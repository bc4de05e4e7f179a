"""What changed between two texts of a practice."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from yui.kernel.writing import DifferenceLine, differences
from yui.people.practices.models import WORDING, PracticeVersion


@dataclass(frozen=True)
class SectionChange:
    """One section with its lines: same, added, removed."""

    title: str
    lines: tuple[DifferenceLine, ...]


def changes_between(older: PracticeVersion, newer: PracticeVersion) -> list[SectionChange]:
    """Return the parts that differ, in reading order."""
    return _changes(older, {name: getattr(newer, name) for name in WORDING})


def compared_with_stored(stored: PracticeVersion, written: Mapping[str, Any]) -> list[SectionChange]:
    """Return where what somebody wrote differs from what stands."""
    return _changes(stored, written)


def _changes(before: PracticeVersion, after: Mapping[str, Any]) -> list[SectionChange]:
    found = []
    for name in WORDING:
        old, new = _text(getattr(before, name)), _text(after.get(name))
        if old != new:
            title = str(before._meta.get_field(name).verbose_name)  # type: ignore[union-attr]
            found.append(SectionChange(title, differences(old, new)))
    return found


def _text(value: Any) -> str:
    """Return a value as text; lines are those of the person, however the browser ended them."""
    return "" if value is None else str(value).replace("\r\n", "\n")
