"""The charts of a series."""

from decimal import Decimal

from django.utils.translation import gettext as _

from yui.governance.statistics.areas import NATION, area_name
from yui.governance.statistics.models import Frequency, Series
from yui.governance.statistics.queries.observations import WardLines
from yui.governance.statistics.words import figure_text, finding
from yui.kernel.calendar_jp import Month
from yui.kernel.charts import PeerLine, PeerRole, PeersChart, Tile, TileMap
from yui.organisations.public import WARDS

LEVELS = 5


def comparison_chart(series: Series, lines: WardLines, ward_code: str | None) -> PeersChart:
    """Return a ward beside the median of the wards, the middle half of them, and the nation."""
    found = lines.beside(ward_code)
    own_name = area_name(ward_code) if ward_code else ""
    drawn = (
        PeerLine(own_name, found.own, PeerRole.OWN),
        PeerLine(_("区の中央値"), found.median, PeerRole.MIDDLE),
        PeerLine(area_name(NATION), found.nation, PeerRole.WHOLE),
    )
    return PeersChart(
        title=series.name,
        unit=series.unit,
        finding=finding(found, own_name, series.decimals, series.unit),
        periods=_months(lines) if series.frequency == Frequency.MONTH else found.periods,
        lines=tuple(each for each in drawn if any(value is not None for value in each.values)),
        lower=found.lower,
        upper=found.upper,
        range_name=_("まん中の半分の区"),
        period_label=_("期間"),
    )


def _months(lines: WardLines) -> tuple[Month, ...]:
    return tuple(Month.of(day) for day in lines.days)


def ward_map(series: Series, lines: WardLines) -> TileMap | None:
    """Return the wards' values of the last period as a tile map; None where no ward has a value."""
    at = lines.latest
    if at is None:
        return None
    known = sorted(value for line in lines.wards.values() if (value := line[at]) is not None)
    tiles = []
    for ward in WARDS:
        line = lines.wards.get(ward.code, [])
        value = line[at] if line else None
        text = figure_text(value, series.decimals, series.unit)
        address = f"?ward={ward.code}"
        level = None if value is None else _level(value, known)
        tiles.append(Tile(ward.code, area_name(ward.code), text, level, tuple(line), address))
    return TileMap(
        title=_("%(period)sの区ごとの値") % {"period": lines.periods[at]},
        unit=series.unit,
        finding=_(
            "色は、値の小さい区から大きい区までを5つに分けたものです。区を選ぶと、上の線が変わります。"
        ),
        tiles=tuple(tiles),
        value_label=series.name,
    )


def _level(value: Decimal, known: list[Decimal]) -> int:
    """Return in which fifth of the sorted values a value lies; equal values lie in one."""
    return min(known.index(value) * LEVELS // len(known), LEVELS - 1)
