"""Processing's effects and rules in Yui's own database and lake."""

import logging
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import UTC, date, datetime
from pathlib import Path

from django.conf import settings
from django.db import connections

from yui.kernel.calendar_jp import today
from yui.kernel.policy import Actor
from yui.kernel.scope.models import Organisation
from yui.security.soc.connections import renew_connections
from yui.security.soc.engine.joint.facts import JointAlertFact
from yui.security.soc.engine.joint.keys import Network
from yui.security.soc.engine.ocsf import ocsf_columns_of_kind
from yui.security.soc.engine.sigma import (
    CompiledRules,
    Exclusion,
    ExclusionRefused,
    compile_exclusion,
    load_rules,
)
from yui.security.soc.engine.triage.facts import AlertFact
from yui.security.soc.event_store.arriving import Batch
from yui.security.soc.event_store.known_ids import KnownIds
from yui.security.soc.event_store.writing import AppendResult, EventStore, SeenIn
from yui.security.soc.models import DetectionRule, LogSender, RuleKind, SeenField
from yui.security.soc.operations.alerts.errors import UnknownRule
from yui.security.soc.operations.alerts.raise_alerts import raise_alerts
from yui.security.soc.operations.alerts.raise_joint_alert import raise_joint_alert
from yui.security.soc.operations.rules.count_suppressed import count_suppressed
from yui.security.soc.operations.senders.count_rejected import RejectedCount, count_rejected
from yui.security.soc.processing.preparing import RejectedKey, RejectedSum
from yui.security.soc.processing.rules import RuleBook, WardRules, book_of
from yui.security.soc.queries.rules.active_rules import ActiveRules, active_rules, rules_version
from yui.security.soc.queries.rules.audit_routes import audit_routes
from yui.security.soc.queries.senders.own_networks import own_networks
from yui.security.soc.queries.senders.sender_of import note_seen

log = logging.getLogger(__name__)
WHY = "processing works for every ward"


def ward_codes() -> tuple[str, ...]:
    """Return the codes of all wards, in their order."""
    return tuple(Organisation.objects.wards().order_by("sort_order", "code").values_list("code", flat=True))


class _Wards:
    """Organisations by code, each read once."""

    def __init__(self) -> None:
        self._actor = Actor.system("soc processing")
        self._wards: dict[str, Organisation] = {}

    def _ward(self, code: str) -> Organisation:
        if code not in self._wards:
            self._wards[code] = Organisation.objects.get(code=code)
        return self._wards[code]


class DatabaseStore(_Wards):
    """Stores events in the lake, and keeps aside what is none.

    Args:
        day: tells today.
    """

    def __init__(self, day: Callable[[], date] = today) -> None:
        super().__init__()
        self._today, self._known = day, KnownIds(settings.LAKE)
        self._begin_day()

    def store(self, batches: Iterable[Batch]) -> AppendResult:
        """Put events into the lake; on return they are on the disk."""
        renew_connections()
        if self._today() != self._day:
            self._begin_day()
        return self._store.append_many(batches)

    def _begin_day(self) -> None:
        """Forget which fields were seen, so that each is noted once a day; stored identifiers stay known."""
        self._day, self._store = self._today(), EventStore(ocsf_columns_of_kind, self._known)

    def count_rejected(self, rejected: Mapping[RejectedKey, RejectedSum]) -> None:
        """Keep aside what is no event, by sender and reason."""
        renew_connections()
        by_sender: dict[tuple[str, str], dict[str, RejectedCount]] = {}
        for (ward, sender, reason), found in rejected.items():
            counts = by_sender.setdefault((ward, sender), {})
            counts[reason] = RejectedCount(found.count, found.detail, found.sample)
        senders = LogSender.objects.unscoped(WHY).in_bulk(
            [int(sender) for _ward, sender in by_sender if sender.isdigit()]
        )
        for (ward, sender), counts in by_sender.items():
            record = senders.get(int(sender)) if sender.isdigit() else None
            count_rejected(self._actor, ward=self._ward(ward), rejected=counts, sender=record)

    def note_fields(self, fields: Sequence[SeenIn]) -> None:
        """Remember which fields a log source of a ward carries, and that they came today."""
        rows = [
            SeenField(
                organisation=self._ward(ward),
                product=source.product[:60],
                category=source.category[:60],
                service=source.service[:60],
                field=field[:200],
                first_seen=self._day,
                last_seen=self._day,
            )
            for ward, source, field in fields
        ]
        SeenField.objects.unscoped(WHY).bulk_create(
            rows,
            batch_size=500,
            update_conflicts=True,
            unique_fields=["organisation", "product", "category", "service", "field"],
            update_fields=["last_seen"],
        )

    def note_senders(self, senders: Iterable[str], moment_us: int) -> None:
        """Remember when senders were last heard."""
        note_seen(
            [int(sender) for sender in senders if sender.isdigit()],
            datetime.fromtimestamp(moment_us / 1e6, UTC),
        )


