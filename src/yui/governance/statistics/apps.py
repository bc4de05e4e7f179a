"""Registers the statistics room."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class StatisticsConfig(AppConfig):
    """Public statistics loaded from files, with their sources."""

    name = "yui.governance.statistics"
    label = "statistics"
    verbose_name = _("公的統計")

    def ready(self) -> None:
        """Offer the statistics to navigation."""
        # Models may be imported only once all applications are loaded, hence not at the top of the file.
        from yui.kernel.ui.navigation import WHOLE, NavItem, register

        register(NavItem("statistics.series", _("公的統計"), "statistics:series-list", WHOLE, 25, "table"))
