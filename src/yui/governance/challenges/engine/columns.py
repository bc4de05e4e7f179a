"""The columns of a logic model, from what is wrong to what is wanted."""

from enum import IntEnum


class Column(IntEnum):
    """Where a thing stands; arrows lead from a lower number to a higher one."""

    CHALLENGE = 0
    INITIATIVE = 1
    OUTPUT = 2
    OUTCOME = 3
    KSI = 4
    KGI = 5


def column_of(level: str, kind: str) -> Column:
    """Return the column of an indicator of a level (KGI, KSI, KPI) and, for a KPI, its kind.

    A KPI that is no output stands among the outcomes.

    Raises:
        ValueError: for any other level.
    """
    if level == "KPI":
        return Column.OUTPUT if kind == "output" else Column.OUTCOME
    if level in ("KSI", "KGI"):
        return Column[level]
    raise ValueError(f"no level of indicators: {level!r}")


def is_forward(source: Column, target: Column) -> bool:
    """Tell whether an arrow between two columns leads on."""
    return source < target
