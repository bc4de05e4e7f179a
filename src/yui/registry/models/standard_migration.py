"""標準準拠システムへの移行: one ward's road in one of the twenty areas."""

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from yui.kernel.scope.models import ScopedChild, ScopedModel, Visibility
from yui.registry.engine.migration import State, Step


class MigrationState(models.TextChoices):
    """The states of a migration, in the order of the road."""

    CURRENT = State.CURRENT.value, _("現行")
    CONFORMITY = State.CONFORMITY.value, _("適合確認")
    SPECIAL = State.SPECIAL.value, _("特定移行支援システム")
    MIGRATING = State.MIGRATING.value, _("移行中")
    MIGRATED = State.MIGRATED.value, _("移行済")


class StandardMigration(ScopedModel):
    """The migration of one area in one ward; all wards see each other's, to help each other."""

    area = models.ForeignKey(
        "registry.StandardBusinessArea",
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("標準化対象業務"),
    )
    note = models.CharField(_("備考"), max_length=300, blank=True)

    class Meta(ScopedModel.Meta):
        verbose_name = _("標準化移行")
        verbose_name_plural = _("標準化移行")
        ordering = ["organisation_id", "area__order"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "area"],
                name="registry_migration_once_per_area",
                violation_error_message=_("この業務の移行はもう登録されています。"),
            ),
            models.CheckConstraint(
                condition=models.Q(visibility=Visibility.WARDS), name="registry_migration_is_shared"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation} {self.area}"

    def get_absolute_url(self) -> str:
        """Return the address of the migration's page."""
        return reverse("registry:migration-record", args=[self.organisation.code, self.area.code])


class MigrationStep(ScopedChild):
    """One state of a migration with the day planned for it and the day on which it was reached."""

    scope_path = "migration"

    migration = models.ForeignKey(
        StandardMigration, on_delete=models.CASCADE, related_name="steps", verbose_name=_("標準化移行")
    )
    state = models.CharField(_("状態"), max_length=12, choices=MigrationState.choices)
    planned_on = models.DateField(_("予定日"), null=True, blank=True)
    actual_on = models.DateField(_("実施日"), null=True, blank=True)

    class Meta(ScopedChild.Meta):
        verbose_name = _("移行の段階")
        verbose_name_plural = _("移行の段階")
        ordering = ["migration_id", "actual_on", "planned_on"]
        constraints = [
            models.UniqueConstraint(fields=["migration", "state"], name="registry_step_once_per_state"),
            models.CheckConstraint(
                condition=models.Q(state__in=MigrationState.values), name="registry_step_state_known"
            ),
            models.CheckConstraint(
                condition=models.Q(planned_on__isnull=False) | models.Q(actual_on__isnull=False),
                name="registry_step_has_a_day",
                violation_error_message=_("予定日か実施日のどちらかを入れてください。"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_state_display()} {self.actual_on or self.planned_on}"

    @property
    def as_step(self) -> Step:
        """The step as the engine reads it."""
        return Step(self.state, self.planned_on, self.actual_on)
