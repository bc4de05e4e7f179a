"""All practices of a ward as plain values, for a file that another system or ward reads."""

from collections import defaultdict
from typing import Any

from yui.kernel.operations.field_changes import plain
from yui.kernel.policy import Actor
from yui.kernel.scope.models import Organisation
from yui.people.practices.models import (
    WORDING,
    Adoption,
    AdoptionEffect,
    Practice,
    PracticeAttachment,
    PracticeEffect,
    PracticeVersion,
)

FORMAT = "yui-practices-1"
FIGURE = ("lineage", "name", "unit", "before", "after", "volume_per_year", "grade", "measured_on", "method")


def practices_of_ward(actor: Actor, ward: Organisation) -> dict[str, Any]:
    """Return the practices of a ward that the actor may see, with versions, figures, files and adoptions.

    Money is whole yen, dates are ISO 8601; ``format`` names this shape. Files are named with their SHA-256,
    their bytes are not part of it.
    """
    practices = Practice.objects.visible_to(actor).filter(organisation=ward)
    records = list(
        practices.select_related("organisation", "department").prefetch_related("areas").order_by("pk")
    )
    keys = [record.pk for record in records]
    versions = _by_practice(
        PracticeVersion.objects.visible_to(actor)
        .filter(practice__in=keys)
        .select_related("reviewing_ward")
        .order_by("number", "correction")
    )
    figures = defaultdict(list)
    for effect in PracticeEffect.objects.visible_to(actor).filter(version__practice__in=keys):
        figures[effect.version_id].append(_values(effect, FIGURE))
    files = _by_practice(PracticeAttachment.objects.visible_to(actor).filter(practice__in=keys))
    adoptions = _by_practice(
        Adoption.objects.visible_to(actor).filter(practice__in=keys).select_related("ward").order_by("pk")
    )
    own = defaultdict(list)
    for figure in AdoptionEffect.objects.visible_to(actor).filter(adoption__practice__in=keys):
        own[figure.adoption_id].append(_values(figure, FIGURE))
    return {
        "format": FORMAT,
        "organisation": ward.code,
        "practices": [
            _practice(record)
            | {
                "versions": [_version(each, figures[each.pk]) for each in versions[record.pk]],
                "files": [
                    _values(each, ("name", "purpose", "media_type", "size", "sha256"))
                    for each in files[record.pk]
                ],
                "adoptions": [_adoption(each, own[each.pk]) for each in adoptions[record.pk]],
            }
            for record in records
        ],
    }


def _by_practice(records: Any) -> dict[int, list[Any]]:
    """Return records by the key of their practice."""
    found: dict[int, list[Any]] = defaultdict(list)
    for record in records:
        found[record.practice_id].append(record)
    return found


def _practice(practice: Practice) -> dict[str, Any]:
    """Return what stays the same through all versions."""
    names = ("title", "kind", "state", "audience", "licence", "contact", "expires_on", "registered_at")
    return {
        "id": practice.pk,
        **_values(practice, names),
        "department": practice.department.name if practice.department else "",
        "area_codes": sorted(area.code for area in practice.areas.all()),
        "origin": practice.origin_urn,
    }


def _version(version: PracticeVersion, effects: list[dict[str, Any]]) -> dict[str, Any]:
    """Return one wording with its figures."""
    return {
        **_values(version, ("number", "correction", "stage", *WORDING, "change_note", "published_at")),
        "reviewing_ward": version.reviewing_ward.code if version.reviewing_ward else "",
        "effects": effects,
    }


def _adoption(adoption: Adoption, effects: list[dict[str, Any]]) -> dict[str, Any]:
    """Return how one ward took it up."""
    names = ("state", "begun_on", "introduced_on", "days_to_adopt", "changed")
    return {"ward": adoption.ward.code, **_values(adoption, names), "effects": effects}


def _values(record: Any, names: tuple[str, ...]) -> dict[str, Any]:
    """Return the named fields as JSON holds them."""
    return {name: plain(getattr(record, name)) for name in names}
