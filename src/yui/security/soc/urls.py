"""Addresses of the SOC's pages; each subject names its own."""

from yui.security.soc.views import alerts, hunting, incidents, overview, rota, rules, senders

app_name = "soc"
prefix = "soc/"
urlpatterns = [
    *overview.urlpatterns,
    *alerts.urlpatterns,
    *incidents.urlpatterns,
    *rules.urlpatterns,
    *senders.urlpatterns,
    *rota.urlpatterns,
    *hunting.urlpatterns,
]
