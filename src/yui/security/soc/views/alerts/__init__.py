"""Pages of the SOC's alerts."""

from django.urls.resolvers import URLPattern

urlpatterns: list[URLPattern] = []
