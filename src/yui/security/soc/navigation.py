"""The SOC's entries in the navigation."""

from django.utils.translation import gettext_lazy as _

from yui.kernel.ui.navigation import NavItem

PILLAR = 2

ITEMS = (
    NavItem("soc.overview", _("共同CSIRT/SOC"), "soc:overview", PILLAR, 30, "shield"),
    NavItem("soc.alerts", _("検知"), "soc:alerts", PILLAR, 31, "alert"),
    NavItem("soc.incidents", _("インシデント"), "soc:incidents", PILLAR, 32, "flag"),
    NavItem("soc.hunting", _("ログを調べる"), "soc:hunting", PILLAR, 33, "search"),
    NavItem("soc.sightings", _("目撃情報"), "soc:sightings", PILLAR, 34, "eye"),
    NavItem("soc.rules", _("検知ルール"), "soc:rules", PILLAR, 35, "list"),
    NavItem("soc.senders", _("ログの送信元"), "soc:senders", PILLAR, 36, "server"),
    NavItem("soc.response_times", _("対応の時間"), "soc:response-times", PILLAR, 37, "clock"),
)
