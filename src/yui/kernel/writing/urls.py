"""Addresses of what people write: the preview."""

from django.urls import path

from yui.kernel.writing.views import preview

app_name = "writing"
prefix = "writing/"
urlpatterns = [path("preview", preview, name="preview")]
