"""The flat OCSF columns of an event, cheap enough to be worked out for every one."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from yui.security.soc.engine.ocsf.messages import with_message
from yui.security.soc.engine.ocsf.tables import plan_of
from yui.security.soc.engine.ocsf.values import best_hash
from yui.security.soc.engine.records import LogRecord


class OcsfColumns(NamedTuple):
    """What an analyst searches by, whatever the log. None where the event does not say.

    Attributes:
        class_uid: OCSF class; None where no class exists for the event.
        activity_id: what was done, in the class's own numbers.
        severity_id: OCSF severity 1–6.
        host: the machine that the event is of.
        user: account name as the source writes it.
        src_ip, dst_ip, src_port, dst_port: the ends of a connection.
        process, parent_process: paths of executables. Where one process acts on another, ``process`` is the
            target and ``parent_process`` the one that acted.
        command_line: of ``process``.
        file: path of a file, pipe or driver.
        hash: SHA-256 where there is one, else the best there is, lower case.
        domain: name asked for or connected to.
        url: of a request.
    """

    class_uid: int | None
    activity_id: int | None
    severity_id: int | None
    host: str | None
    user: str | None
    src_ip: str | None
    dst_ip: str | None
    src_port: int | None
    dst_port: int | None
    process: str | None
    parent_process: str | None
    command_line: str | None
    file: str | None
    hash: str | None
    domain: str | None
    url: str | None


_COMMON = (
    ("Computer", "Hostname", "hostname", "host", "host.name", "HOST"),
    ("User", "SubjectUserName", "TargetUserName", "user", "username", "user.name"),
    ("src_ip", "SourceIp", "source.ip", "IpAddress", "src"),
    ("dst_ip", "dest_ip", "DestinationIp", "destination.ip", "dst"),
    ("src_port", "SourcePort", "source.port"),
    ("dst_port", "dest_port", "DestinationPort", "destination.port"),
    ("Image", "process.executable", "exe"),
    ("ParentImage", "process.parent.executable"),
    ("CommandLine", "process.command_line"),
    ("TargetFilename", "file.path"),
    ("Hashes", "file.hash.sha256"),
    ("QueryName", "dns.question.name", "url.domain"),
    ("url", "url.full", "url.original"),
)
"""Fields of the columns for events of no known kind."""

_PORTS = (4, 5)
_HASH = 10


def ocsf_columns(record: LogRecord) -> OcsfColumns:
    """The flat columns of ``record``."""
    fields: Mapping[str, Any] = record.fields
    plan = plan_of(record)
    if plan is None:
        names, numbers = _COMMON, (None, None, None)
    else:
        if plan.pattern:
            fields = with_message(plan.pattern, fields)
        names = plan.names  # type: ignore[assignment]
        numbers = (plan.event_class.uid, plan.activity.of(fields), plan.severity.of(fields))  # type: ignore[assignment]
    get = fields.get
    values: list[Any] = []
    for candidates in names:
        value = None
        for name in candidates:
            value = get(name)
            if value is not None and value != "" and value != "-":
                break
        else:
            value = None
        if value.__class__ is not str and value is not None:
            value = _text(value)
        values.append(value)
    for position in _PORTS:
        if values[position] is not None:
            values[position] = port_of(values[position])
    if values[_HASH] is not None:
        values[_HASH] = best_hash(values[_HASH])
    return OcsfColumns(*numbers, *values)


def _text(value: Any) -> str | None:
    """A value as text; of a list, the first that is there."""
    if value.__class__ is list:
        return next((_text(one) for one in value if one is not None), None)
    return str(value)


def port_of(text: str) -> int | None:
    """A port number, None if it is none."""
    if text.isdecimal() and text.isascii() and len(text) < 6:
        number = int(text)
        return number if number < 65_536 else None
    return None
