"""Addresses of good practices and improvement proposals."""

from django.urls import URLPattern

from yui.people.practices.urls_proposals import urlpatterns as proposal_addresses

app_name = "practices"
prefix = ""
practice_addresses: list[URLPattern] = []
urlpatterns = [*practice_addresses, *proposal_addresses]
