"""Registrations of the SOC."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SocConfig(AppConfig):
    """共同CSIRT/SOC."""

    name = "yui.security.soc"
    label = "soc"
    verbose_name = _("共同CSIRT/SOC")

    def ready(self) -> None:
        """Offer the SOC's records to links, search, notices and the navigation."""
        # Models may be imported only once all applications are loaded, hence not at the top of the file.
        from yui.kernel.links import register_resolver
        from yui.kernel.notices.public import register_notice_kind
        from yui.kernel.search import SearchSource, register_index
        from yui.kernel.ui.navigation import register
        from yui.security.soc import finding_alerts, finding_hunts, finding_incidents, finding_rules
        from yui.security.soc.navigation import ITEMS
        from yui.security.soc.operations.hunting.keep_daily_counts import NOTICE_KINDS

        for finding in (finding_alerts, finding_hunts, finding_incidents, finding_rules):
            for kind, resolver in finding.RESOLVERS.items():
                register_resolver(kind, resolver)
        for kind, title, documents, one in (
            (
                "soc.joint_alert",
                _("横断検知"),
                finding_alerts.joint_alert_documents,
                finding_alerts.one_joint_alert,
            ),
            ("soc.sighting", _("目撃情報"), finding_alerts.sighting_documents, finding_alerts.one_sighting),
            (
                "soc.incident",
                _("インシデント"),
                finding_incidents.incident_documents,
                finding_incidents.one_incident,
            ),
            ("soc.rule", _("検知ルール"), finding_rules.rule_documents, finding_rules.one_rule),
            ("soc.sender", _("ログの送信元"), finding_rules.sender_documents, finding_rules.one_sender),
        ):
            register_index(SearchSource(kind, title, documents, one))
        for notice_kind in NOTICE_KINDS:
            register_notice_kind(notice_kind)
        for item in ITEMS:
            register(item)
