"""Addresses: sign-in (django-allauth), organisations and their members, one's own sessions and settings."""

from django.urls import URLPattern, URLResolver, include, path
from django.views.generic import RedirectView

from yui.organisations.views import departments, member, members, mine, organisations, providers, sign_in

prefix = ""

_organisation = [
    path("", organisations.record, name="organisation"),
    path("departments/", departments.tree, name="departments"),
    path("departments/new/", departments.edit, name="department_new"),
    path("departments/<int:pk>/", departments.edit, name="department"),
    path("members/", members.listing, name="members"),
    path("members/new/", members.invite, name="member_new"),
    path("members/<int:user_id>/", member.record, name="member"),
    path("members/<int:user_id>/edit/", member.edit, name="member_edit"),
    path("members/<int:user_id>/roles/new/", member.add_role, name="role_new"),
    path("members/<int:user_id>/roles/<int:pk>/", member.change_role, name="role"),
    path("members/<int:user_id>/roles/<int:pk>/end/", member.end_role, name="role_end"),
    path("members/<int:user_id>/password-link/", member.password_link, name="password_link"),
    path("members/<int:user_id>/second-factor/", member.second_factor, name="second_factor_reset"),
    path("providers/", providers.listing, name="providers"),
    path("providers/new/", providers.edit, name="provider_new"),
    path("providers/<int:pk>/", providers.edit, name="provider"),
    path("providers/<int:pk>/test/", providers.test, name="provider_test"),
]

_room: list[URLPattern | URLResolver] = [
    path("organisations/", organisations.listing, name="organisations"),
    path("organisations/new/", organisations.create, name="organisation_new"),
    path("organisations/<str:code>/", include(_organisation)),
    path("members/", members.mine, name="my_members"),
    path("my/sessions/", mine.sessions, name="sessions"),
    path("my/sessions/end/", mine.end_sessions, name="sessions_end"),
    path("my/settings/", mine.settings, name="settings"),
]

# allauth's names have no namespace, so this module has none itself. Where Yui replaces one of allauth's
# pages, its address stands first.
urlpatterns = [
    path("accounts/email/", RedirectView.as_view(url="/my/settings/"), name="account_email"),
    path("accounts/oidc/<slug:provider_id>/login/", sign_in.leave, name="openid_connect_login"),
    path("accounts/", include("allauth.urls")),
    path("", include((_room, "organisations"))),
]
