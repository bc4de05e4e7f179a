"""Alerts and incidents as OCSF findings, for other systems to read.

Source: OCSF 1.8.0, Detection Finding (2004) and Incident Finding (2005).
"""

from collections.abc import Mapping, Sequence
from typing import Any

from yui.security.soc.engine.ocsf.events import OcsfEvent
from yui.security.soc.engine.ocsf.tables import VERSION

PRODUCT = {"name": "Yui", "vendor_name": "Yui"}

SEVERITIES = {"informational": 1, "low": 2, "medium": 3, "high": 4, "critical": 5}
"""Sigma's levels (specification 2.1, "level") as ``severity_id``."""

CREATE, UPDATE, CLOSE = 1, 2, 3
NEW, IN_PROGRESS, ON_HOLD, RESOLVED, CLOSED = 1, 2, 3, 4, 5


def attack(technique: str) -> dict[str, Any]:
    """A technique of MITRE ATT&CK (``T1059`` or ``T1059.001``) as an ``attack`` object."""
    number = technique.upper()
    parent, _, _ = number.partition(".")
    found: dict[str, Any] = {"technique": {"uid": parent}}
    if parent != number:
        found["sub_technique"] = {"uid": number}
    return found


def detection_finding(
    *,
    uid: str,
    title: str,
    level: str,
    time: int,
    rule_uid: str = "",
    rule_author: str = "",
    rule_licence: str = "",
    description: str = "",
    techniques: Sequence[str] = (),
    matched: Mapping[str, str] | None = None,
    event: OcsfEvent | None = None,
    first_seen: int | None = None,
    last_seen: int | None = None,
    count: int = 1,
    activity: int = CREATE,
    tenant: str = "",
) -> OcsfEvent:
    """The Detection Finding of one alert.

    Args:
        uid: the alert's own number.
        level: Sigma's level; one that is not known counts as ``medium``.
        time: microseconds at which it was detected.
        rule_author: shown with every match, as the Detection Rule Licence 1.1 asks.
        techniques: of MITRE ATT&CK.
        matched: which field had which value.
        event: the OCSF event on which it fired; its actor, process, endpoints become evidence.
        first_seen, last_seen: microseconds of the events that it stands for.
        tenant: the code of the ward.
    """
    info: dict[str, Any] = {
        "uid": uid,
        "title": title,
        "created_time": time // 1_000,
        "analytic": {"name": title, "uid": rule_uid or uid, "type_id": 1, "category": "Sigma"},
    }
    if description:
        info["desc"] = description
    if techniques:
        info["attacks"] = [attack(technique) for technique in techniques]
    for name, value in (("first_seen_time", first_seen), ("last_seen_time", last_seen)):
        if value is not None:
            info[name] = value // 1_000
    finding = _finding(2004, activity, SEVERITIES.get(level.lower(), 3), time, tenant)
    finding |= {"finding_info": info, "message": title, "is_alert": True, "count": max(count, 1)}
    evidence = _evidence(event, matched)
    if evidence:
        finding["evidences"] = [evidence]
    if event is not None and "observables" in event:
        finding["observables"] = event["observables"]
    unmapped = {"rule_author": rule_author, "rule_licence": rule_licence}
    if any(unmapped.values()):
        finding["unmapped"] = {name: text for name, text in unmapped.items() if text}
    return finding  # type: ignore[return-value]


_EVIDENCE = (
    "actor",
    "api",
    "device",
    "dst_endpoint",
    "file",
    "process",
    "query",
    "script",
    "src_endpoint",
    "user",
)


def _evidence(event: OcsfEvent | None, matched: Mapping[str, str] | None) -> dict[str, Any]:
    found: dict[str, Any] = {name: event[name] for name in _EVIDENCE if name in event} if event else {}  # type: ignore[literal-required]
    if matched:
        found["data"] = dict(matched)
    return found


def incident_finding(
    *,
    uid: str,
    title: str,
    severity: int,
    status: int,
    time: int,
    findings: Sequence[tuple[str, str]],
    assignee: str = "",
    group: str = "共同SOC",
    description: str = "",
    techniques: Sequence[str] = (),
    started: int | None = None,
    ended: int | None = None,
    activity: int = UPDATE,
    tenant: str = "",
) -> OcsfEvent:
    """The Incident Finding of one incident.

    Args:
        uid: the incident's number.
        severity: ``severity_id`` 0–6.
        status: ``NEW``, ``IN_PROGRESS``, ``ON_HOLD``, ``RESOLVED`` or ``CLOSED``.
        time: microseconds of its last change.
        findings: number and title of each alert in it; the incident itself stands in where there is none.
        assignee: who works on it; without, the group does.
        started, ended: microseconds at which it occurred and was over.
    """
    finding = _finding(2005, activity, severity, time, tenant)
    finding |= {
        "finding_info_list": [{"uid": number, "title": name} for number, name in findings or [(uid, title)]],
        "status_id": status,
        "message": title,
    }
    finding["metadata"]["uid"] = uid
    if assignee:
        finding["assignee"] = {"name": assignee}
    else:
        finding["assignee_group"] = {"name": group}
    if description:
        finding["desc"] = description
    if techniques:
        finding["attacks"] = [attack(technique) for technique in techniques]
    for name, value in (("start_time", started), ("end_time", ended)):
        if value is not None:
            finding[name] = value // 1_000
    return finding  # type: ignore[return-value]


def _finding(class_uid: int, activity: int, severity: int, time: int, tenant: str) -> dict[str, Any]:
    metadata: dict[str, Any] = {"version": VERSION, "product": dict(PRODUCT)}
    if tenant:
        metadata["tenant_uid"] = tenant
    return {
        "activity_id": activity,
        "category_uid": 2,
        "class_uid": class_uid,
        "class_name": "detection_finding" if class_uid == 2004 else "incident_finding",
        "type_uid": class_uid * 100 + activity,
        "severity_id": severity,
        "time": time // 1_000,
        "metadata": metadata,
    }
