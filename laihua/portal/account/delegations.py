"""Delegations given and held, what was done under them, and their revocation."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
