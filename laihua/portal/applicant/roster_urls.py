"""Addresses of a unit's roster of foreign staff (名册)."""

from django.urls import path

from laihua.portal.applicant.views import roster

app_name = "roster"

urlpatterns = [
    path("roster/", roster.index, name="list"),
    path("roster/<uuid:staff_id>/", roster.member, name="member"),
    path("roster/<uuid:staff_id>/left/", roster.left, name="left"),
]
