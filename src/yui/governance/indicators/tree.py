"""Reads ``tree.toml``: the article's whole KGI/KSI/KPI tree as data."""

import tomllib
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from yui.kernel.calendar_jp import Month, Period
from yui.kernel.measures.values import Unit

TREE_FILE = Path(__file__).with_name("tree.toml")


class Level(StrEnum):
    """Where an indicator stands in the tree."""

    KGI = "KGI"
    KSI = "KSI"
    KPI = "KPI"


class Direction(StrEnum):
    """Which way is good."""

    AT_LEAST = "at_least"
    AT_MOST = "at_most"
    STABILISE = "stabilise"
    REPORT = "report"


class Window(StrEnum):
    """The span that a month's figure covers."""

    MONTH = "month"
    FISCAL_YEAR = "fiscal_year"
    THREE_FISCAL_YEARS = "three_fiscal_years"
    TRAILING_YEAR = "trailing_year"

    def period(self, month: Month) -> Period:
        """Return the span that ends with ``month``."""
        if self is Window.MONTH:
            return Period.of_month(month)
        if self is Window.TRAILING_YEAR:
            return Period.of_months(month.shift(-11), month)
        years_back = 2 if self is Window.THREE_FISCAL_YEARS else 0
        return Period.of_months(month.fiscal_year.shift(-years_back).months[0], month)

    def elapsed(self, month: Month) -> tuple[int, int]:
        """Return how many months of the window have passed with ``month``, and how many it has in all."""
        if self is Window.MONTH:
            return 1, 1
        if self is Window.TRAILING_YEAR:
            return 12, 12
        whole = 36 if self is Window.THREE_FISCAL_YEARS else 12
        return len(self.period(month).months), whole


class TreeError(Exception):
    """``tree.toml`` says something that cannot be."""


@dataclass(frozen=True)
class Pillar:
    """One of the three pillars."""

    number: int
    title_ja: str
    title_en: str
    statement: str

    @property
    def title(self) -> str:
        """The title in the reader's language."""
        return self.title_en if (get_language() or "").startswith("en") else self.title_ja

    @property
    def mark(self) -> str:
        """①, ② or ③."""
        return "①②③"[self.number - 1]


@dataclass(frozen=True)
class Indicator:
    """One KGI, KSI or KPI, and the measure that it reads."""

    code: str
    pillar: int
    level: Level
    title_ja: str
    title_en: str
    statement: str
    data_acquisition: str
    measure: str
    unit: Unit
    direction: Direction
    window: Window
    target: Decimal | None = None
    kind: str = ""
    decimals: int = 0
    cumulative: bool = False
    joint_only_target: bool = False
    due: str = ""

    @property
    def title(self) -> str:
        """The title in the reader's language."""
        return self.title_en if (get_language() or "").startswith("en") else self.title_ja

    @property
    def slug(self) -> str:
        """The code as it stands in addresses."""
        return self.code.lower()

    @property
    def deadline(self) -> str:
        """By when the target is to be reached, in words."""
        if self.window is Window.MONTH and not self.due and self.direction is not Direction.REPORT:
            return str(_("定めなし(年度末で判定します)"))
        return str(_DEADLINES[self.due or self.window.value])

    @property
    def kind_title(self) -> str:
        """アウトカム, アウトプット or nothing."""
        return str(_KINDS[self.kind])

    @property
    def is_ceiling(self) -> bool:
        """Whether the target is that nothing happens at all, which no trend leads to."""
        return self.direction is Direction.AT_MOST and self.target == 0

    def target_for(self, *, joint: bool) -> Decimal | None:
        """Return the target of all wards together or of one ward (none where only the sum has one)."""
        return None if self.joint_only_target and not joint else self.target


_KINDS = {"": "", "outcome": _("アウトカム指標"), "output": _("アウトプット指標")}
_DEADLINES = {
    "month": _("毎月"),
    "fiscal_year": _("毎年度末(3月31日)"),
    "three_fiscal_years": _("3年度で"),
    "trailing_year": _("直近12か月で"),
    "within_three_years_of_migration": _("移行完了後3年以内"),
    "three_years_after_start": _("開始から3年間で"),
}


@dataclass(frozen=True)
class Tree:
    """Pillars and indicators in the article's order."""

    pillars: tuple[Pillar, ...]
    indicators: tuple[Indicator, ...]

    def of_pillar(self, number: int) -> tuple[Indicator, ...]:
        """Return the indicators of one pillar."""
        return tuple(indicator for indicator in self.indicators if indicator.pillar == number)

    def find(self, code: str) -> Indicator | None:
        """Return the indicator with this code, in any case."""
        return next((i for i in self.indicators if i.code.lower() == code.lower()), None)


def _indicator(entry: dict[str, Any]) -> Indicator:
    try:
        target = entry.pop("target", None)
        return Indicator(
            **entry
            | {
                "level": Level(entry["level"]),
                "unit": Unit(entry["unit"]),
                "direction": Direction(entry["direction"]),
                "window": Window(entry["window"]),
                "target": None if target is None else Decimal(str(target)),
            }
        )
    except (KeyError, TypeError, ValueError) as error:
        raise TreeError(f"tree.toml, indicator {entry.get('code', '?')}: {error}") from error


def read_tree(text: str) -> Tree:
    """Return the tree that ``text`` (TOML) describes.

    Raises:
        TreeError: when a field is missing, unknown or impossible, or a code stands twice.
    """
    content = tomllib.loads(text)
    tree = Tree(
        tuple(Pillar(**entry) for entry in content["pillars"]),
        tuple(_indicator(dict(entry)) for entry in content["indicators"]),
    )
    codes = [indicator.code for indicator in tree.indicators]
    if len(set(codes)) != len(codes):
        raise TreeError("tree.toml: an indicator code stands twice")
    for indicator in tree.indicators:
        needs_target = indicator.direction in {Direction.AT_LEAST, Direction.AT_MOST}
        if needs_target != (indicator.target is not None):
            raise TreeError(f"tree.toml, indicator {indicator.code}: target and direction do not fit")
        if indicator.due and indicator.due not in _DEADLINES:
            raise TreeError(f"tree.toml, indicator {indicator.code}: unknown due {indicator.due!r}")
    return tree


@cache
def tree() -> Tree:
    """Return the tree of the article."""
    return read_tree(TREE_FILE.read_text(encoding="utf-8"))
