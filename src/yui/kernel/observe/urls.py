"""Addresses that monitoring asks."""

from django.urls import path

from yui.kernel.observe import views

app_name = "observe"
prefix = ""
urlpatterns = [
    path("metrics", views.metrics, name="metrics"),
    path("healthz", views.healthz, name="healthz"),
    path("healthz/web", views.healthz_web, name="healthz_web"),
]
