"""事業者: companies that build, run or sell systems."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import lookups
from django.db.models.functions import Length
from django.utils.translation import gettext_lazy as _

from yui.kernel.scope.models import ScopedModel, Visibility
from yui.registry.engine.corporate_number import is_corporate_number
from yui.registry.engine.names import name_key


def validate_corporate_number(value: str) -> None:
    """Refuse what is no 法人番号 with a right check digit."""
    if not is_corporate_number(value):
        raise ValidationError(
            _("法人番号「%(value)s」は正しくありません。13桁の数字とチェックデジットを確かめてください。"),
            code="corporate_number",
            params={"value": value},
        )


class Vendor(ScopedModel):
    """A company. All wards share one list, so that a company is the same company everywhere."""

    name = models.CharField(_("事業者名"), max_length=120)
    name_key = models.CharField(max_length=120, unique=True, editable=False)
    corporate_number = models.CharField(
        _("法人番号"),
        max_length=13,
        unique=True,
        null=True,
        blank=True,
        validators=[validate_corporate_number],
        error_messages={"unique": _("この法人番号の事業者はもう登録されています。")},
    )

    class Meta(ScopedModel.Meta):
        verbose_name = _("事業者")
        verbose_name_plural = _("事業者")
        ordering = ["name_key"]
        constraints = [
            models.CheckConstraint(condition=~models.Q(name_key=""), name="registry_vendor_has_a_name"),
            models.CheckConstraint(
                condition=models.Q(visibility__in=[Visibility.WARDS, Visibility.PUBLIC]),
                name="registry_vendor_is_shared",
            ),
            models.CheckConstraint(
                condition=models.Q(corporate_number__isnull=True)
                | models.Q(lookups.Exact(Length("corporate_number"), 13)),
                name="registry_vendor_number_has_13_digits",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        """Fold the name into its key before uniqueness is checked."""
        self.name_key = name_key(self.name)

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Store the key with the name."""
        self.name_key = name_key(self.name)
        super().save(*args, **kwargs)
