"""/verify/: open to everyone."""

from django.urls import path

from laihua.portal.public import verify

app_name = "verify"
urlpatterns = [
    path("", verify.ask, name="ask"),
    path("file/", verify.by_file, name="file"),
    path("<str:code>/", verify.by_code, name="code"),
]
