"""The room's entries in the navigation."""

from yui.kernel.ui.navigation import NavItem

PILLAR = 3

ITEMS: tuple[NavItem, ...] = ()
