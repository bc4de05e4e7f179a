"""The address that pages listen to."""

from django.urls import path

from yui.kernel.live.views import stream

app_name = "live"
prefix = "live/"
urlpatterns = [path("stream", stream, name="stream")]
