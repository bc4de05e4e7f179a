"""Pages of the SOC's overview."""

from django.urls.resolvers import URLPattern

urlpatterns: list[URLPattern] = []
