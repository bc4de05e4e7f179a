"""What else a practice is about: information systems of the registry."""

from yui.kernel.links import Link, resolve, urn
from yui.kernel.policy import Actor
from yui.people.practices.models import Practice


def keys_of(practice: Practice, name: str) -> frozenset[int]:
    """Return the keys of the registry's records that a practice names, without reading the records."""
    field = Practice._meta.get_field(name)
    rows = field.remote_field.through.objects.filter(practice_id=practice.pk)  # type: ignore[union-attr]
    return frozenset(rows.values_list(field.m2m_reverse_field_name(), flat=True))  # type: ignore[union-attr]


def related_areas(practice: Practice) -> list[str]:
    """Return the names of the standard business areas, in official order."""
    return [area.name for area in practice.areas.all()]


def related_systems(actor: Actor, practice: Practice) -> list[Link]:
    """Return the systems that the reader may see, by name."""
    names = [urn("registry.system", key) for key in keys_of(practice, "systems")]
    return sorted(resolve(names, actor).values(), key=lambda link: link.title)
