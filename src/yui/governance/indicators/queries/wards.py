"""One indicator in all wards: what the tile map and the ranking show."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from yui.governance.indicators.engine.levels import LEVELS, level_of
from yui.governance.indicators.queries.rows import IndicatorRow, history_of, row_of
from yui.governance.indicators.queries.snapshots import StoredFigure, stored_figures
from yui.governance.indicators.tree import Indicator
from yui.governance.indicators.words import value_text
from yui.kernel.calendar_jp import Month
from yui.kernel.charts import Tile, TileMap
from yui.kernel.policy import Actor
from yui.kernel.scope.models import Organisation


@dataclass(frozen=True)
class WardValue:
    """An indicator of one ward; ``level`` is 0 to 4 between lowest and highest ward, ``None`` for no data."""

    ward_code: str
    ward_name: str
    level: int | None
    row: IndicatorRow


@dataclass(frozen=True)
class WardValues:
    """An indicator in every ward, in official order, and what the five levels mean."""

    wards: tuple[WardValue, ...]
    level_texts: tuple[str, ...]

    @property
    def has_data(self) -> bool:
        """Whether any ward has a value."""
        return any(ward.row.value is not None for ward in self.wards)

    @property
    def ranking(self) -> tuple[tuple[int, WardValue], ...]:
        """The wards with data and their place, largest value first; equal values share a place."""
        known = [ward for ward in self.wards if ward.row.value is not None]
        ordered = sorted(known, key=lambda ward: -(ward.row.value or Decimal()))
        places: dict[Decimal | None, int] = {}
        for place, ward in enumerate(ordered, start=1):
            places.setdefault(ward.row.value, place)
        return tuple((places[ward.row.value], ward) for ward in ordered)

    def tile_map(self, title: str, value_label: str, finding: str = "") -> TileMap:
        """Return the tile map of the wards."""
        tiles = tuple(
            Tile(
                code=ward.ward_code,
                name=ward.ward_name,
                value_text=ward.row.value_text if ward.row.value is not None else "",
                level=ward.level,
                trend=ward.row.points,
                url=ward.row.url,
                status=ward.row.status,
            )
            for ward in self.wards
        )
        return TileMap(
            title=title, tiles=tiles, value_label=value_label, level_texts=self.level_texts, finding=finding
        )


def ward_values(actor: Actor, indicator: Indicator, month: Month) -> WardValues:
    """Return the stored figures of an indicator in every ward that ``actor`` may see; two queries."""
    wards = list(Organisation.objects.wards())
    stored = stored_figures(actor, history_of(month)[0], month, indicator_codes=[indicator.code])
    return ward_values_from(indicator, month, wards, stored)


def ward_values_from(
    indicator: Indicator,
    month: Month,
    wards: Sequence[Organisation],
    stored: Mapping[tuple[str, str], list[StoredFigure]],
) -> WardValues:
    """Return the same from figures that were read already."""
    rows = [
        (ward, row_of(indicator, ward.code, month, stored.get((indicator.code, ward.code), [])))
        for ward in wards
    ]
    known = [row.value for _ward, row in rows if row.value is not None]
    low, high = (min(known), max(known)) if known else (Decimal(), Decimal())
    found = tuple(WardValue(ward.code, ward.name, level_of(row.value, low, high), row) for ward, row in rows)
    return WardValues(found, _level_texts(indicator, low, high) if known else ())


def _level_texts(indicator: Indicator, low: Decimal, high: Decimal) -> tuple[str, ...]:
    """Name the ends of the scale; where all wards are alike the middle level says so."""
    texts = [""] * LEVELS
    if low == high:
        texts[LEVELS // 2] = value_text(low, indicator)
    else:
        texts[0], texts[-1] = value_text(low, indicator), value_text(high, indicator)
    return tuple(texts)
