"""Pages of the SOC's alerts."""

from django.urls import path
from django.urls.resolvers import URLPattern

from yui.security.soc.views.alerts.joint_alerts import joint_alert, joint_alert_step, joint_alerts
from yui.security.soc.views.alerts.queue import alert_news, alerts
from yui.security.soc.views.alerts.record import alert
from yui.security.soc.views.alerts.sightings import sighting, sightings, sightings_stix
from yui.security.soc.views.alerts.steps import alert_step

urlpatterns: list[URLPattern] = [
    path("alerts/", alerts, name="alerts"),
    path("alerts/news/", alert_news, name="alert-news"),
    path("alerts/step/", alert_step, name="alert-step"),
    path("alerts/<int:pk>/", alert, name="alert"),
    path("joint-alerts/", joint_alerts, name="joint-alerts"),
    path("joint-alerts/<int:pk>/", joint_alert, name="joint-alert"),
    path("joint-alerts/<int:pk>/step/", joint_alert_step, name="joint-alert-step"),
    path("sightings/", sightings, name="sightings"),
    path("sightings/<int:pk>/", sighting, name="sighting"),
    path("sightings/stix.json", sightings_stix, name="sightings-stix"),
]
