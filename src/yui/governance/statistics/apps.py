"""Registers the statistics room."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class StatisticsConfig(AppConfig):
    """Public statistics loaded from files, with their sources."""

    name = "yui.governance.statistics"
    label = "statistics"
    verbose_name = _("公的統計")

    def ready(self) -> None:
        """Offer series and sources to links, search and navigation."""
        # Models may be imported only once all applications are loaded, hence not at the top of the file.
        from yui.governance.statistics import finding
        from yui.governance.statistics.operations.subjects import INTAKE, SERIES, SOURCE
        from yui.kernel.links import register_resolver
        from yui.kernel.search import SearchSource, register_index
        from yui.kernel.ui.navigation import WHOLE, NavItem, register

        register_resolver(SERIES, finding.resolve_series)
        register_resolver(SOURCE, finding.resolve_sources)
        register_resolver(INTAKE, finding.resolve_intakes)
        register_index(SearchSource(SERIES, _("公的統計"), finding.documents, finding.one))
        register(NavItem("statistics.series", _("公的統計"), "statistics:series-list", WHOLE, 25, "table"))
