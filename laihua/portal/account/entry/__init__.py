"""The way into a business system: profile, pending, suspended, home (ENT-1 to ENT-4)."""

from django.urls import URLPattern, path

from laihua.portal.account.entry import views

urlpatterns: list[URLPattern] = [
    path("enter/<slug:system>/", views.enter, name="enter"),
    path("enter/<slug:system>/statement/", views.state, name="enter-statement"),
    path("systems/<slug:system>/", views.home, name="system"),
]
