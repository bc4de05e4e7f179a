"""The room's entries in the navigation."""

from django.utils.translation import gettext_lazy as _

from yui.kernel.ui.navigation import NavItem

PILLAR = 1
ITEMS = (NavItem("costs.overview", _("運用コスト"), "costs:overview", PILLAR, 30, "chart"),)
