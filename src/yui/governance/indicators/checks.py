"""System checks: the tree and the measures that it reads must speak of the same units."""

from typing import Any

from django.core.checks import CheckMessage, Error

from yui.governance.indicators.tree import Tree, tree
from yui.kernel.measures.registry import MeasureDefinition, measures


def unit_mismatches(known: dict[str, MeasureDefinition], of: Tree) -> list[CheckMessage]:
    """Return an error for each indicator whose registered measure has another unit."""
    return [
        Error(
            f"indicator {indicator.code} is in {indicator.unit.value}, "
            f"but its measure {indicator.measure} gives {known[indicator.measure].unit.value}",
            hint="Change the unit in tree.toml or in the measure: a figure has one unit.",
            id="indicators.E001",
        )
        for indicator in of.indicators
        if indicator.measure in known and known[indicator.measure].unit != indicator.unit
    ]


def check_units(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """Check the article's tree against the installed measures."""
    return unit_mismatches(dict(measures()), tree())
