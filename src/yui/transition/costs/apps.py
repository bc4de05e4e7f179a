"""The room of costs: what it offers to the rest of Yui."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CostsConfig(AppConfig):
    """Application configuration of ``yui.transition.costs``."""

    name = "yui.transition.costs"
    label = "costs"
    verbose_name = _("運用コスト")

    def ready(self) -> None:
        """Offer records to links, tables to the import, and the room's pages to the navigation."""
        # Models may be imported only once all applications are loaded, hence not at the top of the file.
        from yui.kernel.exchange.importers import register_importer
        from yui.kernel.links import register_resolver
        from yui.kernel.ui.navigation import register
        from yui.transition.costs.finding import RESOLVERS
        from yui.transition.costs.navigation import ITEMS
        from yui.transition.costs.sheets import IMPORTERS

        for kind, resolver in RESOLVERS.items():
            register_resolver(kind, resolver)
        for importer in IMPORTERS:
            register_importer(importer)
        for item in ITEMS:
            register(item)
