"""Pages of the SOC's senders."""

from django.urls.resolvers import URLPattern

urlpatterns: list[URLPattern] = []
