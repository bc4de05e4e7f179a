"""How the values of a figure are written, whether it is measured or comes from a statistic."""

from dataclasses import dataclass
from decimal import Decimal

from yui.governance.indicators.public import amount_text, unit_text
from yui.kernel.measures.values import Unit
from yui.kernel.money import round_half_up


@dataclass(frozen=True)
class Amount:
    """A unit (one of the measures', or that of a statistic in words) and the decimals that are shown."""

    unit: Unit | str
    decimals: int = 0

    @property
    def axis(self) -> str:
        """The unit as charts write it."""
        return unit_text(self.unit) if isinstance(self.unit, Unit) else self.unit

    def text(self, value: Decimal | None) -> str:
        """Return a value with its unit: ``1.82%``, ``9件``; no data in words."""
        if value is None or isinstance(self.unit, Unit):
            return amount_text(value, self.unit if isinstance(self.unit, Unit) else Unit.COUNT, self.decimals)
        written = f"{round_half_up(value, self.decimals):,f}".replace("-", "−")
        return f"{written}{self.unit}"

    def rounded(self, value: Decimal | None) -> Decimal | None:
        """Return a value with the decimals that are shown; None stays None."""
        return None if value is None else round_half_up(value, self.decimals)

    def rounded_line(self, line: tuple[Decimal | None, ...]) -> tuple[Decimal | None, ...]:
        """Return a line with the decimals that are shown."""
        return tuple(self.rounded(value) for value in line)
