"""Pages of the SOC's overview."""

from django.urls import path
from django.urls.resolvers import URLPattern

from yui.security.soc.views.overview.overview import overview
from yui.security.soc.views.overview.wall import wall

urlpatterns: list[URLPattern] = [
    path("", overview, name="overview"),
    path("wall/", wall, name="wall"),
]
