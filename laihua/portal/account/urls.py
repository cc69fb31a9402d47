"""Signing in, and what belongs to the person who has signed in."""

from django.urls import path

from laihua.portal.account import inbox, views

app_name = "account"
urlpatterns = [
    path("sign-in/", views.sign_in, name="sign-in"),
    path("sign-in/totp/", views.second_factor, name="totp"),
    path("sign-in/organisation/", views.choose_organisation, name="choose-organisation"),
    path("sign-out/", views.sign_out, name="sign-out"),
    *inbox.urlpatterns,
]
