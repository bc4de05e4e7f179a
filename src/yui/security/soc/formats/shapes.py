"""Objects of clouds, sensors and syslog daemons: how they are recognised, and where they keep what."""

from typing import Any, NamedTuple

import orjson

from yui.security.soc.engine.records import LogRecord, LogSource
from yui.security.soc.formats.flattening import flattened
from yui.security.soc.formats.limits import ReadLimits
from yui.security.soc.formats.syslog_sources import syslog_source
from yui.security.soc.formats.times import time_of


class Shape(NamedTuple):
    """How the objects of one source are recognised and read.

    Attributes:
        keys: all of these must be present.
        source: what it then is.
        times: where the time stands, the best first.
        identifier: the key of the source's own number of the event.
        whole: keys whose nested object is also kept as JSON text, as rules of that source search it whole.
        service: key whose value is the service.
    """

    keys: frozenset[str]
    source: LogSource
    times: tuple[str, ...]
    identifier: str = ""
    whole: tuple[str, ...] = ()
    service: str = ""


SHAPES = (
    Shape(
        frozenset({"eventSource", "eventName"}),
        LogSource("aws", "", "cloudtrail"),
        ("eventTime", "@timestamp"),
        "eventID",
        ("requestParameters", "responseElements"),
    ),
    Shape(
        frozenset({"event_type", "timestamp"}), LogSource("suricata"), ("timestamp",), "", (), "event_type"
    ),
    Shape(
        frozenset({"eventType", "published", "actor"}),
        LogSource("okta", "", "okta"),
        ("published",),
        "uuid",
    ),
    Shape(
        frozenset({"action", "actor", "_document_id"}),
        LogSource("github", "", "audit"),
        ("@timestamp", "created_at"),
        "_document_id",
    ),
    Shape(
        frozenset({"auditID", "verb", "stage"}),
        LogSource("kubernetes", "", "audit"),
        ("requestReceivedTimestamp", "stageTimestamp"),
        "",
    ),
    Shape(
        frozenset({"protoPayload", "logName"}), LogSource("gcp", "", "gcp.audit"), ("timestamp",), "insertId"
    ),
    Shape(
        frozenset({"CreationTime", "Operation", "Workload"}),
        LogSource("m365", "", "audit"),
        ("CreationTime",),
        "Id",
    ),
    Shape(
        frozenset({"operationName", "resourceId", "time"}), LogSource("azure", "", "activitylogs"), ("time",)
    ),
    Shape(frozenset({"auditType", "creationDate"}), LogSource("bitbucket", "", "audit"), ("creationDate",)),
    Shape(
        frozenset({"logtype", "node_id", "dst_host"}),
        LogSource("opencanary", "application"),
        ("utc_time", "local_time"),
    ),
)
_AZURE_SERVICES = {
    "SignInLogs": "signinlogs",
    "NonInteractiveUserSignInLogs": "signinlogs",
    "AuditLogs": "auditlogs",
    "RiskyUsers": "riskdetection",
    "UserRiskEvents": "riskdetection",
}

GENERIC_TIMES = (
    "@timestamp",
    "timestamp",
    "time",
    "ts",
    "eventTime",
    "event_time",
    "TimeCreated",
    "TimeGenerated",
    "CreationTime",
    "created_at",
    "datetime",
    "date",
    "UtcTime",
    "_time",
)


def first_time(fields: dict[str, Any], names: tuple[str, ...]) -> int | None:
    """The first of these fields that is a timestamp, in microseconds."""
    for name in names:
        value = fields.get(name)
        if value is not None:
            time = time_of(value)
            if time is not None:
                return time
    return None


def shaped_record(shape: Shape, obj: dict[str, Any], raw: str, place: str, limits: ReadLimits) -> LogRecord:
    """The record of an object that has all keys of ``shape``.

    Raises:
        TooDeep, TooManyFields: see ``flattened``.
    """
    fields = flattened(obj, limits)
    for name in shape.whole:
        part = obj.get(name)
        if part.__class__ is dict and fields is not obj:
            fields[name] = orjson.dumps(part).decode()
    source = shape.source
    if shape.service:
        service = fields.get(shape.service)
        source = source._replace(service=service.lower() if service.__class__ is str else "")
    elif source.product == "azure":
        service = _AZURE_SERVICES.get(str(fields.get("category")))
        source = source._replace(service=service) if service else source
    identifier = fields.get(shape.identifier)
    return LogRecord(
        source,
        first_time(fields, shape.times),
        fields,
        raw,
        place,
        identifier if identifier.__class__ is str else "",
    )


_SYSLOG_NAMES = (
    ("message", ("MESSAGE", "msg")),
    ("program", ("PROGRAM", "programname", "app-name", "syslogtag")),
    ("hostname", ("HOST", "host", "fromhost", "source")),
    ("facility", ("FACILITY", "facility-text", "syslogfacility-text")),
    ("severity", ("PRIORITY", "PRIORITY_TEXT", "priority-text", "syslogseverity-text")),
)
"""Names that rsyslog's and syslog-ng's JSON templates give what ``formats.syslog`` reads from the wire."""


def syslog_object_record(fields: dict[str, Any], raw: str, place: str) -> LogRecord:
    """The record of a syslog message that rsyslog or syslog-ng has taken apart already."""
    named = dict(fields)
    for name, others in _SYSLOG_NAMES:
        for other in others:
            if name not in named and type(fields.get(other)) is str:
                named[name] = fields[other]
    program = str(named.get("program", "")).rstrip(":").partition("[")[0]
    time = first_time(fields, ("@timestamp", "ISODATE", "timereported", "timestamp", "timegenerated", "time"))
    return LogRecord(syslog_source(program, str(named.get("message", ""))), time, named, raw, place)
