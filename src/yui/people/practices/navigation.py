"""The room's entries in the navigation."""

from django.utils.translation import gettext_lazy as _

from yui.kernel.ui.navigation import NavItem

PILLAR = 3

ITEMS: tuple[NavItem, ...] = (
    NavItem("practices.practices", _("グッドプラクティス"), "practices:practices", PILLAR, 30, "flag"),
    NavItem("practices.adoptions", _("導入の記録"), "practices:adoptions", PILLAR, 31, "map"),
    NavItem("practices.proposals", _("改善提案"), "practices:proposals", PILLAR, 40, "rise"),
)
