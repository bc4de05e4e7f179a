"""Pages of those who send logs, and of the entrustment."""

from django.urls import path
from django.urls.resolvers import URLPattern

from yui.security.soc.views.senders.entrustment import entrustment, entrustment_change
from yui.security.soc.views.senders.listing import senders
from yui.security.soc.views.senders.own_networks import own_networks
from yui.security.soc.views.senders.record import sender, sender_new, sender_renew, sender_revoke
from yui.security.soc.views.senders.retention import retention

urlpatterns: list[URLPattern] = [
    path("senders/", senders, name="senders"),
    path("senders/new/", sender_new, name="sender-new"),
    path("senders/<int:pk>/", sender, name="sender"),
    path("senders/<int:pk>/revoke/", sender_revoke, name="sender-revoke"),
    path("senders/<int:pk>/token/", sender_renew, name="sender-renew"),
    path("retention/", retention, name="retention"),
    path("networks/", own_networks, name="own-networks"),
    path("entrustment/", entrustment, name="entrustment"),
    path("entrustment/<int:pk>/", entrustment_change, name="entrustment-change"),
]
