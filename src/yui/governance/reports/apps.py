"""Registers the reports room."""

from django.apps import AppConfig
from django.utils.translation import pgettext_lazy


class ReportsConfig(AppConfig):
    """Monthly and annual reports of the council, and the public page."""

    name = "yui.governance.reports"
    label = "reports"
    verbose_name = pgettext_lazy("list", "報告書")

    def ready(self) -> None:
        """Offer reports to links, search, notices and navigation."""
        # Models may be imported only once all applications are loaded, hence not at the top of the file.
        from yui.governance.reports import finding
        from yui.governance.reports.operations.telling import NOTICE_KINDS
        from yui.kernel.links import register_resolver
        from yui.kernel.notices.public import register_notice_kind
        from yui.kernel.search import SearchSource, register_index
        from yui.kernel.ui.navigation import WHOLE, NavItem, register

        register_resolver(finding.KIND, finding.resolve_reports)
        register_index(
            SearchSource(finding.KIND, pgettext_lazy("list", "報告書"), finding.documents, finding.one)
        )
        for kind in NOTICE_KINDS:
            register_notice_kind(kind)
        register(
            NavItem("reports.reports", pgettext_lazy("list", "報告書"), "reports:reports", WHOLE, 50, "file")
        )
