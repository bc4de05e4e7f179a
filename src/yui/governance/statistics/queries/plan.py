"""What loading a file would do to the store, before anything is changed."""

from collections import defaultdict
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from yui.governance.statistics.engine.revision import Effect, Known, effect_of
from yui.governance.statistics.formats.contents import Cell, Figure, SeriesContent
from yui.governance.statistics.models import Observation, Series
from yui.kernel.scope.models import Organisation


@dataclass
class SeriesPlan:
    """What a file does to one series.

    Attributes:
        content: the series as the file holds it.
        new: figures of which nothing is known.
        changed: figures that take another one's place, with the key of that one.
        confirmed: keys of figures that a newer retrieval confirms.
        known: how many figures change nothing, confirmed ones included.
        older: figures that an older retrieval gave otherwise, with the key of the current one.
    """

    content: SeriesContent
    new: list[Cell] = field(default_factory=list)
    changed: list[tuple[Cell, int]] = field(default_factory=list)
    confirmed: list[int] = field(default_factory=list)
    known: int = 0
    older: list[tuple[Cell, int]] = field(default_factory=list)

    @property
    def changes_nothing(self) -> bool:
        """Whether the store stays as it is."""
        return not (self.new or self.changed or self.confirmed or self.older)


def stored_series(organisation: Organisation, codes: Sequence[str]) -> dict[str, Series]:
    """Return the series of the organisation with these codes."""
    found = (
        Series.objects.owned_by(organisation).filter(code__in=codes).select_related("source__organisation")
    )
    return {each.code: each for each in found}


def taken_codes(codes: Sequence[str]) -> set[str]:
    """Return which codes are in use, whoever keeps the series; a code is used once in the whole house."""
    found = Series.objects.unscoped("codes are unique in the whole house").filter(code__in=codes)
    return set(found.values_list("code", flat=True))


def plan_of(content: SeriesContent, stored: Series | None, retrieved_on: date) -> SeriesPlan:
    """Compare the figures of a file with those of the store; without a stored series all are new."""
    plan = SeriesPlan(content)
    known = _known(stored) if stored else {}
    for cell in content.cells:
        said = known.get((cell.area_code, cell.starts_on), ())
        effect = effect_of(_content(cell.figure), retrieved_on, said)
        if effect is Effect.NEW:
            plan.new.append(cell)
            continue
        current = next(each.key for each in said if each.is_current)
        if effect is Effect.CHANGED:
            plan.changed.append((cell, current))
        elif effect is Effect.OLDER:
            plan.older.append((cell, current))
        else:
            plan.known += 1
            if effect is Effect.CONFIRMED:
                plan.confirmed.append(current)
    return plan


def _content(figure: Figure) -> Hashable:
    return figure.value, figure.missing, figure.is_provisional, figure.is_marked_revised


def _known(series: Series) -> Mapping[tuple[str, date], Sequence[Known]]:
    """Return every figure of a series by area and period."""
    rows = (
        Observation.objects.owned_by(series.source.organisation)
        .filter(series=series)
        .values_list(
            "pk",
            "area_code",
            "starts_on",
            "value",
            "missing",
            "is_provisional",
            "is_marked_revised",
            "confirmed_on",
            "superseded_by",
        )
    )
    found: dict[tuple[str, date], list[Known]] = defaultdict(list)
    for key, area, starts_on, value, missing, provisional, revised, confirmed_on, superseded_by in rows:
        content = (value, missing, provisional, revised)
        found[area, starts_on].append(Known(key, content, confirmed_on, superseded_by is None))
    return found
