"""Forgotten passwords, appeals, and the page for whoever has trouble with his account (ACC-4, ACC-5)."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
