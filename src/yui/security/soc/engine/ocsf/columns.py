"""The flat OCSF columns of an event, cheap enough to be worked out for every one."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from yui.security.soc.engine.ocsf.messages import with_message
from yui.security.soc.engine.ocsf.tables import COLUMNS, plan_of
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


COMMON = (
    (0, ("Computer", "Hostname", "hostname", "host", "host.name", "HOST")),
    (1, ("User", "SubjectUserName", "TargetUserName", "user", "username", "user.name")),
    (2, ("src_ip", "SourceIp", "source.ip", "IpAddress", "src")),
    (3, ("dst_ip", "dest_ip", "DestinationIp", "destination.ip", "dst")),
    (4, ("src_port", "SourcePort", "source.port")),
    (5, ("dst_port", "dest_port", "DestinationPort", "destination.port")),
    (6, ("Image", "process.executable", "exe")),
    (7, ("ParentImage", "process.parent.executable")),
    (8, ("CommandLine", "process.command_line")),
    (9, ("TargetFilename", "file.path")),
    (10, ("Hashes", "file.hash.sha256")),
    (11, ("QueryName", "dns.question.name", "url.domain")),
    (12, ("url", "url.full", "url.original")),
)
"""Positions in ``COLUMNS`` and fields of the columns for events of no known kind."""

PORTS = (COLUMNS.index("src_port"), COLUMNS.index("dst_port"))
HASH = COLUMNS.index("hash")
FACTS = len(OcsfColumns._fields) - len(COLUMNS)
_NOTHING = [None] * len(OcsfColumns._fields)


def ocsf_columns(record: LogRecord) -> OcsfColumns:
    """The flat columns of ``record``."""
    fields: Mapping[str, Any] = record.fields
    values: list[Any] = _NOTHING.copy()
    plan = plan_of(record)
    columns = COMMON
    if plan is not None:
        if plan.pattern:
            fields = with_message(plan.pattern, fields)
        columns = plan.columns  # type: ignore[assignment]
        values[:FACTS] = plan.event_class.uid, plan.activity.of(fields), plan.severity.of(fields)
    get = fields.get
    for position, names in columns:
        for name in names:
            value = get(name)
            if value is not None and value != "" and value != "-":
                if value.__class__ is not str:
                    value = text_of(value)
                if position == HASH:
                    value = best_hash(value) if value else None
                elif position in PORTS:
                    value = port_of(value) if value else None
                values[FACTS + position] = value
                break
    return OcsfColumns._make(values)


def text_of(value: Any) -> str | None:
    """A value as text; of a list, the first that is there."""
    if value.__class__ is list:
        return next((text_of(one) for one in value if one is not None), None)
    return str(value)


def port_of(text: str) -> int | None:
    """A port number, None if it is none."""
    if text.isdecimal() and text.isascii() and len(text) < 6:
        number = int(text)
        return number if number < 65_536 else None
    return None
