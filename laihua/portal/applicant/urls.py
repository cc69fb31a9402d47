"""Addresses of the applicant's side: a unit's handlers, and people in their own cases."""

from django.urls import path

from laihua.portal.applicant.views import (
    booking,
    cases,
    check,
    confirm,
    documents,
    files,
    form,
    invitation,
    materials,
    moves,
    prechecks,
    start,
)

app_name = "applicant"

CASE = "cases/<uuid:case_id>/"
MATERIAL = f"{CASE}materials/<str:key>/"

urlpatterns = [
    path("my/", cases.index, name="cases"),
    path("invitation/<str:token>/", invitation.invitation, name="invitation"),
    path(CASE, cases.case, name="case"),
    path(f"{CASE}standing/", cases.standing, name="standing"),
    path(f"{CASE}confirm/", confirm.confirm, name="confirm"),
    path(f"{CASE}booking/", booking.booking, name="booking"),
    path(f"{CASE}messages/", cases.message, name="message"),
    path(f"{CASE}invite/", cases.invite, name="invite"),
    path(f"{CASE}documents/<uuid:document_id>/", documents.document, name="document"),
    path("start/for/<slug:need>/", start.start_for, name="start-for"),
    path("start/<str:service_id>/", start.start, name="start"),
    path(f"{CASE}form/", form.form, name="form"),
    path(f"{CASE}form/save/", form.save, name="form-save"),
    path(f"{CASE}reply/", moves.reply, name="reply"),
    path(f"{CASE}materials/", materials.materials, name="materials"),
    path(f"{CASE}materials/reuse/", materials.reuse_all, name="reuse-all"),
    path(f"{MATERIAL}reuse/", materials.reuse, name="reuse"),
    path(f"{MATERIAL}upload/", materials.upload, name="upload"),
    path(f"{MATERIAL}remove/", materials.remove, name="remove"),
    path(f"{MATERIAL}file/", files.file, name="file"),
    path(f"{MATERIAL}page/<int:number>.png", files.page, name="page"),
    path(f"{MATERIAL}sample/", files.sample, name="sample"),
    path(f"{MATERIAL}form.pdf", files.form_pdf, name="form-pdf"),
    path(f"{CASE}prechecks/", prechecks.prechecks_page, name="prechecks"),
    path(f"{CASE}prechecks/standing/", prechecks.standing, name="prechecks-standing"),
    path(f"{CASE}prechecks/answer/", prechecks.answer, name="prechecks-answer"),
    path(f"{CASE}check/", check.check, name="check"),
    path(f"{CASE}moves/<str:move>/", moves.move, name="move"),
]
