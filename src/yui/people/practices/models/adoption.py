"""導入: what a ward did with a practice of another ward."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from yui.kernel.links.addresses import record_address
from yui.kernel.scope.models import Organisation, ScopedChild
from yui.kernel.scope.people import person_field
from yui.people.practices.engine import adoption as engine
from yui.people.practices.models.practice import Practice
from yui.people.practices.models.practice_effect import Figured, figure_constraints
from yui.people.practices.models.practice_version import PracticeVersion


class AdoptionState(models.TextChoices):
    """How far a ward has come with a practice (``engine/adoption`` tells what may follow what)."""

    CONSIDERING = engine.AdoptionState.CONSIDERING.value, _("検討中")
    TRIAL = engine.AdoptionState.TRIAL.value, _("試行")
    INTRODUCED = engine.AdoptionState.INTRODUCED.value, _("導入")
    MEASURED = engine.AdoptionState.MEASURED.value, _("効果測定")
    ESTABLISHED = engine.AdoptionState.ESTABLISHED.value, _("定着")
    DISCONTINUED = engine.AdoptionState.DISCONTINUED.value, _("中止")
    DECLINED = engine.AdoptionState.DECLINED.value, _("見送り")


ENDED_STATES = tuple(AdoptionState(state.value) for state in sorted(engine.ENDED))
IN_USE_STATES = tuple(AdoptionState(state.value) for state in sorted(engine.IN_USE))


class Adoption(ScopedChild):
    """One ward's way with one practice. Whoever sees the practice sees where it spread.

    ``state``, ``introduced_on`` and ``days_to_adopt`` repeat what the append-only steps say, for lists and
    figures.
    """

    scope_path = "practice"

    practice = models.ForeignKey(
        Practice, on_delete=models.PROTECT, related_name="adoptions", verbose_name=_("グッドプラクティス")
    )
    version = models.ForeignKey(
        PracticeVersion, on_delete=models.PROTECT, related_name="+", verbose_name=_("見た版")
    )
    of_ward = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="+", verbose_name=_("書いた区")
    )
    ward = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="+", verbose_name=_("導入する区")
    )
    state = models.CharField(
        _("状態"), max_length=12, choices=AdoptionState.choices, default=AdoptionState.CONSIDERING
    )
    begun_on = models.DateField(_("検討を始めた日"))
    introduced_on = models.DateField(_("導入した日"), null=True, blank=True)
    days_to_adopt = models.PositiveIntegerField(_("導入までの日数"), null=True, blank=True)
    changed = models.TextField(_("自区に合わせて変えたこと"), max_length=4000, blank=True)
    begun_by = person_field(_("始めた人"))

    class Meta(ScopedChild.Meta):
        verbose_name = _("導入")
        verbose_name_plural = _("導入")
        ordering = ("-begun_on", "-id")
        indexes = [models.Index(fields=("ward", "introduced_on"), name="practices_adoptions_of_ward")]
        constraints = [
            models.UniqueConstraint(
                fields=("practice", "ward"),
                condition=~Q(state__in=ENDED_STATES),
                name="practices_adoption_one_open",
                violation_error_message=_("この区はもうこの事例の導入を進めています。"),
            ),
            models.CheckConstraint(
                condition=~Q(of_ward=F("ward")),
                name="practices_adoption_by_another_ward",
                violation_error_message=_("自分の区の事例は導入の対象になりません。"),
            ),
            models.CheckConstraint(
                condition=Q(state__in=AdoptionState.values), name="practices_adoption_state_known"
            ),
            models.CheckConstraint(
                condition=Q(introduced_on__isnull=True, days_to_adopt__isnull=True)
                & ~Q(state__in=IN_USE_STATES)
                | Q(introduced_on__gte=F("begun_on"), days_to_adopt__isnull=False),
                name="practices_adoption_introduced_on_a_day",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.ward}: {self.practice}"

    def get_absolute_url(self) -> str:
        """Return the address of the record's page."""
        return record_address("practices:adoption", self.pk)


class AdoptionStep(ScopedChild):
    """A state reached on a day, never changed afterwards (a trigger of the database refuses)."""

    scope_path = "adoption__practice"

    adoption = models.ForeignKey(
        Adoption, on_delete=models.PROTECT, related_name="steps", verbose_name=_("導入")
    )
    state = models.CharField(_("状態"), max_length=12, choices=AdoptionState.choices)
    on = models.DateField(_("日"))
    note = models.TextField(_("説明・理由"), max_length=4000, blank=True)
    recorded_by = person_field(_("記録した人"))
    recorded_at = models.DateTimeField(_("記録した日時"))

    class Meta(ScopedChild.Meta):
        verbose_name = _("導入の段階")
        verbose_name_plural = _("導入の段階")
        ordering = ("adoption_id", "id")
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=AdoptionState.values), name="practices_adoption_step_state_known"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=ENDED_STATES) | ~Q(note=""),
                name="practices_adoption_step_ending_says_why",
                violation_error_message=_("見送りと中止には理由を書いてください。"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_state_display()} {self.on:%Y-%m-%d}"


class AdoptionEffect(Figured, ScopedChild):
    """A figure that the adopting ward found; the same ``lineage`` sets it beside the origin's."""

    scope_path = "adoption__practice"

    adoption = models.ForeignKey(
        Adoption, on_delete=models.CASCADE, related_name="effects", verbose_name=_("導入")
    )
    recorded_by = person_field(_("記録した人"))

    class Meta(ScopedChild.Meta):
        verbose_name = _("導入した区の効果")
        verbose_name_plural = _("導入した区の効果")
        ordering = ("adoption_id", "id")
        constraints = [
            models.UniqueConstraint(fields=("adoption", "lineage"), name="practices_own_effect_once"),
            *figure_constraints("practices_own_effect"),
        ]

    def __str__(self) -> str:
        return self.name
