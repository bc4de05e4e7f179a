"""Addresses of good practices and improvement proposals."""

from yui.people.practices.urls_practices import urlpatterns as practice_addresses
from yui.people.practices.urls_proposals import urlpatterns as proposal_addresses

app_name = "practices"
prefix = ""
urlpatterns = [*practice_addresses, *proposal_addresses]
