"""Pages of the SOC's rota."""

from django.urls.resolvers import URLPattern

urlpatterns: list[URLPattern] = []
