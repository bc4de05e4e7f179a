"""Events in the words of the Open Cybersecurity Schema Framework (OCSF 1.8.0).

``ocsf_columns(record: LogRecord) -> OcsfColumns``
    sixteen flat values, for every event: what the event store keeps as typed columns.
``ocsf_columns_of_kind(source, fields, count) -> list[Column]``
    the same for many events with the same fields at once, by whole columns.
``normalise(record: LogRecord, *, logged: int | None = None, with_raw: bool = False) -> OcsfEvent | None``
    the whole event as OCSF JSON, on demand; None where no class exists.
``detection_finding(…)``, ``incident_finding(…)``
    alerts and incidents as findings 2004 and 2005.

The mapping is data: ``mappings/*.toml``, one per source, and ``mappings/classes.toml`` for the classes.
"""

from yui.security.soc.engine.ocsf.columns import OcsfColumns, ocsf_columns
from yui.security.soc.engine.ocsf.events import OcsfEvent, normalise
from yui.security.soc.engine.ocsf.findings import detection_finding, incident_finding
from yui.security.soc.engine.ocsf.kinds import ocsf_columns_of_kind

__all__ = [
    "OcsfColumns",
    "OcsfEvent",
    "detection_finding",
    "incident_finding",
    "normalise",
    "ocsf_columns",
    "ocsf_columns_of_kind",
]
