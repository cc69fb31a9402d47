"""Addresses of a unit's roster of foreign staff (名册)."""

from django.urls import path

from laihua.portal.applicant.views import roster, roster_calendar, roster_import

app_name = "roster"

urlpatterns = [
    path("roster/", roster.index, name="list"),
    path("roster/calendar/", roster_calendar.calendar, name="calendar"),
    path("roster/import/", roster_import.upload, name="import"),
    path("roster/import/template.<str:kind>", roster_import.template, name="template"),
    path("roster/import/<uuid:import_id>/", roster_import.preview, name="preview"),
    path("roster/import/<uuid:import_id>/accept/", roster_import.accept, name="accept"),
    path("calendar/<str:token>.ics", roster_calendar.feed, name="feed"),
    path("roster/<uuid:staff_id>/", roster.member, name="member"),
    path("roster/<uuid:staff_id>/left/", roster.left, name="left"),
]
