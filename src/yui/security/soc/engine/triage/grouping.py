"""束ね: which alerts are worked together, and what comes first.

An alert joins the open group of the same rule and the same subject while its event lies within ``WINDOW`` of
the group's first or last event. The subject is the host; where there is none the account, then the source
address, then the rule alone. A closed group is never joined: what comes after closing is news.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any

WINDOW = timedelta(hours=24)
"""An attack that rests longer than a day is looked at anew."""

PRIORITIES_PER_LEVEL = 4
"""機密性 has three grades, and there is "unknown"."""

SOURCE_ADDRESSES = (
    "SourceIp",
    "src_ip",
    "IpAddress",
    "id.orig_h",
    "sourceIPAddress",
    "ClientIP",
    "c-ip",
    "ip",
)
"""Where Sysmon, Suricata, Windows, Zeek, AWS and web servers keep the address something came from."""

_NO_ADDRESS = {"", "-", "::", "0.0.0.0", "127.0.0.1", "::1"}  # noqa: S104 - values of logs, nothing is bound


def subject_of(host: str, user: str, fields: Mapping[str, Any]) -> str:
    """Return what an alert is about, with the kind before it; upper and lower case are the same."""
    if host:
        return f"host:{host.casefold()}"
    if user:
        return f"user:{user.casefold()}"
    for name in SOURCE_ADDRESSES:
        value = fields.get(name)
        if isinstance(value, str) and value not in _NO_ADDRESS:
            return f"ip:{value.casefold()}"
    return "rule"


def group_key(rule_id: str, subject: str) -> str:
    """Return the 64 hexadecimal digits by which a group is found again."""
    return sha256(f"{rule_id}\0{subject}".encode("utf-8", "replace")).hexdigest()


def priority(level: int, confidentiality: int | None) -> int:
    """Return the order of work: the level decides, the 機密性 (1–3, unknown 0) of the system within it."""
    return level * PRIORITIES_PER_LEVEL + (confidentiality or 0)


def priorities_of(level: int) -> tuple[int, int]:
    """Return the least and greatest priority of a level."""
    return level * PRIORITIES_PER_LEVEL, level * PRIORITIES_PER_LEVEL + PRIORITIES_PER_LEVEL - 1


@dataclass
class Gathering:
    """A group while alerts are added to it; ``stored`` is its record, None for a new one."""

    key: str
    first: datetime
    last: datetime
    opened_for: datetime
    stored: Any = None
    added: list[int] = field(default_factory=list)

    def takes(self, moment: datetime) -> bool:
        """Tell whether an event of this time still belongs here."""
        return self.first - WINDOW <= moment <= self.last + WINDOW

    def add(self, position: int, moment: datetime) -> None:
        """Take the alert at ``position`` in."""
        self.added.append(position)
        self.first, self.last = min(self.first, moment), max(self.last, moment)


def gather(alerts: Iterable[tuple[str, datetime]], standing: Iterable[Gathering]) -> list[Gathering]:
    """Return the groups that receive these alerts, standing ones and new ones.

    Alerts are taken in the order of their events, so that the order of arrival within a call decides nothing.

    Args:
        alerts: key and event time of each.
        standing: the open groups with these keys.
    """
    by_key: dict[str, list[Gathering]] = {}
    for group in standing:
        by_key.setdefault(group.key, []).append(group)
    ordered = sorted(enumerate(alerts), key=lambda item: (item[1][1], item[0]))
    for position, (key, moment) in ordered:
        groups = by_key.setdefault(key, [])
        taking = next((group for group in groups if group.takes(moment)), None)
        if taking is None:
            taking = Gathering(key, moment, moment, moment)
            groups.append(taking)
        taking.add(position, moment)
    return [group for groups in by_key.values() for group in groups if group.added]
