"""Registers the portal's pages in the navigation."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from yui.kernel.policy import Verb
from yui.kernel.ui.navigation import NavItem, register


class PortalConfig(AppConfig):
    """Application configuration of ``yui.portal``."""

    name = "yui.portal"
    label = "portal"

    def ready(self) -> None:
        """Register navigation."""
        register(NavItem("portal.home", _("ホーム"), "portal:home", 0, 0, "home"))
        register(NavItem("portal.work", _("わたしの仕事"), "portal:work", 0, 1, "inbox"))
        register(
            NavItem(
                "portal.administration",
                _("管理"),
                "portal:administration",
                0,
                90,
                "settings",
                Verb.ADMINISTER,
            )
        )
        register(
            NavItem(
                "portal.imports",
                pgettext_lazy("list", "取り込み"),
                "exchange:index",
                0,
                80,
                "import",
                Verb.IMPORT,
            )
        )
        register(NavItem("portal.jobs", pgettext_lazy("list", "処理"), "tasks:jobs", 0, 81, "jobs"))
        register(NavItem("portal.ledger", _("台帳(監査)"), "portal:ledger", 0, 91, "shield", Verb.AUDIT))
