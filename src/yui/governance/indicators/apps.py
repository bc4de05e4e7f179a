"""Registers the indicators room."""

from django.apps import AppConfig
from django.core.checks import register as register_check
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class IndicatorsConfig(AppConfig):
    """KGI, KSI and KPI of the article, measured from the work's own records."""

    name = "yui.governance.indicators"
    label = "indicators"
    verbose_name = pgettext_lazy("list", "指標")
    command_group = ""

    def ready(self) -> None:
        """Offer indicators to links, search and navigation, and check their units."""
        # Models may be imported only once all applications are loaded, hence not at the top of the file.
        from yui.governance.indicators import finding
        from yui.governance.indicators.checks import check_units
        from yui.kernel.links import register_resolver
        from yui.kernel.search import SearchSource, register_index
        from yui.kernel.ui.navigation import WHOLE, NavItem, register

        register_check(check_units)
        register_resolver(finding.INDICATOR, finding.resolve_indicators)
        register_resolver(finding.SNAPSHOT, finding.resolve_snapshots)
        register_index(SearchSource(finding.INDICATOR, _("指標"), finding.documents, finding.one))
        register(
            NavItem("indicators.tree", pgettext_lazy("list", "指標"), "indicators:tree", WHOLE, 20, "target")
        )
