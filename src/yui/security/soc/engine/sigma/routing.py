"""Which records a rule looks at: its log source against what a record's format and fields say."""

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any, NamedTuple

from yui.security.soc.engine.records import LogSource

AUDIT = "audit"


class Route(NamedTuple):
    """One way in which a record belongs to a log source.

    Attributes:
        source: what the record's format must say; an empty part leaves it open.
        where: fields, case-folded, and the case-folded values of which each must have one.
        rename: the source's name of a field for Sigma's name, both case-folded.
        strict: whether a record that does not name its product is turned away; values that only one product
            writes (a Windows channel) speak for themselves.
    """

    source: LogSource
    where: tuple[tuple[str, frozenset[str]], ...] = ()
    rename: tuple[tuple[str, str], ...] = ()
    strict: bool = True

    def fits(self, source: LogSource) -> bool:
        """Tell whether a record's own words allow this route, its field values aside."""
        product, category, service = self.source
        return (
            (not product or product == source.product or (not self.strict and not source.product))
            and (not category or category == source.category)
            and (not service or service == source.service)
        )


def routes_of(logsource: LogSource, groups: frozenset[str] = frozenset()) -> tuple[Route, ...]:
    """Return every route of a rule's log source: the plain one, and those of the table.

    Args:
        logsource: the rule's.
        groups: optional parts of the table to use, such as ``audit`` (Windows Security 4688 and 4657 as
            process and registry events, for computers without Sysmon).
    """
    found = [Route(logsource)]
    rows = [(row, route) for row, group, route in _table() if not group or group in groups]
    product, category, service = logsource
    whole = [route for row, route in rows if _names(row, product, category, service)]
    if not whole and category and service:
        # A category within a service: what either asks of field values must hold.
        whole = [
            one._replace(where=one.where + other.where)
            for row, one in rows
            if _names(row, product, category, "")
            for second, other in rows
            if second.product == row.product and _names(second, product, "", service)
        ]
    return (*found, *whole)


def _names(row: LogSource, product: str, category: str, service: str) -> bool:
    """Tell whether a row of the table is for a rule's log source; a rule may leave the product open."""
    return row.category == category and row.service == service and product in ("", row.product)


@cache
def _table() -> tuple[tuple[LogSource, str, Route], ...]:
    data = tomllib.loads(files(__package__).joinpath("routes.toml").read_text(encoding="utf-8"))
    rows: list[tuple[LogSource, str, Route]] = []
    for product, sysmon in data["sysmon"].items():
        for category, numbers in sysmon["categories"].items():
            where = {"Channel": [sysmon["channel"]], "EventID": numbers}
            rows.append((LogSource(product, category), "", _route({"product": product}, where, {})))
    for service, channels in data["channels"].items():
        row = LogSource("windows", "", service)
        rows.append((row, "", _route({"product": "windows"}, {"Channel": channels}, {})))
    for entry in data["route"]:
        route = _route(entry["from"], entry.get("where", {}), entry.get("rename", {}))
        rows.append((LogSource(**entry["for"]), entry.get("group", ""), route))
    return tuple(rows)


def _route(source: Mapping[str, str], where: Mapping[str, list[Any]], rename: Mapping[str, str]) -> Route:
    return Route(
        LogSource(**source),
        tuple(
            (field.casefold(), frozenset(str(value).casefold() for value in values))
            for field, values in where.items()
        ),
        tuple((name.casefold(), other.casefold()) for name, other in rename.items()),
        strict=not where,
    )
