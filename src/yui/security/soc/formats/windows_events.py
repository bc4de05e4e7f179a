"""Windows events in the shapes that tools write them, to the bare names that Sigma rules expect.

Shapes: the JSON of an EVTX file (``Event.System``/``EventData``), Winlogbeat (``winlog.*``), OpenTelemetry's
Windows receiver, and flat JSON or CSV (NXLog and others), whose names are bare already.

Names of the System part: ``EventID``, ``Channel``, ``Computer``, ``Level``, … as they are, attributes joined
by an underscore (``Provider_Name``, ``Execution_ProcessID``, ``Security_UserID``), ``TimeCreated`` for its
SystemTime.
Source: Microsoft, "Event Schema" (SystemPropertiesType); the names are those of SigmaHQ's rules.
"""

from typing import Any

from yui.security.soc.engine.records import LogRecord, LogSource
from yui.security.soc.formats.flattening import TooDeep, flattened, put
from yui.security.soc.formats.limits import DEFAULT_LIMITS, ReadLimits
from yui.security.soc.formats.times import time_of

WINDOWS = LogSource("windows")
LINUX = LogSource("linux")

_ATTRIBUTES: dict[str, dict[str, str]] = {
    "Provider": {"Name": "Provider_Name", "Guid": "Provider_Guid"},
    "EventID": {"Qualifiers": "Qualifiers", "#text": "EventID", "Value": "EventID"},
    "TimeCreated": {"SystemTime": "TimeCreated"},
    "Execution": {"ProcessID": "Execution_ProcessID", "ThreadID": "Execution_ThreadID"},
    "Security": {"UserID": "Security_UserID"},
    "Correlation": {"ActivityID": "Correlation_ActivityID"},
    "": {},
}
"""Names of the attributes of System's elements; any other is joined to its element by an underscore."""
_WINLOG_NAMES = {
    "channel": "Channel",
    "event_id": "EventID",
    "provider_name": "Provider_Name",
    "provider_guid": "Provider_Guid",
    "computer_name": "Computer",
    "record_id": "EventRecordID",
    "task": "Task",
    "opcode": "Opcode",
    "keywords": "Keywords",
    "version": "Version",
    "activity_id": "Correlation_ActivityID",
    "related_activity_id": "Correlation_RelatedActivityID",
    "user.identifier": "Security_UserID",
    "process.pid": "Execution_ProcessID",
    "process.thread.id": "Execution_ThreadID",
}


def _number(value: Any) -> Any:
    return int(value) if value.__class__ is str and value.isdecimal() and len(value) < 19 else value


def source_of_channel(channel: Any) -> LogSource:
    """The log source of a Windows event: Linux, for the channel of Sysmon for Linux."""
    return LINUX if channel.__class__ is str and channel[:6] == "Linux-" else WINDOWS


def windows_record(fields: dict[str, Any], raw: str, place: str, time: int | None) -> LogRecord:
    """The record of a Windows event with bare names; Linux, for the channel of Sysmon for Linux."""
    get = fields.get
    channel = get("Channel")
    source = source_of_channel(channel)
    number = get("EventRecordID") or get("RecordNumber")
    if not number or time is None:
        return LogRecord(source, time, fields, raw, place)
    # The second belongs to it: a channel that was cleared may count from 1 again.
    identifier = f"{get('Computer') or get('Hostname')}|{channel}|{number}|{time // 1_000_000}"
    return LogRecord(source, time, fields, raw, place, identifier)


def from_event(event: dict[str, Any], raw: str, place: str) -> LogRecord:
    """The record of an ``Event`` object with ``System`` and ``EventData`` or ``UserData``.

    Raises:
        TooDeep: the user data are nested too deeply.
    """
    fields = _system_fields(event.get("System"))
    for part, content in event.items():
        if part == "System" or part[:1] == "#":
            continue
        if part == "EventData" and content.__class__ is dict:
            _put_event_data(fields, content)
        elif content.__class__ is dict:
            _put_leaves(fields, content, 16)
        elif content is not None:
            _put_datum(fields, part, content)
    time = time_of(fields.get("TimeCreated"))
    return windows_record(fields, raw, place, time)


def _system_fields(system: Any) -> dict[str, Any]:
    fields: dict[str, Any] = {}
    if type(system) is not dict:
        return fields
    for key, value in system.items():
        kind = type(value)
        if kind is str or kind is int:
            fields[key] = value
        elif kind is dict:
            known = _ATTRIBUTES.get(key, _ATTRIBUTES[""])
            for name, inner in value.items():
                if name == "#attributes" and type(inner) is dict:
                    for attribute, content in inner.items():
                        fields[known.get(attribute) or f"{key}_{attribute}"] = (
                            content if type(content) is str else _plain(content)
                        )
                else:
                    fields[known.get(name) or f"{key}_{name}"] = _plain(inner)
        elif value is not None:
            fields[key] = _plain(value)
    number = fields.get("EventID")
    if type(number) is str:
        fields["EventID"] = _number(number)
    return fields


def _plain(value: Any) -> Any:
    """A value that has no place for structure: nested content as text."""
    kind = type(value)
    return value if kind is str or kind is int or (kind is not dict and kind is not list) else str(value)


