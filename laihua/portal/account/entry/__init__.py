"""The way into a business system: profile, pending, suspended, home (ENT-1 to ENT-4)."""

from django.urls import URLPattern, path

from laihua.portal.account.entry import board, views

urlpatterns: list[URLPattern] = [
    path("enter/<slug:system>/", views.enter, name="enter"),
    path("enter/<slug:system>/statement/", views.state, name="enter-statement"),
    path("systems/<slug:system>/", views.home, name="system"),
    path("systems/<slug:system>/bulletins/", board.bulletins, name="bulletins"),
    path("systems/<slug:system>/bulletins/<uuid:bulletin_id>/", board.bulletin, name="bulletin"),
    path("systems/<slug:system>/bulletins/<uuid:bulletin_id>/files/<uuid:attachment_id>/", board.file, name="bulletin-file"),
    path("systems/<slug:system>/questions/", board.questions, name="questions"),
    path("systems/<slug:system>/questions/<uuid:question_id>/", board.question, name="question"),
]
