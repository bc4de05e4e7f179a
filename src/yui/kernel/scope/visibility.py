"""How far a record may be seen beyond its own organisation."""

from django.db.models import Q, QuerySet, TextChoices
from django.utils.translation import gettext_lazy as _

from yui.kernel.policy import Actor


class Visibility(TextChoices):
    """Who may see a record besides its own organisation."""

    OWN = "own", _("自区のみ")
    PARTICIPANTS = "participants", _("指定した団体")
    WARDS = "wards", _("全区")
    PUBLIC = "public", _("公開")


def visibility_condition(actor: Actor, prefix: str = "", participations: QuerySet | None = None) -> Q:
    """Return the condition that a row must meet for ``actor`` to see it.

    Args:
        actor: whoever reads. The system sees all, a stranger only what is public.
        prefix: path from the queried model to the scoped record, ending in ``__`` (empty for itself).
        participations: primary keys of the scoped records in which the actor's organisations take part.
    """
    if actor.is_system:
        return Q()
    if not actor.is_member:
        return Q(**{f"{prefix}visibility": Visibility.PUBLIC})
    condition = Q(**{f"{prefix}visibility__in": [Visibility.WARDS, Visibility.PUBLIC]})
    condition |= Q(**{f"{prefix}organisation_id__in": sorted(actor.organisation_ids)})
    if participations is not None:
        condition |= Q(**{f"{prefix}visibility": Visibility.PARTICIPANTS, f"{prefix}pk__in": participations})
    return condition
