"""重み: how much each criterion matters to a ward."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from yui.governance.priorities.models.priority_set import Criterion, Round
from yui.kernel.scope.models import ScopedChild


class WeightMethod(models.TextChoices):
    """How a ward states its weights."""

    DIRECT = "direct", _("割合で決める")
    PAIRWISE = "pairwise", _("2つずつ比べる")


class WardWeights(ScopedChild):
    """A ward's weights in one round, seen by whoever sees the set.

    ``comparisons`` holds how many times the first criterion of each pair matters more (``{"a:b": "3"}``), and
    ``ratio`` how far they contradict each other; both only for pairwise ones.
    """

    scope_path = "round__priority_set"

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="ward_weights")
    ward = models.ForeignKey(
        "scope.Organisation", on_delete=models.PROTECT, related_name="+", verbose_name=_("区")
    )
    method = models.CharField(_("決め方"), max_length=10, choices=WeightMethod.choices)
    comparisons = models.JSONField(_("比べた結果"), default=dict, blank=True)
    ratio = models.DecimalField(_("整合度(CR)"), max_digits=6, decimal_places=4, null=True, blank=True)
    note = models.TextField(_("考え方"), max_length=2000, blank=True)
    updated_at = models.DateTimeField(_("更新日時"), auto_now=True)

    class Meta(ScopedChild.Meta):
        verbose_name = _("区の重み")
        ordering = ("ward__sort_order",)
        constraints = [
            models.UniqueConstraint(fields=("round", "ward"), name="priorities_weights_once_per_ward"),
            models.CheckConstraint(
                condition=Q(method=WeightMethod.DIRECT, ratio__isnull=True)
                | Q(method=WeightMethod.PAIRWISE, ratio__gte=0),
                name="priorities_pairwise_weights_have_a_ratio",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.ward} {self.round}"


class CriterionWeight(ScopedChild):
    """The part of one criterion in a ward's weights; those of a ward add up to 1."""

    scope_path = "ward_weights__round__priority_set"

    ward_weights = models.ForeignKey(WardWeights, on_delete=models.CASCADE, related_name="weights")
    criterion = models.ForeignKey(Criterion, on_delete=models.CASCADE, related_name="+")
    weight = models.DecimalField(_("重み"), max_digits=7, decimal_places=6)

    class Meta(ScopedChild.Meta):
        verbose_name = _("観点の重み")
        ordering = ("criterion__position",)
        constraints = [
            models.UniqueConstraint(
                fields=("ward_weights", "criterion"), name="priorities_one_weight_per_criterion"
            ),
            models.CheckConstraint(
                condition=Q(weight__gte=0, weight__lte=1), name="priorities_weight_zero_to_one"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.criterion} {self.weight}"
