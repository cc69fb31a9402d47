"""Consent, export and deletion of one's own data."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