def _put_event_data(fields: dict[str, Any], data: dict[str, Any]) -> None:
    for name, value in data.items():
        if name == "#attributes":
            continue
        if type(value) is str or type(value) is int:
            # The common case, by hand: this line runs thirty times per event.
            fields[name if name not in fields else f"EventData.{name}"] = value
        elif name == "Data" or value.__class__ is list:
            _put_data(fields, name, value)
        else:
            _put_datum(fields, name, value)


def _put_data(fields: dict[str, Any], name: str, value: Any) -> None:
    """Unnamed ``Data`` elements: one value, or a list in their order; named ones by their name."""
    values = value if value.__class__ is list else [value]
    for one in values:
        if one.__class__ is dict:
            attributes = one.get("#attributes")
            own = attributes.get("Name") if attributes.__class__ is dict else None
            text = one.get("#text")
            if text is None and "#text" not in one and own is None:
                _put_leaves(fields, one, 16)
            else:
                _put_datum(fields, str(own) if own else name, text)
        else:
            _put_datum(fields, name, one)


def _put_datum(fields: dict[str, Any], name: str, value: Any) -> None:
    if value.__class__ is dict:
        if "#text" in value:
            value = value["#text"]
        else:
            _put_leaves(fields, value, 16)
            return
    if value.__class__ is list and any(one.__class__ in (dict, list) for one in value):
        value = [_plain(one) for one in value]
    if name in ("EventID", "Channel", "Computer", "Provider_Name", "TimeCreated", "EventRecordID"):
        # Event data must not be able to pass for the System part, by which events are routed.
        name = f"EventData.{name}" if name in fields else name
    put(fields, name, value)


def _put_leaves(fields: dict[str, Any], content: dict[str, Any], depth: int) -> None:
    """User data: every leaf by its own bare name."""
    if depth <= 0:
        raise TooDeep
    for name, value in content.items():
        if name == "#attributes" or name == "xmlns":
            continue
        if value.__class__ is dict and "#text" not in value:
            _put_leaves(fields, value, depth - 1)
        elif value.__class__ is list:
            for one in value:
                if one.__class__ is dict and "#text" not in one:
                    _put_leaves(fields, one, depth - 1)
                else:
                    _put_datum(fields, name, one)
        else:
            _put_datum(fields, name, value)


def from_winlogbeat(
    document: dict[str, Any], raw: str, place: str, limits: ReadLimits = DEFAULT_LIMITS
) -> LogRecord:
    """The record of a document of Winlogbeat or Elastic Agent, nested or with dotted names.

    Raises:
        TooDeep, TooManyFields: see ``flattened``.
    """
    flat = flattened(document, limits)
    fields: dict[str, Any] = {}
    rest: dict[str, Any] = {}
    for name, value in flat.items():
        if name.startswith("winlog."):
            inner = name[7:]
            if inner.startswith("event_data."):
                rest[inner[11:]] = value
            elif inner.startswith("user_data."):
                rest[inner.rpartition(".")[2]] = value
            else:
                fields[_WINLOG_NAMES.get(inner, name)] = value
        else:
            rest["Message" if name == "message" else name] = value
    if "EventID" not in fields and "event.code" in flat:
        fields["EventID"] = flat["event.code"]
    if "EventID" in fields:
        fields["EventID"] = _number(fields["EventID"])
    for name, value in rest.items():
        fields[name if name not in fields else f"EventData.{name}"] = value
    time = time_of(flat.get("@timestamp"))
    return windows_record(fields, raw, place, time)


def from_opentelemetry(body: dict[str, Any], raw: str, place: str, time: int | None) -> LogRecord:
    """The record of the body that OpenTelemetry's Windows event log receiver sends.

    Raises:
        TooDeep: the event data are nested too deeply.
    """
    system = {
        "Provider": body.get("provider"),
        "EventID": body.get("event_id"),
        "Channel": body.get("channel"),
        "Computer": body.get("computer"),
        "EventRecordID": body.get("record_id"),
        "Level": body.get("level"),
        "Task": body.get("task"),
        "Opcode": body.get("opcode"),
        "Keywords": body.get("keywords"),
    }
    provider, number = system["Provider"], system["EventID"]
    if provider.__class__ is dict:
        system["Provider"] = {"Name": provider.get("name"), "Guid": provider.get("guid")}
    if number.__class__ is dict:
        system["EventID"] = number.get("id")
    fields = _system_fields(system)
    data = body.get("event_data")
    if data.__class__ is dict:
        for name, value in data.items():
            for one in value if name == "data" and value.__class__ is list else [{name: value}]:
                _put_leaves(fields, one if one.__class__ is dict else {"Data": one}, 16)
    if body.get("message"):
        fields["Message"] = _plain(body["message"])
    return windows_record(fields, raw, place, time_of(body.get("system_time")) or time)


FLAT_TIMES = ("TimeCreated", "SystemTime", "UtcTime", "@timestamp", "EventTime", "TimeGenerated", "timestamp")
"""Where flat Windows JSON tells the time, the most exact first; ``EventTime`` of NXLog is local time."""


def from_flat(fields: dict[str, Any], raw: str, place: str) -> LogRecord:
    """The record of a flat object that has bare names already."""
    get = fields.get
    value = get("TimeCreated") or get("UtcTime") or get("@timestamp")
    time = time_of(value) if value is not None else None
    if time is None:
        time = next((time for name in FLAT_TIMES if (time := time_of(get(name))) is not None), None)
    number = get("EventID")
    if number.__class__ is str:
        fields["EventID"] = _number(number)
    return windows_record(fields, raw, place, time)
