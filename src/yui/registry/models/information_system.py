"""情報システム: one system of one organisation."""

from typing import Any

from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from yui.kernel.links.addresses import record_address
from yui.kernel.scope.models import ScopedModel
from yui.kernel.tables.normalise import normalise_key


class SystemCategory(models.TextChoices):
    """What a system is for."""

    STANDARD = "standard", _("標準化対象業務")
    RESIDENT = "resident", _("その他の住民向け業務")
    INTERNAL = "internal", _("内部管理業務")
    SHARING = "sharing", _("情報共有")
    SECURITY = "security", _("セキュリティ")
    PLATFORM = "platform", _("共通基盤・ネットワーク")
    OTHER = "other", _("その他")


class Hosting(models.TextChoices):
    """Where a system runs."""

    ON_PREMISES = "on_premises", _("オンプレミス")
    GOVERNMENT_CLOUD = "government_cloud", _("ガバメントクラウド")
    OTHER_CLOUD = "other_cloud", _("その他クラウド")


class CloudProvider(models.TextChoices):
    """The cloud service provider (CSP) of a Government Cloud environment."""

    AWS = "aws", _("Amazon Web Services")
    AZURE = "azure", _("Microsoft Azure")
    GOOGLE = "google", _("Google Cloud")
    ORACLE = "oracle", _("Oracle Cloud Infrastructure")
    SAKURA = "sakura", _("さくらのクラウド")


class NetworkZone(models.TextChoices):
    """三層の対策: the zone of the ward's network that a system stands in."""

    MY_NUMBER = "my_number", _("マイナンバー利用事務系")
    LGWAN = "lgwan", _("LGWAN接続系")
    INTERNET = "internet", _("インターネット接続系")


class NetworkModel(models.TextChoices):
    """How work terminals and systems are laid over the zones."""

    ALPHA = "alpha", _("αモデル")
    ALPHA_DASH = "alpha_dash", _("α′モデル")
    BETA = "beta", _("βモデル")
    BETA_DASH = "beta_dash", _("β′モデル")


class SystemStatus(models.TextChoices):
    """Where a system is in its life."""

    PREPARING = "preparing", _("準備中")
    RUNNING = "running", _("稼働中")
    RETIRED = "retired", _("廃止")


