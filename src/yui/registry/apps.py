"""Registrations of the registry."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RegistryConfig(AppConfig):
    """情報システム台帳 and 保守運用台帳."""

    name = "yui.registry"
    label = "registry"
    verbose_name = _("情報システム台帳")

    def ready(self) -> None:
        """Offer the registry's records to links, search, imports and the navigation."""
        # Models may be imported only once all applications are loaded, hence not at the top of the file.
        from yui.kernel.exchange.importers import register_importer
        from yui.kernel.links import register_resolver
        from yui.kernel.search import register_index
        from yui.kernel.ui.navigation import register
        from yui.registry import finding
        from yui.registry.navigation import ITEMS
        from yui.registry.sheets import SHEETS

        for kind, resolver in finding.RESOLVERS.items():
            register_resolver(kind, resolver)
        for source in finding.SOURCES:
            register_index(source)
        for sheet in SHEETS.values():
            register_importer(sheet.importer)
        for item in ITEMS:
            register(item)
