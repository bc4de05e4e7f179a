"""A person's role in an organisation, for a time."""

from datetime import date, timedelta
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from yui.kernel.policy import Role
from yui.kernel.scope.models import ScopedManager, ScopedModel, ScopedQuerySet


class MembershipQuerySet(ScopedQuerySet):
    """Memberships by their time."""

    def valid_on(self, day: date) -> "MembershipQuerySet":
        """Return those in force on a day: from ``valid_from``, up to but without ``valid_to``."""
        return self.filter(valid_from__lte=day).exclude(valid_to__lte=day)

    def not_ended(self) -> "MembershipQuerySet":
        """Return those in force today or later."""
        return self.exclude(valid_to__lte=timezone.localdate())


class MembershipManager(ScopedManager.from_queryset(MembershipQuerySet)):  # type: ignore[misc]
    """The default, fail-closed manager of memberships."""


class Membership(ScopedModel):
    """One role. ``valid_to`` is the first day without it, so ending today takes effect at once."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="memberships", verbose_name=_("職員")
    )
    role = models.CharField(_("役割"), max_length=20, choices=Role.choices)
    department = models.ForeignKey(
        "organisations.Department",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="memberships",
        verbose_name=_("部署"),
    )
    valid_from = models.DateField(_("開始日"))
    valid_to = models.DateField(_("終了日"), null=True, blank=True)

    objects: ClassVar[Any] = MembershipManager()

    class Meta(ScopedModel.Meta):
        verbose_name = _("所属")
        verbose_name_plural = _("所属")
        ordering = ["organisation_id", "user_id", "role"]
        constraints = [
            models.UniqueConstraint(
                fields=["user", "organisation", "role"], name="organisations_membership_unique"
            ),
            models.CheckConstraint(
                condition=models.Q(valid_to__isnull=True) | models.Q(valid_to__gte=models.F("valid_from")),
                name="organisations_membership_period",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} {self.get_role_display()}"

    def is_valid_on(self, day: date) -> bool:
        """Tell whether the role is in force on a day."""
        return self.valid_from <= day and (self.valid_to is None or day < self.valid_to)

    @property
    def last_day(self) -> date | None:
        """The last day of the period, as people name its end; None while it is open."""
        return self.valid_to - timedelta(days=1) if self.valid_to else None
