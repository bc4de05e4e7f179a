"""Joint alerts for the joint body, and sightings for every ward."""

from dataclasses import dataclass

from django.db.models import F, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from yui.kernel.policy import Actor
from yui.security.soc.engine.joint.keys import KeyKind
from yui.security.soc.formats.stix_sightings import SightingFact
from yui.security.soc.models import AlertGroup, DetectionRule, JointAlert, JointAlertWard, Sighting


@dataclass(frozen=True)
class JointWard:
    """What one ward brings to a joint alert, with those of its groups that the reader may open."""

    ward: JointAlertWard
    groups: tuple[AlertGroup, ...]


def joint_alerts_for(actor: Actor) -> QuerySet[JointAlert]:
    """Return the joint alerts that ``actor`` may see: those of a joint body he belongs to."""
    found: QuerySet[JointAlert] = JointAlert.objects.visible_to(actor).select_related(
        "assignee", "organisation"
    )
    return named(actor, found)


def named(actor: Actor, records: QuerySet) -> QuerySet:
    """Give joint alerts or sightings a ``label``: the title of the rule that they name, else the value."""
    rules = DetectionRule.objects.visible_to(actor).filter(rule_id=OuterRef("key_value"))
    return records.annotate(label=Coalesce(Subquery(rules.values("title")[:1]), F("key_value")))


def wards_of(actor: Actor, joint: JointAlert) -> list[JointWard]:
    """Return the wards of a joint alert, the first to see it first."""
    wards = list(JointAlertWard.objects.visible_to(actor).filter(joint_alert=joint).select_related("ward"))
    keys = [key for ward in wards for key in ward.alert_ids if isinstance(key, int)]
    groups = (
        AlertGroup.objects.visible_to(actor).filter(pk__in=keys).select_related("organisation", "assignee")
    )
    by_key = {group.pk: group for group in groups}
    return [JointWard(ward, tuple(by_key[key] for key in ward.alert_ids if key in by_key)) for ward in wards]


def sightings_for(actor: Actor) -> QuerySet[Sighting]:
    """Return the sightings that ``actor`` may see; nothing of the joint alert behind them is read."""
    found: QuerySet[Sighting] = Sighting.objects.visible_to(actor)
    return named(actor, found)


def sighting_facts(actor: Actor, sightings: QuerySet[Sighting], most: int) -> list[SightingFact]:
    """Return sightings for a file, at most so many, the latest first."""
    found = list(sightings[:most])
    named = [each.key_value for each in found if each.key_kind == KeyKind.RULE]
    rules = DetectionRule.objects.visible_to(actor).filter(rule_id__in=named)
    texts = dict(rules.values_list("rule_id", "source"))
    return [
        SightingFact(
            number=each.pk,
            kind=each.key_kind,
            value=each.key_value,
            first=each.first_seen,
            last=each.last_seen,
            count=each.count,
            created=each.created_at,
            modified=each.updated_at,
            pattern=texts.get(each.key_value, ""),
        )
        for each in found
    ]
