"""Checks of the column names themselves (section ColumnHandling): the names that break them."""

import re
from collections.abc import Callable, Collection, Sequence

from yui.transition.costs.engine.validation.patterns import CUSTOM_PREFIX
from yui.transition.costs.formats.rule_model import Check

HeaderCheck = Callable[[Sequence[str], Collection[str], Check], list[str]]


def broken_names(check: Check, header: Sequence[str], known: Collection[str]) -> list[str] | None:
    """Return the column names of ``header`` that break ``check``; ``None`` when it is no check of names.

    Args:
        known: the columns that the specification has.
    """
    maker = _HEADER_CHECKS.get(check.function)
    return None if maker is None else maker(header, known, check)


def _names_match(header: Sequence[str], known: Collection[str], check: Check) -> list[str]:
    pattern = re.compile(str(check.arguments.get("Pattern", "")))
    return [name for name in _chosen(header, known, check) if not pattern.fullmatch(_stem(name, known))]


def _names_fit(header: Sequence[str], known: Collection[str], check: Check) -> list[str]:
    longest = int(check.arguments.get("MaxLength", 0))
    return [name for name in _chosen(header, known, check) if len(name) > longest]


def _custom_prefixed(header: Sequence[str], known: Collection[str], _check: Check) -> list[str]:
    return [name for name in header if name not in known and not name.startswith(CUSTOM_PREFIX)]


def _custom_last(header: Sequence[str], known: Collection[str], _check: Check) -> list[str]:
    """Return the custom columns before the last column of the specification."""
    places = [place for place, name in enumerate(header) if name in known]
    return [name for name in header[: places[-1]] if name not in known] if places else []


def _chosen(header: Sequence[str], known: Collection[str], check: Check) -> list[str]:
    """Return the columns of the specification, or the custom ones, as the check asks."""
    wants_custom = check.arguments.get("Of") == "custom"
    return [name for name in header if (name not in known) == wants_custom]


def _stem(name: str, known: Collection[str]) -> str:
    """Return a custom name without its prefix, which the rules about spelling do not touch."""
    return name if name in known else name.removeprefix(CUSTOM_PREFIX)


_HEADER_CHECKS: dict[str, HeaderCheck] = {
    "ColumnNamesMatch": _names_match,
    "ColumnNamesFit": _names_fit,
    "CustomColumnsPrefixed": _custom_prefixed,
    "CustomColumnsLast": _custom_last,
}
