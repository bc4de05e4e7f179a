"""The queue of a reader: the groups that meet conditions, page by page, at the cost of one page."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import product

from django.db import connection
from django.db.models import F, Q, QuerySet
from django.db.models.fields.tuple_lookups import TupleGreaterThan, TupleLessThan

from yui.kernel.calendar_jp import now
from yui.kernel.policy import Actor
from yui.kernel.scope.models import Organisation
from yui.security.soc.engine.triage.grouping import priorities_of, priority
from yui.security.soc.models import AlertGroup, AlertState, DetectionRule
from yui.security.soc.queries.alerts.conditions import OPEN, SPANS, QueueConditions
from yui.security.soc.queries.alerts.lists import GroupLists, first_of_lists

PAGE = 50
COUNTED = 1_000
"""Counting goes no further: a reader who sees "1,000以上" narrows down instead of reading on."""

_ORDER = ("priority", "last_event_at", "id")

_MOST_LISTS = 4_500
"""Asked for more lists, PostgreSQL would compile the statement first (``jit_above_cost``), for a second."""

_MOST_LISTS_OF_CLOSED = 60
"""Lists of closed groups hold those of all wards, and those that are not closed, which are passed over."""

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_SHOWN = (
    "organisation__code", "organisation__name_ja", "organisation__name_en", "title", "level", "priority",
    "host", "user", "confidentiality", "count", "held", "last_event_at", "first_event_at", "detected_at",
    "state", "acknowledged_at", "closed_at", "close_reason", "assignee__name_ja", "rule_id", "incident_id",
)  # fmt: skip


Position = tuple[int, datetime, int]


@dataclass(frozen=True)
class QueuePage:
    """One page of the queue.

    Attributes:
        rows: the groups, the most urgent first.
        after: cursor of the next page, empty on the last.
        before: cursor of the page before, empty on the first.
        newest: the greatest key that stood when the page was read; what is greater came later.
    """

    rows: tuple[AlertGroup, ...]
    after: str
    before: str
    newest: int


def groups_meeting(
    actor: Actor, conditions: QueueConditions, wards: Sequence[Organisation]
) -> QuerySet[AlertGroup]:
    """Return the groups that ``actor`` may see and that meet the conditions, in no order.

    Args:
        wards: ``readable_wards`` of the actor.
    """
    groups = _meeting_of_any_rule(actor, conditions, wards)
    if conditions.technique:
        groups = groups.filter(rule__in=_rules_of_technique(actor, conditions.technique))
    return groups


def _meeting_of_any_rule(
    actor: Actor, conditions: QueueConditions, wards: Sequence[Organisation]
) -> QuerySet[AlertGroup]:
    """Return the groups that meet all conditions, except that they may be of another technique."""
    groups: QuerySet[AlertGroup] = AlertGroup.objects.visible_to(actor)
    if conditions.ward:
        wards = [ward for ward in wards if ward.code == conditions.ward]
        groups = groups.filter(organisation__in=wards)
    elif not conditions.text:
        # A search is answered by the indexes of names, not by a ward's.
        groups = within(groups, wards)
    groups = _weighing(_in_state(groups, conditions), conditions)
    if conditions.mine:
        groups = groups.filter(assignee=actor.user_id)
    if conditions.rule is not None:
        groups = groups.filter(rule=conditions.rule)
    if conditions.span:
        groups = groups.filter(last_event_at__gte=now() - SPANS[conditions.span])
    return groups.filter(_about(actor, conditions.text)) if conditions.text else groups


def within(groups: QuerySet[AlertGroup], wards: Sequence[Organisation]) -> QuerySet[AlertGroup]:
    """Return the same groups, asked so that the database walks the index of a reader's only ward."""
    return groups.filter(organisation=wards[0]) if len(wards) == 1 else groups


def _weighing(groups: QuerySet[AlertGroup], conditions: QueueConditions) -> QuerySet[AlertGroup]:
    """Keep the groups of the level and 機密性 asked for; both together are one priority."""
    if conditions.level is None and conditions.confidentiality is None:
        return groups
    if conditions.level is None:
        return groups.filter(confidentiality=conditions.confidentiality)
    if conditions.confidentiality is None:
        return groups.filter(priority__range=priorities_of(conditions.level))
    return groups.filter(priority=priority(conditions.level, conditions.confidentiality))


def queue_page(
    actor: Actor,
    conditions: QueueConditions,
    wards: Sequence[Organisation],
    *,
    after: str = "",
    before: str = "",
    size: int = PAGE,
) -> QueuePage:
    """Return one page; a cursor that cannot be read gives the first."""
    forward, position = not before, _position(before or after)
    found = _rows(actor, conditions, wards, forward, position, size + 1)
    more, rows = len(found) > size, found[:size]
    if not forward:
        rows.reverse()
    newest = AlertGroup.objects.unscoped("the greatest key tells nothing of a record").order_by("-pk")
    return QueuePage(
        rows=tuple(rows),
        after=cursor_of(rows[-1]) if rows and (more or not forward) else "",
        before=cursor_of(rows[0]) if rows and position and (more or forward) else "",
        newest=newest.values_list("pk", flat=True).first() or 0,
    )


