"""The way into a business system: profile, pending, suspended, home (ENT-1 to ENT-4)."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
