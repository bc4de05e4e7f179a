"""Registers the priorities room."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PrioritiesConfig(AppConfig):
    """Options ranked by criteria, and how sure the ranking is."""

    name = "yui.governance.priorities"
    label = "priorities"
    verbose_name = _("優先度の検討")

    def ready(self) -> None:
        """Offer sets of options to links, search and navigation."""
        # Models may be imported only once all applications are loaded, hence not at the top of the file.
        from yui.governance.priorities import finding
        from yui.kernel.links import register_resolver
        from yui.kernel.search import SearchSource, register_index
        from yui.kernel.ui.navigation import WHOLE, NavItem, register

        register_resolver(finding.KIND, finding.resolve_sets)
        register_index(SearchSource(finding.KIND, _("優先度の検討"), finding.documents, finding.one))
        register(NavItem("priorities.sets", _("優先度の検討"), "priorities:sets", WHOLE, 30, "list"))
