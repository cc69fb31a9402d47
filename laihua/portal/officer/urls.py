from django.urls import path

from laihua.portal.officer import views_files, views_queue, views_record, views_review, views_statistics, views_window

app_name = "officer"
urlpatterns = [
    path("desk/", views_queue.queue, name="queue"),
    path("desk/claim/", views_queue.claim, name="claim"),
    path("desk/find/", views_queue.search, name="search"),
    path("desk/cases/<uuid:case_id>/", views_review.review, name="review"),
    path("desk/cases/<uuid:case_id>/verdict/", views_review.verdict, name="verdict"),
    path("desk/cases/<uuid:case_id>/moves/<slug:move>/", views_review.move, name="move"),
    path("desk/cases/<uuid:case_id>/claim/", views_review.claim, name="claim-one"),
    path("desk/cases/<uuid:case_id>/release/", views_review.release, name="release"),
    path("desk/cases/<uuid:case_id>/handover/", views_record.hand_over, name="hand-over"),
    path("desk/cases/<uuid:case_id>/record/", views_record.record, name="record"),
    path("desk/cases/<uuid:case_id>/messages/", views_record.message, name="message"),
    path("desk/cases/<uuid:case_id>/posting/", views_record.posting, name="posting"),
    path("desk/cases/<uuid:case_id>/documents/<uuid:document_id>/", views_files.document, name="document"),
    path("desk/cases/<uuid:case_id>/materials/<slug:key>/page/<int:number>.png", views_files.page, name="page"),
    path("desk/cases/<uuid:case_id>/materials/<slug:key>/file/", views_files.file, name="file"),
    path("desk/statistics/", views_statistics.statistics, name="statistics"),
    path("desk/statistics/figures.csv", views_statistics.statistics_csv, name="statistics-csv"),
    path("desk/window/", views_window.window, name="window"),
    path("desk/window/<uuid:case_id>/", views_window.originals, name="originals"),
    path("desk/window/<uuid:case_id>/tick/", views_window.tick, name="tick"),
    path("desk/unmask/<uuid:case_id>/<str:key>/", views_review.unmask, name="unmask"),
]