class DatabaseAlerts(_Wards):
    """Raises alerts through the operations of the SOC."""

    def raise_alerts(self, ward: str, facts: Sequence[AlertFact]) -> int:
        """Raise alerts of one ward; return how many matches are new, those included that are only counted.

        Matches of rules that were deleted meanwhile are told and dropped.
        """
        renew_connections()
        try:
            return self._raised(ward, facts)
        except UnknownRule:
            named = {fact.rule for fact in facts if isinstance(fact.rule, str)}
            known = set(
                DetectionRule.objects.unscoped(WHY)
                .filter(rule_id__in=named)
                .values_list("rule_id", flat=True)
            )
            left = [fact for fact in facts if fact.rule in known]
            log.warning(
                "%d matches of rules that are stored no more: %s", len(facts) - len(left), named - known
            )
            return self._raised(ward, left) if left else 0

    def _raised(self, ward: str, facts: Sequence[AlertFact]) -> int:
        result = raise_alerts(self._actor, ward=self._ward(ward), facts=facts)
        return result.raised + result.held

    def count_suppressed(self, counts: Mapping[tuple[str, int], int]) -> None:
        """Add to how many matches each exclusion has kept from being alerts."""
        renew_connections()
        by_ward: dict[str, dict[int, int]] = {}
        for (ward, key), count in counts.items():
            by_ward.setdefault(ward, {})[key] = count
        for ward, of_ward in by_ward.items():
            count_suppressed(self._actor, ward=self._ward(ward), counts=of_ward)

    def raise_joint(self, facts: Sequence[JointAlertFact]) -> None:
        """Raise what several wards have in common."""
        renew_connections()
        for fact in facts:
            raise_joint_alert(self._actor, fact=fact)


class DatabaseRules:
    """The rules that people have switched on, read again when their stamp changes."""

    def __init__(self, cache: Path) -> None:
        """Keep parsed rules in the folder ``cache``."""
        self._cache = cache

    def look(self, known_version: str) -> RuleBook | None:
        """Return the rules of all wards; None where nothing changed."""
        renew_connections()
        # The stamp is of what was there before the rules are read: a change in between is seen next time.
        wards = list(Organisation.objects.wards())
        routes = audit_routes(wards)
        networks = own_networks()
        audited = sorted(code for code, groups in routes.items() if groups)
        version = " ".join([rules_version(), *audited, *map(str, networks)])
        if version == known_version:
            return None
        return self._read(version, wards, routes, networks)

    def close(self) -> None:
        """Close the connections of the calling thread."""
        connections.close_all()

    def _read(
        self,
        version: str,
        organisations: Sequence[Organisation],
        routes: Mapping[str, frozenset[str]],
        networks: tuple[Network, ...],
    ) -> RuleBook:
        active = {ward.code: active_rules(ward) for ward in organisations}
        wards = {
            code: WardRules(_enabled(rules), _exclusions(rules), routes[code])
            for code, rules in active.items()
        }
        texts = {rule.rule_id: rule.source for rules in active.values() for rule in rules.rules}
        kinds = {rule.rule_id: rule.kind for rules in active.values() for rule in rules.rules}
        filters = frozenset(rule_id for rule_id, kind in kinds.items() if kind == RuleKind.FILTER)
        by_filters: dict[frozenset[str], CompiledRules] = {}
        bases = {}
        for enabled in {rules.enabled for rules in wards.values()}:
            wanted = enabled & filters
            if wanted not in by_filters:
                chosen = [pair for pair in texts.items() if pair[0] not in filters or pair[0] in wanted]
                by_filters[wanted] = load_rules(chosen, cache=self._cache).rules
            bases[enabled] = by_filters[wanted]
        correlations = [texts[rule_id] for rule_id, kind in kinds.items() if kind == RuleKind.CORRELATION]
        return book_of(version, bases, correlations, wards, networks)


def _enabled(rules: ActiveRules) -> frozenset[str]:
    return frozenset(rule.rule_id for rule in rules.rules)


def _exclusions(rules: ActiveRules) -> dict[str, list[tuple[int, Exclusion]]]:
    found: dict[str, list[tuple[int, Exclusion]]] = {}
    for exclusion in rules.exclusions:
        try:
            compiled = compile_exclusion(exclusion.condition)
        except ExclusionRefused as refused:
            log.warning("exclusion %s of %s is not applied: %s", exclusion.pk, rules.ward_code, refused)
        else:
            found.setdefault(exclusion.rule_id, []).append((exclusion.pk, compiled))
    return found
