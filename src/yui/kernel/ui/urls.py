"""Addresses of the component kit: language, look, the style page."""

from django.urls import path
from django.views.i18n import set_language

from yui.kernel.ui.views.preferences import preferences
from yui.kernel.ui.views.style_page import style_page

app_name = "ui"
prefix = ""
urlpatterns = [
    path("language/", set_language, name="set_language"),
    path("preferences/", preferences, name="preferences"),
    path("style/", style_page, name="style"),
]
