"""The unit's working session in Shanghai: special sign-in, handler check, agency (SES-1 to SES-5)."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
