"""まとめる候補: which groups of alerts may be one incident.

Groups of one ward belong together when

1. they share a process: the same process identifier (Sysmon's GUIDs) stands in both, as the process, its
   parent, or the source or target of an access; or
2. they are of the same host, and between them lies no pause longer than ``PAUSE``; or
3. they are of the same account, on whatever host, without such a pause. Accounts of the system itself and
   of machines join nothing: they are on every host.

What belongs together is handed on: an attack that goes from host to host by one account is one candidate.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Any

PAUSE = timedelta(hours=1)
"""Longer than the steps of an attack in the recorded ones, shorter than the way from one to the next."""

PROCESS_FIELDS = (
    "ProcessGuid",
    "ParentProcessGuid",
    "SourceProcessGUID",
    "SourceProcessGuid",
    "TargetProcessGUID",
    "TargetProcessGuid",
)
_EVERYWHERE = frozenset(
    {"", "-", "system", "local service", "network service", "anonymous logon", "root", "localsystem", "n/a"}
)
_NO_PROCESS = "{00000000-0000-0000-0000-000000000000}"


@dataclass(frozen=True)
class Clue:
    """What is known of one group of alerts.

    Attributes:
        group: its key.
        ward: whose it is; groups of two wards never join.
        first, last: the times of its events.
        rule: whatever names the rule.
        level: 0 to 4.
        host, user: the computer and the account; empty where unknown.
        tactics: ATT&CK tactics of the rule.
        processes: identifiers of processes in its events (``processes_of``).
    """

    group: int
    ward: str
    first: datetime
    last: datetime
    rule: str = ""
    level: int = 2
    host: str = ""
    user: str = ""
    tactics: frozenset[str] = frozenset()
    processes: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Suggestion:
    """Groups that may be one incident, the earliest first.

    Attributes:
        groups: their keys.
        hosts, users: what they touch, sorted.
        tactics: how many ATT&CK tactics they show; an attack goes through several.
        first, last: from when to when.
        level: the heaviest.
    """

    groups: tuple[int, ...]
    hosts: tuple[str, ...]
    users: tuple[str, ...]
    tactics: int
    first: datetime
    last: datetime
    level: int


@dataclass
class _Roots:
    """Sets that are joined (union–find with halving of paths)."""

    parent: dict[int, int] = field(default_factory=dict)

    def root(self, item: int) -> int:
        """Return what stands for the set of ``item``."""
        self.parent.setdefault(item, item)
        while self.parent[item] != item:
            self.parent[item] = self.parent[self.parent[item]]
            item = self.parent[item]
        return item

    def join(self, one: int, other: int) -> None:
        """Make two sets one."""
        self.parent[self.root(one)] = self.root(other)


def processes_of(fields: Mapping[str, Any]) -> frozenset[str]:
    """Return the identifiers of the processes that an event names."""
    found = {str(fields[name]).casefold() for name in PROCESS_FIELDS if fields.get(name)}
    return frozenset(found - {_NO_PROCESS})


def suggest_incidents(clues: Sequence[Clue], pause: timedelta = PAUSE) -> list[Suggestion]:
    """Return candidates of two or more groups, the heaviest and most varied first; order decides nothing."""
    roots = _Roots()
    by_group = {clue.group: clue for clue in clues}
    for sharing in _sharing(by_group.values()):
        for one, other in pairwise(sharing):
            roots.join(one.group, other.group)
    for acting in _acting(by_group.values()):
        end = acting[0].last
        for one, other in pairwise(acting):
            if other.first - end <= pause:
                roots.join(one.group, other.group)
            end = max(end, other.last)
    members: dict[int, list[Clue]] = {}
    for clue in by_group.values():
        members.setdefault(roots.root(clue.group), []).append(clue)
    found = [_suggestion(some) for some in members.values() if len(some) > 1]
    return sorted(
        found, key=lambda each: (-each.level, -each.tactics, -len(each.groups), each.first, each.groups)
    )


def _sharing(clues: Iterable[Clue]) -> Iterable[list[Clue]]:
    """Yield the groups that name the same process."""
    by_process: dict[tuple[str, str], list[Clue]] = {}
    for clue in clues:
        for process in clue.processes:
            by_process.setdefault((clue.ward, process), []).append(clue)
    return by_process.values()


def _acting(clues: Iterable[Clue]) -> Iterable[list[Clue]]:
    """Yield the groups of each host and of each account, by the time of their beginning."""
    by_actor: dict[tuple[str, str, str], list[Clue]] = {}
    for clue in clues:
        user = clue.user.casefold().rpartition("\\")[2]
        if clue.host:
            by_actor.setdefault((clue.ward, "host", clue.host.casefold()), []).append(clue)
        if user not in _EVERYWHERE and not user.endswith("$"):
            by_actor.setdefault((clue.ward, "user", user), []).append(clue)
    return (sorted(some, key=lambda clue: (clue.first, clue.last, clue.group)) for some in by_actor.values())


def _suggestion(clues: Sequence[Clue]) -> Suggestion:
    ordered = sorted(clues, key=lambda clue: (clue.first, clue.group))
    return Suggestion(
        groups=tuple(clue.group for clue in ordered),
        hosts=tuple(sorted({clue.host for clue in ordered if clue.host})),
        users=tuple(sorted({clue.user for clue in ordered if clue.user})),
        tactics=len(frozenset().union(*(clue.tactics for clue in ordered))),
        first=ordered[0].first,
        last=max(clue.last for clue in ordered),
        level=max(clue.level for clue in ordered),
    )
