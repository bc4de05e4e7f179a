"""客観的根拠: what speaks for a challenge or an initiative, and where it can be read."""

from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from yui.governance.challenges.models.challenge import Challenge
from yui.governance.challenges.models.initiative import Initiative
from yui.kernel.scope.models import ScopedChild

URN = RegexValidator(
    r"\Ayui:[a-z][a-z0-9_.]*:\S{1,150}\Z", _("yui:registry.system:12 のように書いてください。")
)


class EvidenceKind(models.TextChoices):
    """Kinds of evidence, strongest first."""

    STATISTICS = "statistics", _("公的統計")
    REPORT = "report", _("報告書")
    EXAMPLE = "example", pgettext_lazy("evidence", "事例")
    OPINION = "opinion", _("意見")


class Evidence(ScopedChild):
    """One piece of evidence.

    ``addresses`` holds one address a line, as printed where it was quoted. ``series_code`` and ``area_code``
    name a series of the public statistics, whose newest figure is then shown beside the quoted one.
    """

    kind = models.CharField(_("種類"), max_length=12, choices=EvidenceKind.choices)
    title = models.CharField(_("根拠の名称"), max_length=200)
    figure = models.CharField(_("引用した数字"), max_length=200, blank=True)
    statement = models.TextField(_("根拠の内容"), max_length=2000, blank=True)
    publisher = models.CharField(_("公表した団体"), max_length=120, blank=True)
    addresses = models.TextField(_("出典のアドレス"), max_length=2000, blank=True)
    published_on = models.DateField(_("公表日"), null=True, blank=True)
    is_quoted = models.BooleanField(_("記事の引用"), default=False)
    series_code = models.CharField(_("公的統計の系列"), max_length=120, blank=True)
    area_code = models.CharField(_("地域"), max_length=6, blank=True)
    urn = models.CharField(_("関係する記録"), max_length=200, blank=True, validators=[URN])

    class Meta(ScopedChild.Meta):
        abstract = True
        ordering = ("id",)

    def __str__(self) -> str:
        return self.title

    @property
    def address_lines(self) -> list[str]:
        """The addresses one by one."""
        return [line for line in map(str.strip, self.addresses.splitlines()) if line]


def _constraints(of: str) -> list[models.BaseConstraint]:
    """Return what must hold for the evidence of challenges and of initiatives alike."""
    return [
        models.CheckConstraint(
            condition=Q(kind__in=EvidenceKind.values), name=f"challenges_{of}_evidence_kind_known"
        ),
        models.CheckConstraint(condition=~Q(title=""), name=f"challenges_{of}_evidence_is_named"),
        models.CheckConstraint(
            condition=Q(series_code="", area_code="") | (~Q(series_code="") & ~Q(area_code="")),
            name=f"challenges_{of}_evidence_series_has_an_area",
            violation_error_message=_("系列と地域は一緒に選んでください。"),
        ),
    ]


class ChallengeEvidence(Evidence):
    """Evidence that a challenge exists, or how large it is."""

    scope_path = "challenge"

    challenge = models.ForeignKey(Challenge, on_delete=models.CASCADE, related_name="evidence")

    class Meta(Evidence.Meta):
        verbose_name = _("課題の根拠")
        constraints = _constraints("challenge")


class InitiativeEvidence(Evidence):
    """Evidence that an initiative works."""

    scope_path = "initiative"

    initiative = models.ForeignKey(Initiative, on_delete=models.CASCADE, related_name="evidence")

    class Meta(Evidence.Meta):
        verbose_name = _("取組の根拠")
        constraints = _constraints("initiative")