def _rows(
    actor: Actor,
    conditions: QueueConditions,
    wards: Sequence[Organisation],
    forward: bool,
    position: Position | None,
    size: int,
) -> list[AlertGroup]:
    """Return the groups nearest to a position of the queue, beginning with the nearest."""
    order = [f"-{name}" for name in _ORDER] if forward else list(_ORDER)
    groups = _meeting_of_any_rule(actor, conditions, wards)
    if position:
        lookup = TupleLessThan if forward else TupleGreaterThan
        groups = groups.filter(lookup(tuple(F(name) for name in _ORDER), position))
    if conditions.technique:
        rules = _rules_of_technique(actor, conditions.technique)
        lists = _lists(conditions, wards, rules)
        if lists is None:
            groups = groups.filter(rule__in=rules)
        else:
            few = first_of_lists(_as_indexed(groups, conditions), lists, order, size)
            groups = AlertGroup.objects.visible_to(actor).filter(pk__in=few)
    shown = groups.select_related("organisation", "assignee").only(*_SHOWN)
    return list(shown.order_by(*order)[:size])


def _lists(
    conditions: QueueConditions, wards: Sequence[Organisation], rules: Sequence[int]
) -> GroupLists | None:
    """Return the lists of groups among which a page is found, or None where another way is quicker.

    A search and what is being worked on have indexes of their own, and few groups.
    """
    if conditions.text or conditions.mine or conditions.state == AlertState.WORKING:
        return None
    if conditions.ward:
        wards = [ward for ward in wards if ward.code == conditions.ward]
    is_one_ward = bool(conditions.ward) or len(wards) == 1
    if conditions.state == AlertState.CLOSED:
        few = not is_one_ward and 0 < len(rules) <= _MOST_LISTS_OF_CLOSED
        return GroupLists(("rule_id",), tuple(product(rules))) if few else None
    # Beside what is entrusted to them, readers of several wards see what any organisation shows to all.
    keys = [ward.pk for ward in wards] if is_one_ward else Organisation.objects.values_list("pk", flat=True)
    if not 0 < len(keys) * len(rules) <= _MOST_LISTS:
        return None
    return GroupLists(("organisation_id", "rule_id"), tuple(product(keys, rules)))


def _as_indexed(groups: QuerySet[AlertGroup], conditions: QueueConditions) -> QuerySet[AlertGroup]:
    """Return the same groups, asked so that the database sees which index holds them."""
    return groups if conditions.state == AlertState.CLOSED else groups.exclude(state=AlertState.CLOSED)


def capped_count(groups: QuerySet[AlertGroup]) -> int:
    """Return how many there are, ``COUNTED`` + 1 standing for all that is more."""
    return groups.order_by()[: COUNTED + 1].count()


def cursor_of(group: AlertGroup) -> str:
    """Return the place of a group in the queue, to the microsecond."""
    return f"{group.priority}.{(group.last_event_at - _EPOCH) // timedelta(microseconds=1)}.{group.pk}"


def _position(cursor: str) -> Position | None:
    """Return the place that a cursor names."""
    parts = cursor.split(".")
    if len(parts) != 3 or not all(part.isascii() and part.isdecimal() and len(part) < 18 for part in parts):
        return None
    try:
        return int(parts[0]), _EPOCH + timedelta(microseconds=int(parts[1])), int(parts[2])
    except OverflowError:
        return None


def _in_state(groups: QuerySet[AlertGroup], conditions: QueueConditions) -> QuerySet[AlertGroup]:
    if conditions.state != OPEN:
        return groups.filter(state=conditions.state)
    # What is open and in somebody's hands is being worked on; asked so, it has an index of its own.
    return (
        groups.filter(state=AlertState.WORKING)
        if conditions.mine
        else groups.exclude(state=AlertState.CLOSED)
    )


def _rules_of_technique(actor: Actor, technique: str) -> list[int]:
    """Return the rules of an ATT&CK technique or of one of its sub-techniques.

    The database looks for the text among all rules, so that few lists are read here.
    """
    rules = DetectionRule.objects.visible_to(actor).filter(techniques__icontains=technique).order_by()
    return [
        key
        for key, techniques in rules.values_list("pk", "techniques")
        if any(
            str(each).upper().partition(".")[0] == technique or str(each).upper() == technique
            for each in techniques
        )
    ]


def _about(actor: Actor, text: str) -> Q:
    """Return the condition of a search: hosts and accounts by their beginning, rules by their title.

    As names are kept as their senders spell them, the text is tried as it is, in capitals and in small ones.
    """
    rules = DetectionRule.objects.visible_to(actor).filter(title__icontains=text).values_list("pk", flat=True)
    condition = Q(rule__in=list(rules[:COUNTED]))
    for spelling in sorted({text, text.upper(), text.lower()}):
        condition |= _begins("host", spelling) | _begins("user", spelling)
    return condition


def _begins(field: str, text: str) -> Q:
    """Return the condition that a field begins with ``text``, as each database answers it by an index."""
    if connection.vendor == "postgresql":
        return Q(**{f"{field}__startswith": text})
    return Q(**{f"{field}__gte": text, f"{field}__lt": text + "\U0010ffff"})


def shown_count(count: int) -> tuple[int, bool]:
    """Return the number to show, and whether there are more."""
    return min(count, COUNTED), count > COUNTED


def newer_than(groups: QuerySet[AlertGroup], key: int) -> int:
    """Return how many of these groups came after the one with this key."""
    return capped_count(groups.filter(pk__gt=key))
