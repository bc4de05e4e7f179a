"""Registrations of the SOC."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SocConfig(AppConfig):
    """共同CSIRT/SOC."""

    name = "yui.security.soc"
    label = "soc"
    verbose_name = _("共同CSIRT/SOC")
