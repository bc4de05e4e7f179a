"""Bills: one imported file, and its share of each billing account and month."""

from decimal import Decimal

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from yui.kernel.links.addresses import record_address
from yui.kernel.scope.models import ScopedChild, ScopedModel
from yui.transition.costs.engine.rows import grouped_text


class BillKind(models.TextChoices):
    """What sort of file a bill came in."""

    FOCUS = "focus", _("クラウドの請求(FOCUS)")
    COMMITMENT = "commitment", _("契約の約束(FOCUS)")
    LEDGER = "ledger", _("契約・支出台帳")
    AWS_CUR = "aws-cur", _("AWS の請求(CUR)")
    AZURE = "azure", _("Azure の請求(EA・MCA)")
    GCP = "gcp", _("Google Cloud の請求")
    OCI = "oci", _("OCI の請求")
    SAKURA = "sakura", _("さくらのクラウドの請求")


class BillImport(ScopedModel):
    """One imported file of costs. Its rows lie in the lake under ``batch``.

    Amounts are exact decimals kept as text by currency, because SQLite's numbers are not exact.
    """

    batch = models.CharField(_("取込の番号"), max_length=40, unique=True)
    kind = models.CharField(_("種類"), max_length=12, choices=BillKind.choices)
    version = models.CharField(_("FOCUS の版"), max_length=8, blank=True)
    file_name = models.CharField(_("ファイル名"), max_length=255)
    sha256 = models.CharField(_("SHA-256"), max_length=64)
    first_month = models.CharField(_("最初の月"), max_length=7)
    last_month = models.CharField(_("最後の月"), max_length=7)
    rows_accepted = models.BigIntegerField(_("取り込んだ行"))
    rows_rejected = models.BigIntegerField(_("取り込めなかった行"), default=0)
    billed = models.JSONField(_("請求額"), default=dict)
    effective = models.JSONField(_("実効額"), default=dict)
    problems = models.JSONField(_("行の誤り"), default=list, blank=True)
    notes = models.JSONField(_("気付いたこと"), default=list, blank=True)
    imported_by = models.CharField(_("取り込んだ人"), max_length=200)
    withdrawn_at = models.DateTimeField(_("取り消した日時"), null=True, blank=True)
    withdrawn_because = models.CharField(_("取り消した理由"), max_length=200, blank=True)

    class Meta(ScopedModel.Meta):
        verbose_name = _("請求")
        ordering = ("-pk",)
        constraints = [
            models.UniqueConstraint(
                fields=("organisation", "sha256"),
                condition=Q(withdrawn_at__isnull=True),
                name="bill_file_once_per_organisation",
            ),
            models.CheckConstraint(condition=Q(kind__in=BillKind.values), name="bill_kind_known"),
            models.CheckConstraint(
                condition=Q(rows_accepted__gte=0, rows_rejected__gte=0), name="bill_row_counts"
            ),
        ]

    def __str__(self) -> str:
        return self.file_name

    def get_absolute_url(self) -> str:
        """Return the address of the bill's page."""
        return record_address("costs:bill", self.pk)

    @property
    def rows_read(self) -> int:
        """All data rows of the file."""
        return self.rows_accepted + self.rows_rejected

    @property
    def is_standing(self) -> bool:
        """Whether the bill was not withdrawn."""
        return self.withdrawn_at is None

    @property
    def amounts(self) -> list[tuple[str, str, str]]:
        """Currency, billed and effective amount for reading, currency by currency."""
        return [
            (currency, grouped_text(amount), grouped_text(self.effective.get(currency, "0")))
            for currency, amount in self.billed.items()
        ]

    def billed_amounts(self) -> dict[str, Decimal]:
        """Return the exact billed amounts by currency."""
        return {currency: Decimal(amount) for currency, amount in self.billed.items()}


class BillPart(ScopedChild):
    """The rows of one billing account in one month of a bill: what a corrected bill takes the place of."""

    scope_path = "bill"

    bill = models.ForeignKey(
        BillImport, on_delete=models.CASCADE, related_name="parts", verbose_name=_("請求")
    )
    key = models.CharField(_("事業者と請求先"), max_length=200)
    provider = models.CharField(_("事業者"), max_length=200, blank=True)
    account = models.CharField(_("請求先"), max_length=200, blank=True)
    month = models.CharField(_("月"), max_length=7)
    rows = models.BigIntegerField(_("行数"))
    billed = models.JSONField(_("請求額"), default=dict)
    effective = models.JSONField(_("実効額"), default=dict)
    superseded_by = models.ForeignKey(
        BillImport,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="takes_the_place_of",
        verbose_name=_("置き換えた請求"),
    )
    superseded_at = models.DateTimeField(_("置き換えた日時"), null=True, blank=True)

    class Meta(ScopedChild.Meta):
        verbose_name = _("請求の内訳")
        ordering = ("month", "key")
        constraints = [
            models.UniqueConstraint(fields=("bill", "month", "key"), name="bill_part_once"),
        ]

    def __str__(self) -> str:
        return f"{self.month} {self.key}"

    @property
    def amounts(self) -> list[tuple[str, str]]:
        """Currency and billed amount for reading."""
        return [(currency, grouped_text(amount)) for currency, amount in self.billed.items()]

    @property
    def is_live(self) -> bool:
        """Whether the rows count."""
        return self.superseded_at is None
