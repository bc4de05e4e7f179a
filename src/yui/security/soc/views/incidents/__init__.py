"""Pages of the SOC's incidents."""

from django.urls.resolvers import URLPattern

urlpatterns: list[URLPattern] = []