class InformationSystem(ScopedModel):
    """A system with its owner, place, classification and promises; ``code`` is unique in its organisation."""

    code = models.CharField(
        _("システムコード"),
        max_length=20,
        validators=[
            RegexValidator(
                r"\A[0-9A-Za-z][0-9A-Za-z_-]*\Z",
                _("システムコードは半角の英数字、ハイフン、下線で書いてください(例: MN-001)。"),
            )
        ],
    )
    name = models.CharField(_("システム名"), max_length=120)
    name_kana = models.CharField(_("フリガナ"), max_length=160, blank=True)
    name_key = models.CharField(max_length=160, editable=False)
    purpose = models.TextField(_("目的"), max_length=1000, blank=True)
    category = models.CharField(_("区分"), max_length=12, choices=SystemCategory.choices)
    business_area = models.ForeignKey(
        "registry.StandardBusinessArea",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("標準化対象業務"),
    )
    department = models.ForeignKey(
        "organisations.Department",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("主管課"),
    )
    vendor = models.ForeignKey(
        "registry.Vendor",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="systems",
        verbose_name=_("主な事業者"),
    )
    hosting = models.CharField(_("設置場所"), max_length=20, choices=Hosting.choices)
    cloud_provider = models.CharField(_("CSP"), max_length=10, choices=CloudProvider.choices, blank=True)
    network_zone = models.CharField(_("ネットワーク"), max_length=12, choices=NetworkZone.choices)
    network_model = models.CharField(
        _("ネットワークモデル"), max_length=12, choices=NetworkModel.choices, blank=True
    )
    confidentiality = models.PositiveSmallIntegerField(
        _("機密性"),
        choices=[(1, _("機密性1")), (2, _("機密性2")), (3, _("機密性3"))],
        default=2,
        validators=[MinValueValidator(1), MaxValueValidator(3)],
    )
    integrity = models.PositiveSmallIntegerField(
        _("完全性"), choices=[(1, _("完全性1")), (2, _("完全性2"))], default=2
    )
    availability_level = models.PositiveSmallIntegerField(
        _("可用性"), choices=[(1, _("可用性1")), (2, _("可用性2"))], default=2
    )
    rto_hours = models.PositiveIntegerField(_("目標復旧時間(時間)"), null=True, blank=True)
    rpo_hours = models.PositiveIntegerField(_("目標復旧時点(時間)"), null=True, blank=True)
    user_count = models.PositiveIntegerField(_("利用者数"), null=True, blank=True)
    started_on = models.DateField(_("稼働日"), null=True, blank=True)
    retired_on = models.DateField(_("廃止日"), null=True, blank=True)
    status = models.CharField(
        _("状態"), max_length=12, choices=SystemStatus.choices, default=SystemStatus.RUNNING
    )

    class Meta(ScopedModel.Meta):
        verbose_name = _("情報システム")
        verbose_name_plural = _("情報システム")
        ordering = ["organisation_id", "code"]
        indexes = [
            models.Index(fields=["organisation", "name_key"], name="registry_system_by_name"),
            models.Index(fields=["business_area", "organisation"], name="registry_system_by_area"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "code"],
                name="registry_system_code_unique",
                violation_error_message=_(
                    "このシステムコードはもう使われています。別のコードにしてください。"
                ),
            ),
            models.CheckConstraint(
                condition=~models.Q(code="") & ~models.Q(name_key=""), name="registry_system_is_named"
            ),
            models.CheckConstraint(
                condition=models.Q(category=SystemCategory.STANDARD, business_area__isnull=False)
                | (~models.Q(category=SystemCategory.STANDARD) & models.Q(business_area__isnull=True)),
                name="registry_system_area_goes_with_category",
                violation_error_message=_(
                    "標準化対象業務は、区分が「標準化対象業務」のときだけ、必ず選んでください。"
                ),
            ),
            models.CheckConstraint(
                condition=models.Q(cloud_provider="") | models.Q(hosting=Hosting.GOVERNMENT_CLOUD),
                name="registry_system_csp_of_government_cloud",
                violation_error_message=_(
                    "CSPは、設置場所が「ガバメントクラウド」のときだけ選んでください。"
                ),
            ),
            models.CheckConstraint(
                condition=models.Q(
                    confidentiality__in=[1, 2, 3], integrity__in=[1, 2], availability_level__in=[1, 2]
                ),
                name="registry_system_classification",
                violation_error_message=_("機密性は1~3、完全性と可用性は1~2で選んでください。"),
            ),
            models.CheckConstraint(
                condition=models.Q(status=SystemStatus.RETIRED, retired_on__isnull=False)
                | (~models.Q(status=SystemStatus.RETIRED) & models.Q(retired_on__isnull=True)),
                name="registry_system_retired_has_a_day",
                violation_error_message=_("廃止日は、状態が「廃止」のときだけ、必ず入れてください。"),
            ),
            models.CheckConstraint(
                condition=models.Q(retired_on__isnull=True)
                | models.Q(started_on__isnull=True)
                | models.Q(retired_on__gte=models.F("started_on")),
                name="registry_system_retired_after_start",
                violation_error_message=_("廃止日は稼働日と同じ日か、その後の日にしてください。"),
            ),
            models.CheckConstraint(
                condition=models.Q(category__in=SystemCategory.values)
                & models.Q(hosting__in=Hosting.values)
                & models.Q(network_zone__in=NetworkZone.values)
                & models.Q(network_model__in=["", *NetworkModel.values])
                & models.Q(cloud_provider__in=["", *CloudProvider.values])
                & models.Q(status__in=SystemStatus.values),
                name="registry_system_choices_known",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """Return the address of the system's page."""
        return record_address("registry:system", self.pk)

    def clean(self) -> None:
        """Fold the name into its key before constraints are checked."""
        self.name_key = normalise_key(self.name)

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Store the key with the name."""
        self.name_key = normalise_key(self.name)
        super().save(*args, **kwargs)
