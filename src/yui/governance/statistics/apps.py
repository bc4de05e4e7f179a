"""Registers the statistics room."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class StatisticsConfig(AppConfig):
    """Public statistics loaded from files, with their sources."""

    name = "yui.governance.statistics"
    label = "statistics"
    verbose_name = _("公的統計")
