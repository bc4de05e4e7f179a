"""多すぎる検知: how many matches of a rule become alerts in a ward and hour, and what becomes of the rest.

A rule that matches nearly everything would bury the queue. Within the limit of its hour each match is an
alert. The last quarter is for what has no open group yet, so that a flood on one computer hides no other.
What goes beyond is counted: in its own group where that stands, else in one group of the rule for the rest.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from yui.security.soc.engine.triage.grouping import Gathering, group_key

USUAL_LIMIT = 1_000
"""Alerts of one rule in a ward and hour: more than anybody reads, less than what slows the queue."""

LEAST_LIMIT, GREATEST_LIMIT = 20, 100_000
_KEPT_FOR_OPENINGS = 4


@dataclass
class HourLoad:
    """What one rule raised in one ward in the current hour.

    Attributes:
        limit: alerts of the rule in an hour.
        raised: alerts stored in this hour.
        held: matches that were only counted in this hour.
    """

    limit: int
    raised: int = 0
    held: int = 0

    def takes(self, *, opens: bool = False) -> bool:
        """Tell whether a match is an alert, and count it so; ``opens`` when it opens a group."""
        if self.limit - self.raised <= (0 if opens else self.limit // _KEPT_FOR_OPENINGS):
            return False
        self.raised += 1
        return True


@dataclass
class Admitted:
    """What became of gathered matches.

    Attributes:
        groups: those that receive matches, as alerts or counted.
        held: positions of the matches in them that are only counted.
        beyond: positions of the matches whose groups were not opened.
    """

    groups: list[Gathering] = field(default_factory=list)
    held: set[int] = field(default_factory=set)
    beyond: list[int] = field(default_factory=list)


def hour_of(moment: datetime) -> datetime:
    """Return the beginning of the hour."""
    return moment.replace(minute=0, second=0, microsecond=0)


def flood_key(rule_id: str) -> str:
    """Return the key of the group that takes what opens no group of its own."""
    return group_key(rule_id, "flood")


def admit(gathered: Sequence[tuple[Gathering, HourLoad]]) -> Admitted:
    """Decide which matches are alerts; groups that open come before further alerts of any.

    Args:
        gathered: groups with what they receive, each with the load of its rule.
    """
    admitted = Admitted()
    further: list[tuple[int, HourLoad]] = []
    for group, load in gathered:
        opens = group.stored is None
        if opens and not load.takes(opens=True):
            load.held += len(group.added)
            admitted.beyond += group.added
            continue
        admitted.groups.append(group)
        further += [(position, load) for position in group.added[opens:]]
    for position, load in further:
        if not load.takes():
            load.held += 1
            admitted.held.add(position)
    return admitted


def admit_rest(gathered: Sequence[tuple[Gathering, HourLoad]]) -> Admitted:
    """Count matches beyond the limit in their rules' groups; the first of a new group is its example.

    Args:
        gathered: the rules' groups with what they receive, which the loads count as held already.
    """
    admitted = Admitted()
    for group, load in gathered:
        examples = group.added[:1] if group.stored is None else []
        load.raised, load.held = load.raised + len(examples), load.held - len(examples)
        admitted.groups.append(group)
        admitted.held.update(group.added[len(examples) :])
    return admitted
