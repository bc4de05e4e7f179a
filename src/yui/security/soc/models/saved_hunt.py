"""保存したハント: a question to the stored events that is asked again, and what it finds each day."""

from typing import Any, ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from yui.kernel.links.addresses import record_address
from yui.kernel.policy import Actor
from yui.kernel.scope.models import ScopedChild, ScopedManager, ScopedModel, ScopedQuerySet, Visibility

LONGEST_HUNT = 4_000
"""As many characters as the language of hunts reads."""


class HuntSpan(models.TextChoices):
    """How far back from now a hunt looks."""

    QUARTER = "15m", _("15分以内")
    HOUR = "1h", _("1時間以内")
    DAY = "24h", _("24時間以内")
    WEEK = "7d", _("7日以内")
    MONTH = "30d", _("30日以内")
    QUARTER_YEAR = "90d", _("90日以内")


class HuntSharing(models.TextChoices):
    """Who finds a saved hunt in the list."""

    PRIVATE = "private", _("自分だけ")
    ORGANISATION = "organisation", _("自分の団体")
    WARDS = "wards", _("共同SOCと全区")


class SavedHuntQuerySet(ScopedQuerySet):
    """Saved hunts and their counts, by who may read them."""

    def visible_to(self, actor: Actor) -> Self:
        """Keep what the scope shows; of private hunts, only the actor's own."""
        found = super().visible_to(actor)
        if actor.is_system:
            return found
        path = getattr(self.model, "scope_path", "")
        prefix = f"{path}__" if path else ""
        return found.filter(Q(**{f"{prefix}is_private": False}) | Q(**{f"{prefix}owner_id": actor.user_id}))


class SavedHunt(ScopedModel):
    """A hunt under a name. It belongs to its owner, and to the owner's organisation where it is shared.

    Attributes:
        why: what it looks for, and what to do about a hit.
        is_daily: whether its hits of the day before are counted each morning and told to the owner.
    """

    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("保存した人")
    )
    name = models.CharField(_("名前"), max_length=80)
    text = models.TextField(_("条件"), max_length=LONGEST_HUNT)
    span = models.CharField(_("期間"), max_length=4, choices=HuntSpan.choices, default=HuntSpan.DAY)
    why = models.TextField(_("ねらい"), max_length=1_000, blank=True)
    is_private = models.BooleanField(_("自分だけ"), default=True)
    is_daily = models.BooleanField(_("毎朝数える"), default=False)

    objects: ClassVar[Any] = ScopedManager.from_queryset(SavedHuntQuerySet)()

    class Meta(ScopedModel.Meta):
        verbose_name = _("保存したハント")
        ordering = ("name", "pk")
        constraints = [
            models.UniqueConstraint(
                fields=("organisation", "owner", "name"),
                name="soc_saved_hunt_name_once",
                violation_error_message=_("同じ名前のハントをもう保存しています。"),
            ),
            models.CheckConstraint(
                condition=Q(visibility=Visibility.OWN) | Q(visibility=Visibility.WARDS, is_private=False),
                name="soc_saved_hunt_private_is_own",
            ),
            models.CheckConstraint(condition=Q(span__in=HuntSpan.values), name="soc_saved_hunt_span_known"),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """Return the address of its page."""
        return record_address("soc:saved-hunt", self.pk)

    @property
    def sharing(self) -> HuntSharing:
        """Who finds it."""
        if self.visibility == Visibility.WARDS:
            return HuntSharing.WARDS
        return HuntSharing.PRIVATE if self.is_private else HuntSharing.ORGANISATION


class SavedHuntCount(ScopedChild):
    """How many events of one day a daily hunt found, within its owner's reach.

    Attributes:
        day: the day of the events, in Tokyo.
        count: None where it could not be counted; ``problem`` says why.
    """

    scope_path = "hunt"

    hunt = models.ForeignKey(
        SavedHunt, on_delete=models.CASCADE, related_name="+", verbose_name=_("保存したハント")
    )
    day = models.DateField(_("ログの日"))
    count = models.PositiveBigIntegerField(_("件数"), null=True)
    problem = models.CharField(_("数えられなかった理由"), max_length=300, blank=True)

    objects: ClassVar[Any] = ScopedManager.from_queryset(SavedHuntQuerySet)()

    class Meta(ScopedChild.Meta):
        verbose_name = _("毎朝の件数")
        ordering = ("-day",)
        constraints = [
            models.UniqueConstraint(fields=("hunt", "day"), name="soc_saved_hunt_count_once"),
            models.CheckConstraint(
                condition=Q(count__isnull=False, problem="") | (Q(count__isnull=True) & ~Q(problem="")),
                name="soc_saved_hunt_count_or_problem",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.day:%Y-%m-%d}: {'—' if self.count is None else self.count}"
