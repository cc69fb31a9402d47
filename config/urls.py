"""Every address of the hall, by who looks. A part without pages of its own yet has no row."""

from importlib.util import find_spec

from django.urls import URLPattern, URLResolver, include, path

PARTS = ("public", "account", "applicant", "officer", "operator")

urlpatterns: list[URLPattern | URLResolver] = [
    path("verify/", include("laihua.portal.public.verify_urls")),
    path("", include("laihua.portal.applicant.roster_urls")),
]
urlpatterns += [
    path("", include(f"laihua.portal.{part}.urls")) for part in PARTS if find_spec(f"laihua.portal.{part}.urls")
]

handler400, handler403, handler404, handler500 = (
    f"laihua.portal.views.{view}" for view in ("bad_request", "forbidden", "not_found", "failed")
)
