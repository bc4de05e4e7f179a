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
        from yui.kernel.exchange.importers import register_importer
        from yui.kernel.links import register_next_step, register_outline, register_resolver
        from yui.kernel.notices.public import register_notice_kind
        from yui.kernel.search import register_index
        from yui.kernel.ui.navigation import register
        from yui.people.practices import finding_practices, finding_proposals, importing_proposals
        from yui.people.practices.navigation import ITEMS
        from yui.people.practices.operations.practices.telling import NOTICE_KINDS as PRACTICE_NOTICES
        from yui.people.practices.operations.proposals.notices import NOTICE_KINDS

        for finding in (finding_practices, finding_proposals):
            for kind, resolver in finding.RESOLVERS.items():
                register_resolver(kind, resolver)
            for source in finding.SOURCES:
                register_index(source)
        register_outline(finding_proposals.KIND, finding_proposals.outline)
        register_importer(importing_proposals.IMPORTER)
        for notice in (*NOTICE_KINDS, *PRACTICE_NOTICES):
            register_notice_kind(notice)
        for origin in finding_practices.ORIGINS:
            register_next_step(origin, finding_practices.BECOME_A_PRACTICE)
        for item in ITEMS:
            register(item)
