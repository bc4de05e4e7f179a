"""References from records to the people who acted."""

from typing import Any

from django.conf import settings
from django.db import models


def person_field(title: Any) -> models.ForeignKey:
    """Return a reference to a person, empty where the installation itself acted."""
    return models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=title,
    )
