"""証拠: files of an incident with their hash, and who held them (chain of custody)."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from yui.kernel.scope.people import person_field
from yui.security.soc.models.incident import Incident
from yui.security.soc.models.levels import Tlp
from yui.security.soc.models.scoping import WatchedChild


class EvidenceFile(WatchedChild):
    """One file, kept under the name of its SHA-256, which is compared at every handling."""

    scope_path = "incident"

    incident = models.ForeignKey(
        Incident, on_delete=models.PROTECT, related_name="evidence", verbose_name=_("インシデント")
    )
    name = models.CharField(_("ファイル名"), max_length=200)
    media_type = models.CharField(_("形式"), max_length=100, blank=True)
    size = models.PositiveBigIntegerField(_("バイト数"))
    sha256 = models.CharField(_("SHA-256"), max_length=64)
    description = models.CharField(_("説明"), max_length=500, blank=True)
    tlp = models.CharField(_("共有範囲(TLP)"), max_length=12, choices=Tlp.choices, default=Tlp.AMBER)
    collected_at = models.DateTimeField(_("採取した日時"))
    collected_by = person_field(_("採取した人"))

    class Meta(WatchedChild.Meta):
        verbose_name = _("証拠")
        ordering = ("id",)
        constraints = [
            models.UniqueConstraint(
                fields=("incident", "sha256"),
                name="soc_evidence_once",
                violation_error_message=_("同じ内容のファイルがもうあります。"),
            ),
            models.CheckConstraint(condition=~Q(name="") & ~Q(sha256=""), name="soc_evidence_is_named"),
        ]

    def __str__(self) -> str:
        return self.name


class CustodyAct(models.TextChoices):
    """What was done with a piece of evidence."""

    COLLECTED = "collected", _("採取")
    OPENED = "opened", _("閲覧・取り出し")
    HANDED_OVER = "handed_over", _("引渡し")
    VERIFIED = "verified", _("照合")


class CustodyEntry(WatchedChild):
    """One handling of a piece of evidence, never changed afterwards (a trigger of the database refuses)."""

    scope_path = "evidence__incident"

    evidence = models.ForeignKey(
        EvidenceFile, on_delete=models.PROTECT, related_name="custody", verbose_name=_("証拠")
    )
    act = models.CharField(_("行為"), max_length=12, choices=CustodyAct.choices)
    at = models.DateTimeField(_("日時"))
    by = person_field(_("行った人"))
    holder = models.CharField(_("保管者"), max_length=120, blank=True)
    purpose = models.CharField(_("目的"), max_length=300, blank=True)
    sha256 = models.CharField(_("そのときのSHA-256"), max_length=64)
    is_intact = models.BooleanField(_("採取時と同じ"))

    class Meta(WatchedChild.Meta):
        verbose_name = _("証拠の取扱い")
        ordering = ("at", "id")
        constraints = [
            models.CheckConstraint(
                condition=~Q(act=CustodyAct.HANDED_OVER) | (~Q(holder="") & ~Q(purpose="")),
                name="soc_custody_names_the_holder",
                violation_error_message=_("引渡しには、渡した相手と目的を書いてください。"),
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_act_display()} {self.at:%Y-%m-%d %H:%M}"
