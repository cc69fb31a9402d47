"""Consent, export and deletion of one's own data (个人信息保护法 arts. 15, 29, 45, 47)."""

from django.urls import URLPattern, path

from laihua.portal.account.privacy import views

urlpatterns: list[URLPattern] = [
    path("privacy/", views.privacy, name="privacy"),
    path("privacy/consents/", views.give, name="consents-give"),
    path("privacy/consents/<slug:purpose>/withdraw/", views.withdraw, name="consent-withdraw"),
    path("privacy/export/", views.export, name="privacy-export"),
    path("privacy/close/", views.close, name="privacy-close"),
]
