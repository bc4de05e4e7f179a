"""政策提言書: a petition to the nation with the evidence chosen for it."""

from typing import Any

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from yui.kernel.scope.models import ParticipantScopedModel, ScopedChild


class PetitionState(models.TextChoices):
    """Whether a petition may still change."""

    DRAFT = "draft", _("下書き")
    FINAL = "final", _("確定")


class ExhibitKind(models.TextChoices):
    """What a piece of evidence shows."""

    MULTIPLIER = "multiplier", _("移行前と後の運用経費")
    DISTRIBUTION = "distribution", _("倍率ごとの区の数")
    CAUSES = "causes", _("経費区分ごとの増えた額")
    EXCHANGE = "exchange", _("為替レートによる違い")
    RATIO = "ratio", _("対歳出比率と安定の判定")


class Petition(ParticipantScopedModel):
    """One petition. Once final, ``content`` holds the whole document as it was, and nothing changes any more.

    ``until`` is the last month of bills that its evidence uses.
    """

    title = models.CharField(_("題名"), max_length=120)
    addressees = models.TextField(_("宛先"), max_length=600)
    dated = models.DateField(_("日付"))
    preamble = models.TextField(_("前文"), max_length=3000, blank=True)
    until = models.CharField(_("使う請求の最後の月"), max_length=7)
    state = models.CharField(
        _("状態"), max_length=8, choices=PetitionState.choices, default=PetitionState.DRAFT
    )
    version = models.PositiveIntegerField(_("版"), default=1)
    drafted_by = models.CharField(_("起案した人"), max_length=200)
    finalised_by = models.CharField(_("確定した人"), max_length=200, blank=True)
    finalised_at = models.DateTimeField(_("確定した日時"), null=True, blank=True)
    content: Any = models.JSONField(_("確定した内容"), null=True, blank=True)
    content_sha256 = models.CharField(_("内容の SHA-256"), max_length=64, blank=True)

    class Meta(ParticipantScopedModel.Meta):
        verbose_name = _("政策提言書")
        ordering = ("-dated", "-pk")
        constraints = [
            models.CheckConstraint(condition=Q(state__in=PetitionState.values), name="petition_state_known"),
            models.CheckConstraint(
                condition=Q(state="draft", finalised_at__isnull=True, content_sha256="")
                | (Q(state="final", finalised_at__isnull=False) & ~Q(content_sha256="")),
                name="petition_final_is_frozen",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """Return the address of the petition's page."""
        return reverse("costs:petition", args=[self.pk])

    @property
    def is_final(self) -> bool:
        """Whether nothing changes any more."""
        return self.state == PetitionState.FINAL

    @property
    def addressee_list(self) -> list[str]:
        """The addressees, one line each."""
        return [line.strip() for line in self.addressees.splitlines() if line.strip()]


class PetitionRequest(ScopedChild):
    """One numbered 要望事項."""

    scope_path = "petition"

    petition = models.ForeignKey(
        Petition, on_delete=models.CASCADE, related_name="requests", verbose_name=_("政策提言書")
    )
    position = models.PositiveSmallIntegerField(_("番号"))
    text = models.CharField(_("要望事項"), max_length=1000)

    class Meta(ScopedChild.Meta):
        verbose_name = _("要望事項")
        ordering = ("position",)
        constraints = [models.UniqueConstraint(fields=("petition", "position"), name="petition_request_once")]

    def __str__(self) -> str:
        return f"{self.position}. {self.text}"


class PetitionEvidence(ScopedChild):
    """One chosen piece of evidence: what is asked, with every parameter, and the hash of the question."""

    scope_path = "petition"

    petition = models.ForeignKey(
        Petition, on_delete=models.CASCADE, related_name="evidence", verbose_name=_("政策提言書")
    )
    position = models.PositiveSmallIntegerField(_("番号"))
    kind = models.CharField(_("根拠の種類"), max_length=16, choices=ExhibitKind.choices)
    question = models.JSONField(_("問い"), default=dict)
    query_hash = models.CharField(_("問いのハッシュ"), max_length=64)

    class Meta(ScopedChild.Meta):
        verbose_name = _("根拠")
        ordering = ("position",)
        constraints = [
            models.UniqueConstraint(fields=("petition", "position"), name="petition_evidence_once"),
            models.UniqueConstraint(fields=("petition", "kind"), name="petition_evidence_kind_once"),
            models.CheckConstraint(condition=Q(kind__in=ExhibitKind.values), name="petition_evidence_kind"),
        ]

    def __str__(self) -> str:
        return f"{self.position} {self.get_kind_display()}"
