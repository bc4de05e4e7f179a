"""Pages of the SOC's hunting."""

from django.urls.resolvers import URLPattern

urlpatterns: list[URLPattern] = []
