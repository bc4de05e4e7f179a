"""The commons' entries in the navigation."""

from django.utils.translation import gettext_lazy as _

from yui.kernel.ui.navigation import NavItem

PILLAR = 3

ITEMS = (NavItem("commons.feed", _("共創プラットフォーム"), "commons:feed", PILLAR, 10, "chat"),)
