"""つながり: one arrow of a logic model, with why it is believed and on what it stands."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from yui.governance.challenges.models.challenge import SHOWN_TO, Challenge
from yui.governance.challenges.models.initiative import Initiative
from yui.kernel.links.addresses import record_address
from yui.kernel.scope.models import ScopedModel


class LinkKind(models.TextChoices):
    """What an arrow says."""

    ANSWERS = "answers", _("課題にこたえる")
    MOVES = "moves", _("指標を動かす")
    LEADS_TO = "leads_to", _("次の指標につながる")


class Strength(models.TextChoices):
    """On what an arrow stands, weakest first."""

    NONE = "none", pgettext_lazy("strength", "根拠なし")
    OPINION = "opinion", _("意見")
    EXAMPLE = "example", pgettext_lazy("evidence", "事例")
    REPORT = "report", _("報告書")
    STATISTICS = "statistics", _("公的統計")

    @property
    def weight(self) -> int:
        """0 for none to 4 for statistics."""
        return list(Strength).index(self)


_SHAPES = {
    LinkKind.ANSWERS: Q(challenge__isnull=False, initiative__isnull=False, source="", target=""),
    LinkKind.MOVES: Q(challenge__isnull=True, initiative__isnull=False, source="") & ~Q(target=""),
    LinkKind.LEADS_TO: Q(challenge__isnull=True, initiative__isnull=True)
    & ~Q(source="")
    & ~Q(target="")
    & ~Q(source=F("target")),
}


def _well_formed() -> Q:
    """Return the condition that a link has the two ends of its kind and no other."""
    condition = Q()
    for kind, shape in _SHAPES.items():
        condition |= Q(kind=kind.value) & shape
    return condition


class Link(ScopedModel):
    """An arrow between two things of a logic model; ``source`` and ``target`` are codes of indicators.

    It is shown to whoever sees the things at both of its ends, and itself.
    """

    kind = models.CharField(_("種類"), max_length=8, choices=LinkKind.choices)
    challenge = models.ForeignKey(
        Challenge,
        on_delete=models.CASCADE,
        related_name="+",
        null=True,
        blank=True,
        verbose_name=pgettext_lazy("list", "課題"),
    )
    initiative = models.ForeignKey(
        Initiative,
        on_delete=models.CASCADE,
        related_name="+",
        null=True,
        blank=True,
        verbose_name=pgettext_lazy("challenge", "取組"),
    )
    source = models.CharField(_("もとの指標"), max_length=20, blank=True)
    target = models.CharField(_("先の指標"), max_length=20, blank=True)
    assumption = models.TextField(_("なぜそうなるか"), max_length=1000, blank=True)
    strength = models.CharField(
        _("根拠の強さ"), max_length=12, choices=Strength.choices, default=Strength.NONE
    )
    basis = models.CharField(_("もとにした資料"), max_length=300, blank=True)
    is_quoted = models.BooleanField(_("記事の引用"), default=False)

    class Meta(ScopedModel.Meta):
        verbose_name = _("つながり")
        ordering = ("id",)
        constraints = [
            models.CheckConstraint(condition=_well_formed(), name="challenges_link_has_the_ends_of_its_kind"),
            models.CheckConstraint(
                condition=Q(strength__in=Strength.values), name="challenges_link_strength_known"
            ),
            models.CheckConstraint(
                condition=Q(visibility__in=SHOWN_TO), name="challenges_link_own_or_all_wards"
            ),
            models.UniqueConstraint(
                fields=("organisation", "challenge", "initiative"),
                condition=Q(kind=LinkKind.ANSWERS),
                name="challenges_answers_once",
            ),
            models.UniqueConstraint(
                fields=("organisation", "initiative", "target"),
                condition=Q(kind=LinkKind.MOVES),
                name="challenges_moves_once",
            ),
            models.UniqueConstraint(
                fields=("organisation", "source", "target"),
                condition=Q(kind=LinkKind.LEADS_TO),
                name="challenges_leads_to_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.challenge or self.initiative or self.source} → {self.target or self.initiative}"

    def get_absolute_url(self) -> str:
        """Return the address at which it is read and changed."""
        return record_address("challenges:link", self.pk)
