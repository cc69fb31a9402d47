"""我的信息: one's own information, real-name authentication, and the confirmed information of one's unit."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
