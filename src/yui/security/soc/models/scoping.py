"""Who sees what the SOC watches: the ward itself, and the joint body to which it entrusted the watch."""

from datetime import date
from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from yui.kernel.calendar_jp import today
from yui.kernel.policy import Actor
from yui.kernel.scope.models import ScopedChild, ScopedManager, ScopedModel, ScopedQuerySet, Visibility
from yui.kernel.scope.visibility import visibility_condition


class EntrustmentQuerySet(ScopedQuerySet):
    """Entrustments by time."""

    def valid_on(self, day: date) -> "EntrustmentQuerySet":
        """Keep the entrustments that hold on a day."""
        return self.filter(Q(valid_until__isnull=True) | Q(valid_until__gte=day), valid_from__lte=day)


class Entrustment(ScopedModel):
    """監視の委任: a ward lets a joint body read its events, work its alerts and run its incidents.

    ``minimum_wards`` is the ward's own threshold: a sighting that counts this ward tells how many wards saw
    the thing only where at least so many did. ``shares_sightings`` false keeps the ward out of sightings.
    """

    body = models.ForeignKey(
        "scope.Organisation", on_delete=models.PROTECT, related_name="+", verbose_name=_("監視する団体")
    )
    valid_from = models.DateField(_("委任した日"))
    valid_until = models.DateField(_("最後の日"), null=True, blank=True)
    shares_sightings = models.BooleanField(_("目撃情報を共有する"), default=True)
    minimum_wards = models.PositiveSmallIntegerField(_("区の数を示す下限"), default=2)

    objects: ClassVar[Any] = ScopedManager.from_queryset(EntrustmentQuerySet)()

    class Meta(ScopedModel.Meta):
        verbose_name = _("監視の委任")
        ordering = ("organisation_id", "valid_from")
        constraints = [
            models.UniqueConstraint(
                fields=("organisation", "body", "valid_from"), name="soc_entrustment_unique"
            ),
            models.CheckConstraint(
                condition=Q(valid_until__isnull=True) | Q(valid_until__gte=models.F("valid_from")),
                name="soc_entrustment_ends_after_start",
                violation_error_message=_("最後の日は委任した日より後にしてください。"),
            ),
            models.CheckConstraint(
                condition=Q(minimum_wards__gte=2), name="soc_entrustment_threshold_hides_single_wards"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation} → {self.body}"


def watched_by(actor: Actor) -> models.QuerySet:
    """Return the keys of the wards that a joint body of ``actor`` watches today."""
    return (
        Entrustment.objects.unscoped("entrustments tell whom a joint body watches")
        .valid_on(today())
        .filter(body_id__in=sorted(actor.organisation_ids))
        .values("organisation_id")
    )


class WatchedQuerySet(ScopedQuerySet):
    """Records that the ward sees, and the joint body that watches for it."""

    def visible_to(self, actor: Actor) -> Self:
        """Keep the rows of the actor's organisations, and of the wards that these watch."""
        path = getattr(self.model, "scope_path", "")
        prefix = f"{path}__" if path else ""
        condition = visibility_condition(actor, prefix)
        if actor.memberships:
            condition |= Q(**{f"{prefix}organisation_id__in": watched_by(actor)})
        return self.filter(condition)._scoped()


class WatchedManager(ScopedManager.from_queryset(WatchedQuerySet)):  # type: ignore[misc]
    """The default manager of watched records."""


class WatchedModel(ScopedModel):
    """A scoped record of a ward that the joint body watching it sees too."""

    objects: ClassVar[Any] = WatchedManager()

    class Meta(ScopedModel.Meta):
        abstract = True


class WatchedChild(ScopedChild):
    """A part of a watched record."""

    objects: ClassVar[Any] = WatchedManager()

    class Meta(ScopedChild.Meta):
        abstract = True


__all__ = [
    "Entrustment",
    "Visibility",
    "WatchedChild",
    "WatchedManager",
    "WatchedModel",
    "WatchedQuerySet",
    "watched_by",
]
