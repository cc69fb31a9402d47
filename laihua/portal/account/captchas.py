"""The picture and the sound of a captcha."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
