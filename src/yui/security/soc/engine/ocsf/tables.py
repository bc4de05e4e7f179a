"""The mapping tables (``mappings/*.toml``) as plans: how the events of one kind become one class."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any, NamedTuple

from yui.security.soc.engine.records import LogRecord

VERSION = "1.8.0"
"""The version of the OCSF schema that the tables follow."""

COLUMNS = (
    "host",
    "user",
    "src_ip",
    "dst_ip",
    "src_port",
    "dst_port",
    "process",
    "parent_process",
    "command_line",
    "file",
    "hash",
    "domain",
    "url",
)
"""The flat columns after class, activity and severity, in their order."""

_FOLDER = Path(__file__).with_name("mappings")
_NOT_SOURCES = ("classes", "messages")


class TableError(ValueError):
    """A mapping table is wrong."""

    def __init__(self, name: str, why: str) -> None:
        super().__init__(f"対応表 {name} が誤っています: {why}。 / The mapping table {name} is wrong: {why}.")


@dataclass(frozen=True, slots=True)
class EventClass:
    """A class of OCSF events.

    Attributes:
        name: its name in the schema.
        uid: ``class_uid``.
        category: ``category_uid``.
        extension: the schema extension that it is of, empty for the core.
        required: attributes that every event of it must have (``endpoints``: at least one of source and
            destination).
        paths: where each flat column stands.
    """

    name: str
    uid: int
    category: int
    extension: str
    required: tuple[str, ...]
    paths: Mapping[str, str]


class Choice(NamedTuple):
    """A number that is constant, or follows from the value of a field."""

    otherwise: int
    field: str = ""
    values: Mapping[str, int] = MappingProxyType({})
    prefixes: tuple[tuple[str, int], ...] = ()

    def of(self, fields: Mapping[str, Any]) -> int:
        """The number for these fields."""
        if not self.field:
            return self.otherwise
        value = str(fields.get(self.field))
        found = self.values.get(value)
        if found is None:
            found = next((number for prefix, number in self.prefixes if value.startswith(prefix)), None)
        return self.otherwise if found is None else found


class Plan(NamedTuple):
    """How one kind of event is read.

    Attributes:
        event_class: what it is.
        activity: ``activity_id``.
        severity: ``severity_id``.
        columns: position in ``COLUMNS`` and the fields that the column comes from, the first that is present;
            only of columns that such events fill.
        attributes: attribute path and the fields that it comes from.
        constants: attribute path and value.
        when: values that fields must have for this to be such an event.
        pattern: the group of message patterns that fill the fields beginning with ``@``, empty if none.
        vendor, product: who wrote the log.
    """

    event_class: EventClass
    activity: Choice
    severity: Choice
    columns: tuple[tuple[int, tuple[str, ...]], ...]
    attributes: tuple[tuple[str, tuple[str, ...]], ...]
    constants: tuple[tuple[str, Any], ...]
    when: tuple[tuple[str, frozenset[str]], ...]
    pattern: str
    vendor: str
    product: str


class Table(NamedTuple):
    """The plans of one source, by the value of ``key`` (``@service``: the record's service)."""

    key: str
    plans: Mapping[str, tuple[Plan, ...]]
    otherwise: tuple[Plan, ...]


@cache
def event_classes() -> Mapping[str, EventClass]:
    """Every class that the tables use, by name."""
    return {
        name: EventClass(
            name,
            entry["uid"],
            entry["category"],
            entry.get("extension", ""),
            tuple(entry["required"]),
            entry["paths"],
        )
        for name, entry in _read("classes").items()
    }


def _read(name: str) -> dict[str, Any]:
    return tomllib.loads((_FOLDER / f"{name}.toml").read_text(encoding="utf-8"))


def message_patterns() -> dict[str, list[dict[str, Any]]]:
    """The patterns of ``mappings/messages.toml`` by group."""
    return _read("messages")


@cache
def tables() -> Mapping[tuple[str, str], Table]:
    """The tables by product and part (channel or service, lower case; empty for all parts of a product)."""
    found: dict[tuple[str, str], Table] = {}
    for path in sorted(_FOLDER.glob("*.toml")):
        if path.stem in _NOT_SOURCES:
            continue
        entry = _read(path.stem)
        plans = {key: _plans(path.stem, key, entry, event) for key, event in entry["event"].items()}
        table = Table(entry["key"], plans, plans.pop("*", ()))
        for product in entry["products"]:
            for part in entry.get("parts", [""]):
                found[(product, part)] = table
    return found


def _plans(table: str, key: str, entry: Mapping[str, Any], event: Any) -> tuple[Plan, ...]:
    """One plan, or several with conditions, of which the first that holds counts."""
    events = event if isinstance(event, list) else [event]
    return tuple(_plan(table, key, entry, one) for one in events)


def _plan(table: str, key: str, entry: Mapping[str, Any], event: Mapping[str, Any]) -> Plan:
    known = event_classes().get(event["class"])
    if known is None:
        raise TableError(table, f"event.{key}: class {event['class']}")
    columns = {**entry.get("columns", {}), **event.get("columns", {})}
    strange = set(columns) - set(COLUMNS)
    if strange:
        raise TableError(table, f"event.{key}: columns {sorted(strange)}")
    attributes = {**entry.get("attributes", {}), **event.get("attributes", {})}
    return Plan(
        known,
        _choice(event["activity"]),
        _choice(event.get("severity", 1)),
        tuple(
            (position, tuple(columns[column])) for position, column in enumerate(COLUMNS) if column in columns
        ),
        tuple((path, tuple(names)) for path, names in attributes.items()),
        tuple({**entry.get("constants", {}), **event.get("constants", {})}.items()),
        tuple((name, frozenset(values)) for name, values in event.get("when", {}).items()),
        key if event.get("pattern") else "",
        entry["vendor"],
        entry["name"],
    )


def _choice(value: Any) -> Choice:
    if isinstance(value, int):
        return Choice(value)
    return Choice(
        value["otherwise"], value["field"], value.get("values", {}), tuple(value.get("prefixes", {}).items())
    )


_SYSMON_NUMBERS = {
    "process_creation": "1",
    "file_change": "2",
    "network_connection": "3",
    "process_termination": "5",
    "driver_load": "6",
    "image_load": "7",
    "create_remote_thread": "8",
    "raw_access_thread": "9",
    "process_access": "10",
    "file_event": "11",
    "registry_add": "12",
    "registry_delete": "12",
    "registry_set": "13",
    "registry_event": "13",
    "registry_rename": "14",
    "create_stream_hash": "15",
    "pipe_created": "17",
    "dns_query": "22",
    "file_delete": "23",
    "file_executable_detected": "29",
}
"""Sysmon's event number for Sigma's categories, for events that name a category but no channel."""

_tables = tables()
_sysmon = _tables[("windows", "microsoft-windows-sysmon/operational")]
_parts: dict[tuple[str, str], Table | None] = {}
_PARTS_KEPT = 10_000


@cache
def routing_fields() -> tuple[str, ...]:
    """The fields on whose values, or presence, the choice of a plan depends."""
    found = {"Channel", "DeviceVendor"}
    for table in _tables.values():
        found.add(table.key)
        for plan in (*(plan for plans in table.plans.values() for plan in plans), *table.otherwise):
            found.update(name for name, _ in plan.when)
    return tuple(sorted(found))


def plan_of(record: LogRecord) -> Plan | None:
    """The plan for a record; None where no class of OCSF exists for it or the tables do not know it."""
    source, fields = record.source, record.fields
    product = source.product
    channel = fields.get("Channel") if product == "windows" or product == "linux" else None
    part = channel if type(channel) is str else source.service
    found = _parts.get((product, part), _sysmon)
    # What is kept answers for every category but one: web servers may name no product at all.
    if source.category == "webserver" or (found is _sysmon and (product, part) not in _parts):
        found = _table(product, part, source.category)
    if found is None:
        if product == "windows" and channel is None and source.category in _SYSMON_NUMBERS:
            return _sysmon.plans[_SYSMON_NUMBERS[source.category]][0]
        return _tables[("*cef*", "")].otherwise[0] if "DeviceVendor" in fields else None
    value = source.service if found.key == "@service" else fields.get(found.key)
    for plan in found.plans.get(value if type(value) is str else str(value), found.otherwise):
        if not plan.when or all(fields.get(name) in values for name, values in plan.when):
            return plan
    return None


def _table(product: str, part: str, category: str) -> Table | None:
    found = _tables.get((product, part.lower())) or _tables.get((product, ""))
    if found is _tables[("", "")] and category != "webserver":
        found = None
    if category != "webserver":
        if len(_parts) >= _PARTS_KEPT:
            _parts.clear()
        _parts[(product, part)] = found
    return found
