"""Charts and sentences that set a ward beside the others."""

from collections.abc import Mapping
from decimal import Decimal

from django.utils.translation import gettext as _

from yui.governance.indicators.public import LEVELS, level_of
from yui.governance.overview.amounts import Amount
from yui.governance.overview.queries.beside import Beside, Line
from yui.governance.overview.queries.question import Question
from yui.governance.overview.sentences import together
from yui.kernel.charts import Bar, BarChart, PeerLine, PeerRole, PeersChart, Tile, TileMap


def peers_chart(
    title: str,
    found: Beside,
    amount: Amount,
    question: Question,
    *,
    whole_name: str = "",
    period_label: str = "",
    from_zero: bool = True,
    more: str = "",
) -> PeersChart:
    """Return the ward's line, the median with the middle half of the wards, and that of the whole."""
    comparison = found.comparison
    lines = []
    if any(value is not None for value in comparison.own):
        lines.append(PeerLine(question.ward_name, amount.rounded_line(comparison.own), PeerRole.OWN))
    if any(value is not None for value in comparison.median):
        lines.append(PeerLine(_("区の中央値"), amount.rounded_line(comparison.median), PeerRole.MIDDLE))
    if any(value is not None for value in found.whole):
        lines.append(PeerLine(whole_name, amount.rounded_line(found.whole), PeerRole.WHOLE))
    return PeersChart(
        title=title,
        unit=amount.axis,
        finding=together(finding(found, amount, question, whole_name), more),
        periods=found.periods,
        lines=tuple(lines),
        lower=amount.rounded_line(comparison.lower),
        upper=amount.rounded_line(comparison.upper),
        range_name=_("まん中の半分の区"),
        period_label=period_label or _("月"),
        from_zero=from_zero,
    )


def finding(found: Beside, amount: Amount, question: Question, whole_name: str = "") -> str:
    """Say where the ward stands among the others, or how the wards lie where none is chosen."""
    comparison, own = found.comparison, found.comparison.last_own
    if own is not None and comparison.rank is not None:
        return _(
            "%(period)s、%(ward)sは%(value)sで、値のある%(of)d区の大きいほうから%(rank)d番目です"
            "(中央値は%(median)s)。"
        ) % {
            "period": found.names[own],
            "ward": question.ward_name,
            "value": amount.text(comparison.own[own]),
            "of": comparison.of,
            "rank": comparison.rank,
            "median": amount.text(comparison.median[own]),
        }
    last = found.last
    if last is None:
        return _whole_alone(found, amount, whole_name)
    values = {
        "period": found.names[last],
        "count": comparison.counted[last],
        "median": amount.text(comparison.median[last]),
    }
    sentence = (
        _("%(ward)sには値がありません。") % {"ward": question.ward_name} if question.ward is not None else ""
    )
    if comparison.lower[last] is None:
        return together(sentence, _("%(period)s、値のある%(count)d区の中央値は%(median)sです。") % values)
    middle = _(
        "%(period)s、値のある%(count)d区の中央値は%(median)sで、まん中の半分の区は%(low)s〜%(high)sです。"
    ) % {
        **values,
        "low": amount.text(comparison.lower[last]),
        "high": amount.text(comparison.upper[last]),
    }
    return together(sentence, middle)


def _whole_alone(found: Beside, amount: Amount, whole_name: str) -> str:
    """Say what the whole is at its last period, where no ward has a value."""
    known = [place for place, value in enumerate(found.whole) if value is not None]
    if not known:
        return ""
    return _("%(period)s、%(whole)sは%(value)sです。区ごとの値はありません。") % {
        "period": found.names[known[-1]],
        "whole": whole_name,
        "value": amount.text(found.whole[known[-1]]),
    }


def ward_bars(
    title: str, values: Mapping[str, Decimal], amount: Amount, question: Question, found: str
) -> BarChart:
    """Return a bar for each ward that has a value, the chosen one marked."""
    return BarChart(
        title=title,
        unit=amount.axis,
        finding=found,
        name_label=_("区"),
        bars=tuple(
            Bar(ward.name, amount.rounded(values.get(ward.code)), is_marked=ward.code == question.ward_code)
            for ward in question.wards
        ),
    )


def ward_tiles(
    title: str,
    values: Mapping[str, Decimal | None],
    amount: Amount,
    question: Question,
    *,
    value_label: str,
    found: str,
    urls: Mapping[str, str],
) -> TileMap:
    """Return the tile map of the wards by value in five levels."""
    known = [value for value in values.values() if value is not None]
    low, high = (min(known), max(known)) if known else (Decimal(), Decimal())
    texts = [""] * LEVELS
    texts[0], texts[-1] = amount.text(low), amount.text(high)
    if low == high:
        texts = ["" if place != LEVELS // 2 else amount.text(low) for place in range(LEVELS)]
    return TileMap(
        title=title,
        finding=found,
        value_label=value_label,
        level_texts=tuple(texts),
        tiles=tuple(
            Tile(
                code=ward.code,
                name=ward.name,
                value_text=amount.text(value) if (value := values.get(ward.code)) is not None else "",
                level=level_of(value, low, high),
                url=urls.get(ward.code, ""),
            )
            for ward in question.wards
        ),
    )


def last_values(lines: Mapping[str, Line]) -> dict[str, Decimal]:
    """Return the last value of each line that has one at its last period."""
    return {code: line[-1] for code, line in lines.items() if line and line[-1] is not None}
