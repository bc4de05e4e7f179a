"""Registrations of good practices and improvement proposals."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PracticesConfig(AppConfig):
    """グッドプラクティスと改善提案."""

    name = "yui.people.practices"
    label = "practices"
    verbose_name = _("グッドプラクティス・改善提案")

    def ready(self) -> None:
        """Offer both halves of the room to links, search and the navigation."""
        # Models may be imported only once all applications are loaded, hence not at the top of the file.
        from yui.kernel.links import register_resolver
        from yui.kernel.search import register_index
        from yui.kernel.ui.navigation import register
        from yui.people.practices import finding_practices, finding_proposals
        from yui.people.practices.navigation import ITEMS

        for finding in (finding_practices, finding_proposals):
            for kind, resolver in finding.RESOLVERS.items():
                register_resolver(kind, resolver)
            for source in finding.SOURCES:
                register_index(source)
        for item in ITEMS:
            register(item)
