"""Addresses of improvement proposals, each beginning with ``proposals/``."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
