"""Registrations of the registry."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RegistryConfig(AppConfig):
    """情報システム台帳 and 保守運用台帳."""

    name = "yui.registry"
    label = "registry"
    verbose_name = _("情報システム台帳")
