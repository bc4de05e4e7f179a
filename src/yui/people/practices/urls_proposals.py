"""Addresses of improvement proposals, each beginning with ``proposals/``."""

from django.urls import URLPattern, path

from yui.people.practices.views.proposals.baselines import baselines
from yui.people.practices.views.proposals.board import board
from yui.people.practices.views.proposals.effects import effect, effects
from yui.people.practices.views.proposals.growth import growth
from yui.people.practices.views.proposals.handling import handle
from yui.people.practices.views.proposals.listing import proposals
from yui.people.practices.views.proposals.opinion import opinion
from yui.people.practices.views.proposals.page import proposal
from yui.people.practices.views.proposals.rules import rules
from yui.people.practices.views.proposals.writing import edit, new_proposal, similar_texts

urlpatterns: list[URLPattern] = [
    path("proposals/", proposals, name="proposals"),
    path("proposals/new/", new_proposal, name="proposal-new"),
    path("proposals/similar/", similar_texts, name="proposal-similar"),
    path("proposals/board/", board, name="proposal-board"),
    path("proposals/growth/", growth, name="proposal-growth"),
    path("proposals/effects/", effects, name="proposal-effects"),
    path("proposals/baselines/", baselines, name="proposal-baselines"),
    path("proposals/settings/", rules, name="proposal-settings"),
    path("proposals/<int:pk>/", proposal, name="proposal"),
    path("proposals/<int:pk>/edit/", edit, name="proposal-edit"),
    path("proposals/<int:pk>/handle/", handle, name="proposal-handle"),
    path("proposals/<int:pk>/opinion/", opinion, name="proposal-opinion"),
    path("proposals/<int:pk>/effect/", effect, name="proposal-effect"),
]
