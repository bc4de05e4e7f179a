"""Registers the overview room."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class OverviewConfig(AppConfig):
    """The four views of the present state."""

    name = "yui.governance.overview"
    label = "overview"
    verbose_name = _("現状データ")
