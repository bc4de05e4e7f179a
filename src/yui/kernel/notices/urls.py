"""Addresses of the room: my choices, the channels of my organisation."""

from django.urls import path

from yui.kernel.notices.views.settings import settings
from yui.kernel.notices.views.webhooks import webhook_step, webhooks

app_name = "notices"
prefix = ""
urlpatterns = [
    path("my/notices/settings/", settings, name="settings"),
    path("notices/webhooks/", webhooks, name="webhooks"),
    path("notices/webhooks/<int:pk>/<str:step>/", webhook_step, name="webhook-step"),
]
