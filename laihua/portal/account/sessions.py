"""Open sessions of oneself, and the change of the password."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
