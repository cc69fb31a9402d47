from django.urls import path

from laihua.portal.operator import (
    views,
    views_audit,
    views_bulletins,
    views_duplicates,
    views_earlier,
    views_messages,
    views_prechecks,
    views_questions,
    views_sign_ins,
)

app_name = "operator"
urlpatterns = [
    path("operator/", views.overview, name="overview"),
    path("operator/clock/", views.move_clock, name="clock"),
    path("operator/messages/", views_messages.messages, name="messages"),
    path("operator/messages/<uuid:message_id>/requeue/", views_messages.requeue, name="requeue"),
    path("operator/audit/", views_audit.audit, name="audit"),
    path("operator/audit/verify/", views_audit.verify, name="verify"),
    path("operator/duplicates/", views_duplicates.duplicates, name="duplicates"),
    path("operator/duplicates/<uuid:duplicate_id>/", views_duplicates.duplicate, name="duplicate"),
    path("operator/duplicates/<uuid:duplicate_id>/unmask/<uuid:account_id>/<slug:what>/", views_duplicates.unmask,
         name="duplicate-unmask"),
    path("operator/sign-ins/", views_sign_ins.sign_ins, name="sign-ins"),
    path("operator/sign-ins/export/", views_sign_ins.export, name="sign-ins-csv"),
    path("operator/sign-ins/<uuid:entry_id>/<slug:what>/", views_sign_ins.unmask, name="sign-in-value"),
    path("operator/prechecks/", views_prechecks.prechecks, name="prechecks"),
    path("operator/bulletins/", views_bulletins.bulletins, name="bulletins"),
    path("operator/bulletins/new/", views_bulletins.new, name="bulletin-new"),
    path("operator/bulletins/<uuid:bulletin_id>/", views_bulletins.bulletin, name="bulletin"),
    path("operator/bulletins/<uuid:bulletin_id>/files/<uuid:attachment_id>/", views_bulletins.file, name="bulletin-file"),
    path("operator/questions/", views_questions.questions, name="questions"),
    path("operator/questions/<uuid:question_id>/", views_questions.question, name="question"),
    path("operator/earlier/", views_earlier.earlier, name="earlier"),
]
