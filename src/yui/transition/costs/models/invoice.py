"""What an invoice said, and what was paid: the other side of the bill lines."""

from decimal import Decimal

from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from yui.kernel.scope.models import ScopedModel
from yui.transition.costs.engine.rows import grouped_text

AMOUNT = r"\A-?(?:0|[1-9][0-9]{0,19})(?:\.[0-9]{0,17}[1-9])?\Z"


class InvoiceKind(models.TextChoices):
    """Which paper the amount stands on.

    Municipalities pay Government Cloud fees into 保管金, from which the Digital Agency pays the providers;
    so a provider's invoice and a ward's payment are two amounts.
    """

    INVOICE = "invoice", _("請求書")
    DEPOSIT = "deposit", _("保管金の払込")


class InvoiceTotal(ScopedModel):
    """The total of one invoice, or one payment into 保管金, for a billing account and month.

    The amount is an exact decimal kept as text, like those of bills.
    """

    kind = models.CharField(_("種類"), max_length=8, choices=InvoiceKind.choices)
    provider = models.CharField(_("事業者"), max_length=200)
    account = models.CharField(_("請求先"), max_length=200)
    invoice_id = models.CharField(_("請求書番号"), max_length=120, blank=True)
    month = models.CharField(
        _("月"), max_length=7, validators=[RegexValidator(r"\A20[0-9]{2}-(?:0[1-9]|1[0-2])\Z")]
    )
    currency = models.CharField(_("通貨"), max_length=3, validators=[RegexValidator(r"\A[A-Z]{3}\Z")])
    amount = models.CharField(_("金額"), max_length=44, validators=[RegexValidator(AMOUNT)])
    paid_on = models.DateField(_("支払日"), null=True, blank=True)
    recorded_by = models.CharField(_("入力した人"), max_length=200)

    class Meta(ScopedModel.Meta):
        verbose_name = _("請求書の金額")
        ordering = ("-month", "provider", "account", "kind", "invoice_id")
        constraints = [
            models.UniqueConstraint(
                fields=("organisation", "kind", "provider", "account", "invoice_id", "month", "currency"),
                name="invoice_total_once",
            ),
            models.CheckConstraint(condition=Q(kind__in=InvoiceKind.values), name="invoice_kind_known"),
            models.CheckConstraint(
                condition=~Q(provider="") & ~Q(account=""), name="invoice_names_provider_and_account"
            ),
        ]
        indexes = [models.Index(fields=("organisation", "month"), name="invoice_by_month")]

    def __str__(self) -> str:
        return f"{self.month} {self.provider} {self.account} {self.amount} {self.currency}"

    @property
    def exact(self) -> Decimal:
        """The amount as an exact decimal."""
        return Decimal(self.amount)

    @property
    def text(self) -> str:
        """The amount for reading."""
        return grouped_text(self.amount)
