"""The full OCSF event of a record, for export and display."""

import hashlib
from collections.abc import Iterator, Mapping
from typing import Any, TypedDict

from yui.security.soc.engine.ocsf.columns import ocsf_columns
from yui.security.soc.engine.ocsf.messages import with_message
from yui.security.soc.engine.ocsf.tables import COLUMNS, VERSION, Plan, plan_of
from yui.security.soc.engine.ocsf.values import base_name, fingerprints, integer, user_parts
from yui.security.soc.engine.records import LogRecord

_INTEGERS = frozenset(
    [
        "pid",
        "port",
        "logon_type_id",
        "code",
        "bytes_in",
        "bytes_out",
        "packets_in",
        "packets_out",
        "protocol_num",
        "type_id",
        "status_id",
    ]
)
_LISTS = frozenset(("privileges",))
_UNKNOWN = "unknown"


class OcsfEvent(TypedDict, total=False):
    """An event by the OCSF schema: the attributes of every class; those of its own stand beside them."""

    activity_id: int
    category_uid: int
    class_uid: int
    class_name: str
    type_uid: int
    severity_id: int
    time: int
    message: str
    metadata: dict[str, Any]
    observables: list[dict[str, Any]]
    raw_data: str
    raw_data_hash: dict[str, Any]
    raw_data_size: int
    status_id: int
    unmapped: dict[str, Any]


def normalise(record: LogRecord, *, logged: int | None = None, with_raw: bool = False) -> OcsfEvent | None:
    """The OCSF event of ``record``; None where no class exists for it.

    The raw text is referenced by its SHA-256 and size, so that an export does not carry it twice.

    Args:
        logged: microseconds at which the record was taken in; the event's time where the record tells none.
        with_raw: put the raw text in as well.
    """
    plan = plan_of(record)
    if plan is None:
        return None
    fields: Mapping[str, Any] = with_message(plan.pattern, record.fields) if plan.pattern else record.fields
    activity = plan.activity.of(fields)
    known = plan.event_class
    event: dict[str, Any] = {
        "activity_id": activity,
        "category_uid": known.category,
        "class_uid": known.uid,
        "class_name": known.name,
        "type_uid": known.uid * 100 + activity,
        "severity_id": plan.severity.of(fields),
        "time": (record.time if record.time is not None else logged or 0) // 1_000,
        "metadata": _metadata(plan, record, logged),
        "raw_data_hash": {
            "algorithm": "SHA-256",
            "algorithm_id": 3,
            "value": hashlib.sha256(record.raw.encode("utf-8", "replace")).hexdigest(),
        },
        "raw_data_size": len(record.raw.encode("utf-8", "replace")),
    }
    if with_raw:
        event["raw_data"] = record.raw
    _fill(event, plan, record, fields)
    _complete(event, plan)
    observables = _observables(event)
    if observables:
        event["observables"] = observables
    return event  # type: ignore[return-value]


def _metadata(plan: Plan, record: LogRecord, logged: int | None) -> dict[str, Any]:
    metadata: dict[str, Any] = {
        "version": VERSION,
        "product": {"name": plan.product, "vendor_name": plan.vendor},
        "profiles": ["host"],
    }
    log_name = record.fields.get("Channel") or record.source.service
    if log_name:
        metadata["log_name"] = str(log_name)
    if record.identifier:
        metadata["uid"] = record.identifier
    if logged is not None:
        metadata["logged_time"] = logged // 1_000
    if plan.event_class.extension:
        metadata["extensions"] = [{"name": plan.event_class.extension, "uid": "2", "version": VERSION}]
    return metadata


def _fill(event: dict[str, Any], plan: Plan, record: LogRecord, fields: Mapping[str, Any]) -> None:
    columns = ocsf_columns(record)
    for name, value in zip(COLUMNS, columns[3:], strict=True):
        path = plan.event_class.paths.get(name)
        if path and value is not None:
            _put(event, path, value)
    hashes = dict(plan.columns).get(COLUMNS.index("hash"), ())
    hashed = next((fields[name] for name in hashes if fields.get(name)), None)
    if isinstance(hashed, str) and "hash" in plan.event_class.paths:
        _put(event, plan.event_class.paths["hash"], hashed)
    for path, names in plan.attributes:
        value = next((fields[name] for name in names if fields.get(name) not in (None, "", "-")), None)
        if value is not None:
            _put(event, path, _converted(path, value))
    for path, value in plan.constants:
        _put(event, path, value)
    if "@status" in fields:
        event["status_id"] = fields["@status"]
    elif event.get("status") and "status_id" not in event:
        text = str(event["status"]).lower()
        event["status_id"] = (
            1 if text in ("success", "yes") else 2 if text in ("failure", "failed", "no") else 0
        )


def _converted(path: str, value: Any) -> Any:
    leaf = path.rpartition(".")[2]
    if leaf in _INTEGERS:
        return integer(value)
    if leaf in _LISTS:
        values = value if isinstance(value, list) else str(value).split()
        return [str(one) for one in values]
    if path == "answers.rdata":
        values = value if isinstance(value, list) else str(value).split(";")
        return [str(one) for one in values if one]
    if isinstance(value, list):
        return " ".join(str(one) for one in value if one is not None)
    return value if isinstance(value, str) else str(value)


