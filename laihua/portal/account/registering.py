"""Registration of natural and legal persons, and the three look-ups before it (ACC-3)."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
