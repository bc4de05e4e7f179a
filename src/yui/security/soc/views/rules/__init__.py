"""Pages of the SOC's rules."""

from django.urls.resolvers import URLPattern

urlpatterns: list[URLPattern] = []