def _put(event: dict[str, Any], path: str, value: Any) -> None:
    """Set a dotted path; what stands there already as another kind of value gives way."""
    if value is None:
        return
    *parents, leaf = path.split(".")
    for name in parents:
        inner = event.get(name)
        if not isinstance(inner, dict):
            inner = event[name] = {}
        event = inner
    event[leaf] = value


def _complete(event: dict[str, Any], plan: Plan) -> None:
    """Give objects the parts that the schema requires of them, in OCSF's own words for what is not known."""
    answers = event.get("answers")
    if isinstance(answers, dict):
        event["answers"] = [{"rdata": one} for one in answers.get("rdata", [])]
    for name in plan.event_class.required:
        if name == "endpoints":
            if not event.get("src_endpoint") and not event.get("dst_endpoint"):
                host = event.get("device", {}).get("hostname", _UNKNOWN)
                event["src_endpoint"] = {"hostname": host}
        elif name == "privileges":
            event.setdefault("privileges", [])
        else:
            event.setdefault(name, {})
    _complete_object(event, plan)
    for name in ("src_endpoint", "dst_endpoint", "device"):
        endpoint = event.get(name)
        if isinstance(endpoint, dict) and not {"ip", "hostname", "name"} & endpoint.keys():
            endpoint["name"] = _UNKNOWN
    if "device" in event:
        event["device"].setdefault("type_id", 0)
    actor = event.get("actor")
    if isinstance(actor, dict) and not actor:
        actor["app_name"] = plan.product


def _complete_object(node: dict[str, Any], plan: Plan) -> None:
    for name, value in list(node.items()):
        if not isinstance(value, dict) or name in ("metadata", "raw_data_hash"):
            continue
        _complete_object(value, plan)
        if name in ("process", "parent_process"):
            file = value.get("file")
            if isinstance(file, dict):
                value.setdefault("name", file["name"])
            if "pid" not in value and "uid" not in value:
                value["uid"] = str((file or {}).get("path", _UNKNOWN))
        elif name == "file":
            path = value.get("path")
            value.setdefault("name", base_name(path) if isinstance(path, str) else _UNKNOWN)
            value.setdefault("type_id", 1)
            if isinstance(value.get("hashes"), str):
                value["hashes"] = fingerprints(value["hashes"])
        elif name == "user":
            parts = user_parts(str(value["name"])) if "name" in value else {}
            for key, part in parts.items():
                value[key] = part
            if not value.keys() & {"name", "uid"}:
                value["name"] = _UNKNOWN
        elif name in ("group", "job"):
            value.setdefault("name", _UNKNOWN)
        elif name == "module":
            value.setdefault("load_type_id", 1)
        elif name == "driver":
            value.setdefault("file", {"name": _UNKNOWN, "type_id": 0})
        elif name == "reg_key":
            value.setdefault("path", _UNKNOWN)
        elif name == "reg_value":
            path = str(value.get("path", _UNKNOWN))
            value.setdefault("path", path)
            value.setdefault("name", base_name(path))
        elif name == "win_service":
            value.setdefault("name", _UNKNOWN)
            if not value.keys() & {"cmd_line", "service_start_name"}:
                value["service_type_id"] = 0
        elif name == "script":
            value.setdefault("script_content", "")
            value["script_content"] = {"value": str(value["script_content"])}
            value.setdefault("type_id", 0)
        elif name == "http_request" and not value:
            value["url"] = {"url_string": _UNKNOWN}
        elif name == "api":
            value.setdefault("operation", _UNKNOWN)
        elif name == "query":
            value.setdefault("hostname", _UNKNOWN)
        elif name == "http_response":
            value.setdefault("code", 0)
        elif name == "finding_info":
            value["uid"] = str(value.get("uid", _UNKNOWN))
        elif name == "url":
            value.setdefault("url_string", value.get("hostname", _UNKNOWN))


_OBSERVED = (
    ("device.hostname", 1),
    ("dst_endpoint.hostname", 1),
    ("query.hostname", 1),
    ("src_endpoint.ip", 2),
    ("dst_endpoint.ip", 2),
    ("user.name", 4),
    ("actor.user.name", 4),
    ("http_request.url.url_string", 6),
    ("process.name", 9),
    ("actor.process.name", 9),
    ("process.cmd_line", 13),
    ("file.path", 45),
    ("module.file.path", 45),
    ("driver.file.path", 45),
)
"""Attributes that are observables, with their ``type_id`` (OCSF 1.8.0, ``observable``)."""


def _observables(event: dict[str, Any]) -> list[dict[str, Any]]:
    return [
        {"name": path, "type_id": kind, "value": value}
        for path, kind, value in (*_plain_observables(event), *_hash_observables(event))
        if value and value != _UNKNOWN
    ]


def _plain_observables(event: dict[str, Any]) -> Iterator[tuple[str, int, str]]:
    for path, kind in _OBSERVED:
        value: Any = event
        for name in path.split("."):
            value = value.get(name) if isinstance(value, dict) else None
        if isinstance(value, str):
            yield path, kind, value


def _hash_observables(event: dict[str, Any]) -> Iterator[tuple[str, int, str]]:
    for path in ("process.file", "file", "module.file", "driver.file"):
        value: Any = event
        for name in path.split("."):
            value = value.get(name) if isinstance(value, dict) else None
        for one in value.get("hashes", []) if isinstance(value, dict) else []:
            yield f"{path}.hashes", 8, one["value"]
