"""The registry's entries in the navigation."""

from django.utils.translation import gettext_lazy as _

from yui.kernel.ui.navigation import WHOLE, NavItem

ITEMS = (
    NavItem("registry.systems", _("情報システム台帳"), "registry:systems", WHOLE, 40, "server"),
    NavItem("registry.migration", _("標準化移行"), "registry:migration", WHOLE, 41, "grid"),
    NavItem("registry.contracts", _("契約"), "registry:contracts", WHOLE, 42, "contract"),
    NavItem("registry.operations", _("保守運用"), "registry:outages", WHOLE, 43, "clock"),
)
