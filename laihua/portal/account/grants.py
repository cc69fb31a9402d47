"""用户授权管理: who acts for the unit, in which system, in which role (ACC-9 to ACC-11)."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
