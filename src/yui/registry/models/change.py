"""変更: what is to be done to a system, who asked, who agreed, and when it was done."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from yui.kernel.links.addresses import record_address
from yui.kernel.scope.models import ScopedChild
from yui.registry.models.information_system import InformationSystem


class ChangeRisk(models.TextChoices):
    """How much could go wrong."""

    LOW = "low", _("低")
    MEDIUM = "medium", _("中")
    HIGH = "high", _("高")


class ChangeStatus(models.TextChoices):
    """How far a change has come."""

    REQUESTED = "requested", _("申請中")
    APPROVED = "approved", _("承認済")
    DECLINED = "declined", _("却下")
    DONE = "done", _("完了")


class Change(ScopedChild):
    """A change request; whoever asks for it does not decide on it."""

    scope_path = "system"

    system = models.ForeignKey(
        InformationSystem, on_delete=models.PROTECT, related_name="changes", verbose_name=_("情報システム")
    )
    title = models.CharField(_("件名"), max_length=160)
    description = models.TextField(_("内容"), max_length=4000, blank=True)
    risk = models.CharField(_("リスク"), max_length=8, choices=ChangeRisk.choices)
    planned_on = models.DateField(_("実施予定日"), null=True, blank=True)
    status = models.CharField(
        _("状態"), max_length=10, choices=ChangeStatus.choices, default=ChangeStatus.REQUESTED
    )
    requested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("申請した人"),
    )
    requested_at = models.DateTimeField(_("申請した日時"))
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("決めた人"),
    )
    decided_at = models.DateTimeField(_("決めた日時"), null=True, blank=True)
    done_at = models.DateTimeField(_("完了した日時"), null=True, blank=True)
    result = models.TextField(_("結果"), max_length=4000, blank=True)

    class Meta(ScopedChild.Meta):
        verbose_name = _("変更")
        verbose_name_plural = _("変更")
        ordering = ["-requested_at", "-id"]
        indexes = [models.Index(fields=["system", "-requested_at"], name="registry_change_by_system")]
        constraints = [
            models.CheckConstraint(condition=~Q(title=""), name="registry_change_is_named"),
            models.CheckConstraint(
                condition=Q(risk__in=ChangeRisk.values), name="registry_change_risk_known"
            ),
            models.CheckConstraint(
                condition=Q(requested_by__isnull=True)
                | Q(decided_by__isnull=True)
                | ~Q(requested_by=models.F("decided_by")),
                name="registry_change_two_people",
                violation_error_message=_("申請した人は承認できません。ほかの管理者に頼んでください。"),
            ),
            models.CheckConstraint(
                condition=Q(status=ChangeStatus.REQUESTED, decided_at__isnull=True, done_at__isnull=True)
                | Q(
                    status__in=[ChangeStatus.APPROVED, ChangeStatus.DECLINED],
                    decided_at__isnull=False,
                    done_at__isnull=True,
                )
                | Q(status=ChangeStatus.DONE, decided_at__isnull=False, done_at__isnull=False),
                name="registry_change_status_has_its_moments",
            ),
            models.CheckConstraint(
                condition=(Q(decided_at__isnull=True) | Q(decided_at__gte=models.F("requested_at")))
                & (Q(done_at__isnull=True) | Q(done_at__gte=models.F("decided_at"))),
                name="registry_change_moments_in_order",
                violation_error_message=_("申請、承認、完了の日時が前後しています。"),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """Return the address of the record's page."""
        return record_address("registry:change", self.pk)
