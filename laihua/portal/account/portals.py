"""Sign-in from government portals: OpenID Connect and CAS (ACC-15)."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
