"""Addresses of the portal."""

from django.urls import path

from yui.portal.views.about import about
from yui.portal.views.administration import administration
from yui.portal.views.home import home
from yui.portal.views.ledger import ledger
from yui.portal.views.notifications import notice, notices_read, notifications
from yui.portal.views.search import search_page, suggestions
from yui.portal.views.synonyms import remove, synonyms
from yui.portal.views.ward import ward
from yui.portal.views.work import work

app_name = "portal"
prefix = ""
urlpatterns = [
    path("", home, name="home"),
    path("wards/<str:code>/", ward, name="ward"),
    path("my/work/", work, name="work"),
    path("my/notifications/", notifications, name="notifications"),
    path("my/notifications/read/", notices_read, name="notices-read"),
    path("my/notifications/<int:pk>/", notice, name="notice"),
    path("search/", search_page, name="search"),
    path("search/suggest/", suggestions, name="suggest"),
    path("search/synonyms/", synonyms, name="synonyms"),
    path("search/synonyms/remove/", remove, name="synonyms-remove"),
    path("administration/", administration, name="administration"),
    path("ledger/", ledger, name="ledger"),
    path("about/", about, name="about"),
]
