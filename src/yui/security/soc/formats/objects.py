"""One JSON object to its record: which source it is of is told by its keys."""

from collections.abc import Callable, Iterator
from typing import Any

import orjson

from yui.security.soc.engine.records import LogRecord, LogSource, Rejected
from yui.security.soc.formats.flattening import TooDeep, TooManyFields, flattened, with_clean_names
from yui.security.soc.formats.limits import DEFAULT_LIMITS, ReadLimits
from yui.security.soc.formats.rejecting import rejected
from yui.security.soc.formats.shapes import (
    GENERIC_TIMES,
    SHAPES,
    first_time,
    shaped_record,
    syslog_object_record,
)
from yui.security.soc.formats.windows_events import (
    from_event,
    from_flat,
    from_opentelemetry,
    from_winlogbeat,
)

ENVELOPES = ("Records", "records", "value")
"""Keys of objects that only wrap a list of events: CloudTrail, Azure Monitor, Microsoft Graph."""

UNKNOWN = LogSource()


_SIGMA_PRODUCTS = frozenset(
    [
        "windows",
        "linux",
        "macos",
        "zeek",
        "aws",
        "azure",
        "gcp",
        "okta",
        "github",
        "m365",
        "cisco",
        "fortigate",
        "juniper",
        "huawei",
        "paloalto",
        "checkpoint",
        "kubernetes",
        "bitbucket",
        "onelogin",
        "opencanary",
        "rpc_firewall",
        "apache",
        "nginx",
        "iis",
        "django",
        "python",
        "ruby_on_rails",
        "spring",
        "sql",
        "jvm",
        "nodejs",
        "velocity",
        "qualys",
        "modsecurity",
        "netflow",
        "suricata",
    ]
)


def record_of_object(
    obj: Any, raw: str, place: str, *, hint: str = "", limits: ReadLimits = DEFAULT_LIMITS
) -> LogRecord | Rejected:
    """The record of one JSON value, or why it is none.

    Args:
        obj: the parsed value; it may be changed and become the record's fields.
        raw: its text.
        hint: the file's own name without suffixes, which for Zeek's plain JSON is the kind of log.
    """
    if obj.__class__ is not dict:
        return rejected(place, "not_an_object", raw)
    if len(obj) > limits.fields:
        return rejected(place, "too_many_fields", raw, limit=limits.fields)
    try:
        record = _read(obj, raw, place, hint, limits)
    except (TooDeep, RecursionError):
        return rejected(place, "too_deep", raw, limit=limits.nesting)
    except TooManyFields:
        return rejected(place, "too_many_fields", raw, limit=limits.fields)
    clean = with_clean_names(record.fields)
    return record if clean is record.fields else record._replace(fields=clean)


def _read(obj: dict[str, Any], raw: str, place: str, hint: str, limits: ReadLimits) -> LogRecord:
    if "EventID" in obj and obj["EventID"].__class__ is not dict:
        fields = flattened(obj, limits)
        record = from_flat(fields, raw, place)
        return record._replace(source=declared(fields, record.source)) if "product" in fields else record
    event = obj.get("Event")
    if event.__class__ is dict and "System" in event:
        return from_event(event, raw, place)
    if "System" in obj and ("EventData" in obj or "UserData" in obj):
        return from_event(obj, raw, place)
    if "winlog" in obj or "winlog.channel" in obj or "winlog.event_id" in obj:
        return from_winlogbeat(obj, raw, place, limits)
    if "event_id" in obj and "channel" in obj and "provider" in obj:
        return from_opentelemetry(obj, raw, place, None)
    if "_path" in obj or "@stream" in obj or "id.orig_h" in obj or ("uid" in obj and "ts" in obj):
        return zeek_record(flattened(obj, limits), raw, place, hint)
    for shape in SHAPES:
        if shape.keys <= obj.keys():
            return shaped_record(shape, obj, raw, place, limits)
    fields = flattened(obj, limits)
    source = declared(fields, UNKNOWN)
    if source is UNKNOWN and ("PROGRAM" in fields or "programname" in fields or "syslogtag" in fields):
        return syslog_object_record(fields, raw, place)
    return LogRecord(source, first_time(fields, GENERIC_TIMES), fields, raw, place)


def flat_record(obj: dict[str, Any], limits: ReadLimits = DEFAULT_LIMITS) -> LogRecord | None:
    """The record of a flat Windows event that holds nothing nested, without its text and place.

    None where ``record_of_object`` does more than to write EventID as a number and to take the source from
    Channel; whether it does follows from the names alone.
    """
    if "EventID" not in obj or "product" in obj or len(obj) > limits.fields:
        return None
    if with_clean_names(obj) is not obj:
        return None
    return from_flat(dict(obj), "", "")


def declared(fields: dict[str, Any], otherwise: LogSource) -> LogSource:
    """The log source that the event itself names in Sigma's words (``product``, ``category``, ``service``).

    Believed only where ``product`` is one that Sigma knows and no recognised source says otherwise.
    """
    product = fields.get("product")
    if product.__class__ is not str or product.lower() not in _SIGMA_PRODUCTS:
        return otherwise
    product = product.lower()
    if otherwise.product and otherwise.product != product:
        return otherwise
    category, service = fields.get("category"), fields.get("service")
    return LogSource(
        product,
        category.lower() if category.__class__ is str else "",
        service.lower() if service.__class__ is str else "",
    )


_ZEEK_ADDRESSES = {
    "id_orig_h": "id.orig_h",
    "id_orig_p": "id.orig_p",
    "id_resp_h": "id.resp_h",
    "id_resp_p": "id.resp_p",
}


def zeek_record(fields: dict[str, Any], raw: str, place: str, hint: str = "") -> LogRecord:
    """The record of one entry of a Zeek log; the kind of log is its service (``dns``, ``conn``)."""
    if "id_orig_h" in fields:
        fields = {_ZEEK_ADDRESSES.get(name, name): value for name, value in fields.items()}
    kind = fields.get("_path") or fields.get("@stream") or hint
    service = kind.lower() if kind.__class__ is str else ""
    return LogRecord(
        LogSource("zeek", "", service), first_time(fields, ("ts", "_write_ts")), fields, raw, place
    )


def events_in(obj: Any) -> list[Any] | None:
    """The events that an envelope wraps (``{"Records": [{…}, …]}``), None if ``obj`` is no envelope."""
    if obj.__class__ is dict and len(obj) <= 3:
        for key in ENVELOPES:
            events = obj.get(key)
            if key == "value" and "@odata.context" not in obj:
                continue
            if events.__class__ is list and all(event.__class__ is dict for event in events):
                return events
    return None


def records_of_object(
    obj: Any,
    raw: Callable[[], str],
    place: str,
    *,
    hint: str = "",
    limits: ReadLimits = DEFAULT_LIMITS,
) -> Iterator[LogRecord | Rejected]:
    """As ``record_of_object``, one for each event of an envelope, one otherwise."""
    events = events_in(obj)
    if events is None:
        yield record_of_object(obj, raw(), place, hint=hint, limits=limits)
        return
    for number, event in enumerate(events, 1):
        text = orjson.dumps(event).decode()
        yield record_of_object(event, text, f"{place}#{number}", hint=hint, limits=limits)
